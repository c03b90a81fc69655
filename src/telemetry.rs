//! Logging: to standard error, one event a line.
//!
//! Never logged, at any level: request bodies, personal data, secrets. What other crates say in detail
//! can hold a header or a value, so the level that is asked for is ours alone; theirs stays at warnings.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogFormat, LogLevel, LogSettings};

/// Starts logging, once for the whole process; a second call changes nothing.
pub fn start(settings: LogSettings) {
    let level = filter(settings.level);
    let targets = Targets::new().with_default(level.min(LevelFilter::WARN)).with_target("rollbook", level);
    let registry = tracing_subscriber::registry().with(targets);
    let lines = fmt::layer().with_writer(std::io::stderr);
    // Somebody else's subscriber, set before ours, is theirs to keep.
    let _ = match settings.format {
        LogFormat::Text => registry.with(lines.with_ansi(false)).try_init(),
        LogFormat::Json => registry.with(lines.json()).try_init(),
    };
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
