//! Every order to forget somebody, and the receipt that says that it was carried out: ids, enums and moments.

use std::collections::BTreeMap;

use rollbook_schema::event::{
    DestroyedKey, ErasureCompleted, Event, FreeTextSearch, MaskMode, RecordedEvent,
};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// The receipt of an erasure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// The event that holds it.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
    /// What it says.
    pub receipt: ErasureCompleted,
}

/// One order to forget somebody, by masking or by erasure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErasureRow {
    /// Whom.
    pub user: UserId,
    /// How much.
    pub mode: MaskMode,
    /// When it was ordered.
    pub ordered_at: Timestamp,
    /// Which keys.
    pub destroyed: Vec<DestroyedKey>,
    /// Where others wrote about the person; `None`: it was not searched.
    pub free_text: Option<FreeTextSearch>,
    /// `None`: a step is still to be taken, or the receipt to be recorded.
    pub completion: Option<Completion>,
}

/// Every order by its position.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Erasures {
    orders: BTreeMap<Position, ErasureRow>,
    /// Those without a receipt.
    open: BTreeMap<Position, UserId>,
    receipts: u64,
    /// Found in the batch that goes on with the order.
    found: BTreeMap<UserId, FreeTextSearch>,
}

impl Erasures {
    /// One order.
    #[must_use]
    pub fn get(&self, order: Position) -> Option<&ErasureRow> {
        self.orders.get(&order)
    }

    /// Orders after a position, oldest first.
    pub fn after(&self, after: Position) -> impl Iterator<Item = (Position, &ErasureRow)> {
        self.orders.range(after.next()..).map(|(position, row)| (*position, row))
    }

    /// Orders without a receipt, oldest first.
    pub fn open(&self) -> impl Iterator<Item = (Position, UserId)> {
        self.open.iter().map(|(order, user)| (*order, *user))
    }

    /// True if a receipt was ever recorded.
    #[must_use]
    pub fn has_receipts(&self) -> bool {
        self.receipts > 0
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        match &recorded.event {
            Event::PiiMasked(e) => {
                let (user, mode, destroyed) = (e.user, e.mode, e.destroyed.clone());
                let ordered_at = envelope.recorded_at;
                let free_text = self.found.remove(&user);
                let row = ErasureRow { user, mode, ordered_at, destroyed, free_text, completion: None };
                self.orders.insert(envelope.position, row);
                self.open.insert(envelope.position, user);
            }
            Event::FreeTextFound(e) => _ = self.found.insert(e.user, e.search.clone()),
            Event::ErasureCompleted(e) => {
                self.open.remove(&e.order);
                self.receipts += 1;
                if let Some(row) = self.orders.get_mut(&e.order) {
                    let (position, at) = (envelope.position, envelope.recorded_at);
                    row.completion = Some(Completion { position, at, receipt: e.clone() });
                }
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("erasures");
        for (order, row) in &self.orders {
            canon.number(order.0);
            canon.number(row.user.0);
            canon.number(row.mode as u64);
            canon.moment(row.ordered_at);
            canon.number(row.destroyed.len() as u64);
            row.destroyed.iter().for_each(|key| canon.bytes(&key.fingerprint));
            canon.maybe(row.free_text.as_ref(), |canon, search| {
                canon.number(search.from.0);
                canon.number(search.records.len() as u64);
                search.records.iter().for_each(|record| canon.number(record.0));
            });
            canon.maybe(row.completion.as_ref(), |canon, completion| {
                canon.number(completion.position.0);
                canon.moment(completion.at);
                canon.bytes(&completion.receipt.signature.bytes());
            });
        }
        canon.finish()
    }
}
