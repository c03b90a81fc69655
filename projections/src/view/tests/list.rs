//! Lists: a page is what filtering and sorting all rows would give.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use rollbook_schema::event::{AccountLocked, LockCause};
use rollbook_schema::value::{AccessProfile, LicenseType, PersonField, UserKind};
use rollbook_schema::{RoleId, UserId};

use super::story::{Story, for_stories};
use crate::view::fold_text::{fold_text, stripped};
use crate::view::{
    Cursor, CursorError, DeletedFilter, Direction, LicenseFilter, RoleFilter, UserFilter, UserList,
    UserOrder, UserQuery, UserRow, UserSet, Window,
};

const WORDS: [&str; 14] = [
    "a",
    "an",
    "ann",
    "anna",
    "jose",
    "José",
    "smith",
    "example",
    "@",
    "@ex",
    "o.1@",
    "anna example.org",
    "ó b",
    "unknown",
];

#[test]
fn a_page_equals_filtering_and_sorting_all_rows() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let users = &story.views.users;
        let filter = random_filter(u)?;
        for order in UserOrder::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                let expected = naive(users, &filter, order, direction);
                let size = u.int_in_range(1..=5)?;
                assert_eq!(walk_on(users, &filter, order, direction, size), expected);
                let back = walk_back(users, &filter, order, direction, size);
                assert_eq!(back, expected);
                assert_eq!(users.count(&filter), expected.len() as u64);
            }
        }
        Ok(())
    });
}

#[test]
fn a_cursor_outlives_the_change_of_its_row() {
    let mut story = Story::default();
    for (n, name) in ["a", "b", "c", "d"].iter().enumerate() {
        story.create(8 + n as u64, &format!("user{n}"), name);
    }
    let cursor = Cursor::of(story.views.users.get(UserId(9)).unwrap(), UserOrder::DisplayName);
    let cursor = Cursor::from_bytes(&cursor.to_bytes()).unwrap();
    story.rename(UserId(9), None, Some("z"));
    let query = query(UserFilter::default(), UserOrder::DisplayName, Window::After(Some(cursor), 10));
    let page = story.views.users.page(&query).unwrap();
    assert_eq!(ids(page.rows.iter().map(|row| row.row)), [10, 11, 9]);
    assert!(page.has_previous);
}

#[test]
fn a_cursor_of_another_order_is_refused() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    let cursor = Cursor::of(story.views.users.get(user).unwrap(), UserOrder::Email);
    let query = query(UserFilter::default(), UserOrder::Id, Window::After(Some(cursor), 10));
    let error = story.views.users.page(&query).unwrap_err();
    assert_eq!(error, CursorError::OtherOrder { made: UserOrder::Email, asked: UserOrder::Id });
}

#[test]
fn any_bytes_are_a_cursor_or_malformed() {
    arbtest(|u| {
        let bytes: Vec<u8> = u.arbitrary()?;
        if let Ok(cursor) = Cursor::from_bytes(&bytes) {
            let order = cursor.order();
            let window = Window::Before(Some(cursor), 3);
            let mut story = Story::default();
            story.create(8, "anna", "Anna");
            story.views.users.page(&query(UserFilter::default(), order, window)).unwrap();
        }
        Ok(())
    });
}

#[test]
fn who_never_signed_in_comes_last_behind_the_latest_sign_in() {
    let mut story = Story::default();
    for id in 8..11 {
        story.create(id, &format!("user{id}"), "Same Name");
    }
    story.now = 5;
    story.sign_in(UserId(9), 1, 99);
    story.now = 9;
    story.sign_in(UserId(10), 2, 99);
    let list =
        naive(&story.views.users, &UserFilter::default(), UserOrder::LastSignIn, Direction::Descending);
    assert_eq!(list, [10, 9, 8]);
    let walked =
        walk_on(&story.views.users, &UserFilter::default(), UserOrder::LastSignIn, Direction::Descending, 2);
    assert_eq!(walked, list);
}

