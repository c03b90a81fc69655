//! A table by id: as cheap as an array where ids are dense, and safe where one is far off. A clone shares
//! every page until it is written to.
//!
//! Ids of users are dense, so an array would do; but a view must survive any log, and one record
//! with a huge id must not make it reserve the space between.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Ids in one page.
const PAGE: u64 = 256;
/// Pages that are found by their number, which costs a megabyte at most; ids behind them, by a search.
const NEAR_PAGES: u64 = 65_536;

/// Values by id, in pages that exist where an id is used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct IdTable<T> {
    near: Vec<Option<Page<T>>>,
    far: BTreeMap<u64, Page<T>>,
}

type Page<T> = Arc<[Option<T>]>;

impl<T> Default for IdTable<T> {
    fn default() -> Self {
        IdTable { near: Vec::new(), far: BTreeMap::new() }
    }
}

impl<T: Clone> IdTable<T> {
    pub(crate) fn get(&self, id: u64) -> Option<&T> {
        let number = id / PAGE;
        let page = match self.near.get(near(number)) {
            Some(page) => page.as_ref()?,
            None => self.far.get(&number)?,
        };
        page.get(slot(id))?.as_ref()
    }

    /// The place of an id, to be read or written.
    pub(crate) fn place(&mut self, id: u64) -> &mut Option<T> {
        let number = id / PAGE;
        let page = if number < NEAR_PAGES {
            if self.near.len() <= near(number) {
                self.near.resize_with(near(number) + 1, || None);
            }
            self.near[near(number)].get_or_insert_with(empty)
        } else {
            self.far.entry(number).or_insert_with(empty)
        };
        &mut Arc::make_mut(page)[slot(id)]
    }

    pub(crate) fn remove(&mut self, id: u64) {
        if self.get(id).is_some() {
            *self.place(id) = None;
        }
    }

    /// Every value, by ascending id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        self.starting_at(0)
    }

    /// Those from an id on.
    pub(crate) fn starting_at(&self, first: u64) -> impl Iterator<Item = (u64, &T)> {
        let number = first / PAGE;
        let near = (0..).zip(&self.near).skip(near(number));
        let near = near.filter_map(|(number, page)| Some((number, page.as_ref()?)));
        let far = self.far.range(number..).map(|(number, page)| (*number, page));
        let all = near.chain(far).flat_map(|(page, slots)| {
            let ids = page * PAGE..=page * PAGE + (PAGE - 1);
            ids.zip(slots.iter()).filter_map(|(id, slot)| slot.as_ref().map(|value| (id, value)))
        });
        all.skip_while(move |(id, _)| *id < first)
    }
}

/// What it holds, whichever pages there are.
impl<T: Clone + Hash> Hash for IdTable<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|held| held.hash(state));
    }
}

fn empty<T>() -> Page<T> {
    (0..PAGE).map(|_| None).collect()
}

/// A number that is too great for the machine is none of a page that is near.
fn near(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Always below the length of a page.
fn slot(id: u64) -> usize {
    (id % PAGE) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_far_off_costs_one_page() {
        let mut table = IdTable::default();
        *table.place(8) = Some('a');
        *table.place(u64::MAX) = Some('z');
        assert_eq!((table.near.len(), table.far.len()), (1, 1));
        assert_eq!(table.iter().collect::<Vec<_>>(), [(8, &'a'), (u64::MAX, &'z')]);
    }

    #[test]
    fn values_are_found_from_an_id_on() {
        let mut table = IdTable::default();
        for id in [8, 300, 301, u64::MAX] {
            *table.place(id) = Some(id);
        }
        let from = |first| table.starting_at(first).map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(from(0), [8, 300, 301, u64::MAX]);
        assert_eq!(from(301), [301, u64::MAX]);
        assert_eq!(from(302), [u64::MAX]);
    }

    #[test]
    fn two_tables_of_the_same_values_have_one_hash() {
        let hash = |table: &IdTable<char>| {
            let mut state = std::hash::DefaultHasher::new();
            table.hash(&mut state);
            state.finish()
        };
        let (mut table, mut other) = (IdTable::default(), IdTable::default());
        *table.place(8) = Some('a');
        *other.place(8) = Some('a');
        *other.place(5000) = Some('z');
        assert_ne!(hash(&table), hash(&other));
        other.remove(5000);
        assert_eq!(hash(&table), hash(&other));
    }

    #[test]
    fn a_removed_value_is_gone() {
        let mut table = IdTable::default();
        *table.place(8) = Some('a');
        table.remove(8);
        assert_eq!(table.get(8), None);
    }
}
