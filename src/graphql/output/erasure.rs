//! Erasures and maskings as steps, and what is left of them.

use async_graphql::{Enum, ID, SimpleObject};
use rollbook_projections::view::ErasureRow;
use rollbook_schema::Position as At;
use rollbook_schema::event;

use super::MaskMode;
use crate::directory::Directory;
use crate::evidence::receipt;
use crate::graphql::id;
use crate::graphql::scalar::{DateTime, Position};

/// A step on the way from the order to the receipt.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum ErasureStepName {
    /// The order is in the log, with the fingerprint of each key.
    Recorded,
    /// The keys are destroyed, durably.
    KeysShredded,
    /// No view, index or view of the past holds the person.
    ViewsPurged,
    /// No file holds a picture of the person; a masking of username and email leaves pictures alone.
    PicturesRemoved,
    /// The files of keys are written anew under another wrapping key, and the one before is destroyed.
    WrappingKeyRotated,
    /// The signed receipt is in the log: the erasure is complete.
    ReceiptRecorded,
}

/// Whether an erasure is whole.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum ErasureState {
    /// A step is still to be taken. It is tried again, and at every start.
    Incomplete,
    /// Every step is taken, and the receipt is recorded.
    Complete,
}

/// What the directory cannot reach, and people have to see to.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum RemnantKind {
    /// Backups of the keyring made before: each opens what it kept. Destroy them.
    KeyringBackups,
    /// Other nodes and standbys with files of keys of their own.
    Replicas,
    /// Exports and copies that were handed out: tell whoever holds them.
    Exports,
    /// Mails that went to the person, or about them.
    SentMail,
    /// Free text of others was not searched.
    FreeTextUnsearched,
    /// Free text about the person, sealed under others.
    FreeText,
}

/// Something that is left.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Remnant {
    pub what: RemnantKind,
    /// Of backups: by when the last of them is to be destroyed. This is the true delay of the erasure.
    pub until: Option<DateTime>,
    /// Of free text: the events that hold it.
    pub events: Vec<ID>,
}

/// A step, and when it was durable.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ErasureStep {
    pub name: ErasureStepName,
    /// Null for a step that is still to be taken.
    pub at: Option<DateTime>,
}

/// An order to mask or erase somebody, and how far it is carried out.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Erasure {
    /// The event that ordered it.
    pub id: ID,
    pub position: Position,
    pub user_id: ID,
    pub mode: MaskMode,
    pub state: ErasureState,
    /// The request that it carries out; null where there was none.
    pub request_id: Option<ID>,
    /// Every step, taken or not, in their order.
    pub steps: Vec<ErasureStep>,
    /// What is left to be done by hand.
    pub remaining: Vec<Remnant>,
    /// A signed note (C2SP), once it is complete: `rollbook audit receipt` and any verifier of such notes judge it.
    pub receipt: Option<String>,
}

impl Erasure {
    pub(in crate::graphql) fn of(
        directory: &Directory,
        order: At,
        row: &ErasureRow,
        request: Option<At>,
    ) -> Self {
        let taken = directory.erasure_steps(order, row);
        let at = |step| taken.iter().find(|taken| taken.step == step).map(|taken| taken.at);
        let completion = row.completion.as_ref();
        let steps = [
            (ErasureStepName::Recorded, Some(row.ordered_at)),
            (ErasureStepName::KeysShredded, at(event::ErasureStep::KeysShredded)),
            (ErasureStepName::ViewsPurged, at(event::ErasureStep::ViewsPurged)),
            (ErasureStepName::PicturesRemoved, at(event::ErasureStep::PicturesRemoved)),
            (ErasureStepName::WrappingKeyRotated, at(event::ErasureStep::WrappingKeyRotated)),
            (ErasureStepName::ReceiptRecorded, completion.map(|completion| completion.at)),
        ];
        let left = match completion {
            Some(completion) => completion.receipt.remaining.clone(),
            None => directory.left_by_erasure(row),
        };
        let note = completion.and_then(|it| receipt::note(&it.receipt, directory.evidence().origin()));
        Erasure {
            id: id::of_event(order),
            position: Position(order),
            user_id: id::of_user(row.user),
            mode: row.mode.into(),
            state: if completion.is_some() { ErasureState::Complete } else { ErasureState::Incomplete },
            request_id: request.map(id::of_event),
            steps: steps.map(|(name, at)| ErasureStep { name, at: at.map(DateTime::from) }).into(),
            remaining: left.iter().map(Remnant::of).collect(),
            receipt: note.map(|note| note.to_string()),
        }
    }
}

impl Remnant {
    fn of(remnant: &event::Remnant) -> Self {
        let (until, events) = match remnant {
            event::Remnant::KeyringBackups { until } => (Some((*until).into()), Vec::new()),
            event::Remnant::FreeText { records } => {
                (None, records.iter().map(|at| id::of_event(*at)).collect())
            }
            _ => (None, Vec::new()),
        };
        let what = match remnant {
            event::Remnant::KeyringBackups { .. } => RemnantKind::KeyringBackups,
            event::Remnant::Replicas => RemnantKind::Replicas,
            event::Remnant::Exports => RemnantKind::Exports,
            event::Remnant::SentMail => RemnantKind::SentMail,
            event::Remnant::FreeTextUnsearched => RemnantKind::FreeTextUnsearched,
            event::Remnant::FreeText { .. } => RemnantKind::FreeText,
        };
        Remnant { what, until, events }
    }
}
