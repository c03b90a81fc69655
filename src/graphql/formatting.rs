//! Dates and numbers as somebody wants them written.

use async_graphql::{Context, ID, Object, Result};
use rollbook_schema::value::{self, Decimal, Preferences};
use rollbook_schema::{RejectionCode, UserId};

use super::fault::{invalid, refused};
use super::id;
use super::rights::{sees_user, signed_in};
use super::scalar::DateTime;
use crate::directory::Directory;

/// What is written for somebody.
#[derive(Default)]
pub struct Written;

#[Object]
impl Written {
    /// A moment as somebody wants it written; as you do, if nobody is named.
    async fn formatted(&self, ctx: &Context<'_>, date: DateTime, user: Option<ID>) -> Result<String> {
        written_date(ctx, date, user)
    }

    /// A number as somebody's locale writes it; as yours does, if nobody is named: `1.234.567,5`. `value` is
    /// decimal (`-1234567.5`), of at most 18 digits, and never a float. `fractionDigits`: 0 to 18, halves
    /// rounded away from zero; as many as the number has, if it is not given. Without a locale, or with one of a
    /// language that is not known here, a number has a point and no groups.
    async fn formatted_number(
        &self,
        ctx: &Context<'_>,
        value: String,
        fraction_digits: Option<i32>,
        user: Option<ID>,
    ) -> Result<String> {
        written_number(ctx, &Figure { value, fraction_digits }, user)
    }

    /// A share of 1 as a percentage, written as `formattedNumber` does: `0.125` is `12,5 %`.
    async fn formatted_percentage(
        &self,
        ctx: &Context<'_>,
        value: String,
        fraction_digits: Option<i32>,
        user: Option<ID>,
    ) -> Result<String> {
        written_percentage(ctx, &Figure { value, fraction_digits }, user)
    }
}

/// A number to be written, as it came.
struct Figure {
    value: String,
    fraction_digits: Option<i32>,
}

/// A number that is one.
struct Parsed {
    value: Decimal,
    fraction_digits: Option<u8>,
}

fn written_date(ctx: &Context<'_>, date: DateTime, user: Option<ID>) -> Result<String> {
    as_read(ctx, user, |preferences| value::formatted(date.0, preferences))
}

fn written_number(ctx: &Context<'_>, figure: &Figure, user: Option<ID>) -> Result<String> {
    let Parsed { value, fraction_digits } = figure.parse()?;
    as_read(ctx, user, |reader| value::formatted_number(value, fraction_digits, reader.locale.as_ref()))
}

fn written_percentage(ctx: &Context<'_>, figure: &Figure, user: Option<ID>) -> Result<String> {
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
