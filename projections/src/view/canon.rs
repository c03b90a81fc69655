//! The canonical content of a view as a digest: how a rebuild is compared with what is live.
//!
//! Every value is written with a fixed width or behind its length, so that two different contents
//! never write the same bytes.

use roaring::RoaringTreemap;
use rollbook_schema::value::Timestamp;
use sha2::{Digest as _, Sha256};

/// SHA-256 over what a view writes, begun with the view's name.
pub(super) struct Canon(Sha256);

impl Canon {
    pub(super) fn of(view: &'static str) -> Canon {
        let mut canon = Canon(Sha256::new());
        canon.bytes(view.as_bytes());
        canon
    }

    pub(super) fn number(&mut self, number: u64) {
        self.0.update(number.to_le_bytes());
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.0.update([u8::from(flag)]);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    pub(super) fn moment(&mut self, moment: Timestamp) {
        self.0.update(moment.millis().to_le_bytes());
    }

    /// A set of ids or positions, ascending.
    pub(super) fn ids(&mut self, ids: &RoaringTreemap) {
        self.number(ids.len());
        ids.iter().for_each(|id| self.number(id));
    }

    /// A value that may be missing.
    pub(super) fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Canon, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub(super) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}
