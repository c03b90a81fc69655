//! A table by id: as cheap as an array where ids are dense, and safe where one is far off. A clone shares
//! every page until it is written to.
//!
//! Ids of users are dense, so an array would do; but a view must survive any log, and one record
//! with a huge id must not make it reserve the space between.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Ids in one page.
const PAGE: u64 = 256;

/// Values by id, in pages that exist where an id is used.
#[derive(Clone)]
pub(super) struct IdTable<T> {
    pages: BTreeMap<u64, Arc<[Option<T>]>>,
}

impl<T> Default for IdTable<T> {
    fn default() -> Self {
        IdTable { pages: BTreeMap::new() }
    }
}

impl<T: Clone> IdTable<T> {
    pub(super) fn get(&self, id: u64) -> Option<&T> {
        self.pages.get(&(id / PAGE))?.get(slot(id))?.as_ref()
    }

    /// The place of an id, to be read or written.
    pub(super) fn place(&mut self, id: u64) -> &mut Option<T> {
        let page = self.pages.entry(id / PAGE).or_insert_with(|| (0..PAGE).map(|_| None).collect());
        &mut Arc::make_mut(page)[slot(id)]
    }

    pub(super) fn remove(&mut self, id: u64) {
        if let Some(page) = self.pages.get_mut(&(id / PAGE)) {
            Arc::make_mut(page)[slot(id)] = None;
        }
    }

    /// Every value, by ascending id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        self.pages.iter().flat_map(|(page, slots)| {
            let ids = page * PAGE..=page * PAGE + (PAGE - 1);
            ids.zip(slots.iter()).filter_map(|(id, slot)| slot.as_ref().map(|value| (id, value)))
        })
    }
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
        assert_eq!(table.pages.len(), 2);
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
