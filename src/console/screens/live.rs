//! An open page learns that the log has gone on: server-sent events with the position of its head, and nothing
//! else. What is new is then asked for as the page itself, with the rights of that moment.
//!
//! A stream is short: a browser comes again by itself, and is judged anew. A page that nobody looks at follows
//! nothing.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use rollbook_schema::Position;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

use crate::console::Console;
use crate::console::refused::Refused;
use crate::console::visit::Visit;

/// How long one stream lives.
const LIVE_FOR: Duration = Duration::from_secs(20);
/// A page is told at most this often.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);
/// How soon a browser comes again, in milliseconds.
const AGAIN_AFTER: &str = "retry: 500\n";

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/console/live", get(follow))
}

/// One reader and what wakes them.
struct Follow {
    visit: Visit,
    wake: watch::Receiver<Position>,
    ends: Instant,
    told: bool,
}

impl Follow {
    /// The next event; `None` when the stream is over, or the session.
    async fn next(mut self) -> Option<(Result<String, Infallible>, Follow)> {
        if self.told {
            sleep(AT_MOST_EVERY).await;
            timeout_at(self.ends, self.wake.changed()).await.ok()?.ok()?;
        }
        self.visit.directory().caller_now(&self.visit.caller())?;
        self.told = true;
        let head = *self.wake.borrow_and_update();
        Some((Ok(format!("{AGAIN_AFTER}data: {head}\n\n")), self))
    }
}

async fn follow(visit: Visit) -> Result<Response, Refused> {
    visit.person().filter(|person| !person.must_change_password).ok_or(Refused::SignIn)?;
    let wake = visit.directory().watch_reached();
    let follow = Follow { visit, wake, ends: Instant::now() + LIVE_FOR, told: false };
    let events = stream::unfold(follow, Follow::next);
    // Asks proxies in front of us not to gather events.
    let headers =
        [(header::CONTENT_TYPE.as_str(), "text/event-stream; charset=utf-8"), ("x-accel-buffering", "no")];
    Ok((headers, Body::from_stream(events)).into_response())
}
