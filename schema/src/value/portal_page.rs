//! The name of a page of the client portal (ROL-05).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{parse, text_value};

/// Longest name of a page, in code points.
const PORTAL_PAGE_MAX: usize = 100;

text_value! {
    /// As the portal calls it, such as `/tickets`; compared to the letter.
    PortalPage, PORTAL_PAGE_MAX
}
