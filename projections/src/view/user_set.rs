//! A set of users by id, small even where they are many.

use std::sync::Arc;

use roaring::RoaringTreemap;
use rollbook_schema::UserId;

/// Users, each once. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct UserSet(Arc<RoaringTreemap>);

impl UserSet {
    /// True if the user is one of them.
    #[must_use]
    pub fn contains(&self, user: UserId) -> bool {
        self.0.contains(user.0)
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// True if there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// By ascending id.
    pub fn iter(&self) -> impl Iterator<Item = UserId> {
        self.0.iter().map(UserId)
    }

    /// Those who are in either.
    #[must_use]
    pub fn or(&self, other: &UserSet) -> UserSet {
        UserSet(Arc::new(&*self.0 | &*other.0))
    }

    /// Those who are in both.
    #[must_use]
    pub fn and(&self, other: &UserSet) -> UserSet {
        UserSet(Arc::new(&*self.0 & &*other.0))
    }
}

impl PartialEq for UserSet {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for UserSet {}

impl From<RoaringTreemap> for UserSet {
    fn from(users: RoaringTreemap) -> Self {
        UserSet(Arc::new(users))
    }
}

impl FromIterator<UserId> for UserSet {
    fn from_iter<I: IntoIterator<Item = UserId>>(users: I) -> Self {
        UserSet(Arc::new(users.into_iter().map(|user| user.0).collect()))
    }
}
