//! `/healthz`: the process lives. `/readyz`: it can do its work.

use axum::extract::State;
use axum::http::StatusCode;

use super::edge::Edge;

/// 200 as long as the process answers at all.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// 200 when the server takes work; 503 while it starts, after a fault of the log, and once it stops. A second
/// line tells of what is wrong though the work goes on: to take the server away would mend nothing then.
pub(super) async fn ready(State(edge): State<Edge>) -> (StatusCode, String) {
    let is_ready = !edge.parts.shutdown.has_begun() && (edge.parts.is_ready)();
    let alarm = (edge.parts.alarm)().map(|alarm| alarm + "\n").unwrap_or_default();
    match is_ready {
        true => (StatusCode::OK, format!("ready\n{alarm}")),
        false => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready\n{alarm}")),
    }
}
