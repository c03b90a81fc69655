//! Who holds which name: one namespace for usernames and emails (ACC-04, ACC-12, ACC-14).

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rollbook_schema::UserId;
use rollbook_schema::value::Login;
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// Names in the form in which they are compared. Enabled, disabled and locked users hold their
/// names; deleted and masked ones do not. A user may hold one name as username and as email.
#[derive(Default, Serialize, Deserialize)]
pub struct Names {
    holders: HashMap<Box<str>, UserId>,
}

impl Names {
    /// Who holds a name, given by its `key()`.
    #[must_use]
    pub fn holder(&self, key: &str) -> Option<UserId> {
        self.holders.get(key).copied()
    }

    /// True if somebody else than `user` holds the name.
    #[must_use]
    pub fn is_taken(&self, key: &str, user: Option<UserId>) -> bool {
        self.holder(key).is_some_and(|holder| Some(holder) != user)
    }

    pub(super) fn claim(&mut self, user: UserId, login: &Login) {
        self.holders.insert(login.username.key().into_boxed_str(), user);
        self.holders.insert(login.email.key().into_boxed_str(), user);
    }

    /// Gives the names of a login back, if it is this user who holds them.
    pub(super) fn release(&mut self, user: UserId, login: &Login) {
        for key in [login.username.key(), login.email.key()] {
            if self.holder(&key) == Some(user) {
                self.holders.remove(key.as_str());
            }
        }
    }
}

/// Says how many names there are and shows none.
impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names({})", self.holders.len())
    }
}

impl Hash for Names {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_sorted(&self.holders, state);
    }
}
