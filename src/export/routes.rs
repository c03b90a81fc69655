//! The route, and the stream behind it.
//!
//! Events are read and sent part by part, so that the length of a history costs no memory; each part is judged
//! by the rights of that moment. Where the reader lost them, or the directory ends, the transfer breaks off:
//! half an export is not taken for a whole one.

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use futures_util::stream;
use rollbook_schema::{Context, RejectionCode};
use serde_json::json;

use super::ExportFormat;
use crate::access::Caller;
use crate::directory::Directory;
use crate::graphql::export::{ExportPart, ExportWanted};
use crate::http::{RequestContext, bearer_of, query_pairs};
use crate::identity::SessionToken;

/// The route, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    Router::new().route("/history/export", get(export)).with_state(directory)
}

/// An export under way.
struct Download {
    wanted: ExportWanted,
    format: ExportFormat,
    origin: String,
    /// Read, and not yet sent.
    part: Option<ExportPart>,
    has_heading: bool,
}

/// The reader has lost the right to read on, or the log can no longer be read.
#[derive(Debug, thiserror::Error)]
#[error("the history cannot be exported to its end")]
struct Broken;

async fn export(
    State(directory): State<Directory>,
    Extension(context): Extension<RequestContext>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let bearer = bearer_of(&headers).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    let caller = caller.ok_or(Refused::of(RejectionCode::Unauthenticated))?;
    if matches!(caller, Caller::Person(person) if person.must_change_password) {
        return Err(Refused::of(RejectionCode::PasswordChangeRequired));
    }
    let pairs = query_pairs(query.as_deref().unwrap_or_default());
    let pairs = pairs.map_err(|_| Refused::of(RejectionCode::Invalid))?;
    let origin = directory.evidence().origin().to_owned();
    let wanted = ExportWanted::of(directory, caller, &pairs)?;
    let format = wanted.format;
    // Nothing is sent before it is recorded that it is read.
    wanted.record(read_from(context)).await?;
    // The first part is read before the answer begins, so that a refusal has a status.
    let (wanted, first) = wanted.next(None).await?;
    let download = Download { wanted, format, origin, part: Some(first), has_heading: false };
    let parts = stream::try_unfold(download, Download::next);
    let disposition = format!("attachment; filename=\"{}\"", format.file_name());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(|_| Refused::lost())?),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}

impl Download {
    /// The text of the next part; `None` behind the last.
    async fn next(mut self) -> Result<Option<(Bytes, Download)>, Broken> {
        let Some(part) = self.part.take() else { return Ok(None) };
        let mut text = String::new();
        if !std::mem::replace(&mut self.has_heading, true) {
            text.push_str(&self.format.heading());
        }
        for shaped in &part.events {
            self.format.write(shaped, &self.origin, &mut text);
        }
        if let Some(after) = part.next {
            let (wanted, part) = self.wanted.next(Some(after)).await.map_err(|_| Broken)?;
            (self.wanted, self.part) = (wanted, Some(part));
        }
        Ok(Some((Bytes::from(text), self)))
    }
}

fn read_from(request: RequestContext) -> Context {
    Context {
        request_id: Some(request.request_id).filter(|id| !id.is_empty()),
        client_address: request.client_address.map(|address| address.to_string()),
        user_agent: request.user_agent,
        reason: None,
    }
}

/// Why not, as a code.
struct Refused(String);

impl Refused {
    fn of(code: RejectionCode) -> Refused {
        Refused(code.as_str().to_owned())
    }

    fn lost() -> Refused {
        Refused::of(RejectionCode::Busy)
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
        } else if is(RejectionCode::Invalid) {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        };
        let body = json!({ "errors": [{ "code": self.0 }] });
        let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        (status, headers, body.to_string()).into_response()
    }
}
