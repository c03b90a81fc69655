//! The role catalogue.

use rollbook_schema::event::{RoleAssigned, RoleDeleted, RoleUnassigned};

use super::story::Story;

#[test]
fn holders_are_counted_without_the_deleted() {
    let mut story = Story::default();
    let role = story.define_role(1, "Support");
    let (anna, bo) = (story.create(8, "anna", "Anna"), story.create(9, "bo", "Bo"));
    let holders = |story: &Story| story.views.roles.get(role).map(|row| row.holders());
    for user in [anna, bo, bo] {
        story.tell(RoleAssigned { user, role });
    }
    assert_eq!(holders(&story), Some(2));
    story.delete(anna);
    assert_eq!(holders(&story), Some(1));
    story.tell(RoleUnassigned { user: bo, role });
    assert_eq!(holders(&story), Some(0));
}

#[test]
fn a_role_is_found_by_its_name_in_any_case_until_it_is_deleted() {
    let mut story = Story::default();
    let role = story.define_role(1, "Équipe");
    assert_eq!(story.views.roles.by_name("ÉQUIPE").map(|row| row.id), Some(role));
    story.tell(RoleDeleted { role });
    assert!(story.views.roles.by_name("équipe").is_none());
    assert!(story.views.roles.get(role).is_some_and(|row| row.deleted && row.name.is_some()));
}

#[test]
fn rol_17_roles_are_listed_in_the_order_of_creation() {
    let mut story = Story::default();
    for (id, name) in [(1, "z"), (2, "a"), (3, "m")] {
        story.define_role(id, name);
    }
    assert_eq!(story.views.roles.iter().map(|row| row.id.0).collect::<Vec<_>>(), [1, 2, 3]);
}
