//! The name of a team.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{fold, parse, text_value};

/// Longest name of a team, in code points.
const TEAM_NAME_MAX: usize = 100;

text_value! {
    /// Unique among teams, compared without case.
    TeamName, TEAM_NAME_MAX
}

impl TeamName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}
