//! History as other programs take it: the entries that `history` shows, by the same filter, reach and rights.

use async_graphql::Result;
use rollbook_projections::view::{HistoryDirection, HistoryWindow};
use rollbook_schema::event::ReadingWay;
use rollbook_schema::{Context, Position, RecordedEvent, Subject};
use serde_json::{Value, json};

use super::fault::invalid;
use super::id;
use super::input::HistoryFilter;
use super::output::{Entry, word};
use super::passage::{Passage, reader};
use super::reading::read;
use super::table::parsed;
use super::vocabulary::{ActorKind, SubjectKind};
use crate::access::Caller;
use crate::directory::Directory;
use crate::export::{ExportFormat, Shaped};

/// Entries that are read together and sent together.
const PART_EVENTS: usize = 256;

/// What is exported, in which form, and for whom.
pub(crate) struct ExportWanted {
    pub format: ExportFormat,
    passage: Passage,
    after: Option<Position>,
}

/// A part of an export, in the order of the log.
pub(crate) struct ExportPart {
    pub events: Vec<Shaped>,
    /// Behind which the next part begins; `None` where this is the last.
    pub next: Option<Position>,
}

impl ExportWanted {
    /// Of the pairs of a query string: `format` (`ndjson` if nothing is said), `filter` as `history` takes it, in
    /// JSON, and `after`, a position. What happens from now on is not in it.
    ///
    /// # Errors
    /// `INVALID` for what cannot be read, `FORBIDDEN` for what the caller may not.
    pub(crate) fn of(directory: Directory, caller: Caller, pairs: &[(String, String)]) -> Result<Self> {
        let (mut format, mut filter, mut after) = (None, None, None);
        for (name, text) in pairs {
            let is_second = match name.as_str() {
                "format" => format.replace(text.parse().map_err(|_| unreadable())?).is_some(),
                "filter" => filter.replace(serde_json::from_str(text).map_err(|_| unreadable())?).is_some(),
                "after" => after.replace(Position(text.parse().map_err(|_| unreadable())?)).is_some(),
                _ => true,
            };
            if is_second {
                return Err(unreadable());
            }
        }
        let filter = parsed::<HistoryFilter>(filter.as_ref())?.unwrap_or_default();
        let passage = Passage::new(reader(&directory, caller, true), filter.into())?.up_to_now();
        Ok(ExportWanted { format: format.unwrap_or(ExportFormat::NdJson), passage, after })
    }

    /// Answers when it is recorded that this is exported.
    ///
    /// # Errors
    /// As [`Passage::record`].
    pub(crate) async fn record(&self, context: Context) -> Result<()> {
        self.passage.record(context, ReadingWay::Export).await
    }

    /// The part behind a position, with the rights of now.
    ///
    /// # Errors
    /// When the right to read has gone, or the log cannot be read.
    pub(crate) async fn next(mut self, after: Option<Position>) -> Result<(Self, ExportPart)> {
        self.passage.renew()?;
        let cursor = after.or(self.after);
        let passage = self.passage.clone();
        let window = HistoryWindow::After(cursor, PART_EVENTS);
        let found = read(move || passage.page(HistoryDirection::OldestFirst, window)).await?;
        let last = found.entries.last().map(|entry| entry.position.0);
        let next = found.searched_to.or(last).filter(|_| found.has_next);
        let events = found.entries.into_iter().map(shaped).collect();
        Ok((self, ExportPart { events, next }))
    }
}

fn unreadable() -> async_graphql::Error {
    invalid("an export takes format (ndjson, csv, cloudevents), filter and after, each once")
}

/// As the API shows it.
fn shaped(entry: Entry) -> Shaped {
    let entry = entry.to_json();
    Shaped { told: entry.clone(), entry }
}

/// As it is stored: `told` is its stored form.
pub(crate) fn stored(recorded: &RecordedEvent, told: Value) -> Shaped {
    let envelope = &recorded.envelope;
    let (subject, actor) = (envelope.subject, envelope.actor);
    let context = &told["personal"]["context"];
    let context = if context.is_object() { context.clone() } else { Value::Null };
    let entry = json!({
        "position": envelope.position,
        "eventId": envelope.event_id,
        "at": envelope.recorded_at,
        "typeName": told["type"],
        "subject": subject_json(subject, None),
        "actor": { "id": id::of_user(actor.id).0, "kind": word(ActorKind::from(actor.kind)), "name": null },
        "onBehalfOf": envelope.on_behalf_of.map(|user| id::of_user(user).0),
        "proxySession": envelope.proxy_session,
        "commandId": envelope.command_id,
        "correlationId": envelope.correlation_id,
        "context": context,
        "summary": null,
        "withheld": null,
        "changes": { "payload": told["payload"], "personal": told["personal"] },
    });
    Shaped { entry, told }
}

fn subject_json(subject: Subject, name: Option<&str>) -> Value {
    let id = id::of_subject(subject).map(|id| id.0);
    json!({ "kind": word(SubjectKind::from(subject)), "id": id, "name": name })
}
