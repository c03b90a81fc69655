//! A server whose directory is still being opened: it lives, is not ready, and says how far it is.
//!
//! A large directory takes a while to fold. Without an answer, whoever watches would end the process again and again
//! before it is done. A short opening needs none: who connects meanwhile waits, and is answered by the server itself.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use tokio::net::TcpListener;

use super::health;
use super::limits::EdgeLimits;
use super::media_type::ResultType;
use super::refusal::Refusal;
use super::serve::serve_with;
use super::shutdown::Shutdown;
use super::tls::Tls;

/// Seconds until another try may find it ready.
const RETRY_AFTER_SECONDS: u64 = 5;

/// Waits for `opening`, and answers in its place once it takes longer than `patience`: `/healthz` as ever, `/readyz` and
/// everything else with 503. `said` is what `/readyz` adds.
///
/// # Errors
/// What the listener says.
pub async fn answer_until<T>(
    opening: impl Future<Output = T>,
    (listener, tls): (&std::net::TcpListener, Option<Tls>),
    limits: EdgeLimits,
    patience: Duration,
    said: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> io::Result<T> {
    let mut opening = pin!(opening);
    if let Ok(opened) = tokio::time::timeout(patience, &mut opening).await {
        return Ok(opened);
    }
    let shutdown = Shutdown::default();
    let waiting = TcpListener::from_std(listener.try_clone()?)?;
    let serving = tokio::spawn(serve_with(waiting, routes(said), limits, shutdown.clone(), tls));
    let opened = opening.await;
    // Whoever is being answered is answered; nobody waits for that.
    shutdown.begin();
    drop(serving);
    Ok(opened)
}

fn routes(said: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    let starting =
        move || async move { (StatusCode::SERVICE_UNAVAILABLE, format!("starting: {}\n", said())) };
    Router::new().route("/healthz", get(health::alive)).route("/readyz", get(starting)).fallback(not_yet)
}

async fn not_yet() -> Response {
    let message = "the server is starting: try again shortly";
    let refusal = Refusal::transport(StatusCode::SERVICE_UNAVAILABLE, "BUSY", message);
    refusal.retry_after(RETRY_AFTER_SECONDS).into_response(ResultType::Json)
}
