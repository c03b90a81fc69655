//! From the members of a body to a user to create, or to everything that is wrong with them (ACC-11).

use rollbook_schema::command::{AttributeEntry, CreateUser};
use rollbook_schema::event::Origin;
use rollbook_schema::value::{
    ATTRIBUTES_MAX, AccessProfile, AttributeKey, AttributeText, ChatLimit, EmailAddress, Flaw, LicenseType,
    Login, Password, PersonField, PersonFields, Reason, RuleName, UserKind, UserSource, Username,
};
use rollbook_schema::{BusinessUnitId, Rejection, RejectionCode, RoleId, TeamId, UserId};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::fields::fields;
use super::problem::Flawed;

/// Longest name of an unknown member that is told back, in characters.
const UNKNOWN_NAME_CHARS_MAX: usize = 64;

/// A user to be made, with the password that is not hashed yet.
pub(super) struct NewUser {
    pub command: CreateUser,
    pub password: Option<Password>,
    pub reason: Option<Reason>,
}

/// The members of a body, and what was found wrong with them.
struct Form {
    members: Map<String, Value>,
    flaws: Vec<Flawed>,
}

impl NewUser {
    /// Every member is looked at, whatever is wrong with the others.
    pub(super) fn parse(members: Map<String, Value>) -> Result<NewUser, Vec<Flawed>> {
        let mut form = Form { members, flaws: Vec::new() };
        form.refuse_unknown();
        let kind: Option<UserKind> = form.choice("kind");
        form.require("kind", kind.is_none());
        let login = form.login();
        let person = form.person();
        let email_verified = form.email_verified();
        let access_profile: Option<AccessProfile> = form.choice("accessProfile");
        let license: Option<LicenseType> = form.choice("license");
        let roles = form.many("roles", "role_").into_iter().map(RoleId).collect();
        let max_chats = form.choice::<i64>("maxChats");
        let max_chats = max_chats.and_then(|chats| form.keep("maxChats", ChatLimit::parse(chats)));
        let team = form.one("team", "team_").map(TeamId);
        let business_units = form.many("businessUnits", "unit_").into_iter().map(BusinessUnitId).collect();
        let reports_to = form.one("reportsTo", "user_").map(UserId);
        let attributes = form.attributes();
        let source: Option<UserSource> = form.choice("source");
        let welcome: Option<bool> = form.choice("sendWelcomeEmail");
        let rule = form.text("automation", RuleName::parse);
        let reason = form.text("reason", Reason::parse);
        let password = form.member("password").and_then(|password| form.owned_text("password", password));
        let password = password.and_then(|password| form.keep("password", Password::parse(password)));
        let (Some(kind), Some(login), []) = (kind, login, form.flaws.as_slice()) else {
            return Err(form.flaws);
        };
        let command = CreateUser {
            kind,
            login,
            person,
            verifier: None,
            initial: None,
            email_verified,
            access_profile: access_profile.unwrap_or_default(),
            roles,
            license,
            welcome: welcome.unwrap_or_default(),
            origin: if rule.is_some() { Origin::Automation } else { Origin::Request },
            rule,
            max_chats,
            team,
            attributes,
            business_units,
            reports_to,
            source: source.unwrap_or_default(),
        };
        Ok(NewUser { command, password, reason })
    }
}

impl Form {
    fn refuse_unknown(&mut self) {
        let known = fields();
        let unknown =
            self.members.keys().filter(|name| known.iter().all(|field| field.name != name.as_str()));
        let unknown: Vec<String> =
            unknown.map(|name| name.chars().take(UNKNOWN_NAME_CHARS_MAX).collect()).collect();
        for name in unknown {
            let message = "there is no such field".to_owned();
            self.flaws.push(Flawed { code: RejectionCode::Invalid.as_str(), field: Some(name), message });
        }
    }

    fn refuse(&mut self, field: &'static str, code: RejectionCode) {
        self.flaws.push(Flawed::from(&Rejection::of(field, code)));
    }

    /// A member that must be there, and is reported once.
    fn require(&mut self, field: &'static str, is_missing: bool) {
        if is_missing && !self.flaws.iter().any(|flaw| flaw.field.as_deref() == Some(field)) {
            self.refuse(field, RejectionCode::Required);
        }
    }

    /// Null is as good as nothing.
    fn member(&mut self, field: &'static str) -> Option<Value> {
        self.members.remove(field).filter(|value| !value.is_null())
    }

