//! `GET /backup?after=POSITION&digest=HEX` and `GET /backup/keys`, each by a right of its own.
//!
//! One backup is under way at a time. A transfer that breaks off has no end mark, so nobody takes it for whole.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use rollbook_schema::RejectionCode;
use rollbook_schema::id::Digest;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::fault::BackupFault;
use super::segment::{After, Segment};
use crate::access::Caller;
use crate::directory::Directory;
use crate::http::{bearer_of, query_pairs};
use crate::identity::SessionToken;

/// Backups at the same time: each reads the log whole.
const AT_ONCE: usize = 1;
/// Pieces that are read ahead of the receiver.
const PIECES_AHEAD: usize = 2;
const STREAM: HeaderValue = HeaderValue::from_static("application/octet-stream");

#[derive(Clone)]
struct Served {
    directory: Directory,
    places: Arc<Semaphore>,
}

/// The routes, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    Router::new()
        .route("/backup", get(records))
        .route("/backup/keys", get(keys))
        .with_state(Served { directory, places })
}

async fn records(
    State(served): State<Served>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let caller = caller(&served.directory, &headers)?;
    let after = after(query.as_deref().unwrap_or_default()).ok_or(RejectionCode::Invalid)?;
    let place = Arc::clone(&served.places).try_acquire_owned().map_err(|_| RejectionCode::Busy)?;
    let segment = served.directory.back_up(&caller, after).await?.map_err(Refused::of)?;
    tracing::info!(
        actor = caller.actor().map(|actor| actor.id.0),
        after = after.position,
        through = segment.through(),
        "a backup of the records is taken"
    );
    let (pieces, received) = mpsc::channel(PIECES_AHEAD);
    let directory = served.directory;
    tokio::task::spawn_blocking(move || send(segment, &pieces, place, &directory));
    let body = stream::unfold(received, async |mut received| {
        let piece: Result<Bytes, BackupFault> = received.recv().await?;
        Some((piece, received))
    });
    Ok(([(header::CONTENT_TYPE, STREAM)], Body::from_stream(body)).into_response())
}

/// Ends where the receiver goes away.
fn send(
    mut segment: Segment,
    pieces: &mpsc::Sender<Result<Bytes, BackupFault>>,
    _place: OwnedSemaphorePermit,
    directory: &Directory,
) {
    loop {
        let piece = match segment.piece() {
            Ok(Some(piece)) if piece.is_empty() => continue,
            Ok(Some(piece)) => Ok(Bytes::from(piece)),
            Ok(None) => return directory.records_were_backed_up(),
            Err(fault) => {
                tracing::error!(%fault, "a backup broke off");
                Err(fault)
            }
        };
        let is_last = piece.is_err();
        if pieces.blocking_send(piece).is_err() || is_last {
            return;
        }
    }
}

async fn keys(State(served): State<Served>, headers: HeaderMap) -> Result<Response, Refused> {
    let caller = caller(&served.directory, &headers)?;
    let directory = served.directory.clone();
    let copied = tokio::task::spawn_blocking(move || directory.copy_keys(&caller)).await;
    let stream = copied.map_err(|_| RejectionCode::Busy)??.map_err(Refused::of)?;
    served.directory.keys_were_backed_up();
    tracing::info!(actor = caller.actor().map(|actor| actor.id.0), "a copy of the wrapped keys is taken");
    Ok(([(header::CONTENT_TYPE, STREAM)], stream).into_response())
}

fn caller(directory: &Directory, headers: &HeaderMap) -> Result<Caller, RejectionCode> {
    let bearer = bearer_of(headers).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    caller.ok_or(RejectionCode::Unauthenticated)
}

/// `None` for what cannot be read.
fn after(query: &str) -> Option<After> {
    let mut after = After::default();
    for (name, value) in query_pairs(query).ok()? {
        match name.as_str() {
            "after" => after.position = value.parse().ok()?,
            "digest" => after.digest = serde_json::from_value::<Digest>(json!(value)).ok()?,
            _ => return None,
        }
    }
    Some(after)
}

/// Why not, as a code.
struct Refused(StatusCode, &'static str);

impl Refused {
    fn of(fault: BackupFault) -> Refused {
        if matches!(fault, BackupFault::OtherHistory(_)) {
            return Refused(StatusCode::CONFLICT, "OTHER_HISTORY");
        }
        tracing::error!(%fault, "a backup could not be begun");
        RejectionCode::Busy.into()
    }
}

impl From<RejectionCode> for Refused {
    fn from(code: RejectionCode) -> Refused {
        let status = match code {
            RejectionCode::Unauthenticated => StatusCode::UNAUTHORIZED,
            RejectionCode::Forbidden | RejectionCode::PasswordChangeRequired => StatusCode::FORBIDDEN,
            RejectionCode::Invalid => StatusCode::BAD_REQUEST,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        };
        Refused(status, code.as_str())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "errors": [{ "code": self.1 }] });
        let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        (self.0, headers, body.to_string()).into_response()
    }
}
