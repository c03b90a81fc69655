//! Who has which federation id (SSO-09) and which employee number (PRO-06).
//!
//! Employee numbers are unique only if the tenant says so, so one may have several holders.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use rollbook_schema::value::{PersonField, PersonText};
use rollbook_schema::{Event, Group, KeyOwner, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// A field that can be unique, and its text as it is compared: exactly.
type Identifier = (PersonField, Box<str>);

/// Holders of identifiers who are neither deleted nor forgotten.
#[derive(Default, Serialize, Deserialize)]
pub struct Identifiers {
    holders: HashMap<Identifier, BTreeSet<UserId>>,
    held: HashMap<UserId, Vec<Identifier>>,
}

impl Identifiers {
    /// The fields that can be unique.
    pub const FIELDS: [PersonField; 2] = [PersonField::FederationId, PersonField::EmployeeNumber];

    /// True if somebody else than `user` has this text in this field.
    #[must_use]
    pub fn is_taken(&self, field: PersonField, text: &PersonText, user: Option<UserId>) -> bool {
        let holders = self.holders.get(&(field, text.as_str().into()));
        holders.is_some_and(|holders| holders.iter().any(|holder| Some(*holder) != user))
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::UserCreated(e) => {
                for (field, text) in e.person.known().iter().flat_map(|person| &person.0) {
                    self.change(e.user, *field, Some(text));
                }
            }
            Event::ProfileChanged(e) => {
                for change in e.person.known().into_iter().flatten() {
                    self.change(e.user, change.field, change.change.to.as_ref());
                }
            }
            Event::UserDeleted(e) => self.forget(e.user),
            event => {
                for (owner, group) in event.destroys() {
                    if let (KeyOwner::Subject(user), Group::Person) = (owner, group) {
                        self.forget(user);
                    }
                }
            }
        }
    }

    fn change(&mut self, user: UserId, field: PersonField, text: Option<&PersonText>) {
        if !Self::FIELDS.contains(&field) {
            return;
        }
        let mut held = self.held.remove(&user).unwrap_or_default();
        if let Some(place) = held.iter().position(|(of, _)| *of == field) {
            self.release(user, &held.swap_remove(place));
        }
        if let Some(text) = text {
            let identifier: Identifier = (field, text.as_str().into());
            self.holders.entry(identifier.clone()).or_default().insert(user);
            held.push(identifier);
        }
        if !held.is_empty() {
            held.sort_unstable();
            self.held.insert(user, held);
        }
    }

    fn forget(&mut self, user: UserId) {
        for identifier in self.held.remove(&user).unwrap_or_default() {
            self.release(user, &identifier);
        }
    }

    fn release(&mut self, user: UserId, identifier: &Identifier) {
        if let Some(holders) = self.holders.get_mut(identifier) {
            holders.remove(&user);
            if holders.is_empty() {
                self.holders.remove(identifier);
            }
        }
    }
}

/// Says how many there are and shows none.
impl std::fmt::Debug for Identifiers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identifiers({})", self.holders.len())
    }
}

/// The holders follow from what each user holds.
impl Hash for Identifiers {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_sorted(&self.held, state);
    }
}
