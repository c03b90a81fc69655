//! Reserved users beside the list.

use rollbook_schema::UserId;
use rollbook_schema::value::UserKind;

use super::story::{Story, for_stories};
use crate::view::{Direction, UserFilter, UserList, UserOrder, UserQuery, Window};

fn ids(users: &UserList, filter: UserFilter, order: UserOrder, window: Window) -> Vec<u64> {
    let query = UserQuery { filter, order, direction: Direction::Ascending, window };
    users.page(&query).unwrap().rows.iter().map(|row| row.row.id.0).collect()
}

fn with_standard() -> UserFilter {
    UserFilter { standard: true, ..UserFilter::default() }
}

#[test]
fn rsv_01_they_exist_before_any_event_and_6_does_not() {
    let users = UserList::default();
    assert_eq!(ids(&users, with_standard(), UserOrder::Id, Window::After(None, 10)), [1, 2, 3, 4, 5, 7]);
    assert!(users.get_any(UserId(7)).is_some_and(|row| row.kind == UserKind::Standard));
    assert!(users.get_any(UserId(6)).is_none());
}

#[test]
fn rsv_10_they_are_listed_and_counted_only_if_asked_for() {
    let mut story = Story::default();
    story.create(8, "anna", "Anna");
    let users = &story.views.users;
    assert_eq!(ids(users, UserFilter::default(), UserOrder::Id, Window::After(None, 10)), [8]);
    assert_eq!(users.count(&UserFilter::default()), 1);
    assert_eq!(users.count(&with_standard()), 7);
    let kind = UserFilter { kind: Some(UserKind::Standard), ..UserFilter::default() };
    assert_eq!(users.count(&kind), 0);
    assert_eq!(users.count(&UserFilter { standard: true, ..kind }), 6);
    assert_eq!(users.get(UserId(3)).map(|row| row.id), None);
    assert_eq!((users.by_login("system"), users.by_username("SYSTEM")), (None, None));
    assert_eq!(users.any_by_username("SYSTEM"), Some(UserId(3)));
    assert_eq!(users.any_by_username("ANNA"), Some(UserId(8)));
}

#[test]
fn rsv_10_a_search_finds_them_by_words_too() {
    let users = UserList::default();
    let filter = |text: &str| UserFilter { text: Some(text.to_owned()), ..with_standard() };
    assert_eq!(ids(&users, filter("PORTAL self"), UserOrder::Id, Window::After(None, 10)), [1]);
    assert_eq!(users.count(&filter("nobody")), 0);
}

#[test]
fn rsv_10_pages_with_them_meet_without_gap_both_ways() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let users = &story.views.users;
        for order in UserOrder::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                let query = |window| UserQuery { filter: with_standard(), order, direction, window };
                let whole = users.page(&query(Window::After(None, usize::MAX))).unwrap();
                assert_eq!(whole.total, whole.rows.len() as u64);
                let whole: Vec<UserId> = whole.rows.iter().map(|row| row.row.id).collect();
                let size = u.int_in_range(1..=4)?;
                let (mut on, mut window) = (Vec::new(), Window::After(None, size));
                let last = loop {
                    let page = users.page(&query(window)).unwrap();
                    assert_eq!(page.has_previous, !on.is_empty());
                    on.extend(page.rows.iter().map(|row| row.row.id));
                    let cursor = page.rows.last().map(|row| row.cursor.clone());
                    if !page.has_next {
                        break cursor;
                    }
                    window = Window::After(cursor, size);
                };
                assert_eq!(on, whole);
                let before = users.page(&query(Window::Before(last, usize::MAX))).unwrap();
                let before: Vec<UserId> = before.rows.iter().map(|row| row.row.id).collect();
                assert_eq!(before, whole[..whole.len() - 1]);
            }
        }
        Ok(())
    });
}