#[test]
fn few_among_many_are_paged_like_all() {
    let mut story = Story::default();
    for n in 0..400 {
        story.create(8 + n, &format!("user{n}"), &format!("Name {}", n % 7));
    }
    for user in [9, 200, 407] {
        story.tell(AccountLocked { user: UserId(user), cause: LockCause::Request });
    }
    let filter = UserFilter { locked: Some(true), ..UserFilter::default() };
    for order in UserOrder::ALL {
        for direction in [Direction::Ascending, Direction::Descending] {
            let expected = naive(&story.views.users, &filter, order, direction);
            assert_eq!(walk_on(&story.views.users, &filter, order, direction, 1), expected);
            assert_eq!(walk_back(&story.views.users, &filter, order, direction, 1), expected);
        }
    }
}

#[test]
fn orders_stay_sorted_over_many_blocks() {
    let mut story = Story::default();
    for n in 0..3000_u64 {
        story.create(8 + n, &format!("user{}", n * 7919 % 3001), &format!("Name {}", n * 31 % 97));
    }
    for n in (0..3000).filter(|n| n % 3 != 0) {
        story.rename(UserId(8 + n), None, Some(&format!("Renamed {}", n % 10)));
    }
    let filter = UserFilter::default();
    for order in [UserOrder::DisplayName, UserOrder::Username] {
        let expected = naive(&story.views.users, &filter, order, Direction::Descending);
        assert_eq!(walk_on(&story.views.users, &filter, order, Direction::Descending, 400), expected);
    }
}

fn query(filter: UserFilter, order: UserOrder, window: Window) -> UserQuery {
    UserQuery { filter, order, direction: Direction::Ascending, window }
}

fn ids<'a>(rows: impl Iterator<Item = &'a UserRow>) -> Vec<u64> {
    rows.map(|row| row.id.0).collect()
}

fn walk_on(
    users: &UserList,
    filter: &UserFilter,
    order: UserOrder,
    direction: Direction,
    size: usize,
) -> Vec<u64> {
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let had_cursor = cursor.is_some();
        let window = Window::After(cursor, size);
        let page = users.page(&UserQuery { filter: filter.clone(), order, direction, window }).unwrap();
        assert_eq!(page.has_previous, had_cursor, "rows stand before every page but the first");
        assert_eq!(page.total, users.count(filter));
        found.extend(ids(page.rows.iter().map(|row| row.row)));
        cursor = page.rows.last().map(|row| row.cursor.clone());
        if !page.has_next {
            return found;
        }
    }
}

fn walk_back(
    users: &UserList,
    filter: &UserFilter,
    order: UserOrder,
    direction: Direction,
    size: usize,
) -> Vec<u64> {
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let had_cursor = cursor.is_some();
        let window = Window::Before(cursor, size);
        let page = users.page(&UserQuery { filter: filter.clone(), order, direction, window }).unwrap();
        assert_eq!(page.has_next, had_cursor, "rows stand behind every page but the last");
        let before = ids(page.rows.iter().map(|row| row.row));
        found = [before, found].concat();
        cursor = page.rows.first().map(|row| row.cursor.clone());
        if !page.has_previous {
            return found;
        }
    }
}

fn naive(users: &UserList, filter: &UserFilter, order: UserOrder, direction: Direction) -> Vec<u64> {
    let mut rows: Vec<&UserRow> = users.iter().filter(|row| passes(row, filter)).collect();
    let text = |text: Option<&str>| (text.is_none(), text.map(fold_text));
    match order {
        UserOrder::DisplayName => rows.sort_by_key(|row| text(row.person(PersonField::DisplayName))),
        UserOrder::Email => rows.sort_by_key(|row| text(row.email())),
        UserOrder::Username => rows.sort_by_key(|row| text(row.username())),
        UserOrder::CreatedAt => rows.sort_by_key(|row| row.created_at),
        UserOrder::LastSignIn => rows.sort_by_key(|row| row.last_sign_in),
        UserOrder::Id => {}
    }
    if direction == Direction::Descending {
        rows.reverse();
    }
    ids(rows.into_iter())
}

