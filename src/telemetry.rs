//! Logging: to standard error, one event a line.
//!
//! Never logged, at any level: request bodies, personal data, secrets. What other crates say in detail
//! can hold a header or a value, so the level that is asked for is ours alone; theirs stays at warnings.

use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::config::{LogFormat, LogLevel, LogSettings};
use crate::metrics::Logged;

/// Logging is the whole process', and so is what is counted of it.
static LOGGED: Logged = Logged::none();

/// Starts logging, once for the whole process; a second call changes nothing.
pub fn start(settings: LogSettings) {
    let level = filter(settings.level);
    let targets = Targets::new().with_default(level.min(LevelFilter::WARN)).with_target("rollbook", level);
    // Counted whatever is shown.
    let registry = tracing_subscriber::registry().with(Counting.with_filter(LevelFilter::WARN));
    let lines = fmt::layer().with_writer(std::io::stderr);
    // Somebody else's subscriber, set before ours, is theirs to keep.
    let _ = match settings.format {
        LogFormat::Text => registry.with(lines.with_ansi(false).with_filter(targets)).try_init(),
        LogFormat::Json => registry.with(lines.json().with_filter(targets)).try_init(),
    };
}

/// Warnings and errors since the start of the process.
#[must_use]
pub fn logged() -> &'static Logged {
    &LOGGED
}

struct Counting;

impl<S: Subscriber> Layer<S> for Counting {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        match *event.metadata().level() {
            Level::ERROR => LOGGED.errors.raise(),
            Level::WARN => LOGGED.warnings.raise(),
            _ => {}
        }
    }
}

fn filter(level: LogLevel) -> LevelFilter {
    match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    }
}
