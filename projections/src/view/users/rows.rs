//! Rows by ordinal, in chunks that never move: growing copies nothing and leaves nothing unwiped. A clone
//! shares every chunk until it is written to.

use std::sync::Arc;

use rollbook_schema::UserId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::row::UserRow;
use crate::id_table::IdTable;

/// Rows in one chunk: what the first change after a clone copies.
const CHUNK: usize = 256;

/// Every row, by the order of creation, and the ordinal of each id.
#[derive(Clone, Default)]
pub(super) struct Rows {
    chunks: Vec<Arc<Vec<UserRow>>>,
    ordinals: IdTable<u32>,
    length: u32,
}

impl Rows {
    /// How many there are; ordinals are below.
    pub(super) fn len(&self) -> u32 {
        self.length
    }

    pub(super) fn ordinal(&self, id: UserId) -> Option<u32> {
        self.ordinals.get(id.0).copied()
    }

    /// The row of an ordinal that was given out; another one is a bug, and stops the view.
    pub(super) fn at(&self, ordinal: u32) -> &UserRow {
        &self.chunks[ordinal as usize / CHUNK][ordinal as usize % CHUNK]
    }

    pub(super) fn at_mut(&mut self, ordinal: u32) -> &mut UserRow {
        &mut Arc::make_mut(&mut self.chunks[ordinal as usize / CHUNK])[ordinal as usize % CHUNK]
    }

    /// Gives a row the next ordinal.
    pub(super) fn push(&mut self, row: UserRow) -> u32 {
        let ordinal = self.length;
        *self.ordinals.place(row.id.0) = Some(ordinal);
        if (ordinal as usize).is_multiple_of(CHUNK) {
            self.chunks.push(Arc::new(Vec::with_capacity(CHUNK)));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            Arc::make_mut(chunk).push(row);
        }
        self.length += 1;
        ordinal
    }

    /// Every row, by ascending id.
    pub(super) fn by_id(&self) -> impl Iterator<Item = &UserRow> {
        self.ordinals.iter().map(|(_, ordinal)| self.at(*ordinal))
    }
}

/// Row after row, by ordinal.
impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.chunks.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rows, D::Error> {
        let chunks: Vec<Vec<UserRow>> = Vec::deserialize(deserializer)?;
        let mut rows = Rows::default();
        // Into chunks of full size, so that none grows later.
        chunks.into_iter().flatten().for_each(|row| _ = rows.push(row));
        Ok(rows)
    }
}
