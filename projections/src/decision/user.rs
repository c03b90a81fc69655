//! One user, as far as rules ask.

use std::hash::{Hash, Hasher};

use rollbook_schema::event::{LicenseCause, Origin, PersonChange, UserCreated};
use rollbook_schema::value::{
    AccessProfile, LicenseType, Login, PersonField, PersonFields, PersonText, UserKind,
};
use rollbook_schema::{CredentialNumber, Personal, RoleId, Version};
use serde::{Deserialize, Serialize};

/// How far a user is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// May sign in, and holds the seat of its license.
    Enabled,
    /// May not sign in; keeps license and roles, but no seat (STA-08).
    Disabled,
    /// Gone from state; kept so that its id is never used again and its login can be masked.
    Deleted,
}

/// A license, and why it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HeldLicense {
    /// Which type.
    pub license: LicenseType,
    /// A license that came with the first role goes with the last one.
    pub cause: LicenseCause,
}

/// What rules need to know of a user.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Agent or client.
    pub kind: UserKind,
    /// Enabled, disabled or deleted.
    pub standing: Standing,
    /// No sign-in until unlocked, whatever the standing.
    pub locked: bool,
    /// The login was masked for good (MSK-11).
    pub masked: bool,
    /// Created with the directory: never deleted (DEL-08).
    pub founding: bool,
    /// ACC-18.
    pub email_verified: bool,
    /// Administrative capabilities.
    pub access_profile: AccessProfile,
    /// The license held, if any; its seat is [`User::seat`].
    pub license: Option<HeldLicense>,
    /// The password that is valid now.
    pub credential: Option<CredentialNumber>,
    /// Wrong passwords since the last success or unlock.
    pub failures: u32,
    /// Recorded sign-ins with the right password that the standing refused, since it last changed.
    pub refusals: u32,
    /// Changes seen.
    pub version: Version,
    /// Username and email; `None` once masked.
    pub login: Option<Login>,
    /// In order, each once.
    roles: Vec<RoleId>,
    /// In order of fields. A vector: most people have two or three.
    person: Vec<(PersonField, PersonText)>,
}

impl User {
    pub(super) fn created(event: &UserCreated) -> Self {
        User {
            kind: event.kind,
            standing: Standing::Enabled,
            locked: false,
            masked: false,
            founding: event.origin == Origin::FirstStart,
            email_verified: event.email_verified,
            access_profile: event.access_profile,
            license: None,
            credential: None,
            failures: 0,
            refusals: 0,
            version: Version(0),
            login: event.login.known().cloned(),
            roles: Vec::new(),
            person: kept_fields(&event.person),
        }
    }

    /// True if the user may sign in as far as its standing goes.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.standing == Standing::Enabled
    }

    /// The seat that the user occupies now (LIC-01).
    #[must_use]
    pub fn seat(&self) -> Option<LicenseType> {
        self.license.filter(|_| self.is_enabled()).map(|held| held.license)
    }

    /// True for those of whom one must be left (STA-18).
    #[must_use]
    pub fn is_enabled_administrator(&self) -> bool {
        self.is_enabled() && self.access_profile == AccessProfile::Administrator
    }

    /// The roles held, in the order of their numbers.
    #[must_use]
    pub fn roles(&self) -> &[RoleId] {
        &self.roles
    }

    /// True if the user has the role.
    #[must_use]
    pub fn has_role(&self, role: RoleId) -> bool {
        self.roles.binary_search(&role).is_ok()
    }

    /// The text of a descriptive field, if it has one.
    #[must_use]
    pub fn person(&self, field: PersonField) -> Option<&PersonText> {
        self.person.iter().find(|(kept, _)| *kept == field).map(|(_, text)| text)
    }

    /// True if the user did not have it before.
    pub(super) fn add_role(&mut self, role: RoleId) -> bool {
        match self.roles.binary_search(&role) {
            Ok(_) => false,
            Err(place) => {
                self.roles.insert(place, role);
                true
            }
        }
    }

    /// True if the user had it.
    pub(super) fn remove_role(&mut self, role: RoleId) -> bool {
        self.roles.binary_search(&role).map(|place| self.roles.remove(place)).is_ok()
    }

    /// Takes the user out of state; what remains is what masking will need. Gives back the roles.
    pub(super) fn deleted(&mut self, profile: AccessProfile) -> Vec<RoleId> {
        self.standing = Standing::Deleted;
        self.access_profile = profile;
        self.license = None;
        self.credential = None;
        self.failures = 0;
        self.refusals = 0;
        self.person = Vec::new();
        std::mem::take(&mut self.roles)
    }

    pub(super) fn change_person(&mut self, changes: &[PersonChange]) {
        for PersonChange { field, change } in changes {
            self.person.retain(|(kept, _)| kept != field);
            if let Some(text) = &change.to {
                self.person.push((*field, text.clone()));
            }
        }
        self.person.sort_unstable_by_key(|(field, _)| *field);
        self.person.shrink_to_fit();
    }

    pub(super) fn forget_person(&mut self) {
        self.person = Vec::new();
    }
}

fn kept_fields(person: &Personal<PersonFields>) -> Vec<(PersonField, PersonText)> {
    let Some(PersonFields(fields)) = person.known() else { return Vec::new() };
    // To the exact size: there are as many of these as people.
    let mut kept = Vec::with_capacity(fields.len());
    kept.extend(fields.iter().map(|(field, text)| (*field, text.clone())));
    kept
}

/// Names every field, so that the compiler asks about a new one.
impl Hash for User {
    #[rustfmt::skip]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let User {
            kind, standing, locked, masked, founding, email_verified, access_profile, license, credential,
            failures, refusals, version, login, roles, person,
        } = self;
        (kind, standing, locked, masked, founding, email_verified, access_profile, license).hash(state);
        (credential, failures, refusals, version, roles, person).hash(state);
        login.as_ref().map(|login| (&login.username, &login.email)).hash(state);
    }
}
