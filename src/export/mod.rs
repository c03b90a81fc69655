//! History for other programs: NDJSON, CSV (RFC 4180) and CloudEvents 1.0, one event a line.
//!
//! `GET /history/export?format=…` streams what its reader may see, with the filters of `history`; `rollbook log
//! --format …` prints what is stored. Both bring events into one shape ([`Shaped`]), of which the forms are
//! written: so a column means the same wherever it comes from.

mod cloud_event;
mod csv;
mod routes;

pub use routes::routes;

use std::str::FromStr;

use serde_json::Value;

/// How events are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line.
    NdJson,
    /// A table with a heading.
    Csv,
    /// One CloudEvent in JSON a line.
    CloudEvents,
}

/// The name is none of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the formats are {}", ExportFormat::NAMES.join(", "))]
pub struct UnknownFormat;

/// An event in the one shape, and in the words of where it comes from.
pub struct Shaped {
    /// As history has it (`HistoryEntry` of the API); what is not known there is null.
    pub entry: Value,
    /// What is told of it: the same, or its stored form.
    pub told: Value,
}

impl ExportFormat {
    /// What the formats are called.
    pub const NAMES: [&'static str; 3] = ["ndjson", "csv", "cloudevents"];

    /// The media type of a file.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            ExportFormat::NdJson | ExportFormat::CloudEvents => "application/x-ndjson",
            ExportFormat::Csv => "text/csv; charset=utf-8; header=present",
        }
    }

    /// The name of a file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            ExportFormat::NdJson => "history.ndjson",
            ExportFormat::Csv => "history.csv",
            ExportFormat::CloudEvents => "history.cloudevents.ndjson",
        }
    }

    /// What stands before the first event.
    #[must_use]
    pub fn heading(self) -> String {
        match self {
            ExportFormat::NdJson | ExportFormat::CloudEvents => String::new(),
            ExportFormat::Csv => csv::heading(),
        }
    }

    /// Appends one event. `origin` names the log, as its checkpoints do.
    pub fn write(self, shaped: &Shaped, origin: &str, out: &mut String) {
        match self {
            ExportFormat::NdJson => out.push_str(&shaped.told.to_string()),
            ExportFormat::CloudEvents => out.push_str(&cloud_event::of(shaped, origin).to_string()),
            ExportFormat::Csv => return csv::write(&shaped.entry, out),
        }
        out.push('\n');
    }
}

impl FromStr for ExportFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        match name {
            "ndjson" => Ok(ExportFormat::NdJson),
            "csv" => Ok(ExportFormat::Csv),
            "cloudevents" => Ok(ExportFormat::CloudEvents),
            _ => Err(UnknownFormat),
        }
    }
}
