//! Exact look-ups.

use rollbook_schema::event::RoleAssigned;

use super::story::Story;
use crate::view::{DeletedFilter, RoleFilter, UserFilter};

#[test]
fn a_login_is_found_in_any_case() {
    let mut story = Story::default();
    let user = story.create_with(8, "Anna.S", "Anna@Example.org", "Anna");
    let users = &story.views.users;
    assert_eq!(users.by_username("anna.s"), Some(user));
    assert_eq!(users.by_email("ANNA@example.ORG"), Some(user));
    assert_eq!(users.by_login("anna.s"), Some(user));
    assert_eq!(users.by_login("anna@example.org"), Some(user));
    assert_eq!(users.by_username("anna"), None);
}

#[test]
fn a_deleted_user_is_not_found_by_login_and_stays_as_a_tombstone() {
    let mut story = Story::default();
    let first = story.create(8, "anna", "Anna");
    story.delete(first);
    assert_eq!(story.views.users.by_login("anna"), None);
    assert!(story.views.users.get(first).is_some_and(|row| row.deleted && !row.active));
    let second = story.create(9, "ANNA", "Anna");
    assert_eq!(story.views.users.by_login("anna"), Some(second));
}

#[test]
fn a_deleted_user_has_no_roles() {
    let mut story = Story::default();
    let role = story.define_role(1, "Support");
    let user = story.create(8, "anna", "Anna");
    story.tell(RoleAssigned { user, role });
    story.delete(user);
    assert!(story.views.users.get(user).is_some_and(|row| row.roles().is_empty()));
    let filter = UserFilter {
        roles: Some(RoleFilter::AnyOf(vec![role])),
        deleted: DeletedFilter::Included,
        ..UserFilter::default()
    };
    assert_eq!(story.views.users.count(&filter), 0);
}

#[test]
fn a_masked_user_is_found_by_neither_login_nor_mask() {
    let mut story = Story::default();
    let user = story.create(8, "john.peter", "John");
    story.mask(user);
    for login in ["john.peter", "john.peter@example.org", "unknown user (jo pe)", "jo***@***"] {
        assert_eq!(story.views.users.by_login(login), None);
    }
}

#[test]
fn a_freed_username_belongs_to_the_next_holder() {
    let mut story = Story::default();
    let first = story.create(8, "anna", "Anna");
    story.rename(first, Some("anna.old"), None);
    assert_eq!(story.views.users.by_username("anna"), None);
    let second = story.create(9, "anna", "Anna");
    assert_eq!(story.views.users.by_username("anna"), Some(second));
    assert_eq!(story.views.users.by_username("anna.old"), Some(first));
}

#[test]
fn reserved_users_are_no_rows() {
    let mut story = Story::default();
    let user = story.create(3, "system.impostor", "System");
    assert!(story.views.users.get(user).is_none());
}
