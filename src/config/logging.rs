//! What is logged, and how.

use super::fault::ConfigFault;
use super::layers::Layers;

/// The least weight of what is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// What failed.
    Error,
    /// What will fail if nobody looks.
    Warn,
    /// What an operator wants to know.
    #[default]
    Info,
    /// How it came to that.
    Debug,
    /// Every step.
    Trace,
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: one object a line.
    Json,
}

/// What is logged, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogSettings {
    /// The least weight.
    pub level: LogLevel,
    /// The form.
    pub format: LogFormat,
}

/// Reads them.
///
/// # Errors
/// [`ConfigFault::Value`].
pub fn log_settings(layers: &Layers) -> Result<LogSettings, ConfigFault> {
    let levels = "one of off, error, warn, info, debug and trace".to_owned();
    let level = layers.parsed("log-level", levels, |text| match text.to_ascii_lowercase().as_str() {
        "off" => Some(LogLevel::Off),
        "error" => Some(LogLevel::Error),
        "warn" => Some(LogLevel::Warn),
        "info" => Some(LogLevel::Info),
        "debug" => Some(LogLevel::Debug),
        "trace" => Some(LogLevel::Trace),
        _ => None,
    })?;
    let format = layers.parsed("log-format", "text or json".to_owned(), |text| match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    })?;
    Ok(LogSettings { level, format })
}
