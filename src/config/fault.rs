//! What can be wrong with settings. No text here holds a value that was given: it may be a secret.

use std::fmt;
use std::path::PathBuf;

use super::table::variable;
use crate::rule_calls::RuleCallsFault;

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag,
    /// A variable.
    Environment,
    /// The TOML file.
    File,
    /// The table.
    Default,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// A variable that is no setting.
    #[error("{name} is not a setting of rollbook: see `rollbook serve --help`, or unset it")]
    UnknownVariable {
        /// Its name.
        name: String,
    },
    /// A variable whose value is not text.
    #[error("{name} is not UTF-8: set it again")]
    VariableNotText {
        /// Its name.
        name: String,
    },
    /// A key of the file that is no setting.
    #[error("{} has a key `{key}`, which is not a setting of rollbook: see `rollbook serve --help`", file.display())]
    UnknownKey {
        /// The file.
        file: PathBuf,
        /// The key.
        key: String,
    },
    /// A key of the file that holds something else than text, a whole number or a truth value.
    #[error("`{key}` in {} must be text or a whole number", file.display())]
    KeyShape {
        /// The file.
        file: PathBuf,
        /// The key.
        key: String,
    },
    /// The file is not TOML.
    #[error("{} is not TOML: {reason} (line {line})", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Where.
        line: usize,
        /// Why.
        reason: String,
    },
    /// The file cannot be read.
    #[error("could not read {}: {source}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Rules could not call with these settings.
    #[error(transparent)]
    RuleCalls(#[from] RuleCallsFault),
    /// A value is not of the setting's kind.
    #[error("{} must be {expected}", Named(name, *source_of_value))]
    Value {
        /// The setting.
        name: &'static str,
        /// Where its value came from.
        source_of_value: Source,
        /// What it must be.
        expected: String,
    },
}

struct Named(&'static str, Source);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Named(name, source) = self;
        match source {
            Source::Flag | Source::Default => write!(f, "--{name}"),
            Source::Environment => f.write_str(&variable(name)),
            Source::File => write!(f, "`{name}` in the file of settings"),
        }
    }
}
