//! Why somebody is forgotten: the grounds of Article 17(1) GDPR.

use serde::{Deserialize, Serialize};

/// The ground of a masking request. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LegalBasis {
    /// The data is no longer needed for its purpose (a).
    PurposeEnded,
    /// The person withdrew consent (b).
    ConsentWithdrawn,
    /// The person objected (c).
    Objection,
    /// The data was held without a right to it (d).
    UnlawfulProcessing,
    /// A law demands it (e).
    LegalObligation,
    /// Gathered from a child by a service of the information society (f).
    ChildConsent,
}
