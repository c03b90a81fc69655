//! `GET /metrics`: figures for whoever watches the machine, as text (Prometheus exposition, version 0.0.4).
//!
//! Open to everybody who reaches the port, as `/readyz` is: it tells how much, and nothing of anybody.

use std::fmt::Write as _;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::directory::{Directory, ShadowOutcome};

const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";
const OUTCOMES: [(ShadowOutcome, &str); 3] = [
    (ShadowOutcome::Equal, "equal"),
    (ShadowOutcome::Different, "different"),
    (ShadowOutcome::Failed, "failed"),
];

/// The route, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(directory)
}

async fn metrics(State(directory): State<Directory>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], written(&directory))
}

fn written(directory: &Directory) -> String {
    let mut out = String::new();
    let shadow = directory.shadow();
    let takes_commands = u64::from(directory.status().stopped().is_none());
    gauge(&mut out, "rollbook_up", "1 while commands are accepted", takes_commands);
    gauge(
        &mut out,
        "rollbook_position",
        "Position of the last event that the views hold",
        directory.reached().0,
    );
    let mismatch = shadow.mismatch().len() as u64;
    gauge(
        &mut out,
        "rollbook_shadow_mismatch",
        "Views that the last rebuild found to differ: an alarm",
        mismatch,
    );
    head(&mut out, "rollbook_shadow_proofs_total", "Rebuilds held against the live views", "counter");
    for (outcome, word) in OUTCOMES {
        let count = shadow.count(outcome);
        // Writing into memory does not fail.
        let _ = writeln!(out, "rollbook_shadow_proofs_total{{outcome=\"{word}\"}} {count}");
    }
    if let Some(last) = shadow.last() {
        let position = last.position.0;
        gauge(&mut out, "rollbook_shadow_position", "Where the last rebuild was compared", position);
        let began = last.started_at.millis() / 1000;
        gauge(&mut out, "rollbook_shadow_started_seconds", "When it began, since 1970", began);
        let seconds = last.duration_millis as f64 / 1000.0;
        gauge(&mut out, "rollbook_shadow_duration_seconds", "How long it took", seconds);
    }
    out
}

fn gauge(out: &mut String, name: &str, help: &str, value: impl std::fmt::Display) {
    head(out, name, help, "gauge");
    let _ = writeln!(out, "{name} {value}");
}

fn head(out: &mut String, name: &str, help: &str, kind: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}
