//! Artefacts of other systems, and whom they name.
//!
//! Each word that stands in one leads to the places where it does, so that a search looks at those places and
//! no others.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rollbook_schema::value::{ArtefactContent, ArtefactKind, PartContent};
use rollbook_schema::{ArtefactId, CredentialNumber, Event, UserId};
use serde::{Deserialize, Serialize};

use super::word_index::WordIndex;
use super::words::{names, words};
use super::{NamedBy, Reference, ReferenceSource, Referrer, Wanted};
use crate::view::fold_text::fold_text;

/// The words of module, object and name stand in no part: they name an artefact, and no user (DEL-07).
const TITLE: u16 = u16::MAX;

/// One artefact that was not purged.
#[derive(Clone, Debug, Hash, Serialize, Deserialize)]
pub struct Artefact {
    /// What it is.
    pub kind: ArtefactKind,
    /// The key that seals the content.
    pub sealed: CredentialNumber,
    /// Module, names, and what stands where; `None` where it was forgotten.
    pub content: Option<ArtefactContent>,
    /// It lies in the recycle bin of its system.
    pub recycled: bool,
}

/// All artefacts, by id, by word and by user.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Artefacts {
    artefacts: BTreeMap<ArtefactId, Artefact>,
    words: WordIndex<(ArtefactId, u16)>,
    users: BTreeSet<(UserId, ArtefactId, u16)>,
    last: ArtefactId,
}

impl Artefacts {
    /// One artefact.
    #[must_use]
    pub fn get(&self, id: ArtefactId) -> Option<&Artefact> {
        self.artefacts.get(&id)
    }

    /// All behind one, in the order of registration.
    pub fn after(&self, id: ArtefactId) -> impl Iterator<Item = (ArtefactId, &Artefact)> {
        self.artefacts.range(ArtefactId(id.0 + 1)..).map(|(id, artefact)| (*id, artefact))
    }

    /// True if there never was any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last == ArtefactId(0)
    }

    /// The id that the next artefact will get.
    #[must_use]
    pub fn next_id(&self) -> ArtefactId {
        ArtefactId(self.last.0 + 1)
    }

    /// Artefacts in which every word of the text stands, anywhere; whole words, without case.
    #[must_use]
    pub fn with_words(&self, text: &str) -> BTreeSet<ArtefactId> {
        let text = fold_text(text);
        let mut having: Option<BTreeSet<ArtefactId>> = None;
        for word in words(&text) {
            let with: BTreeSet<ArtefactId> = self.words.of(word).map(|(id, _)| id).collect();
            having = Some(having.map_or_else(|| with.clone(), |having| &having & &with));
        }
        having.unwrap_or_default()
    }

    /// Forgets a wording whose key was destroyed.
    pub(crate) fn forget(&mut self, id: ArtefactId, sealed: CredentialNumber) {
        if self.get(id).is_some_and(|artefact| artefact.sealed == sealed) {
            self.replace_content(id, None);
        }
    }

    /// Places where a name stands in a text: those of its rarest word are looked at.
    fn naming<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (ArtefactId, u16)> + 'a {
        self.words
            .of_rarest(name)
            .filter(move |(id, part)| self.text(*id, *part).is_some_and(|text| names(&fold_text(text), name)))
    }

    fn text(&self, id: ArtefactId, part: u16) -> Option<&str> {
        let content = self.get(id)?.content.as_ref()?;
        match &content.parts.get(usize::from(part))?.content {
            PartContent::Text(text) => Some(text.as_str()),
            PartContent::User(_) => None,
        }
    }

    fn set(&mut self, id: ArtefactId, kind: ArtefactKind, sealed: CredentialNumber) {
        let recycled = self.get(id).is_some_and(|artefact| artefact.recycled);
        self.last = self.last.max(id);
        self.replace_content(id, None);
        self.artefacts.insert(id, Artefact { kind, sealed, content: None, recycled });
    }

    fn replace_content(&mut self, id: ArtefactId, content: Option<&ArtefactContent>) {
        let Some(artefact) = self.artefacts.get_mut(&id) else { return };
        let before = std::mem::replace(&mut artefact.content, content.cloned());
        if let Some(before) = before {
            places(&before, |part, place| self.take(id, part, place));
        }
        if let Some(content) = content {
            places(content, |part, place| self.put(id, part, place));
        }
    }

    fn put(&mut self, id: ArtefactId, part: u16, place: Place<'_>) {
        match place {
            Place::Word(word) => self.words.put(word, (id, part)),
            Place::User(user) => _ = self.users.insert((user, id, part)),
        }
    }

    fn take(&mut self, id: ArtefactId, part: u16, place: Place<'_>) {
        match place {
            Place::Word(word) => self.words.take(word, (id, part)),
            Place::User(user) => _ = self.users.remove(&(user, id, part)),
        }
    }
}

/// What leads to a place.
enum Place<'a> {
    Word(&'a str),
    User(UserId),
}

/// Shows every word and user of a content, with the part it stands in.
fn places(content: &ArtefactContent, mut show: impl FnMut(u16, Place<'_>)) {
    let titles = [Some(&content.module), content.container.as_ref(), Some(&content.name)];
    for title in titles.into_iter().flatten() {
        words(&fold_text(title.as_str())).for_each(|word| show(TITLE, Place::Word(word)));
    }
    for (part, within) in (0..TITLE).zip(&content.parts) {
        match &within.content {
            PartContent::Text(text) => {
                words(&fold_text(text.as_str())).for_each(|word| show(part, Place::Word(word)));
            }
            PartContent::User(user) => show(part, Place::User(*user)),
        }
    }
}

impl ReferenceSource for Artefacts {
    fn fold(&mut self, event: &Event) {
        match event {
            Event::ArtefactRegistered(e) => {
                self.set(e.artefact, e.kind, e.sealed);
                self.replace_content(e.artefact, e.content.known());
            }
            Event::ArtefactChanged(e) => {
                self.set(e.artefact, e.kind, e.sealed);
                self.replace_content(e.artefact, e.content.known());
            }
            Event::ArtefactRecycled(e) => self.change(e.artefact, |artefact| artefact.recycled = true),
            Event::ArtefactRestored(e) => self.change(e.artefact, |artefact| artefact.recycled = false),
            Event::ArtefactPurged(e) => {
                self.replace_content(e.artefact, None);
                self.artefacts.remove(&e.artefact);
            }
            _ => {}
        }
    }

    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>) {
        let user = wanted.user();
        let all = (user, ArtefactId(0), 0)..=(user, ArtefactId(u64::MAX), u16::MAX);
        let typed = self.users.range(all).map(|(_, id, part)| (*id, *part, NamedBy::UserId));
        let mut places: BTreeSet<(ArtefactId, u16, NamedBy)> = typed.collect();
        for (by, name) in wanted.texts() {
            places.extend(self.naming(name).map(|(id, part)| (id, part, by)));
        }
        found.extend(places.into_iter().map(|(artefact, part, named_by)| Reference {
            by: Referrer::Artefact { artefact, part },
            named_by,
            recycled: self.get(artefact).is_some_and(|artefact| artefact.recycled),
        }));
    }
}

impl Artefacts {
    fn change(&mut self, id: ArtefactId, change: impl FnOnce(&mut Artefact)) {
        self.artefacts.get_mut(&id).map(change).unwrap_or_default();
    }
}

/// Says how many there are and shows nothing of them.
impl std::fmt::Debug for Artefacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Artefacts({})", self.artefacts.len())
    }
}

/// Words and users follow from the contents.
impl Hash for Artefacts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.artefacts, self.last).hash(state);
    }
}