    fn owned_text(&mut self, field: &'static str, value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            _ => {
                self.refuse(field, RejectionCode::Invalid);
                None
            }
        }
    }

    fn keep<T>(&mut self, field: &'static str, parsed: Result<T, Flaw>) -> Option<T> {
        parsed.map_err(|flaw| self.flaws.push(Flawed::from(&Rejection::flaw(field, flaw)))).ok()
    }

    /// A blank text is none.
    fn text<T>(&mut self, field: &'static str, parse: impl FnOnce(&str) -> Result<T, Flaw>) -> Option<T> {
        let value = self.member(field)?;
        let text = self.owned_text(field, value)?;
        match parse(&text) {
            Err(Flaw::Blank) => None,
            parsed => self.keep(field, parsed),
        }
    }

    fn choice<T: DeserializeOwned>(&mut self, field: &'static str) -> Option<T> {
        let chosen = serde_json::from_value(self.member(field)?);
        if chosen.is_err() {
            self.refuse(field, RejectionCode::Invalid);
        }
        chosen.ok()
    }

    fn login(&mut self) -> Option<Login> {
        let email = self.text("email", EmailAddress::parse);
        self.require("email", email.is_none());
        let is_named = self.members.get("username").is_some_and(|username| !username.is_null());
        let username = match (&email, is_named) {
            (_, true) => {
                let given =
                    self.member("username").and_then(|username| self.owned_text("username", username));
                given.and_then(|given| self.keep("username", Username::parse(&given)))
            }
            (Some(email), false) => self.keep("username", Username::parse(email.as_str())),
            (None, false) => None,
        };
        Some(Login { username: username?, email: email? })
    }

    /// At least a full name can be made of what is given (ACC-07).
    fn person(&mut self) -> PersonFields {
        let before = self.flaws.len();
        let mut person = PersonFields::default();
        for field in PersonField::ALL {
            let text = self.text(field.name(), |text| field.parse(text));
            person.0.extend(text.map(|text| (field, text)));
        }
        let person = person.completed();
        let is_name =
            |flaw: &Flawed| matches!(flaw.field.as_deref(), Some("fullName" | "firstName" | "lastName"));
        // A flawed name is reported as such, and is not missing besides.
        let names_are_whole = !self.flaws[before..].iter().any(is_name);
        if names_are_whole && person.get(PersonField::FullName).is_none() {
            self.refuse(PersonField::FullName.name(), RejectionCode::Required);
        }
        person
    }

    /// ACC-18.
    fn email_verified(&mut self) -> bool {
        let flag: bool = self.choice("emailVerified").unwrap_or_default();
        let segment: Option<Segment> = self.choice("segment");
        if flag && segment == Some(Segment::Registered) {
            self.refuse("segment", RejectionCode::Invalid);
        }
        flag || segment == Some(Segment::Verified)
    }

    /// The number in an id.
    fn one(&mut self, field: &'static str, prefix: &str) -> Option<u64> {
        let named = self.choice::<String>(field)?;
        let number = number_in(&named, prefix);
        if number.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        number
    }

    /// The numbers in ids.
    fn many(&mut self, field: &'static str, prefix: &str) -> Vec<u64> {
        let Some(named) = self.choice::<Vec<String>>(field) else { return Vec::new() };
        let numbers: Vec<Option<u64>> = named.iter().map(|id| number_in(id, prefix)).collect();
        if numbers.iter().any(Option::is_none) {
            self.refuse(field, RejectionCode::NotFound);
        }
        numbers.into_iter().flatten().collect()
    }

    fn attributes(&mut self) -> Vec<AttributeEntry> {
        let given = self.choice::<Vec<Attribute>>("attributes").unwrap_or_default();
        if given.len() > ATTRIBUTES_MAX {
            self.refuse("attributes", RejectionCode::TooMany);
            return Vec::new();
        }
        let mut entries = Vec::with_capacity(given.len());
        for Attribute { key, value } in given {
            let key = self.keep("attributes", AttributeKey::parse(&key));
            let value = match value.as_deref().map(AttributeText::parse) {
                None | Some(Err(Flaw::Blank)) => None,
                Some(parsed) => self.keep("attributes", parsed),
            };
            entries.extend(key.map(|key| AttributeEntry { key, value }));
        }
        entries
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Attribute {
    key: String,
    value: Option<String>,
}

#[derive(PartialEq, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Segment {
    Registered,
    Verified,
    Everyone,
}

/// Only the form that is handed out, as in GraphQL.
fn number_in(id: &str, prefix: &str) -> Option<u64> {
    let number: u64 = id.strip_prefix(prefix)?.parse().ok()?;
    (format!("{prefix}{number}") == id).then_some(number)
}
