//! What became of each row.

use std::io::Write;

use rollbook_schema::{RejectionCode, UserId};
use serde::Serialize;

use super::row::RowError;

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// There is a new user; in a dry run, there would be.
    Created(UserId),
    /// The row was done before, in an earlier run.
    Repeated(UserId),
    /// Nothing was created.
    Refused(Vec<RowError>),
}

/// How many rows met which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub created: u64,
    pub repeated: u64,
    pub refused: u64,
}

impl Tally {
    pub(super) fn count(&mut self, fate: &Fate) {
        match fate {
            Fate::Created(_) => self.created += 1,
            Fate::Repeated(_) => self.repeated += 1,
            Fate::Refused(_) => self.refused += 1,
        }
    }

    pub(super) fn rows(self) -> u64 {
        self.created + self.repeated + self.refused
    }
}

/// The line of a row in the file of outcomes. Nothing of the row itself is in it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OutcomeLine<'a> {
    line: u64,
    outcome: &'static str,
    user_id: Option<UserId>,
    errors: &'a [RowError],
}

/// Writes the line of a row.
pub(super) fn write(out: &mut impl Write, line: u64, fate: &Fate) -> std::io::Result<()> {
    let (outcome, user_id, errors) = match fate {
        Fate::Created(user) => ("created", Some(*user), [].as_slice()),
        Fate::Repeated(user) => ("repeated", Some(*user), [].as_slice()),
        Fate::Refused(errors) => ("refused", None, errors.as_slice()),
    };
    let json = serde_json::to_string(&OutcomeLine { line, outcome, user_id, errors })?;
    writeln!(out, "{json}")
}

/// A refused row for people: `line 17: email EMAIL_TAKEN (another user has this email)`.
pub(super) fn sentence(line: u64, errors: &[RowError]) -> String {
    let told = errors.iter().map(|RowError { code, field, message }| match field {
        Some(field) => format!("{field} {code} ({message})"),
        None => format!("{code} ({message})"),
    });
    format!("line {line}: {}", told.collect::<Vec<_>>().join("; "))
}

/// Two rows of one file with the same values: the second is a duplicate, whenever the first was done.
pub(super) fn same_as_an_earlier_row() -> Vec<RowError> {
    let taken = rollbook_schema::Rejection::of("email", RejectionCode::EmailTaken);
    vec![RowError { message: "an earlier line of this file is the same".to_owned(), ..taken.into() }]
}
