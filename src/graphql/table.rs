//! The table of users as text (LST-02): the rows of the list, cell by cell, as their reader wants them.
//!
//! It stands here because it is the list: the same filter, order, reach and rights, by the same functions.

use async_graphql::{Error, InputType, Result, Value};
use rollbook_projections::view::{Cursor, Views, Window};
use rollbook_schema::value::{self, Preferences};

use super::fault::{invalid, invalid_cursor, refused};
use super::input::{UserFilter, UserOrder};
use super::output::{User, Wanted};
use super::reading::user_query;
use super::scalar::DateTime;
use crate::access::{Caller, Capability, holds, unusable};
use crate::directory::Directory;
use rollbook_schema::RejectionCode;

/// The columns, in the order that is the default.
pub(crate) const COLUMNS: [&str; 10] =
    ["AgentID", "Username", "Name", "Email", "Role", "BU", "Active", "Locked", "Logged in", "Logged out"];

/// What stands between several roles or business units in one cell (ROL-10).
const BETWEEN: &str = "; ";

/// Which users, in which order: as `users` takes them, in JSON.
#[derive(Clone, Default)]
pub(crate) struct TableWanted {
    filter: Option<serde_json::Value>,
    order_by: Option<serde_json::Value>,
}

/// A part of the table.
pub(crate) struct TablePage {
    pub rows: Vec<[String; COLUMNS.len()]>,
    /// Where the next part begins; `None` behind the last.
    pub next: Option<Cursor>,
}

impl TableWanted {
    /// Of the pairs of a query string.
    ///
    /// # Errors
    /// `INVALID` for a name that is not known, or no JSON.
    pub(crate) fn of(pairs: &[(String, String)]) -> Result<TableWanted> {
        let mut wanted = TableWanted::default();
        for (name, text) in pairs {
            let place = match name.as_str() {
                "filter" => &mut wanted.filter,
                "orderBy" => &mut wanted.order_by,
                _ => return Err(invalid("the table takes filter and orderBy")),
            };
            let json = serde_json::from_str(text).map_err(|_| invalid("filter and orderBy are JSON"))?;
            if place.replace(json).is_some() {
                return Err(invalid("filter and orderBy are given once"));
            }
        }
        // What cannot be read is refused before anything is sent.
        parsed::<UserFilter>(wanted.filter.as_ref())?;
        parsed::<UserOrder>(wanted.order_by.as_ref())?;
        Ok(wanted)
    }
}

/// One part of the table, judged by the rights and the reach of now.
///
/// # Errors
/// As `users` refuses.
pub(crate) fn table_page(
    directory: &Directory,
    caller: &Caller,
    wanted: &TableWanted,
    after: Option<Cursor>,
    rows_max: usize,
) -> Result<TablePage> {
    if matches!(caller, Caller::Person(person) if person.must_change_password) {
        return Err(refused(RejectionCode::PasswordChangeRequired));
    }
    if !holds(caller, Capability::SeeUsers) {
        return Err(refused(RejectionCode::Forbidden));
    }
    let filter = parsed::<UserFilter>(wanted.filter.as_ref())?.unwrap_or_default();
    let order = parsed::<UserOrder>(wanted.order_by.as_ref())?;
    let views = directory.views();
    let mut query = user_query((&views).into(), caller, filter, order, Window::After(after, rows_max))?;
    // Article 18: what is downloaded goes on elsewhere.
    if let Some(restricted) = unusable(caller, &views, Capability::RestrictProcessing) {
        query.filter.except = Some(query.filter.except.map_or(restricted.clone(), |out| out.or(&restricted)));
    }
    let page = views.users.page(&query).map_err(|_| invalid_cursor())?;
    let reader = Reader::of(caller, &views);
    let columns = Wanted::table();
    let rows = page.rows.iter().map(|row| reader.cells(User::of(row.row, &views, caller, &columns)));
    let rows: Vec<[String; COLUMNS.len()]> = rows.collect();
    let last = page.rows.last().map(|row| row.cursor.clone());
    Ok(TablePage { rows, next: last.filter(|_| page.has_next) })
}

/// How somebody wants things written.
struct Reader {
    preferences: Preferences,
    /// Yes and no.
    words: [&'static str; 2],
}

impl Reader {
    fn of(caller: &Caller, views: &Views) -> Reader {
        let preferences = caller.user().map(|user| views.preferences.of(user).clone()).unwrap_or_default();
        // LST-03. A language that is not known here reads English.
        let words = match preferences.language.as_ref().map(value::LanguageTag::language) {
            Some("de") => ["Ja", "Nein"],
            _ => ["Yes", "No"],
        };
        Reader { preferences, words }
    }

    fn cells(&self, user: User) -> [String; COLUMNS.len()] {
        let [yes, no] = self.words;
        let word = |is: bool| if is { yes } else { no }.to_owned();
        let moment =
            |at: Option<DateTime>| at.map(|at| value::formatted(at.0, &self.preferences)).unwrap_or_default();
        [
            user.id.0,
            user.username.unwrap_or_default(),
            user.label,
            user.email.unwrap_or_default(),
            joined(user.roles.into_iter().map(|role| role.name)),
            joined(user.business_units.into_iter().map(|unit| unit.name)),
            word(user.active),
            word(user.locked),
            moment(user.last_sign_in_at),
            moment(user.last_sign_out_at),
        ]
    }
}

fn joined(names: impl Iterator<Item = Option<String>>) -> String {
    names.flatten().collect::<Vec<_>>().join(BETWEEN)
}

/// An input of the schema, read from JSON as variables are.
pub(super) fn parsed<T: InputType>(json: Option<&serde_json::Value>) -> Result<Option<T>> {
    let Some(json) = json else { return Ok(None) };
    let wrong = || invalid("filter and orderBy are as `users` takes them");
    let value = Value::from_json(json.clone()).map_err(|_| wrong())?;
    let input = T::parse(Some(value)).map_err(|_| wrong())?;
    // A name that is not known would be passed over, and more be shown than was asked for.
    let known = input.to_value().into_json().map_err(Error::from)?;
    if is_within(json, &known) { Ok(Some(input)) } else { Err(wrong()) }
}

fn is_within(given: &serde_json::Value, known: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object};
    match (given, known) {
        (Object(given), Object(known)) => {
            given.iter().all(|(name, value)| known.get(name).is_some_and(|known| is_within(value, known)))
        }
        (Array(given), Array(known)) => {
            given.len() == known.len()
                && given.iter().zip(known).all(|(given, known)| is_within(given, known))
        }
        _ => true,
    }
}
