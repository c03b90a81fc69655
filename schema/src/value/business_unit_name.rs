//! The name of a business unit.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{fold, parse, text_value};

/// Longest name of a business unit, in code points.
const BUSINESS_UNIT_NAME_MAX: usize = 100;

text_value! {
    /// Unique among business units, compared without case.
    BusinessUnitName, BUSINESS_UNIT_NAME_MAX
}

impl BusinessUnitName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}
