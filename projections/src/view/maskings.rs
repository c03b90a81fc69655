//! Masking requests from receipt to receipt, and legal holds: ids, enums and moments only.

use std::collections::BTreeMap;

use rollbook_schema::event::{DestroyedKey, Event, MaskMode, PiiMasked, RecordedEvent};
use rollbook_schema::value::{EmailMaskFormat, LegalBasis, Timestamp, UsernameMaskFormat};
use rollbook_schema::{Envelope, Position, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MaskingState {
    /// Nobody has decided yet.
    Waiting,
    /// It was approved and carried out, or overtaken by a masking without a request.
    Done,
    /// Somebody decided against it.
    Declined,
    /// The requester took it back.
    Withdrawn,
}

/// What shows that a request was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskingReceipt {
    /// The event that ordered the keys destroyed; it is answered when they are.
    pub position: Position,
    /// Which keys.
    pub destroyed: Vec<DestroyedKey>,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskingRow {
    /// About whom.
    pub user: UserId,
    /// How much.
    pub mode: MaskMode,
    /// Of the username.
    pub username_format: UsernameMaskFormat,
    /// Of the email.
    pub email_format: EmailMaskFormat,
    /// On which ground.
    pub legal_basis: LegalBasis,
    /// Who asked.
    pub requested_by: UserId,
    /// When it was received.
    pub requested_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// It was given two months more.
    pub extended: bool,
    /// How far it is.
    pub state: MaskingState,
    /// By whom and when it was decided.
    pub decided: Option<(UserId, Timestamp)>,
    /// Of what was carried out.
    pub receipt: Option<MaskingReceipt>,
}

impl MaskingRow {
    /// It waits, and its time is over.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == MaskingState::Waiting && now > self.due_at
    }
}

/// Every request by its position, and every hold by its user.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Maskings {
    requests: BTreeMap<Position, MaskingRow>,
    /// The last of each user.
    latest: BTreeMap<UserId, Position>,
    held: BTreeMap<UserId, Position>,
    /// Requests by the orders that carried them out.
    carried_out: BTreeMap<Position, Position>,
}

impl Maskings {
    /// One request.
    #[must_use]
    pub fn get(&self, request: Position) -> Option<&MaskingRow> {
        self.requests.get(&request)
    }

    /// The last request about a user.
    #[must_use]
    pub fn latest(&self, user: UserId) -> Option<Position> {
        self.latest.get(&user).copied()
    }

    /// The request that an order to forget somebody carried out, if there was one.
    #[must_use]
    pub fn carried_out_by(&self, order: Position) -> Option<Position> {
        self.carried_out.get(&order).copied()
    }

    /// Requests after a position, oldest first.
    pub fn after(&self, after: Position) -> impl Iterator<Item = (Position, &MaskingRow)> {
        self.requests.range(after.next()..).map(|(position, row)| (*position, row))
    }

    /// Since which event what is known of a user must be kept.
    #[must_use]
    pub fn held_since(&self, user: UserId) -> Option<Position> {
        self.held.get(&user).copied()
    }

    /// True if there never was a request or a hold that goes on.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.held.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        match &recorded.event {
            Event::MaskingRequested(e) => {
                let row = MaskingRow {
                    user: e.user,
                    mode: e.mode,
                    username_format: e.username_format,
                    email_format: e.email_format,
                    legal_basis: e.legal_basis,
                    requested_by: envelope.actor.id,
                    requested_at: envelope.recorded_at,
                    due_at: e.due_at,
                    extended: false,
                    state: MaskingState::Waiting,
                    decided: None,
                    receipt: None,
                };
                self.requests.insert(envelope.position, row);
                self.latest.insert(e.user, envelope.position);
            }
            Event::MaskingExtended(e) => {
                if let Some(row) = self.requests.get_mut(&e.request) {
                    (row.due_at, row.extended) = (e.to, true);
                }
            }
            Event::MaskingDeclined(e) => self.decide(e.request, MaskingState::Declined, envelope),
            Event::MaskingWithdrawn(e) => self.decide(e.request, MaskingState::Withdrawn, envelope),
            Event::PiiMasked(e) => self.masked(e, envelope),
            Event::LegalHoldPlaced(e) => _ = self.held.insert(e.user, envelope.position),
            Event::LegalHoldLifted(e) => _ = self.held.remove(&e.user),
            _ => {}
        }
    }

    /// Approval and what it led to stand in one batch; the second says both.
    fn masked(&mut self, e: &PiiMasked, envelope: &Envelope) {
        let Some(request) = self.latest.get(&e.user).copied() else { return };
        if self.requests.get(&request).is_none_or(|row| row.state != MaskingState::Waiting) {
            return;
        }
        self.decide(request, MaskingState::Done, envelope);
        if let Some(row) = self.requests.get_mut(&request) {
            let (position, destroyed) = (envelope.position, e.destroyed.clone());
            row.receipt = Some(MaskingReceipt { position, destroyed });
            self.carried_out.insert(position, request);
        }
    }

    fn decide(&mut self, request: Position, state: MaskingState, envelope: &Envelope) {
        if let Some(row) = self.requests.get_mut(&request) {
            row.state = state;
            row.decided = Some((envelope.actor.id, envelope.recorded_at));
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("maskings");
        for (position, row) in &self.requests {
            canon.number(position.0);
            canon.number(row.user.0);
            canon.number(row.mode as u64);
            canon.number(row.username_format as u64);
            canon.number(row.email_format as u64);
            canon.number(row.legal_basis as u64);
            canon.number(row.requested_by.0);
            canon.moment(row.requested_at);
            canon.moment(row.due_at);
            canon.flag(row.extended);
            canon.number(row.state as u64);
            canon.maybe(row.decided, |canon, (by, at)| {
                canon.number(by.0);
                canon.moment(at);
            });
            canon.maybe(row.receipt.as_ref(), |canon, receipt| {
                canon.number(receipt.position.0);
                canon.number(receipt.destroyed.len() as u64);
                receipt.destroyed.iter().for_each(|key| canon.bytes(&key.fingerprint));
            });
        }
        for (user, since) in &self.held {
            canon.number(user.0);
            canon.number(since.0);
        }
        canon.finish()
    }
}
