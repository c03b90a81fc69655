//! The route, and the stream behind it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use rollbook_projections::view::Cursor;
use rollbook_schema::RejectionCode;
use serde_json::json;

use super::cells::write_row;
use crate::access::Caller;
use crate::directory::Directory;
use crate::graphql::table::{COLUMNS, TablePage, TableWanted, table_page};
use crate::http::{bearer_of, query_pairs};
use crate::identity::SessionToken;

/// Rows that are read under one guard and sent together.
const PART_ROWS: usize = 200;

const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
const AS_FILE: HeaderValue = HeaderValue::from_static("attachment; filename=\"users.csv\"");

/// The route, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    Router::new().route("/users.csv", get(table)).with_state(directory)
}

/// A table under way.
struct Download {
    directory: Directory,
    caller: Caller,
    wanted: TableWanted,
    /// Read, and not yet sent.
    part: Option<TablePage>,
    has_head: bool,
}

/// The reader has lost the right to read on.
#[derive(Debug, thiserror::Error)]
#[error("the table cannot be read to its end")]
struct Broken;

async fn table(
    State(directory): State<Directory>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let bearer = bearer_of(&headers).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    let caller = caller.ok_or(Refused::of(RejectionCode::Unauthenticated))?;
    let pairs = query_pairs(query.as_deref().unwrap_or_default());
    let pairs = pairs.map_err(|_| Refused::of(RejectionCode::Invalid))?;
    let wanted = TableWanted::of(&pairs)?;
    download(&directory, caller, wanted).map_err(Refused)
}

/// The table as a response, for a reader who is known already.
///
/// # Errors
/// The code of the refusal.
pub(crate) fn download(
    directory: &Directory,
    caller: Caller,
    wanted: TableWanted,
) -> Result<Response, String> {
    // The first part is read before the answer begins, so that a refusal has a status.
    let first =
        table_page(directory, &caller, &wanted, None, PART_ROWS).map_err(|error| Refused::from(error).0)?;
    let download =
        Download { directory: directory.clone(), caller, wanted, part: Some(first), has_head: false };
    let parts = stream::try_unfold(download, |download| async move { download.next() });
    let headers = [(header::CONTENT_TYPE, CSV), (header::CONTENT_DISPOSITION, AS_FILE)];
    Ok((headers, Body::from_stream(parts)).into_response())
}

impl Download {
    /// The text of the next part; `None` behind the last.
    fn next(mut self) -> Result<Option<(Bytes, Download)>, Broken> {
        let Some(part) = self.part.take() else { return Ok(None) };
        let mut text = String::new();
        if !std::mem::replace(&mut self.has_head, true) {
            write_row(&mut text, COLUMNS);
        }
        for row in &part.rows {
            write_row(&mut text, row.iter().map(String::as_str));
        }
        self.part = part.next.map(|after| self.read(after)).transpose()?;
        Ok(Some((Bytes::from(text), self)))
    }

    fn read(&mut self, after: Cursor) -> Result<TablePage, Broken> {
        self.caller = self.directory.caller_now(&self.caller).ok_or(Broken)?;
        table_page(&self.directory, &self.caller, &self.wanted, Some(after), PART_ROWS).map_err(|_| Broken)
    }
}

/// Why not, as a code.
struct Refused(String);

impl Refused {
    fn of(code: RejectionCode) -> Refused {
        Refused(code.as_str().to_owned())
    }
}

impl From<async_graphql::Error> for Refused {
    fn from(error: async_graphql::Error) -> Refused {
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        match code {
            Some(async_graphql::Value::String(code)) => Refused(code.clone()),
            _ => Refused::of(RejectionCode::Invalid),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let is = |code: RejectionCode| self.0 == code.as_str();
        let status = if is(RejectionCode::Unauthenticated) {
            StatusCode::UNAUTHORIZED
        } else if is(RejectionCode::Forbidden) || is(RejectionCode::PasswordChangeRequired) {
            StatusCode::FORBIDDEN
        } else {
            StatusCode::BAD_REQUEST
        };
        let body = json!({ "errors": [{ "code": self.0 }] });
        let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        (status, headers, body.to_string()).into_response()
    }
}
