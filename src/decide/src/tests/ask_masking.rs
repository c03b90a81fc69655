//! Commands about masking requests and holds in few words.

use rollbook_schema::command::{
    ApproveMasking, CompleteErasure, DeclineMasking, ExtendMasking, LiftLegalHold, MaskPii, PlaceLegalHold,
    RequestMasking, WithdrawMasking,
};
use rollbook_schema::event::{ErasureStep, MaskMode, Remnant, StepTaken};
use rollbook_schema::value::{LegalBasis, PublicKey, Signature, Timestamp};
use rollbook_schema::{Position, UserId};

use super::{Directory, mask};

pub(crate) fn request(user: u64, name: &str, mode: MaskMode) -> RequestMasking {
    let MaskPii { user, username, email, username_format, email_format, .. } = mask(user, name);
    let (username, email) = (Some(username), Some(email));
    let legal_basis = LegalBasis::ConsentWithdrawn;
    RequestMasking { user, username, email, mode, username_format, email_format, legal_basis }
}

pub(crate) fn extend(user: u64, request: u64) -> ExtendMasking {
    ExtendMasking { user: UserId(user), request: Position(request) }
}

pub(crate) fn approve(user: u64, request: u64) -> ApproveMasking {
    let keys = super::keys_of(user);
    ApproveMasking { user: UserId(user), request: Position(request), keys, free_text: None }
}

pub(crate) fn decline(user: u64, request: u64) -> DeclineMasking {
    DeclineMasking { user: UserId(user), request: Position(request) }
}

pub(crate) fn withdraw(user: u64, request: u64) -> WithdrawMasking {
    WithdrawMasking { user: UserId(user), request: Position(request) }
}

pub(crate) fn hold(user: u64) -> PlaceLegalHold {
    PlaceLegalHold { user: UserId(user) }
}

pub(crate) fn lift(user: u64) -> LiftLegalHold {
    LiftLegalHold { user: UserId(user) }
}

pub(crate) fn complete(user: u64, order: u64) -> CompleteErasure {
    let at = Timestamp::from_millis(0);
    CompleteErasure {
        user: UserId(user),
        order: Position(order),
        steps: ErasureStep::ALL.map(|step| StepTaken { step, at }).to_vec(),
        remaining: vec![Remnant::Exports],
        signed_by: PublicKey::from([1; 32]),
        signature: Signature::from([2; 64]),
    }
}

impl Directory {
    /// The position of the last event: the name of a request just made.
    pub(crate) fn head(&self) -> u64 {
        self.models.head().0
    }
}
