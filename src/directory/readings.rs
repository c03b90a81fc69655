//! That history is read is itself recorded, once an hour for each reader, person and way.
//!
//! Nobody is shown anything before the record of it is durable: the first reading of an hour is read while
//! its record is written, and waits for the slower of both. All others of the hour find it recorded, and wait
//! for nothing. If nothing can be recorded, nothing is shown.

use rollbook_schema::command::RecordReading;
use rollbook_schema::event::ReadingWay;
use rollbook_schema::{RejectionCode, UserId};

use super::{Asking, Directory};
use crate::writer::CommandError;

/// Whose history is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOf {
    /// One person's.
    Person(UserId),
    /// Everybody's, as far as the reader reaches.
    Everybody,
}

impl Directory {
    /// Answers when it is durable that the caller reads: at once, where it is so already.
    ///
    /// # Errors
    /// [`CommandError::Refused`] with `BUSY`, or [`CommandError::Stopped`]: then nothing may be shown.
    pub async fn record_reading(
        &self,
        asking: Asking,
        read_of: ReadOf,
        way: ReadingWay,
    ) -> Result<(), CommandError> {
        let user = match read_of {
            ReadOf::Person(user) => Some(user),
            ReadOf::Everybody => None,
        };
        let reader = asking.caller.actor().ok_or(RejectionCode::Unauthenticated)?;
        if self.views().readings.due(reader.id, (user, way), self.now()).is_none() {
            return Ok(());
        }
        let envelope = self.envelope(&asking)?;
        self.submit(envelope, RecordReading { user, way }.into()).await.map(drop)
    }
}
