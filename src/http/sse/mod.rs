//! GraphQL over server-sent events, distinct connections mode: one operation, one stream.
//!
//! The body is pulled by the connection: while a client does not read, nothing runs ahead and nothing piles up.

mod reservations;
mod single;

use std::convert::Infallible;

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt};
use tokio::time::{Instant, Interval, MissedTickBehavior};

use super::answer::Outcome;
use super::edge::{Edge, Planned};
use super::refusal::Refusal;
use super::request_context::RequestContext;

pub(super) use reservations::Reservations;
pub(super) use single::{attach, operate, reserve, stop, token_of};

/// A comment: it keeps proxies from closing a quiet stream.
const KEEP_ALIVE: &str = ":\n\n";

const COMPLETE: &str = "event: complete\ndata:\n\n";

/// Streams the outcomes of one operation.
pub(super) fn distinct(
    edge: &Edge,
    context: &RequestContext,
    bearer: Option<String>,
    planned: Planned,
) -> Response<Body> {
    let vigil = Vigil::new(edge, context, bearer);
    let items = edge.stream(planned);
    response(stream::unfold(Some((vigil, items)), |state| async move {
        let (vigil, items) = state?;
        step(vigil, items).await
    }))
}

type Step = (Result<String, Infallible>, Option<(Vigil, BoxStream<'static, Outcome>)>);

async fn step(mut vigil: Vigil, mut items: BoxStream<'static, Outcome>) -> Option<Step> {
    tokio::select! {
        biased;
        watched = vigil.watch() => watched.then(|| (Ok(KEEP_ALIVE.to_owned()), Some((vigil, items)))),
        item = items.next() => Some(match item {
            Some(outcome) => (Ok(next(&outcome.json)), Some((vigil, items))),
            None => (Ok(COMPLETE.to_owned()), None),
        }),
    }
}

/// Tells a refusal through a stream, since an `EventSource` cannot read the body of a 400.
pub(super) fn refused(refusal: &Refusal) -> Response<Body> {
    let events = [next(&refusal.json()), COMPLETE.to_owned()];
    response(stream::iter(events.map(Ok)))
}

fn next(json: &str) -> String {
    format!("event: next\ndata: {json}\n\n")
}

fn response(events: impl Stream<Item = Result<String, Infallible>> + Send + 'static) -> Response<Body> {
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    // Asks proxies in front of us not to gather events.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// What an open stream keeps an eye on besides its items: that the server goes on, that its bearer may stay.
struct Vigil {
    edge: Edge,
    context: RequestContext,
    bearer: Option<String>,
    ticks: Interval,
}

impl Vigil {
    fn new(edge: &Edge, context: &RequestContext, bearer: Option<String>) -> Self {
        let every = edge.limits().keep_alive_every;
        let mut ticks = tokio::time::interval_at(Instant::now() + every, every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { edge: edge.clone(), context: context.clone(), bearer, ticks }
    }

    /// Waits for the next moment to say that the stream lives: true, or false once it must end.
    async fn watch(&mut self) -> bool {
        tokio::select! {
            () = self.edge.parts.shutdown.begun() => false,
            _ = self.ticks.tick() => self.edge.authenticate(self.bearer.as_deref(), &self.context).is_ok(),
        }
    }
}
