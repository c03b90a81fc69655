//! One page: a walk along an order, testing the selection.
//!
//! A page costs the same at any depth, since the cursor's key is searched in the order and the walk
//! begins there. The walk passes `rows / selected` entries for each row found. Where few rows are
//! selected that would be long, so their keys are compared instead; and a walk that turns out long
//! (the selected rows stand together, far away) is given up for the same. So a page costs at most
//! the smaller of both, up to a factor of two.

use super::UserList;
use super::cursor::{Cursor, CursorError};
use super::order::{Gap, Key, Order};
use super::query::{Direction, PageRow, UserFilter, UserPage, UserQuery, Window};
use super::selection::Selection;

/// What fetching and comparing the key of a selected row costs, in entries walked past.
const COMPARE_COST: u64 = 16;

/// Which way along the sorted entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    fn back(self) -> Way {
        match self {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
        }
    }
}

impl UserList {
    /// One page of a list. Its cursor must be of the same order.
    pub fn page(&self, query: &UserQuery) -> Result<UserPage<'_>, CursorError> {
        if query.filter.standard {
            return self.page_with_standard(query);
        }
        let selection = self.select(&query.filter);
        let order = self.order(query.order);
        let (cursor, limit, onward) = match &query.window {
            Window::After(cursor, limit) => (cursor.as_ref(), *limit, true),
            Window::Before(cursor, limit) => (cursor.as_ref(), *limit, false),
        };
        if let Some(cursor) = cursor.filter(|cursor| cursor.order != query.order) {
            return Err(CursorError::OtherOrder { made: cursor.order, asked: query.order });
        }
        let way = if (query.direction == Direction::Ascending) == onward { Way::Up } else { Way::Down };
        let walk = Walk { list: self, order, selection: &selection, cursor, onward: way };
        let mut found = walk.take(way, limit.saturating_add(1));
        let more = found.len() > limit;
        found.truncate(limit);
        let behind = cursor.is_some() && !walk.take(way.back(), 1).is_empty();
        if !onward {
            found.reverse();
        }
        let rows = found.into_iter().map(|ordinal| self.rows.at(ordinal));
        Ok(UserPage {
            rows: rows.map(|row| PageRow { row, cursor: Cursor::of(row, query.order) }).collect(),
            total: selection.count(self.rows.len()),
            has_next: if onward { more } else { behind },
            has_previous: if onward { behind } else { more },
        })
    }

    /// How many users a filter lets through.
    #[must_use]
    pub fn count(&self, filter: &UserFilter) -> u64 {
        self.select(filter).count(self.rows.len()) + self.standard_let_through(filter).count() as u64
    }
}

struct Walk<'a> {
    list: &'a UserList,
    order: &'a Order,
    selection: &'a Selection<'a>,
    cursor: Option<&'a Cursor>,
    /// The row of the cursor lies behind: not on this way, but on the way back.
    onward: Way,
}

impl Walk<'_> {
    /// The first `limit` selected rows that way.
    fn take(&self, way: Way, limit: usize) -> Vec<u32> {
        let all = self.list.rows.len();
        let selected = self.selection.count(all);
        let compared = selected.saturating_mul(COMPARE_COST);
        let walked = (limit as u64).saturating_mul(u64::from(all)) / selected.max(1);
        if walked <= compared
            && let Some(found) = self.walk(way, limit, compared)
        {
            return found;
        }
        self.compare(way, limit)
    }

    /// Walks along the order; `None` after `steps_max` entries without coming to an end.
    fn walk(&self, way: Way, limit: usize, steps_max: u64) -> Option<Vec<u32>> {
        match way {
            Way::Up => self.pick(self.order.forward(self.gap()), limit, steps_max),
            Way::Down => self.pick(self.order.backward(self.gap()), limit, steps_max),
        }
    }

    fn pick(&self, mut entries: impl Iterator<Item = u32>, limit: usize, steps_max: u64) -> Option<Vec<u32>> {
        let mut found = Vec::new();
        for _ in 0..steps_max {
            if found.len() == limit {
                return Some(found);
            }
            match entries.next() {
                Some(ordinal) if self.selection.contains(ordinal) => found.push(ordinal),
                Some(_) => {}
                None => return Some(found),
            }
        }
        None
    }

    fn gap(&self) -> Gap {
        let rows = &self.list.rows;
        match (self.cursor, self.onward) {
            (Some(cursor), Way::Up) => self.order.behind(rows, &cursor.key()),
            (Some(cursor), Way::Down) => self.order.before(rows, &cursor.key()),
            (None, Way::Up) => self.order.start(),
            (None, Way::Down) => self.order.end(),
        }
    }

    /// Compares the keys of all selected rows on that side of the gap.
    fn compare(&self, way: Way, limit: usize) -> Vec<u32> {
        let mut found: Vec<(Key<'_>, u32)> = Vec::new();
        self.selection.each(self.list.rows.len(), |ordinal| {
            let key = Key::of(self.list.rows.at(ordinal), self.order.by());
            if self.lies(&key) == way {
                found.push((key, ordinal));
            }
        });
        let by_key = |a: &(Key<'_>, u32), b: &(Key<'_>, u32)| match way {
            Way::Up => a.0.cmp(&b.0),
            Way::Down => b.0.cmp(&a.0),
        };
        if limit < found.len() {
            found.select_nth_unstable_by(limit, by_key);
            found.truncate(limit);
        }
        found.sort_unstable_by(by_key);
        found.into_iter().map(|(_, ordinal)| ordinal).collect()
    }

    /// On which side of the gap a key lies.
    fn lies(&self, key: &Key<'_>) -> Way {
        let up = match (self.cursor.map(Cursor::key), self.onward) {
            (Some(cursor), Way::Up) => *key > cursor,
            (Some(cursor), Way::Down) => *key >= cursor,
            (None, onward) => onward == Way::Up,
        };
        if up { Way::Up } else { Way::Down }
    }
}
