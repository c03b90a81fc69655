//! The name of a dashboard.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{fold, parse, text_value};

/// Longest name of a dashboard, in code points.
const DASHBOARD_NAME_MAX: usize = 100;

text_value! {
    /// Unique among dashboards, compared without case.
    DashboardName, DASHBOARD_NAME_MAX
}

impl DashboardName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}
