//! The records that concern a person: those about them, and those of what they did.

use std::collections::BTreeSet;

use rollbook_projections::view::{HistoryDirection, HistoryQuery, HistoryWindow};
use rollbook_schema::{Position, Record, RecordedEvent, UserId};

use crate::directory::{Directory, ReadFault};
use crate::sealing::UnsealFault;

/// Records looked at, at most: the newest.
pub const OWNED_RECORDS_MAX: usize = 100_000;

/// Every event about a person, opened.
pub(super) fn parts_about(directory: &Directory, user: UserId) -> Result<Vec<RecordedEvent>, ReadFault> {
    let about = HistoryQuery { on: Some(user), ..newest() };
    let positions = directory.views().history.page(&about).positions;
    let opened = positions.into_iter().map(|position| directory.recorded(position));
    opened.filter_map(Result::transpose).collect()
}

/// Every record about a person or of what the person did, still sealed.
pub(super) fn records_of(directory: &Directory, user: UserId) -> Result<Vec<Record>, ReadFault> {
    let positions: BTreeSet<Position> = {
        let history = &directory.views().history;
        let about = HistoryQuery { on: Some(user), ..newest() };
        let by = HistoryQuery { by: Some(user), ..newest() };
        [about, by].iter().flat_map(|query| history.page(query).positions).collect()
    };
    let mut records = Vec::with_capacity(positions.len());
    for position in positions {
        let stored = directory.stored_record(position)?.ok_or(ReadFault::Missing(position))?;
        records.push(Record::from_bytes(&stored).map_err(UnsealFault::from)?);
    }
    Ok(records)
}

fn newest() -> HistoryQuery {
    HistoryQuery {
        direction: HistoryDirection::NewestFirst,
        window: HistoryWindow::After(None, OWNED_RECORDS_MAX),
        ..HistoryQuery::default()
    }
}
