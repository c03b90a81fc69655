//! `/healthz`: the process lives. `/readyz`: it can do its work.

use axum::extract::State;
use axum::http::StatusCode;

use super::edge::Edge;

/// 200 as long as the process answers at all.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// 200 when the server takes work; 503 while it starts, after a fault of the log, and once it stops.
pub(super) async fn ready(State(edge): State<Edge>) -> (StatusCode, &'static str) {
    let is_ready = !edge.parts.shutdown.has_begun() && (edge.parts.is_ready)();
    if is_ready { (StatusCode::OK, "ready\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready\n") }
}
