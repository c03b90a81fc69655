//! A moment that is over.

use async_graphql::OneofObject;

use crate::directory;
use crate::graphql::scalar::{DateTime, Position};

/// A moment, by one of both.
#[derive(OneofObject, Clone, Copy)]
pub(in crate::graphql) enum AsOf {
    /// When this event had happened, and no later one. 0 is before everything.
    Position(Position),
    /// When the last event had happened that was recorded at or before this time. Where the clock was set
    /// back, an event counts as recorded with the latest one before it.
    Time(DateTime),
}

impl From<AsOf> for directory::AsOf {
    fn from(as_of: AsOf) -> Self {
        match as_of {
            AsOf::Position(position) => directory::AsOf::Position(position.0),
            AsOf::Time(time) => directory::AsOf::Time(time.0),
        }
    }
}
