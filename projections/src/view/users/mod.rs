//! The user list: every user as a row, filtered by sets, ordered by sorted orders, searched by runs
//! of characters.
//!
//! Each user has a dense ordinal. A filter becomes a bitmap of ordinals, an order is a sorted list of
//! ordinals, and a page walks the one testing the other.

mod cursor;
mod facets;
mod fold;
mod order;
mod page;
mod query;
mod row;
mod rows;
mod selection;
mod standard;
mod text_index;
mod texts;

use std::collections::BTreeSet;
use std::sync::Arc;

use roaring::RoaringBitmap;
use rollbook_schema::UserId;

pub use cursor::{Cursor, CursorError};
pub use query::{
    DeletedFilter, Direction, LicenseFilter, PageRow, RoleFilter, UserFilter, UserOrder, UserPage, UserQuery,
    Window,
};
pub use row::UserRow;

use super::canon::Canon;
use super::fold_text::fold_text;
use facets::Facets;
use order::{Key, Order};
use rows::Rows;
use serde::{Deserialize, Serialize};
use standard::standard_rows;
use text_index::TextIndex;

/// All users, deleted ones included.
#[derive(Clone, Serialize, Deserialize)]
pub struct UserList {
    rows: Rows,
    facets: Facets,
    orders: [Order; UserOrder::ALL.len()],
    texts: TextIndex,
    /// While many events are folded at once: the rows that wait for their places in each order.
    loose: Option<[RoaringBitmap; UserOrder::ALL.len()]>,
    /// Always empty: the set of a role that nobody has.
    #[serde(skip)]
    nobody: RoaringBitmap,
    /// Constant, and in nothing above.
    #[serde(skip, default = "standard_rows")]
    standard: Arc<[UserRow]>,
}

impl Default for UserList {
    fn default() -> Self {
        UserList {
            rows: Rows::default(),
            facets: Facets::default(),
            orders: UserOrder::ALL.map(Order::new),
            texts: TextIndex::default(),
            loose: None,
            nobody: RoaringBitmap::new(),
            standard: standard_rows(),
        }
    }
}

impl UserList {
    /// One user, deleted ones included; reserved users are found by [`UserList::get_any`] only.
    #[must_use]
    pub fn get(&self, id: UserId) -> Option<&UserRow> {
        self.rows.ordinal(id).map(|ordinal| self.rows.at(ordinal))
    }

    /// Whose username it is, compared folded. Deleted and masked users are not found.
    #[must_use]
    pub fn by_username(&self, username: &str) -> Option<UserId> {
        self.holder(UserOrder::Username, username)
    }

    /// Whose email it is, compared folded. Deleted and masked users are not found.
    #[must_use]
    pub fn by_email(&self, email: &str) -> Option<UserId> {
        self.holder(UserOrder::Email, email)
    }

    /// Who signs in with this username or email (ACC-14: never two).
    #[must_use]
    pub fn by_login(&self, login: &str) -> Option<UserId> {
        self.by_username(login).or_else(|| self.by_email(login))
    }

    /// How many there are, deleted ones included.
    #[must_use]
    pub fn known(&self) -> u64 {
        u64::from(self.rows.len())
    }

    /// Every user, deleted ones included, by ascending id.
    pub fn iter(&self) -> impl Iterator<Item = &UserRow> {
        self.rows.by_id()
    }

    /// A digest over the canonical content: the rows, and what is derived from them.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("users");
        canon.number(u64::from(self.rows.len()));
        self.rows.by_id().for_each(|row| row.write(&mut canon));
        for order in &self.orders {
            order.forward(order.start()).for_each(|ordinal| canon.number(self.rows.at(ordinal).id.0));
        }
        self.facets.counts().for_each(|count| canon.number(count));
        for (run, users) in self.texts.counts() {
            canon.number(run);
            canon.number(users);
        }
        for (domain, users) in self.texts.domains() {
            canon.bytes(domain.as_bytes());
            canon.number(users);
        }
        canon.finish()
    }

    /// Deleted users who had the user's username or email before (DEL-09, DEL-10), by ascending id. Whoever is
    /// masked had no name that anybody knows.
    #[must_use]
    pub fn previous(&self, row: &UserRow) -> BTreeSet<UserId> {
        let texts = [(UserOrder::Username, row.username()), (UserOrder::Email, row.email())];
        let texts =
            texts.into_iter().filter_map(|(order, text)| Some((order, text.filter(|_| !row.masked)?)));
        let equal = texts.flat_map(|(order, text)| self.called(order, &fold_text(text)));
        equal
            .filter(|other| other.deleted && !other.masked && other.id != row.id)
            .map(|other| other.id)
            .collect()
    }

    fn called(&self, order: UserOrder, folded: &str) -> Vec<&UserRow> {
        let key = Key::of_text(Some(folded), UserId(0));
        let order = self.order(order);
        let rows = order.forward(order.before(&self.rows, &key)).map(|ordinal| self.rows.at(ordinal));
        rows.take_while(|row| Key::of(row, order.by()).text == Some(folded)).collect()
    }

    fn order(&self, order: UserOrder) -> &Order {
        &self.orders[order as usize]
    }

    /// Tombstones and masks stand in the orders too, so equal keys are passed until one is alive:
    /// a few where a name was used again, and as many as there are equal masks if one is asked for.
    fn holder(&self, order: UserOrder, text: &str) -> Option<UserId> {
        let folded = fold_text(text);
        let key = Key::of_text(Some(&folded), UserId(0));
        let order = self.order(order);
        order
            .forward(order.before(&self.rows, &key))
            .map(|ordinal| self.rows.at(ordinal))
            .take_while(|row| Key::of(row, order.by()).text == Some(&*folded))
            .find(|row| !row.deleted && !row.masked)
            .map(|row| row.id)
    }
}
