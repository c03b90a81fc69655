//! The name of an application.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{fold, parse, text_value};

/// Longest name of an application, in code points.
const APPLICATION_NAME_MAX: usize = 100;

text_value! {
    /// Unique among applications, compared without case.
    ApplicationName, APPLICATION_NAME_MAX
}

impl ApplicationName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}
