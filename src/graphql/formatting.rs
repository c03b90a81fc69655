//! Dates and numbers as somebody wants them written.

use async_graphql::{Context, ID, Result};
use rollbook_schema::value::{self, Decimal, Preferences};
use rollbook_schema::{RejectionCode, UserId};

use super::fault::{invalid, refused};
use super::id;
use super::rights::{sees_user, signed_in};
use super::scalar::DateTime;
use crate::directory::Directory;

/// A number to be written, as it came.
pub(super) struct Figure {
    pub value: String,
    pub fraction_digits: Option<i32>,
}

/// A number that is one.
struct Parsed {
    value: Decimal,
    fraction_digits: Option<u8>,
}

pub(super) fn date(ctx: &Context<'_>, date: DateTime, user: Option<ID>) -> Result<String> {
    as_read(ctx, user, |preferences| value::formatted(date.0, preferences))
}

pub(super) fn number(ctx: &Context<'_>, figure: &Figure, user: Option<ID>) -> Result<String> {
    let Parsed { value, fraction_digits } = figure.parse()?;
    as_read(ctx, user, |reader| value::formatted_number(value, fraction_digits, reader.locale.as_ref()))
}

pub(super) fn percentage(ctx: &Context<'_>, figure: &Figure, user: Option<ID>) -> Result<String> {
    let Parsed { value, fraction_digits } = figure.parse()?;
    as_read(ctx, user, |reader| value::formatted_percentage(value, fraction_digits, reader.locale.as_ref()))
}

impl Figure {
    fn parse(&self) -> Result<Parsed> {
        let value = Decimal::parse(&self.value).map_err(|_| {
            invalid("a number has at most 18 digits, and a point before those of its fraction")
        })?;
        let fraction_digits = self.fraction_digits.map(|digits| {
            let digits = u8::try_from(digits).ok().filter(|digits| *digits <= value::FRACTION_DIGITS_MAX);
            digits.ok_or_else(|| invalid("a fraction has 0 to 18 digits"))
        });
        Ok(Parsed { value, fraction_digits: fraction_digits.transpose()? })
    }
}

/// By the preferences of a user whom the caller may know of; the own ones, if nobody is named.
fn as_read(
    ctx: &Context<'_>,
    user: Option<ID>,
    write: impl FnOnce(&Preferences) -> String,
) -> Result<String> {
    let caller = signed_in(ctx)?;
    let reader = user.map_or_else(|| caller.user(), |user| id::user(&user));
    let views = ctx.data::<Directory>()?.views();
    let is_there = |user: &UserId| views.users.get(*user).is_some() && sees_user(&views, &caller, *user);
    let reader = reader.filter(is_there).ok_or_else(|| refused(RejectionCode::NotFound))?;
    Ok(write(views.preferences.of(reader)))
}
