//! What a row says beyond the person and the seat.

use rollbook_schema::command::AttributeEntry;
use rollbook_schema::value::{
    ATTRIBUTES_MAX, AccessProfile, AttributeText, BusinessUnitName, ChatLimit, EmailAddress, Flaw, TeamName,
    UserSource, Username,
};
use rollbook_schema::{Rejection, RejectionCode};
use serde_json::Value;

use super::columns::Field;
use super::new_user::{More, Superior};
use super::row::{RowError, RowFields};

/// Parses what is there; what is wrong with it goes to `wrong`.
pub(super) fn parse(row: &RowFields, wrong: &mut Vec<RowError>) -> More {
    More {
        access_profile: keep(wrong, access_profile(row)).unwrap_or_default(),
        team: keep(wrong, team(row)).flatten(),
        business_units: keep(wrong, business_units(row)).unwrap_or_default(),
        reports_to: keep(wrong, reports_to(row)).flatten(),
        max_chats: keep(wrong, max_chats(row)).flatten(),
        welcome: keep(wrong, welcome(row)).unwrap_or_default(),
        attributes: attributes(row, wrong),
        source: keep(wrong, source(row)).unwrap_or_default(),
    }
}

fn keep<T>(wrong: &mut Vec<RowError>, value: Result<T, Rejection>) -> Option<T> {
    value.map_err(|rejection| wrong.push(rejection.into())).ok()
}

fn access_profile(row: &RowFields) -> Result<AccessProfile, Rejection> {
    let Some(text) = row.text(Field::AccessProfile) else { return Ok(AccessProfile::Standard) };
    let name = text.trim().to_ascii_uppercase().replace(['-', ' '], "_");
    let profile = serde_json::from_value(Value::String(name));
    profile.map_err(|_| Rejection::of("accessProfile", RejectionCode::Invalid))
}

fn team(row: &RowFields) -> Result<Option<TeamName>, Rejection> {
    let team = row.text(Field::Team).map(TeamName::parse).transpose();
    team.map_err(|flaw| Rejection::flaw("team", flaw))
}

/// In one order, each once: the same business units are the same row.
fn business_units(row: &RowFields) -> Result<Vec<BusinessUnitName>, Rejection> {
    let parsed = row.texts(Field::BusinessUnits).iter().map(|name| BusinessUnitName::parse(name));
    let units = parsed.collect::<Result<Vec<_>, _>>();
    let mut units = units.map_err(|flaw| Rejection::flaw("businessUnits", flaw))?;
    units.sort_by_key(BusinessUnitName::key);
    units.dedup_by_key(|name| name.key());
    Ok(units)
}

fn reports_to(row: &RowFields) -> Result<Option<Superior>, Rejection> {
    let Some(text) = row.text(Field::ReportsTo) else { return Ok(None) };
    let username = Username::parse(text).map(|username| username.key());
    let login = username.or_else(|_| EmailAddress::parse(text).map(|email| email.key()));
    // What can be nobody's name is the name of nobody.
    login.map(|login| Some(Superior(login))).map_err(|_| Rejection::of("reportsTo", RejectionCode::NotFound))
}

fn max_chats(row: &RowFields) -> Result<Option<ChatLimit>, Rejection> {
    let Some(text) = row.text(Field::MaxChats) else { return Ok(None) };
    let number: i64 = text.trim().parse().map_err(|_| Rejection::of("maxChats", RejectionCode::Invalid))?;
    ChatLimit::parse(number).map(Some).map_err(|flaw| Rejection::flaw("maxChats", flaw))
}

fn welcome(row: &RowFields) -> Result<bool, Rejection> {
    match row.text(Field::SendWelcomeEmail).map(|text| text.trim().to_ascii_lowercase()).as_deref() {
        None | Some("false" | "no" | "n" | "0") => Ok(false),
        Some("true" | "yes" | "y" | "1") => Ok(true),
        Some(_) => Err(Rejection::of("sendWelcomeEmail", RejectionCode::Invalid)),
    }
}

fn source(row: &RowFields) -> Result<UserSource, Rejection> {
    let Some(text) = row.text(Field::Source) else { return Ok(UserSource::Local) };
    let source = serde_json::from_value(Value::String(text.trim().to_ascii_uppercase()));
    source.map_err(|_| Rejection::of("source", RejectionCode::Invalid))
}

/// By their keys, so that the order of columns says nothing. A blank one is no value.
fn attributes(row: &RowFields, wrong: &mut Vec<RowError>) -> Vec<AttributeEntry> {
    let mut entries = Vec::new();
    for (key, text) in row.attributes() {
        match text.map(AttributeText::parse) {
            None | Some(Err(Flaw::Blank)) => {}
            Some(Ok(value)) => entries.push(AttributeEntry { key: key.clone(), value: Some(value) }),
            Some(Err(flaw)) => {
                let field = Field::Attribute(key.clone()).name();
                wrong.push(RowError { field: Some(field), ..Rejection::flaw("the value", flaw).into() });
            }
        }
    }
    if entries.len() > ATTRIBUTES_MAX {
        wrong.push(Rejection::of("attributes", RejectionCode::TooMany).into());
    }
    entries
}
