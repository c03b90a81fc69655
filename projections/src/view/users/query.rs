//! What a list of users can be asked for, and what it answers.

use std::fmt;

use rollbook_schema::RoleId;
use rollbook_schema::value::{AccessProfile, LicenseType, UserKind};

use super::cursor::Cursor;
use super::row::UserRow;
use crate::view::user_set::UserSet;

/// One page of a filtered and ordered list.
#[derive(Clone, Debug)]
pub struct UserQuery {
    /// Who.
    pub filter: UserFilter,
    /// By what.
    pub order: UserOrder,
    /// Which way.
    pub direction: Direction,
    /// Which part.
    pub window: Window,
}

/// Who is listed; what is not named does not matter. Everything named must hold.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Agents or clients.
    pub kind: Option<UserKind>,
    /// Enabled or disabled.
    pub active: Option<bool>,
    /// Locked or not.
    pub locked: Option<bool>,
    /// The seat held.
    pub license: Option<LicenseFilter>,
    /// Roles held.
    pub roles: Option<RoleFilter>,
    /// The access profile attached.
    pub access_profile: Option<AccessProfile>,
    /// Email verified or not (LST-05).
    pub email_verified: Option<bool>,
    /// Masked or not.
    pub masked: Option<bool>,
    /// Deleted users: left out unless asked for.
    pub deleted: DeletedFilter,
    /// Only these, by whatever else they were found; `None`: anybody.
    pub among: Option<UserSet>,
    /// But these; `None`: nobody is left out so.
    pub except: Option<UserSet>,
    /// Words, each of which must be part of the display name, full name, username or email; compared
    /// without case, and found without their diacritics too. White space alone asks for nothing.
    pub text: Option<String>,
    /// Reserved users too (RSV-10): left out unless asked for, whatever the kind.
    pub standard: bool,
}

impl fmt::Debug for UserFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserFilter").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Who has which seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LicenseFilter {
    /// A seat of this type.
    Holds(LicenseType),
    /// No seat.
    None,
}

/// Who has which roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleFilter {
    /// At least one of these; of none, nobody.
    AnyOf(Vec<RoleId>),
    /// Each of these; of none, everybody.
    AllOf(Vec<RoleId>),
}

/// Whether tombstones are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeletedFilter {
    /// Only users that are not deleted.
    #[default]
    Excluded,
    /// Both.
    Included,
    /// Only deleted users.
    Only,
}

/// By what a list is ordered; users that are equal in it follow by id.
///
/// Texts are compared folded (NFC, lower case) by code point; a missing text comes after every text.
/// Who never signed in comes before everybody who did, as if it were longest ago. Descending is the
/// exact reverse, so the latest sign-in comes first and those who never did come last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "the names are those of the columns")]
pub enum UserOrder {
    DisplayName,
    Email,
    Username,
    CreatedAt,
    LastSignIn,
    #[default]
    Id,
}

impl UserOrder {
    /// Every order.
    pub const ALL: [UserOrder; 6] = [
        UserOrder::DisplayName,
        UserOrder::Email,
        UserOrder::Username,
        UserOrder::CreatedAt,
        UserOrder::LastSignIn,
        UserOrder::Id,
    ];

    pub(super) fn is_by_text(self) -> bool {
        matches!(self, UserOrder::DisplayName | UserOrder::Email | UserOrder::Username)
    }
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Least first.
    #[default]
    Ascending,
    /// Greatest first.
    Descending,
}

/// Which part of a list. Rows always come in the direction of the list.
#[derive(Clone, Debug)]
pub enum Window {
    /// The first rows behind the cursor, or of the list.
    After(Option<Cursor>, usize),
    /// The last rows before the cursor, or of the list.
    Before(Option<Cursor>, usize),
}

/// A page, borrowed from the view.
#[derive(Debug)]
pub struct UserPage<'a> {
    /// At most as many as asked for.
    pub rows: Vec<PageRow<'a>>,
    /// How many the filter lets through: exact.
    pub total: u64,
    /// There are rows behind the last one.
    pub has_next: bool,
    /// There are rows before the first one.
    pub has_previous: bool,
}

/// A row and where it stands in the list.
#[derive(Clone, Debug)]
pub struct PageRow<'a> {
    /// The user.
    pub row: &'a UserRow,
    /// To go on from here.
    pub cursor: Cursor,
}