fn passes(row: &UserRow, filter: &UserFilter) -> bool {
    let is = |asked: Option<bool>, found: bool| asked.is_none_or(|asked| asked == found);
    let license = match filter.license {
        None => true,
        Some(LicenseFilter::None) => row.license.is_none(),
        Some(LicenseFilter::Holds(license)) => row.license == Some(license),
    };
    let roles = match &filter.roles {
        None => true,
        Some(RoleFilter::AnyOf(roles)) => roles.iter().any(|role| row.roles().contains(role)),
        Some(RoleFilter::AllOf(roles)) => roles.iter().all(|role| row.roles().contains(role)),
    };
    let deleted = match filter.deleted {
        DeletedFilter::Excluded => !row.deleted,
        DeletedFilter::Included => true,
        DeletedFilter::Only => row.deleted,
    };
    let text = filter.text.as_deref().unwrap_or_default();
    filter.kind.is_none_or(|kind| kind == row.kind)
        && filter.access_profile.is_none_or(|profile| profile == row.access_profile)
        && is(filter.active, row.active)
        && is(filter.locked, row.locked)
        && is(filter.email_verified, row.email_verified)
        && is(filter.masked, row.masked)
        && license
        && roles
        && filter.among.as_ref().is_none_or(|among| among.contains(row.id))
        && filter.except.as_ref().is_none_or(|except| !except.contains(row.id))
        && deleted
        && fold_text(text).split_whitespace().all(|word| holds(row, word))
}

/// What search promises, done the long way.
pub(super) fn holds(row: &UserRow, word: &str) -> bool {
    let person = [PersonField::DisplayName, PersonField::FullName].map(|field| row.person(field));
    person.into_iter().chain([row.username(), row.email()]).flatten().any(|text| {
        let folded = fold_text(text);
        folded.contains(word) || stripped(&folded).is_some_and(|bare| bare.contains(word))
    })
}

fn random_filter(u: &mut Unstructured<'_>) -> Result<UserFilter> {
    fn maybe<T>(u: &mut Unstructured<'_>, value: T) -> Result<Option<T>> {
        Ok(u.ratio(1, 4)?.then_some(value))
    }
    let license = match u.int_in_range(0..=1)? {
        0 => LicenseFilter::None,
        _ => LicenseFilter::Holds(*u.choose(&LicenseType::ALL)?),
    };
    let roles = vec![RoleId(u.int_in_range(1..=3)?), RoleId(u.int_in_range(1..=4)?)];
    let roles = if u.arbitrary()? { RoleFilter::AnyOf(roles) } else { RoleFilter::AllOf(roles) };
    let deleted = [DeletedFilter::Excluded, DeletedFilter::Included, DeletedFilter::Only];
    let kind = *u.choose(&[UserKind::Agent, UserKind::Client])?;
    let flags: [bool; 4] = u.arbitrary()?;
    let word = u.choose(&WORDS)?.to_string();
    let among = u
        .arbitrary_iter::<u8>()?
        .map(|id| Ok(UserId(8 + u64::from(id? % 40))))
        .collect::<Result<UserSet>>()?;
    Ok(UserFilter {
        kind: maybe(u, kind)?,
        active: maybe(u, flags[0])?,
        locked: maybe(u, flags[1])?,
        license: maybe(u, license)?,
        roles: maybe(u, roles)?,
        access_profile: maybe(u, AccessProfile::Standard)?,
        email_verified: maybe(u, flags[2])?,
        masked: maybe(u, flags[3])?,
        deleted: *u.choose(&deleted)?,
        among: maybe(u, among.clone())?,
        except: maybe(u, among)?,
        text: maybe(u, word)?,
        standard: false,
    })
}
