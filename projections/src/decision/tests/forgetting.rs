//! Events about masking requests, holds and erasures.

use rollbook_schema::event::*;
use rollbook_schema::value::*;
use rollbook_schema::{Event, Position, UserId};

pub fn masking_requests(user: UserId, at: Timestamp) -> Vec<Event> {
    let request = Position(300);
    vec![
        MaskingExtended { user, request, from: at, to: at }.into(),
        MaskingApproved { user, request }.into(),
        MaskingDeclined { user, request }.into(),
        MaskingWithdrawn { user, request }.into(),
        MaskingRequested {
            user,
            mode: MaskMode::Erasure,
            username_format: UsernameMaskFormat::Plain,
            email_format: EmailMaskFormat::Id,
            legal_basis: LegalBasis::Objection,
            due_at: at,
        }
        .into(),
        LegalHoldLifted { user }.into(),
        LegalHoldPlaced { user }.into(),
        erasure_completed(user, at),
        FreeTextFound { user, search: FreeTextSearch { from: request, records: vec![request] } }.into(),
    ]
}

fn erasure_completed(user: UserId, at: Timestamp) -> Event {
    ErasureCompleted {
        user,
        order: Position(301),
        mode: MaskMode::Erasure,
        ordered_at: at,
        destroyed: Vec::new(),
        steps: vec![StepTaken { step: ErasureStep::KeysShredded, at }],
        remaining: vec![Remnant::Exports],
        signed_by: PublicKey::default(),
        signature: Signature::from([0; 64]),
    }
    .into()
}
