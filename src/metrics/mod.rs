//! `GET /metrics`: figures for whoever watches the machine, as text (Prometheus exposition, version 0.0.4).
//!
//! Every series stands in one table ([`series`]), and only what stands there can be written. No label holds a
//! word that comes from outside: kinds of commands, codes, routes as the program names them. So the series stay
//! few, and none is of anybody. For requests of this machine only, or, where the operator set `metrics-token`, for
//! whoever brings it: on a quiet server a position that moves tells which guess at a name met an account.
//!
//! Counters begin at 0 with the process. Raising one is an addition in memory; the log, the views and the disk are
//! looked at when somebody asks.

mod exposition;
mod instruments;
mod process;
mod requests;
pub mod series;
mod timed_disk;
mod written;

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use rollbook_event_log::Disk;
use rollbook_schema::{Command, RejectionCode};

use crate::directory::Directory;
use crate::http::{Edge, RequestContext, bearer_of};
use crate::identity::SessionToken;
use crate::traces::Tracer;
use crate::writer::{Answer, CommandError};
use instruments::{BYTES, COUNTS, Counter, Histogram, SECONDS, Tally};
use requests::Requests;
pub(crate) use requests::{NOWHERE, word_of};
use timed_disk::TimedDisk;

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// What everybody else is told.
const TO_WHOM: &str = "metrics are for this machine, or for whoever brings metrics-token\n";

/// What is counted while the directory works. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Metrics {
    shared: Arc<Instruments>,
}

/// The instruments, each raised where its name says.
pub struct Instruments {
    commands: Tally<(&'static str, &'static str)>,
    refusals: Tally<&'static str>,
    graphql_refusals: Tally<&'static str>,
    /// Requests by route.
    pub(crate) requests: Requests,
    pub(crate) command_seconds: Histogram,
    pub(crate) batch_commands: Histogram,
    pub(crate) batch_records: Histogram,
    pub(crate) batch_bytes: Histogram,
    pub(crate) append_seconds: Histogram,
    sync_seconds: Histogram,
    pub(crate) fold_seconds: Histogram,
    pub(crate) password_seconds: Histogram,
}

impl Default for Instruments {
    fn default() -> Self {
        Instruments {
            commands: Tally::default(),
            refusals: Tally::default(),
            graphql_refusals: Tally::default(),
            requests: Requests::default(),
            command_seconds: Histogram::new(SECONDS),
            batch_commands: Histogram::new(COUNTS),
            batch_records: Histogram::new(COUNTS),
            batch_bytes: Histogram::new(BYTES),
            append_seconds: Histogram::new(SECONDS),
            sync_seconds: Histogram::new(SECONDS),
            fold_seconds: Histogram::new(SECONDS),
            password_seconds: Histogram::new(SECONDS),
        }
    }
}

impl Deref for Metrics {
    type Target = Instruments;

    fn deref(&self) -> &Instruments {
        &self.shared
    }
}

impl Metrics {
    /// The same disk, its syncs timed.
    pub(crate) fn timing(&self, disk: Arc<dyn Disk>, tracer: Tracer) -> Arc<dyn Disk> {
        Arc::new(TimedDisk { disk, metrics: self.clone(), tracer })
    }
}

impl Instruments {
    /// The writer has judged a command.
    pub(crate) fn judged(&self, command: &Command, answer: &Answer) {
        let outcome = match answer {
            Ok(outcome) if outcome.repeated => "repeated",
            Ok(_) => "accepted",
            Err(CommandError::Refused(rejections)) => {
                rejections.iter().for_each(|rejection| self.refusals.raise(rejection.code.as_str()));
                "refused"
            }
            Err(CommandError::Stopped(_)) => "stopped",
        };
        self.commands.raise((command.stem(), outcome));
    }

    /// A command never came into the queue: for want of a right, of room, or because nothing is taken any more.
    pub(crate) fn turned_away(&self, command: &Command, why: TurnedAway) {
        let outcome = match why {
            TurnedAway::Denied(code) => {
                self.refusals.raise(code.as_str());
                "denied"
            }
            TurnedAway::Busy => {
                self.refusals.raise(RejectionCode::Busy.as_str());
                "busy"
            }
            TurnedAway::Stopped => "stopped",
        };
        self.commands.raise((command.stem(), outcome));
    }

    /// A batch is durable.
    pub(crate) fn appended(&self, records: &[usize], took: Duration) {
        self.batch_records.observe(records.len() as u64);
        self.batch_bytes.observe(records.iter().sum::<usize>() as u64);
        self.append_seconds.took(took);
    }

    /// The edge refused a GraphQL request, or any for want of room.
    pub(crate) fn refused_at_edge(&self, code: &'static str) {
        self.graphql_refusals.raise(code);
    }
}

/// Why a command was not let into the queue.
pub(crate) enum TurnedAway {
    /// The caller may not ask it.
    Denied(RejectionCode),
    /// The queue is full.
    Busy,
    /// The directory has stopped.
    Stopped,
}

#[derive(Clone)]
struct Watched {
    directory: Directory,
    edge: Edge,
    /// Lines logged since the start of the process.
    logged: &'static Logged,
}

/// Lines logged, by weight.
#[derive(Debug, Default)]
pub struct Logged {
    /// Warnings.
    pub warnings: Counter,
    /// Errors.
    pub errors: Counter,
}

impl Logged {
    /// None yet.
    #[must_use]
    pub const fn none() -> Logged {
        Logged { warnings: Counter::zero(), errors: Counter::zero() }
    }
}

/// The route, to be put into the envelope of the edge.
pub fn routes(directory: Directory, edge: Edge) -> Router {
    let watched = Watched { directory, edge, logged: crate::telemetry::logged() };
    Router::new().route("/metrics", get(metrics)).with_state(watched)
}

async fn metrics(
    State(watched): State<Watched>,
    Extension(context): Extension<RequestContext>,
    headers: HeaderMap,
) -> Response {
    // Several headers, or one of another form, are no token.
    let token = bearer_of(&headers).ok().flatten().map(|token| SessionToken::from_client(&token));
    if !watched.directory.shows_metrics_to(token.as_ref(), context.client_address) {
        return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], TO_WHOM).into_response();
    }
    // Files are looked at: not on a thread that serves others.
    let text = tokio::task::spawn_blocking(move || written::written(&watched)).await;
    match text {
        Ok(text) => ([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
