//! The reserved users beside the list (RSV-10): six constant rows that no event made and none changes.
//!
//! They are in no bitmap, order or count. A list that asks for them gets them merged into its page by
//! key, so that pages still meet without gap.

use std::sync::Arc;

use rollbook_schema::record::Actor;
use rollbook_schema::value::{AccessProfile, PersonField, STANDARD_USERS, StandardUser, Timestamp, UserKind};
use rollbook_schema::{Position, UserId, Version};

use super::UserList;
use super::cursor::{Cursor, CursorError};
use super::order::Key;
use super::query::{
    DeletedFilter, Direction, LicenseFilter, PageRow, RoleFilter, UserFilter, UserPage, UserQuery, Window,
};
use super::row::UserRow;
use super::texts::{Folded, Tag, Texts};
use crate::view::fold_text::fold_text;

/// The rows, by ascending id.
pub(super) fn standard_rows() -> Arc<[UserRow]> {
    STANDARD_USERS.iter().map(standard_row).collect()
}

fn standard_row(standard: &StandardUser) -> UserRow {
    let texts = Texts::default().with(&[
        (Tag::of(PersonField::DisplayName), Some(standard.display_name)),
        (Tag::USERNAME, Some(standard.username)),
    ]);
    UserRow {
        id: standard.id,
        kind: UserKind::Standard,
        active: true,
        locked: false,
        deleted: false,
        masked: false,
        email_verified: false,
        license: None,
        access_profile: AccessProfile::Standard,
        // Before every event: nobody made them.
        created_at: Timestamp::from_millis(0),
        created_by: Actor::SYSTEM,
        last_sign_in: None,
        last_sign_out: None,
        version: Version(0),
        changed_at: Position::START,
        roles: Box::default(),
        folded: Folded::of(&texts),
        texts,
    }
}

impl UserList {
    /// One user, deleted and reserved ones included.
    #[must_use]
    pub fn get_any(&self, id: UserId) -> Option<&UserRow> {
        self.get(id).or_else(|| self.standard.iter().find(|row| row.id == id))
    }

    /// Whose username it is, reserved users included. Nobody signs in by what this finds.
    #[must_use]
    pub fn any_by_username(&self, username: &str) -> Option<UserId> {
        let folded = fold_text(username);
        let reserved = self.standard.iter().find(|row| row.folded.username() == Some(&*folded));
        reserved.map(|row| row.id).or_else(|| self.by_username(username))
    }

    pub(super) fn standard_let_through(&self, filter: &UserFilter) -> impl Iterator<Item = &UserRow> {
        self.standard.iter().filter(|row| filter.standard && lets_through(filter, row))
    }

    /// A page into which the reserved users are merged.
    pub(super) fn page_with_standard(&self, query: &UserQuery) -> Result<UserPage<'_>, CursorError> {
        let filter = UserFilter { standard: false, ..query.filter.clone() };
        let mut page = self.page(&UserQuery { filter, ..query.clone() })?;
        let (cursor, limit, onward) = match &query.window {
            Window::After(cursor, limit) => (cursor.as_ref(), *limit, true),
            Window::Before(cursor, limit) => (cursor.as_ref(), *limit, false),
        };
        for row in self.standard_let_through(&query.filter) {
            page.total += 1;
            if cursor.is_none_or(|cursor| lies_in_window(row, cursor, query.direction, onward)) {
                page.rows.push(PageRow { row, cursor: Cursor::of(row, query.order) });
            } else if onward {
                page.has_previous = true;
            } else {
                page.has_next = true;
            }
        }
        page.rows.sort_by(|a, b| {
            let keys = Key::of(a.row, query.order).cmp(&Key::of(b.row, query.order));
            if query.direction == Direction::Ascending { keys } else { keys.reverse() }
        });
        let beyond = page.rows.len().saturating_sub(limit);
        if onward {
            page.has_next |= beyond > 0;
            page.rows.truncate(limit);
        } else {
            page.has_previous |= beyond > 0;
            page.rows.drain(..beyond);
        }
        Ok(page)
    }
}

/// Behind the cursor for a page that goes on, before it for one that goes back.
fn lies_in_window(row: &UserRow, cursor: &Cursor, direction: Direction, onward: bool) -> bool {
    let key = Key::of(row, cursor.order);
    if (direction == Direction::Ascending) == onward { key > cursor.key() } else { key < cursor.key() }
}

/// The filter of the list, asked of one row.
fn lets_through(filter: &UserFilter, row: &UserRow) -> bool {
    let flag = |asked: Option<bool>, is: bool| asked.is_none_or(|asked| asked == is);
    let words = filter.text.as_deref().map(fold_text).unwrap_or_default();
    filter.kind.is_none_or(|kind| kind == row.kind)
        && flag(filter.active, row.active)
        && flag(filter.locked, row.locked)
        && flag(filter.email_verified, row.email_verified)
        && flag(filter.masked, row.masked)
        && filter.deleted != DeletedFilter::Only
        && filter.access_profile.is_none_or(|profile| profile == row.access_profile)
        && !matches!(filter.license, Some(LicenseFilter::Holds(_)))
        && match &filter.roles {
            None => true,
            Some(RoleFilter::AllOf(roles)) => roles.is_empty(),
            Some(RoleFilter::AnyOf(_)) => false,
        }
        && words.split_whitespace().all(|word| row.folded.contains(word))
}
