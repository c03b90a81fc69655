//! What another system says of an artefact: what it is, what it is called, and what stands where in it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{parse, parse_lines, text_value};
use crate::id::UserId;

/// Longest name of an artefact, of a module, of an object or of a place, in code points.
const ARTEFACT_NAME_MAX: usize = 200;
/// Longest text at one place of an artefact, in code points.
const ARTEFACT_TEXT_MAX: usize = 4_000;
/// Most places of one artefact: with the longest texts of the widest letters still far below the largest
/// record.
pub const ARTEFACT_PARTS_MAX: usize = 50;

/// What an artefact is (REF-07..REF-15). The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ArtefactKind {
    /// Conditions, expressions, actions (REF-07).
    BusinessRule,
    /// The same (REF-08).
    Macro,
    /// Formula fields, filters, visibility control (REF-09).
    Report,
    /// The same.
    View,
    /// The same.
    Dashboard,
    /// A service level agreement (REF-10).
    Sla,
    /// REF-11.
    Site,
    /// REF-12.
    ScheduledReport,
    /// The expression of custom access criteria (REF-13).
    AccessCriteria,
    /// REF-14.
    WebForm,
    /// REF-15.
    TaskDelegation,
    /// Anything else (REF-16).
    Other,
}

text_value! {
    /// What a module, an object, an artefact or a place in one is called.
    ArtefactName, ARTEFACT_NAME_MAX
}

/// What stands at one place: an expression, a filter, a note. It may have lines.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArtefactText(String);

impl ArtefactText {
    /// Parses a text; tabs become spaces, since expressions are indented by them.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        if input.len() > ARTEFACT_TEXT_MAX * 16 {
            return Err(Flaw::TooLong { max: ARTEFACT_TEXT_MAX });
        }
        parse_lines(&input.replace('\t', " "), ARTEFACT_TEXT_MAX).map(ArtefactText)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ArtefactText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ArtefactText(…)")
    }
}

/// One place of an artefact, and what stands there. Field order is stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactPart {
    /// What the place is called: `condition`, `filter`, `formula of Total`.
    pub place: ArtefactName,
    /// What stands there.
    pub content: PartContent,
}

/// What stands at a place. The order is stored: append only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PartContent {
    /// A text, which may name anybody.
    Text(ArtefactText),
    /// One user.
    User(UserId),
}

/// All that is known of an artefact. Field order is stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactContent {
    /// In which part of the other system.
    pub module: ArtefactName,
    /// Of which object or application there, if of any (REF-19).
    pub container: Option<ArtefactName>,
    /// What it is called.
    pub name: ArtefactName,
    /// At most [`ARTEFACT_PARTS_MAX`].
    pub parts: Vec<ArtefactPart>,
}
