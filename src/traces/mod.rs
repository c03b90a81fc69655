//! Traces: what one request waited for, sent to an OpenTelemetry collector (OTLP over HTTP, as JSON).
//!
//! Off until `trace-endpoint` is set. The spans: the request, continuing the trace of its `traceparent`; each command
//! it asked; the batch that the command was judged in, with links to the other commands of that batch; writing that
//! batch to the log, and the sync within; folding it into the views. What the program does of itself (mails,
//! retention, whatever comes by WebSocket) begins traces of its own.
//!
//! A span holds what its code puts into it by name, and nothing else: kinds, counts, positions, codes, routes as the
//! program names them. Never a path as it was asked for, an address, an agent, a document or a value.
//!
//! # Refused alternatives
//!
//! - *tracing-opentelemetry with opentelemetry-otlp*: 16 crates more (tonic, prost, and anyhow, which is banned), for
//!   one POST of JSON that hyper and serde_json make. And `tracing` keeps its current span by thread, whereas the way
//!   of a command is two queues between three threads: the span would be handed on by hand all the same. Nor is there
//!   then a subscriber that sends what some other crate says of itself.
//! - *Waiting for the collector*: a span that finds no room is dropped and counted; nobody waits for a trace.

mod export;
mod otlp;
mod span;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rollbook_keyring::Entropy;
use tokio::sync::mpsc;

use crate::clock::Clock;
pub use export::{Exporter, TraceFault, TraceSettings};
use span::Finished;
pub use span::{Kind, Said, Span, SpanContext};

/// Finished spans that may wait for the exporter; further ones are dropped.
pub const SPANS_WAITING_MAX: usize = 8_192;
/// How long a stop waits for what was finished and is on its way.
pub const STOP_WITHIN: Duration = Duration::from_secs(2);
/// Shares of traces are said in this many parts.
const PER_THOUSAND: u64 = 1000;
const NANOS_PER_MILLI: u64 = 1_000_000;

tokio::task_local! {
    static CURRENT: SpanContext;
}

/// Makes spans. Cheap to clone. The default makes none.
#[derive(Clone, Default)]
pub struct Tracer {
    inner: Option<Arc<Inner>>,
}

struct Inner {
    entropy: Arc<dyn Entropy>,
    finished: mpsc::Sender<Finished>,
    /// Of a thousand traces that begin here, so many are kept.
    per_thousand: u64,
    /// When the tracer was made, by the clock, in nanoseconds since 1970; and by the steady clock.
    anchor: (u64, Instant),
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    sent: AtomicU64,
    dropped: AtomicU64,
}

impl Tracer {
    /// One that keeps so many of a thousand traces, and what is to run its exporter.
    ///
    /// # Errors
    /// [`TraceFault`] where nothing can be sent with these settings.
    pub fn start(
        settings: TraceSettings,
        clock: &dyn Clock,
        entropy: Arc<dyn Entropy>,
    ) -> Result<(Tracer, Exporter), TraceFault> {
        let (finished, received) = mpsc::channel(SPANS_WAITING_MAX);
        let anchor = (clock.now().millis().max(0).unsigned_abs() * NANOS_PER_MILLI, Instant::now());
        let per_thousand = u64::from(settings.per_thousand);
        let inner = Inner { entropy, finished, per_thousand, anchor, counts: Counts::default() };
        let tracer = Tracer { inner: Some(Arc::new(inner)) };
        let exporter = Exporter::new(settings, received, &tracer)?;
        Ok((tracer, exporter))
    }

    /// A span within another; where there is none, the first of a trace of its own, if that trace is kept.
    #[must_use]
    pub fn span(&self, parent: Option<SpanContext>, name: impl Into<String>, kind: Kind) -> Span {
        let Some(inner) = &self.inner else { return Span::default() };
        let context = match parent {
            Some(parent) => parent.child(&*inner.entropy),
            None => SpanContext::root(&*inner.entropy, |random| random % PER_THOUSAND < inner.per_thousand),
        };
        if !context.sampled {
            return Span::unseen(context);
        }
        Span::live(context, parent, name.into(), kind, self.clone())
    }

    /// A span within the one that is under way here.
    #[must_use]
    pub fn here(&self, name: impl Into<String>) -> Span {
        self.span(current(), name, Kind::Internal)
    }

    /// Spans that were handed to the collector, and those that were dropped.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        let counts = self.inner.as_ref().map(|inner| &inner.counts);
        counts.map_or((0, 0), |counts| {
            (counts.sent.load(Ordering::Relaxed), counts.dropped.load(Ordering::Relaxed))
        })
    }

    fn keep(&self, finished: Finished) {
        let Some(inner) = &self.inner else { return };
        if inner.finished.try_send(finished).is_err() {
            self.dropped(1);
        }
    }

    fn sent(&self, spans: usize) {
        if let Some(inner) = &self.inner {
            inner.counts.sent.fetch_add(spans as u64, Ordering::Relaxed);
        }
    }

    fn dropped(&self, spans: usize) {
        if let Some(inner) = &self.inner {
            inner.counts.dropped.fetch_add(spans as u64, Ordering::Relaxed);
        }
    }

    /// In nanoseconds since 1970, as the clock was when the tracer was made: steady from then on.
    fn nanos(&self, moment: Instant) -> u64 {
        let anchor = self.inner.as_ref().map(|inner| inner.anchor);
        anchor.map_or(0, |(at, since)| {
            let passed = moment.saturating_duration_since(since).as_nanos();
            at.saturating_add(u64::try_from(passed).unwrap_or(u64::MAX))
        })
    }
}

/// The span that is under way here, if any.
#[must_use]
pub fn current() -> Option<SpanContext> {
    CURRENT.try_with(|context| *context).ok()
}

/// Does `work` within a span: what it begins here is part of it.
pub async fn within<F: Future>(span: Option<SpanContext>, work: F) -> F::Output {
    match span {
        Some(span) => CURRENT.scope(span, work).await,
        None => work.await,
    }
}

/// The same of work that never waits.
pub fn within_sync<T>(span: Option<SpanContext>, work: impl FnOnce() -> T) -> T {
    match span {
        Some(span) => CURRENT.sync_scope(span, work),
        None => work(),
    }
}
