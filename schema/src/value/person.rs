//! What describes a person: open-ended, so that a new field is one more name and no new event.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{parse, parse_lines, text_value};
use super::{EmailAddress, Flaw, Username};

/// Longest personal text, in code points.
const PERSON_TEXT_MAX: usize = 200;
/// Longest signature, in code points, line ends included.
const SIGNATURE_MAX: usize = 1_000;

text_value! {
    /// A name, a title, a phone number, an address line. `<img onerror=…>` is a name like any other:
    /// what renders it must escape it.
    PersonText, PERSON_TEXT_MAX
}

/// A descriptive field of a person (PRO-01…PRO-11). The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are those of the rules")]
pub enum PersonField {
    DisplayName,
    FullName,
    FirstName,
    LastName,
    Title,
    EmployeeNumber,
    LandLinePhone,
    MobilePhone,
    StreetAddress,
    PostalCode,
    Signature,
    FederationId,
    CcaFederationId,
}

impl PersonField {
    /// Every field, in stored order.
    pub const ALL: [PersonField; 13] = [
        PersonField::DisplayName,
        PersonField::FullName,
        PersonField::FirstName,
        PersonField::LastName,
        PersonField::Title,
        PersonField::EmployeeNumber,
        PersonField::LandLinePhone,
        PersonField::MobilePhone,
        PersonField::StreetAddress,
        PersonField::PostalCode,
        PersonField::Signature,
        PersonField::FederationId,
        PersonField::CcaFederationId,
    ];

    /// Parses a text of this field: one line, but for the signature (PRO-17).
    pub fn parse(self, input: &str) -> Result<PersonText, Flaw> {
        match self {
            PersonField::Signature => parse_lines(input, SIGNATURE_MAX).map(PersonText),
            _ => PersonText::parse(input),
        }
    }

    /// The name of the field in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PersonField::DisplayName => "displayName",
            PersonField::FullName => "fullName",
            PersonField::FirstName => "firstName",
            PersonField::LastName => "lastName",
            PersonField::Title => "title",
            PersonField::EmployeeNumber => "employeeNumber",
            PersonField::LandLinePhone => "landLinePhone",
            PersonField::MobilePhone => "mobilePhone",
            PersonField::StreetAddress => "streetAddress",
            PersonField::PostalCode => "postalCode",
            PersonField::Signature => "signature",
            PersonField::FederationId => "federationId",
            PersonField::CcaFederationId => "ccaFederationId",
        }
    }
}

/// The fields a person has; what is not there is not known.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonFields(pub BTreeMap<PersonField, PersonText>);

impl PersonFields {
    /// The text of a field, if it has one.
    #[must_use]
    pub fn get(&self, field: PersonField) -> Option<&str> {
        self.0.get(&field).map(PersonText::as_str)
    }

    /// Fills what can be derived: full name from first and last (PRO-01), display name from full
    /// name (PRO-03).
    #[must_use]
    pub fn completed(mut self) -> Self {
        if !self.0.contains_key(&PersonField::FullName) {
            let parts = [PersonField::FirstName, PersonField::LastName];
            let joined = parts.iter().filter_map(|f| self.get(*f)).collect::<Vec<_>>().join(" ");
            if let Ok(text) = PersonText::parse(&joined) {
                self.0.insert(PersonField::FullName, text);
            }
        }
        if !self.0.contains_key(&PersonField::DisplayName)
            && let Some(full) = self.0.get(&PersonField::FullName).cloned()
        {
            self.0.insert(PersonField::DisplayName, full);
        }
        self
    }
}

impl fmt::Debug for PersonFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// What somebody signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// Unique among usernames, and never another's email (ACC-12, ACC-14).
    pub username: Username,
    /// Unique among all users (ACC-04).
    pub email: EmailAddress,
}
