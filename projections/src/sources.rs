//! Where users are kept: a part of decision models and of views, each with one of its own.

use std::collections::BTreeMap;

use rollbook_schema::value::UserSource;
use rollbook_schema::{Event, UserId};
use serde::{Deserialize, Serialize};

/// Users who are not deleted and are not simply kept here.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Sources(BTreeMap<UserId, UserSource>);

impl Sources {
    /// Where a user is kept.
    #[must_use]
    pub fn of(&self, user: UserId) -> UserSource {
        self.0.get(&user).copied().unwrap_or_default()
    }

    /// Everybody who is not simply kept here.
    pub fn iter(&self) -> impl Iterator<Item = (UserId, UserSource)> {
        self.0.iter().map(|(user, source)| (*user, *source))
    }

    /// Folds one event.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::SourceChanged(e) if e.to == UserSource::Local => _ = self.0.remove(&e.user),
            Event::SourceChanged(e) => _ = self.0.insert(e.user, e.to),
            Event::UserDeleted(e) => _ = self.0.remove(&e.user),
            _ => {}
        }
    }
}
