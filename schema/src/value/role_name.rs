//! The name of a role.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{fold, parse, text_value};

/// Longest name of a role, in code points.
const ROLE_NAME_MAX: usize = 100;

text_value! {
    /// Unique among roles, compared without case.
    RoleName, ROLE_NAME_MAX
}

impl RoleName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}
