//! Relay pages: which part of a list is asked for, and the cursors between pages.

use async_graphql::{Result, SimpleObject};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::fault::{invalid, invalid_cursor};

/// Entries on a page that names no number.
const PAGE_DEFAULT: usize = 50;
/// Most entries on a page.
const PAGE_MAX: usize = 100;
/// Longest cursor looked at, in bytes of text.
const CURSOR_BYTES_MAX: usize = 8192;

/// The arguments of a page, as they came.
#[derive(Default)]
pub(super) struct PageArguments {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

/// Which part of a list: from which end, from which place, how many.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The first ones behind a cursor.
    First(Option<Vec<u8>>, usize),
    /// The last ones before a cursor.
    Last(Option<Vec<u8>>, usize),
}

impl PageArguments {
    /// Forwards or backwards; both at once has no meaning.
    pub(super) fn part(self) -> Result<Part> {
        let PageArguments { first, after, last, before } = self;
        let backwards = last.is_some() || before.is_some();
        if backwards && (first.is_some() || after.is_some()) {
            return Err(invalid("use either first and after, or last and before"));
        }
        let (number, cursor) = if backwards { (last, before) } else { (first, after) };
        let limit = match number.map(usize::try_from) {
            None => PAGE_DEFAULT,
            Some(Ok(limit)) if limit <= PAGE_MAX => limit,
            Some(_) => return Err(invalid("a page has 0 to 100 entries")),
        };
        let cursor = cursor.as_deref().map(decode).transpose()?;
        Ok(if backwards { Part::Last(cursor, limit) } else { Part::First(cursor, limit) })
    }
}

/// A cursor as it is handed out.
pub(super) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(cursor: &str) -> Result<Vec<u8>> {
    if cursor.len() > CURSOR_BYTES_MAX {
        return Err(invalid_cursor());
    }
    URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid_cursor())
}

/// Where a page stands in its list.
#[derive(SimpleObject, Clone)]
pub(super) struct PageInfo {
    /// There are entries behind the last one of this page.
    pub has_next_page: bool,
    /// There are entries before the first one of this page.
    pub has_previous_page: bool,
    /// Cursor of the first entry.
    pub start_cursor: Option<String>,
    /// Cursor of the last entry.
    pub end_cursor: Option<String>,
}
