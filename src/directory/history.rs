//! Reading the log itself: an entry is opened from its record, so it shows nothing that was erased.

use rollbook_event_log::Fault;
use rollbook_schema::value::{PersonField, StandardUser, Timestamp};
use rollbook_schema::{ActorKind, CorrelationId, Event, Position, Record, RecordedEvent, UserId};

use super::Directory;
use crate::sealing::UnsealFault;

/// Records read at one go by whoever follows the log.
const READ_AT_ONCE: usize = 256;

/// Events among which those of one request are looked for.
const CORRELATED_WITHIN_EVENTS: usize = 50_000;
/// What one request sets off is recorded within this time.
const CORRELATED_WITHIN_MILLIS: i64 = 10 * 60 * 1000;
/// A clock that is read twice may have been set back in between by so much.
const CLOCK_SLACK_MILLIS: i64 = 1000;

/// Why a record could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// The log.
    #[error(transparent)]
    Log(#[from] Fault),
    /// The record.
    #[error(transparent)]
    Record(#[from] UnsealFault),
    /// There is no record where one must be.
    #[error("there is no record at position {0}")]
    Missing(Position),
}

/// An event with the names that people had when it happened (HIS-08).
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    /// The event.
    pub recorded: RecordedEvent,
    /// Display name of the actor at that time; `None` for the operator, or when it was erased.
    pub actor_name: Option<String>,
    /// Display name of the subject at that time.
    pub subject_name: Option<String>,
}

impl Directory {
    /// One event, opened; `None` for a position that the views have not reached.
    ///
    /// # Errors
    /// [`ReadFault`] when the log or the keys fail.
    pub fn recorded(&self, position: Position) -> Result<Option<RecordedEvent>, ReadFault> {
        let stored = self.inner.log.get(position.0)?;
        stored.map(|stored| Ok(self.inner.sealer.open_bytes(&stored.bytes)?)).transpose()
    }

    /// The events after a position that the views hold, at most 256 of them: a cursor on the log.
    ///
    /// # Errors
    /// As [`Directory::recorded`].
    pub fn events_after(&self, after: Position) -> Result<Vec<RecordedEvent>, ReadFault> {
        let reached = self.reached().0;
        let wanted =
            usize::try_from(reached.saturating_sub(after.0)).unwrap_or(READ_AT_ONCE).min(READ_AT_ONCE);
        let stored = self.inner.log.read(after.0, wanted)?;
        stored.iter().map(|stored| Ok(self.inner.sealer.open_bytes(&stored.bytes)?)).collect()
    }

    /// The positions of what one request set off, ascending. Its id tells the moment; the events after that
    /// are looked through, at most 50,000 and ten minutes of them, and nothing is opened.
    ///
    /// # Errors
    /// As [`Directory::recorded`].
    pub fn correlated(&self, correlation: CorrelationId) -> Result<Vec<Position>, ReadFault> {
        let mut found = Vec::new();
        let Some(asked_at) = correlation.moment() else { return Ok(found) };
        let earliest = Timestamp::from_millis(asked_at.millis().saturating_sub(CLOCK_SLACK_MILLIS));
        let latest = asked_at.millis().saturating_add(CORRELATED_WITHIN_MILLIS);
        let (mut after, reached) = {
            let views = self.views();
            (views.history.position_at(earliest), views.history.reached())
        };
        let last = reached.0.min(after.0.saturating_add(CORRELATED_WITHIN_EVENTS as u64));
        while after.0 < last {
            let wanted = usize::try_from(last - after.0).unwrap_or(READ_AT_ONCE).min(READ_AT_ONCE);
            let stored = self.inner.log.read(after.0, wanted)?;
            for stored in &stored {
                let header = Record::from_bytes(&stored.bytes).map_err(UnsealFault::from)?.header;
                if header.recorded_at.millis() > latest {
                    return Ok(found);
                }
                found.extend((header.correlation_id == correlation).then_some(header.position));
                after = header.position;
            }
            if stored.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// An event with the names of that time.
    ///
    /// # Errors
    /// As [`Directory::recorded`].
    pub fn entry(&self, recorded: RecordedEvent) -> Result<HistoryEntry, ReadFault> {
        let at = recorded.envelope.position;
        let actor = recorded.envelope.actor;
        // Operator and provider act under reserved ids too, and are not those users.
        let is_named = !matches!(actor.kind, ActorKind::Operator | ActorKind::Provider);
        let actor_name = if is_named { self.name_at(actor.id, at)? } else { None };
        let subject_name = match recorded.envelope.subject {
            rollbook_schema::Subject::User(user) => self.name_at(user, at)?,
            _ => None,
        };
        Ok(HistoryEntry { recorded, actor_name, subject_name })
    }

    fn name_at(&self, user: UserId, at: Position) -> Result<Option<String>, ReadFault> {
        if let Some(standard) = StandardUser::of(user) {
            return Ok(Some(standard.display_name.to_owned()));
        }
        let named_at = self.views().history.name_position(user, at);
        let Some(position) = named_at else { return Ok(None) };
        Ok(self.recorded(position)?.and_then(|recorded| display_name_set_by(&recorded.event)))
    }
}

/// The display name that an event gave, where it is still known.
fn display_name_set_by(event: &Event) -> Option<String> {
    match event {
        Event::UserCreated(created) => {
            created.person.known()?.get(PersonField::DisplayName).map(str::to_owned)
        }
        Event::ProfileChanged(changed) => changed
            .person
            .known()?
            .iter()
            .find(|change| change.field == PersonField::DisplayName)
            .and_then(|change| change.change.to.as_ref())
            .map(|text| text.as_str().to_owned()),
        _ => None,
    }
}
