//! What the program records about readers of history.

use super::fields_of;
use crate::event::ReadingWay;
use crate::id::UserId;

fields_of! {
    /// Records that the actor reads history; nothing, if that was recorded within the hour.
    RecordReading {
        /// Whose; `None`: everybody's.
        user: Option<UserId>,
        /// In which way.
        way: ReadingWay,
    }
}
