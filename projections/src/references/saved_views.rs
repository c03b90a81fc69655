//! Saved views of the lists of users: what each shows, and whom its name or its search names.
//!
//! One fold for both sides: what may be saved is decided by it, lists are served from it, and a deletion is held
//! against it. Who is deleted takes their own views along; what a destroyed key sealed is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rollbook_schema::event::{SavedViewAdded, SavedViewChanged};
use rollbook_schema::value::{ListTerm, SavedViewTexts, UserKind};
use rollbook_schema::{Event, Group, KeyOwner, SavedViewId, UserId};
use serde::{Deserialize, Serialize};

use super::word_index::WordIndex;
use super::words::{names, words};
use super::{NamedBy, Reference, ReferenceSource, Referrer, Wanted};
use crate::view::fold_text::fold_text;

/// Where in a view a user is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ViewPart {
    /// What it is called.
    Name,
    /// What it searches for.
    Search,
}

/// One saved view.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SavedView {
    /// Whose it is: a person's own, or the tenant's for everybody.
    pub owner: UserId,
    /// Of whose list.
    pub kind: UserKind,
    /// Name and terms; `None` once erased.
    pub texts: Option<SavedViewTexts>,
}

/// Every view that was not removed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SavedViews {
    kept: BTreeMap<SavedViewId, SavedView>,
    of_owners: BTreeSet<(UserId, SavedViewId)>,
    /// Where each word stands. It follows from the views.
    words: WordIndex<(SavedViewId, ViewPart)>,
    last: SavedViewId,
}

impl SavedViews {
    /// One view.
    #[must_use]
    pub fn get(&self, id: SavedViewId) -> Option<&SavedView> {
        self.kept.get(&id)
    }

    /// The views of one owner, in the order of saving.
    pub fn of(&self, owner: UserId) -> impl Iterator<Item = (SavedViewId, &SavedView)> {
        let ids = self.of_owners.range((owner, SavedViewId(0))..=(owner, SavedViewId(u64::MAX)));
        ids.filter_map(|(_, id)| Some((*id, self.get(*id)?)))
    }

    /// The view of an owner that has a name, given by its `key()`.
    #[must_use]
    pub fn named(&self, owner: UserId, kind: UserKind, key: &str) -> Option<SavedViewId> {
        let is_so = |view: &SavedView| {
            view.kind == kind && view.texts.as_ref().is_some_and(|texts| texts.name.key() == key)
        };
        self.of(owner).find(|(_, view)| is_so(view)).map(|(id, _)| id)
    }

    /// Every view, in the order of saving.
    pub fn iter(&self) -> impl Iterator<Item = (SavedViewId, &SavedView)> {
        self.kept.iter().map(|(id, view)| (*id, view))
    }

    /// True if there never was any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last == SavedViewId(0)
    }

    /// The id that the next view will get.
    #[must_use]
    pub fn next_id(&self) -> SavedViewId {
        SavedViewId(self.last.0 + 1)
    }

    fn add(&mut self, e: &SavedViewAdded) {
        self.last = self.last.max(e.view);
        self.of_owners.insert((e.owner, e.view));
        self.kept.insert(e.view, SavedView { owner: e.owner, kind: e.kind, texts: None });
        self.replace(e.view, e.texts.known());
    }

    fn change(&mut self, e: &SavedViewChanged) {
        self.replace(e.view, e.texts.known().map(|texts| &texts.to));
    }

    fn remove(&mut self, id: SavedViewId) {
        self.replace(id, None);
        if let Some(view) = self.kept.remove(&id) {
            self.of_owners.remove(&(view.owner, id));
        }
    }

    fn each_of(&mut self, owner: UserId, mut change: impl FnMut(&mut Self, SavedViewId)) {
        let ids: Vec<SavedViewId> = self.of(owner).map(|(id, _)| id).collect();
        ids.into_iter().for_each(|id| change(self, id));
    }

    fn replace(&mut self, id: SavedViewId, texts: Option<&SavedViewTexts>) {
        let Some(view) = self.kept.get_mut(&id) else { return };
        if let Some(before) = std::mem::replace(&mut view.texts, texts.cloned()) {
            for_each_word(&before, |word, part| self.words.take(word, (id, part)));
        }
        if let Some(texts) = texts {
            for_each_word(texts, |word, part| self.words.put(word, (id, part)));
        }
    }

    /// Places where a name stands: those of its rarest word are looked at.
    fn naming<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (SavedViewId, ViewPart)> + 'a {
        self.words.of_rarest(name).filter(move |(id, part)| {
            let texts = self.get(*id).and_then(|view| view.texts.as_ref());
            texts.is_some_and(|texts| texts_of(texts).any(|(text, of)| of == *part && names(&text, name)))
        })
    }
}

/// What people wrote, as texts are compared. Roles and teams in it are named by their numbers.
fn texts_of(texts: &SavedViewTexts) -> impl Iterator<Item = (String, ViewPart)> {
    let searched = texts.terms.iter().filter_map(|term| match term {
        ListTerm::Text(text) => Some((text.as_str(), ViewPart::Search)),
        _ => None,
    });
    let all = std::iter::once((texts.name.as_str(), ViewPart::Name)).chain(searched);
    all.map(|(text, part)| (fold_text(text).to_string(), part))
}

fn for_each_word(texts: &SavedViewTexts, mut show: impl FnMut(&str, ViewPart)) {
    for (text, part) in texts_of(texts) {
        words(&text).for_each(|word| show(word, part));
    }
}

impl ReferenceSource for SavedViews {
    fn fold(&mut self, event: &Event) {
        match event {
            Event::SavedViewAdded(e) => self.add(e),
            Event::SavedViewChanged(e) => self.change(e),
            Event::SavedViewRemoved(e) => self.remove(e.view),
            Event::UserDeleted(e) => self.each_of(e.user, Self::remove),
            event => {
                for (owner, group) in event.destroys() {
                    if let (KeyOwner::Subject(owner), Group::Person) = (owner, group) {
                        self.each_of(owner, |views, id| views.replace(id, None));
                    }
                }
            }
        }
    }

    /// Somebody's own views go with them: they hold nobody up.
    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>) {
        let mut places: BTreeSet<(SavedViewId, ViewPart, NamedBy)> = BTreeSet::new();
        for (by, name) in wanted.texts() {
            places.extend(self.naming(name).map(|(id, part)| (id, part, by)));
        }
        let is_own = |id: SavedViewId| self.get(id).is_some_and(|view| view.owner == wanted.user());
        found.extend(places.into_iter().filter(|(view, ..)| !is_own(*view)).map(|(view, part, named_by)| {
            Reference { by: Referrer::SavedView { view, part }, named_by, recycled: false }
        }));
    }
}

impl std::fmt::Debug for SavedViews {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SavedViews({})", self.kept.len())
    }
}

impl Hash for SavedViews {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.kept, self.last).hash(state);
    }
}
