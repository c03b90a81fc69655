//! Every request is counted under its route, whatever became of it.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::edge::Edge;

pub(super) async fn watch(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = route.as_ref().map(MatchedPath::as_str);
    edge.parts.metrics.requests.ended(route, &method, response.status(), began.elapsed());
    response
}
