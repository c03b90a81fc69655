//! A table by id: as cheap as an array where ids are dense, and safe where one is far off. A clone shares
//! every page until it is written to.
//!
//! Ids of users are dense, so an array would do; but a view must survive any log, and one record
//! with a huge id must not make it reserve the space between.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Ids in one page.
const PAGE: u64 = 256;
/// Pages that are found by their number, which costs a megabyte at most; ids behind them, by a search.
const NEAR_PAGES: u64 = 65_536;

/// Values by id, in pages that exist where an id is used.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct IdTable<T> {
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
    pub(super) fn get(&self, id: u64) -> Option<&T> {
        let number = id / PAGE;
        let page = match self.near.get(near(number)) {
            Some(page) => page.as_ref()?,
            None => self.far.get(&number)?,
        };
        page.get(slot(id))?.as_ref()
    }

    /// The place of an id, to be read or written.
    pub(super) fn place(&mut self, id: u64) -> &mut Option<T> {
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

    pub(super) fn remove(&mut self, id: u64) {
        if self.get(id).is_some() {
            *self.place(id) = None;
        }
    }

    /// Every value, by ascending id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        let near = (0..).zip(&self.near).filter_map(|(number, page)| Some((number, page.as_ref()?)));
        let far = self.far.iter().map(|(number, page)| (*number, page));
        near.chain(far).flat_map(|(page, slots)| {
            let ids = page * PAGE..=page * PAGE + (PAGE - 1);
            ids.zip(slots.iter()).filter_map(|(id, slot)| slot.as_ref().map(|value| (id, value)))
        })
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
    fn a_removed_value_is_gone() {
        let mut table = IdTable::default();
        *table.place(8) = Some('a');
        table.remove(8);
        assert_eq!(table.get(8), None);
    }
}
