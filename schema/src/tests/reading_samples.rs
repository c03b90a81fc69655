//! Samples of history that was read.

use crate::event::{Event, HistoryRead, ReadingWay};
use crate::id::UserId;

/// Each way once, of a person and of everybody.
pub fn all() -> Vec<Event> {
    vec![
        HistoryRead { user: Some(UserId(8)), way: ReadingWay::Page }.into(),
        HistoryRead { user: None, way: ReadingWay::Follow }.into(),
        HistoryRead { user: None, way: ReadingWay::Export }.into(),
    ]
}
