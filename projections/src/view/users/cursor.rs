//! Where a row stands in an order: its key and id, so that the place outlives the row's moving on.

use std::fmt;

use rollbook_schema::UserId;
use serde::{Deserialize, Serialize};

use super::order::Key;
use super::query::UserOrder;
use super::row::UserRow;

/// Longest encoded cursor, in bytes: a folded text of 254 code points of 4 bytes that each fold to
/// three, with room to spare.
const CURSOR_MAX: usize = 4096;

/// A place in an order of users. It holds the key of its row (a name, an address): personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub(super) order: UserOrder,
    pub(super) number: u64,
    pub(super) text: Option<String>,
    pub(super) id: UserId,
}

/// Why a cursor cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// Not the bytes of a cursor.
    #[error("these bytes are no cursor")]
    Malformed,
    /// Made by a list in another order.
    #[error("the cursor is of a list by {made:?}, this list is by {asked:?}")]
    OtherOrder {
        /// The order that the cursor was made in.
        made: UserOrder,
        /// The order of this list.
        asked: UserOrder,
    },
}

impl Cursor {
    /// The place of a row in an order.
    #[must_use]
    pub fn of(row: &UserRow, order: UserOrder) -> Cursor {
        let key = Key::of(row, order);
        Cursor { order, number: key.number, text: key.text.map(str::to_owned), id: key.id }
    }

    /// The order it was made in.
    #[must_use]
    pub fn order(&self) -> UserOrder {
        self.order
    }

    /// The form in which it is handed out.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing numbers and a text into memory has no way to fail.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads what [`Cursor::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Cursor, CursorError> {
        if bytes.len() > CURSOR_MAX {
            return Err(CursorError::Malformed);
        }
        match postcard::take_from_bytes(bytes) {
            Ok((cursor, [])) => Ok(cursor),
            _ => Err(CursorError::Malformed),
        }
    }

    pub(super) fn key(&self) -> Key<'_> {
        Key { number: self.number, text: self.text.as_deref(), id: self.id }
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({:?}, …)", self.order)
    }
}
