//! Searching what others wrote for a person, before the person's keys go: after that nobody knows what to search
//! for.
//!
//! # What becomes of it
//!
//! Nothing: it is found, listed and named in the receipt, and stays. A text is sealed as one with others under the key of
//! whoever wrote it (a reason with address and program of the writer, a title with the writer's names), so
//! it cannot be shredded alone, and the log's engine does not forget what is overwritten. The way to have it
//! otherwise is a key for each text, in new versions of every event that carries one, at the cost of a leaf of the
//! key tree for each reason; until then the receipt says what is left, and where.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rollbook_projections::view::Views;
use rollbook_schema::event::{FreeTextSearch, PartVisitor};
use rollbook_schema::value::PersonField;
use rollbook_schema::{Group, KeyOwner, Personal, Position, RecordedEvent, UserId};
use serde::Serialize;
use serde_json::Value;

use super::owned::parts_about;
use crate::directory::{Directory, ReadFault};

/// Records searched, at most: the newest.
pub const FREE_TEXT_RECORDS_MAX: u64 = 100_000;
/// Places named, at most: the newest.
pub const FREE_TEXT_PLACES_MAX: usize = 500;
/// The shortest name that is searched for, in characters: shorter ones are found in any text.
const NAME_CHARS_MIN: usize = 3;
/// Fields of a person that others write of them by.
const NAMING: [PersonField; 9] = [
    PersonField::DisplayName,
    PersonField::FullName,
    PersonField::FirstName,
    PersonField::LastName,
    PersonField::EmployeeNumber,
    PersonField::LandLinePhone,
    PersonField::MobilePhone,
    PersonField::FederationId,
    PersonField::CcaFederationId,
];

/// A text of somebody else that names the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FreeTextPlace {
    /// In which record.
    pub record: Position,
    /// Sealed with which of the writer's values.
    pub group: Group,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeTextPlaces {
    /// The first record that was searched; everything behind it was.
    pub from: Position,
    /// Newest first.
    pub places: Vec<FreeTextPlace>,
}

impl From<FreeTextPlaces> for FreeTextSearch {
    fn from(found: FreeTextPlaces) -> Self {
        let records: BTreeSet<Position> = found.places.iter().map(|place| place.record).collect();
        FreeTextSearch { from: found.from, records: records.into_iter().collect() }
    }
}

impl Directory {
    /// Where others wrote about a person, by every name that the person has or had. Reads the log: not for an async
    /// task.
    ///
    /// # Errors
    /// [`ReadFault`] when the log or the keys fail.
    pub fn free_text_about(&self, user: UserId) -> Result<FreeTextPlaces, ReadFault> {
        let mut names = names_of(&self.views(), user);
        for recorded in parts_about(self, user)? {
            let mut own = Own { user, names: &mut names };
            let Ok(()) = recorded.event.visit_parts(&mut own);
        }
        let head = self.reached().0;
        let from = Position(head.saturating_sub(FREE_TEXT_RECORDS_MAX - 1).max(1));
        let mut found = FreeTextPlaces { from, places: Vec::new() };
        if names.is_empty() {
            return Ok(found);
        }
        let mut fault = None;
        self.inner.log.replay(from.0 - 1, &mut |_, bytes| match self.inner.sealer.open_bytes(bytes) {
            Ok(recorded) => {
                search(&recorded, user, &names, &mut found.places);
                ControlFlow::Continue(())
            }
            Err(found) => {
                fault = Some(found);
                ControlFlow::Break(())
            }
        })?;
        if let Some(fault) = fault {
            return Err(fault.into());
        }
        found.places.reverse();
        if let Some(last) = found.places.get(FREE_TEXT_PLACES_MAX) {
            // What is behind the last place that is named counts as not searched.
            found.from = last.record.next();
        }
        found.places.retain(|place| place.record >= found.from);
        Ok(found)
    }
}

/// What the person is called now.
fn names_of(views: &Views, user: UserId) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Some(row) = views.users.get(user) {
        let fields = NAMING.iter().filter_map(|field| row.person(*field));
        let login = (!row.masked).then(|| [row.username(), row.email()]);
        let all = fields.chain(login.into_iter().flatten().flatten());
        all.for_each(|name| keep(&mut names, name));
    }
    names
}

fn keep(names: &mut BTreeSet<String>, name: &str) {
    if name.chars().count() >= NAME_CHARS_MIN {
        names.insert(name.to_lowercase());
    }
}

/// Takes the names that the person had out of what is sealed under the person.
struct Own<'a> {
    user: UserId,
    names: &'a mut BTreeSet<String>,
}

impl PartVisitor for Own<'_> {
    type Error = std::convert::Infallible;

    fn part<T: Serialize>(
        &mut self,
        owner: KeyOwner,
        group: Group,
        value: &Personal<T>,
    ) -> Result<(), Self::Error> {
        if owner == KeyOwner::Subject(self.user) && matches!(group, Group::Login | Group::Person) {
            let json = value.known().and_then(|value| serde_json::to_value(value).ok());
            json.iter().for_each(|json| self.collect(json, group == Group::Login));
        }
        Ok(())
    }
}

impl Own<'_> {
    fn collect(&mut self, json: &Value, names_somebody: bool) {
        let is_naming = |key: &str| NAMING.iter().any(|field| field.name() == key);
        match json {
            Value::String(text) if names_somebody => keep(self.names, text),
            Value::Array(all) => all.iter().for_each(|one| self.collect(one, names_somebody)),
            Value::Object(fields) => {
                fields.iter().for_each(|(key, one)| self.collect(one, names_somebody || is_naming(key)));
            }
            _ => {}
        }
    }
}

fn search(recorded: &RecordedEvent, user: UserId, names: &BTreeSet<String>, places: &mut Vec<FreeTextPlace>) {
    let mut others = Others { user, names, groups: BTreeSet::new() };
    let Ok(()) = recorded.event.visit_parts(&mut others);
    let writer = KeyOwner::Subject(recorded.envelope.actor.id);
    let Ok(()) = others.part(writer, Group::Context, &recorded.envelope.context);
    let record = recorded.envelope.position;
    places.extend(others.groups.into_iter().map(|group| FreeTextPlace { record, group }));
}

/// Looks for names in what is sealed under anybody else. Who has the same name owns it: logins are passed over.
struct Others<'a> {
    user: UserId,
    names: &'a BTreeSet<String>,
    groups: BTreeSet<Group>,
}

impl PartVisitor for Others<'_> {
    type Error = std::convert::Infallible;

    fn part<T: Serialize>(
        &mut self,
        owner: KeyOwner,
        group: Group,
        value: &Personal<T>,
    ) -> Result<(), Self::Error> {
        let is_text = !matches!(group, Group::Login | Group::Credential | Group::Mask);
        if is_text && owner != KeyOwner::Subject(self.user) {
            let json = value.known().and_then(|value| serde_json::to_value(value).ok());
            if json.is_some_and(|json| self.is_named_in(&json)) {
                self.groups.insert(group);
            }
        }
        Ok(())
    }
}

impl Others<'_> {
    fn is_named_in(&self, json: &Value) -> bool {
        match json {
            Value::String(text) => {
                let text = text.to_lowercase();
                self.names.iter().any(|name| stands_in(&text, name))
            }
            Value::Array(all) => all.iter().any(|one| self.is_named_in(one)),
            Value::Object(fields) => fields.values().any(|one| self.is_named_in(one)),
            _ => false,
        }
    }
}

/// Whether a name stands in a text as a word of its own: `ann` is not in `joanna`.
fn stands_in(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + name.len()..].chars().next();
        ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
    })
}
