//! GraphQL over server-sent events, single connection mode: one stream reserved by PUT, opened by GET, fed by
//! POSTs, each operation stopped by DELETE.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream, SelectAll};
use serde_json::Value;
use tokio::sync::mpsc;

use super::reservations::{Item, NotStarted, Reservation};
use super::{KEEP_ALIVE, Vigil, response};
use crate::http::edge::Edge;
use crate::http::identity::bearer_of;
use crate::http::query_string;
use crate::http::refusal::Refusal;
use crate::http::request_body::GraphQlRequest;
use crate::http::request_context::RequestContext;

/// Carries the token of a reservation; `?token=` does the same where headers cannot be set.
const TOKEN: HeaderName = HeaderName::from_static("x-graphql-event-stream-token");

/// Longest operation id, in bytes.
const OPERATION_ID_BYTES_MAX: usize = 128;

/// The token of the request, if it speaks of a reservation.
pub(in crate::http) fn token_of(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(&TOKEN).and_then(|token| token.to_str().ok()).map(str::to_owned);
    header.or_else(|| parameter(parts, "token"))
}

fn parameter(parts: &Parts, name: &str) -> Option<String> {
    let pairs = query_string::pairs(parts.uri.query()?).ok()?;
    pairs.into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}

/// PUT: reserves a stream for whoever asks, and answers with its token.
pub(in crate::http) fn reserve(
    edge: &Edge,
    context: &RequestContext,
    parts: &Parts,
) -> Result<Response<Body>, Refusal> {
    let bearer = bearer_of(&parts.headers)?;
    edge.authenticate(bearer.as_deref(), context)?;
    let token = (edge.parts.stream_tokens)();
    if !edge.reservations.reserve(token.clone(), bearer, context.clone(), edge.limits()) {
        return Err(Refusal::busy());
    }
    let mut response = Response::new(Body::from(token));
    *response.status_mut() = StatusCode::CREATED;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    Ok(response)
}

/// GET: opens the reserved stream. The token is the ticket, since an `EventSource` sends no headers.
pub(in crate::http) fn attach(edge: &Edge, token: &str) -> Result<Response<Body>, Refusal> {
    let reservation = find(edge, token)?;
    let started = reservation.open().ok_or_else(|| {
        Refusal::transport(StatusCode::CONFLICT, "STREAM_IN_USE", "the stream is already open")
    })?;
    let open = OpenStream {
        vigil: Vigil::new(edge, &reservation.context, reservation.bearer.clone()),
        running: SelectAll::new(),
        started,
        held: Held { edge: edge.clone(), token: token.to_owned() },
        reservation,
    };
    Ok(response(stream::unfold(open, OpenStream::step)))
}

/// POST with a token: checks the operation and puts it on the stream.
pub(in crate::http) fn operate(
    edge: &Edge,
    context: &RequestContext,
    parts: &Parts,
    token: &str,
    body: &[u8],
) -> Result<Response<Body>, Refusal> {
    let reservation = find(edge, token)?;
    let bearer = bearer_of(&parts.headers)?;
    if bearer != reservation.bearer {
        let message = "the event stream was reserved under another bearer";
        return Err(Refusal::transport(StatusCode::FORBIDDEN, "FORBIDDEN", message));
    }
    let data = edge.authenticate(bearer.as_deref(), context)?;
    let request = GraphQlRequest::from_body(body)?;
    let id = operation_id(&request)?;
    if reservation.operations_running() >= edge.limits().operations_per_connection_max {
        return Err(NotStarted::TooMany.into());
    }
    let planned = edge.plan(request, data, context)?;
    reservation.start(&id, edge.stream(planned))?;
    Ok(empty(StatusCode::ACCEPTED))
}

/// DELETE: stops an operation of a stream. Stopping what has ended is no mistake.
pub(in crate::http) fn stop(edge: &Edge, parts: &Parts) -> Result<Response<Body>, Refusal> {
    let token = token_of(parts).ok_or_else(no_stream)?;
    let reservation = find(edge, &token)?;
    let id = parameter(parts, "operationId")
        .ok_or_else(|| Refusal::malformed("BAD_REQUEST", "say which operation by `?operationId=`"))?;
    reservation.stop(&id);
    Ok(empty(StatusCode::OK))
}

fn find(edge: &Edge, token: &str) -> Result<Arc<Reservation>, Refusal> {
    edge.reservations.find(token, edge.limits()).ok_or_else(no_stream)
}

fn no_stream() -> Refusal {
    Refusal::transport(
        StatusCode::NOT_FOUND,
        "NO_SUCH_STREAM",
        "no event stream is reserved under this token",
    )
}

fn operation_id(request: &GraphQlRequest) -> Result<String, Refusal> {
    let id = request.extensions.get("operationId").and_then(Value::as_str);
    let id = id.filter(|id| (1..=OPERATION_ID_BYTES_MAX).contains(&id.len()));
    id.map(str::to_owned).ok_or_else(|| {
        let message =
            format!("`extensions.operationId` must be a string of 1 to {OPERATION_ID_BYTES_MAX} bytes");
        Refusal::malformed("BAD_REQUEST", message)
    })
}

impl From<NotStarted> for Refusal {
    fn from(reason: NotStarted) -> Self {
        let (status, code, message) = match reason {
            NotStarted::IdInUse => {
                (StatusCode::CONFLICT, "OPERATION_ID_IN_USE", "the operation id is in use")
            }
            NotStarted::TooMany => {
                (StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_OPERATIONS", "too many operations on this stream")
            }
        };
        Refusal::transport(status, code, message)
    }
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// A stream while its reader is there. Dropping it drops every operation on it.
struct OpenStream {
    vigil: Vigil,
    running: SelectAll<BoxStream<'static, Item>>,
    started: mpsc::Receiver<BoxStream<'static, Item>>,
    reservation: Arc<Reservation>,
    #[expect(dead_code, reason = "gives the reservation back when dropped")]
    held: Held,
}

struct Held {
    edge: Edge,
    token: String,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.edge.reservations.remove(&self.token);
    }
}

impl OpenStream {
    async fn step(mut self) -> Option<(Result<String, Infallible>, Self)> {
        loop {
            tokio::select! {
                biased;
                lives = self.vigil.watch() => {
                    return lives.then(|| (Ok(KEEP_ALIVE.to_owned()), self));
                }
                Some(operation) = self.started.recv() => self.running.push(operation),
                Some((key, outcome)) = self.running.next(), if !self.running.is_empty() => {
                    return Some((Ok(self.event(&key, outcome)), self));
                }
            }
        }
    }

    fn event(&self, key: &(String, u64), outcome: Option<crate::http::answer::Outcome>) -> String {
        let id = Value::from(key.0.as_str());
        match outcome {
            Some(outcome) => {
                format!("event: next\ndata: {{\"id\":{id},\"payload\":{}}}\n\n", outcome.json)
            }
            None => {
                self.reservation.ended(key);
                format!("event: complete\ndata: {{\"id\":{id}}}\n\n")
            }
        }
    }
}
