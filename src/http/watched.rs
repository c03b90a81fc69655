//! Every request is counted under its route, whatever became of it, and is a span of its trace.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::edge::Edge;
use crate::metrics::{NOWHERE, word_of};
use crate::traces::{self, Kind, Said, Span, SpanContext};

const TRACEPARENT: &str = "traceparent";

pub(super) async fn watch(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let mut span = edge.parts.tracer.span(parent_of(&request), "request", Kind::Server);
    let response = traces::within(span.context(), next.run(request)).await;
    let route = route.as_ref().map(MatchedPath::as_str);
    tell(&mut span, route, &method, response.status());
    edge.parts.metrics.requests.ended(route, &method, response.status(), began.elapsed());
    response
}

/// The span of whoever asks. Said twice, it is said of nobody.
fn parent_of(request: &Request) -> Option<SpanContext> {
    let mut said = request.headers().get_all(TRACEPARENT).iter();
    match (said.next(), said.next()) {
        (Some(one), None) => one.to_str().ok().and_then(SpanContext::parse),
        _ => None,
    }
}

fn tell(span: &mut Span, route: Option<&str>, method: &Method, status: StatusCode) {
    let method = word_of(method);
    let route = route.unwrap_or(NOWHERE);
    span.rename(|| format!("{method} {route}"));
    span.say("http.request.method", method);
    span.say("http.route", Said::Word(route.to_owned()));
    span.say("http.response.status_code", u64::from(status.as_u16()));
    if status.is_server_error() {
        span.fail();
    }
}
