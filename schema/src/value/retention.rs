//! How long what is known of people is kept.

use serde::{Deserialize, Serialize};

use super::{Flaw, Timestamp};

/// Months that a rule can name, at most: a hundred years.
const MONTHS_MAX: u32 = 1_200;
/// Days that a rule can name, at most: ten years.
const DAYS_MAX: u32 = 3_650;
const MILLIS_PER_DAY: i64 = 24 * 60 * 60 * 1000;

/// Months that something is kept: 1 to 1,200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RetentionMonths(u32);

impl RetentionMonths {
    /// Within the bounds of the type.
    pub fn parse(months: i64) -> Result<RetentionMonths, Flaw> {
        let months = u32::try_from(months).map_err(|_| Flaw::Range)?;
        if (1..=MONTHS_MAX).contains(&months) { Ok(RetentionMonths(months)) } else { Err(Flaw::Range) }
    }

    /// How many.
    #[must_use]
    pub fn months(self) -> u32 {
        self.0
    }

    /// When they are over that began at a moment.
    #[must_use]
    pub fn after(self, begin: Timestamp) -> Timestamp {
        begin.plus_months(self.0)
    }
}

/// Days that something is kept: 1 to 3,650.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RetentionDays(u32);

impl RetentionDays {
    /// Within the bounds of the type.
    pub fn parse(days: i64) -> Result<RetentionDays, Flaw> {
        let days = u32::try_from(days).map_err(|_| Flaw::Range)?;
        if (1..=DAYS_MAX).contains(&days) { Ok(RetentionDays(days)) } else { Err(Flaw::Range) }
    }

    /// How many.
    #[must_use]
    pub fn days(self) -> u32 {
        self.0
    }

    /// When they are over that began at a moment.
    #[must_use]
    pub fn after(self, begin: Timestamp) -> Timestamp {
        begin.plus_millis(i64::from(self.0) * MILLIS_PER_DAY)
    }
}

/// Whom a rule erases, and when. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ErasureLimit {
    /// Who was deleted so long ago.
    DeletedFor(RetentionMonths),
}

/// What a rule ends, and when. Each kind is defined by an event of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RetentionLimit {
    /// Who was deleted so long ago is erased.
    DeletedFor(RetentionMonths),
    /// Where a sign-in or a sign-out came from is unreadable so long after it.
    SignInContextAfter(RetentionDays),
}

impl From<ErasureLimit> for RetentionLimit {
    fn from(limit: ErasureLimit) -> Self {
        let ErasureLimit::DeletedFor(months) = limit;
        RetentionLimit::DeletedFor(months)
    }
}

/// Whether a rule is carried out. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RetentionState {
    /// It only says whom it would touch.
    Off,
    /// Automation carries it out.
    On,
}
