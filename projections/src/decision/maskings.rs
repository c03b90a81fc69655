//! Which masking requests wait, who is under a legal hold, and who was erased.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{DestroyedKey, Event, MaskMode, MaskingRequested, RecordedEvent};
use rollbook_schema::value::{EmailMaskFormat, Timestamp, UsernameMaskFormat};
use rollbook_schema::{Position, UserId};
use serde::{Deserialize, Serialize};

/// A request that nobody has decided yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WaitingMasking {
    /// Its name: the position of its event.
    pub request: Position,
    /// Who asked.
    pub requested_by: UserId,
    /// As whom.
    pub on_behalf_of: Option<UserId>,
    /// When it was received.
    pub requested_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// It was extended once already.
    pub extended: bool,
    /// How much.
    pub mode: MaskMode,
    /// Of the username.
    pub username_format: UsernameMaskFormat,
    /// Of the email.
    pub email_format: EmailMaskFormat,
}

/// An order to forget somebody whose receipt is not recorded yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OpenErasure {
    /// Of whom.
    pub user: UserId,
    /// How much.
    pub mode: MaskMode,
    /// When it was ordered.
    pub ordered_at: Timestamp,
    /// Which keys.
    pub destroyed: Vec<DestroyedKey>,
}

/// Requests and holds: at most one of each for a user.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct Maskings {
    waiting: BTreeMap<UserId, WaitingMasking>,
    held: BTreeSet<UserId>,
    erased: BTreeSet<UserId>,
    open: BTreeMap<Position, OpenErasure>,
}

impl Maskings {
    /// The request about a user that waits.
    #[must_use]
    pub fn waiting(&self, user: UserId) -> Option<&WaitingMasking> {
        self.waiting.get(&user)
    }

    /// Must what is known of the user be kept?
    #[must_use]
    pub fn is_held(&self, user: UserId) -> bool {
        self.held.contains(&user)
    }

    /// Are the user's keys destroyed, so that nothing can be sealed under them?
    #[must_use]
    pub fn is_erased(&self, user: UserId) -> bool {
        self.erased.contains(&user)
    }

    /// An erasure, by the event that ordered it, if its receipt is not recorded yet.
    #[must_use]
    pub fn open(&self, order: Position) -> Option<&OpenErasure> {
        self.open.get(&order)
    }

    pub(super) fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::MaskingRequested(e) => self.requested(recorded, e),
            Event::MaskingExtended(e) => {
                if let Some(waiting) = self.waiting.get_mut(&e.user) {
                    (waiting.due_at, waiting.extended) = (e.to, true);
                }
            }
            // Whoever is masked at once needs no decision any more.
            Event::PiiMasked(e) => {
                self.waiting.remove(&e.user);
                let (user, mode, destroyed) = (e.user, e.mode, e.destroyed.clone());
                let ordered_at = recorded.envelope.recorded_at;
                let open = OpenErasure { user, mode, ordered_at, destroyed };
                self.open.insert(recorded.envelope.position, open);
                if e.mode == MaskMode::Erasure {
                    self.erased.insert(e.user);
                }
            }
            Event::ErasureCompleted(e) => _ = self.open.remove(&e.order),
            Event::MaskingDeclined(e) => _ = self.waiting.remove(&e.user),
            Event::MaskingWithdrawn(e) => _ = self.waiting.remove(&e.user),
            Event::LegalHoldPlaced(e) => _ = self.held.insert(e.user),
            Event::LegalHoldLifted(e) => _ = self.held.remove(&e.user),
            _ => {}
        }
    }

    fn requested(&mut self, recorded: &RecordedEvent, e: &MaskingRequested) {
        let envelope = &recorded.envelope;
        let waiting = WaitingMasking {
            request: envelope.position,
            requested_by: envelope.actor.id,
            on_behalf_of: envelope.on_behalf_of,
            requested_at: envelope.recorded_at,
            due_at: e.due_at,
            extended: false,
            mode: e.mode,
            username_format: e.username_format,
            email_format: e.email_format,
        };
        self.waiting.insert(e.user, waiting);
    }
}
