//! One reason of a refusal: its code, and what goes with it.

use std::fmt;

use super::RejectionCode;
use super::sentence::sentence;
use crate::id::UserRuleId;
use crate::value::{Flaw, LicenseType};

/// Seats at the moment of a refusal (LIC-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatCount {
    /// Of which type.
    pub license: LicenseType,
    /// Seats owned.
    pub owned: u32,
    /// Seats used.
    pub used: u32,
}

/// One refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Why.
    pub code: RejectionCode,
    /// The input field it belongs to, by its name in the API; `None` for the command as a whole.
    pub field: Option<&'static str>,
    /// What exactly is wrong with the value.
    pub flaw: Option<Flaw>,
    /// How many seats there are, where they were the reason.
    pub seats: Option<SeatCount>,
    /// Which entry of the field, from 0, where the field is a list.
    pub entry: Option<usize>,
    /// The rule on users that was the reason.
    pub rule: Option<UserRuleId>,
}

impl Rejection {
    /// Of the command as a whole.
    #[must_use]
    pub fn new(code: RejectionCode) -> Self {
        Rejection { code, field: None, flaw: None, seats: None, entry: None, rule: None }
    }

    /// Of one field.
    #[must_use]
    pub fn of(field: &'static str, code: RejectionCode) -> Self {
        Rejection { code, field: Some(field), flaw: None, seats: None, entry: None, rule: None }
    }

    /// A value that did not parse.
    #[must_use]
    pub fn flaw(field: &'static str, flaw: Flaw) -> Self {
        let code = match flaw {
            Flaw::Blank => RejectionCode::Required,
            Flaw::TooShort { .. } => RejectionCode::TooShort,
            Flaw::TooLong { .. } => RejectionCode::TooLong,
            Flaw::Reserved => RejectionCode::ReservedName,
            Flaw::Character | Flaw::Form | Flaw::Confusable | Flaw::Range => RejectionCode::Invalid,
        };
        Rejection { code, field: Some(field), flaw: Some(flaw), seats: None, entry: None, rule: None }
    }

    /// Of one entry of a list.
    #[must_use]
    pub fn of_entry(field: &'static str, entry: usize, code: RejectionCode) -> Self {
        Rejection { entry: Some(entry), ..Rejection::of(field, code) }
    }

    /// Because of a rule on users.
    #[must_use]
    pub fn by_rule(rule: UserRuleId, code: RejectionCode) -> Self {
        Rejection { rule: Some(rule), ..Rejection::new(code) }
    }

    /// No seat left.
    #[must_use]
    pub fn no_seat(seats: SeatCount) -> Self {
        let code = RejectionCode::NoLicenceAvailable;
        Rejection { code, field: Some("license"), flaw: None, seats: Some(seats), entry: None, rule: None }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(field), Some(flaw)) = (self.field, self.flaw) {
            return write!(f, "{field} {flaw}");
        }
        if let Some(seats) = self.seats {
            let SeatCount { license, owned, used } = seats;
            let name = match license {
                LicenseType::ReadWrite => "read-write",
                LicenseType::ReadOnly => "read-only",
            };
            return write!(f, "no {name} license is available: {owned} owned, {used} used");
        }
        f.write_str(sentence(self.code))
    }
}
