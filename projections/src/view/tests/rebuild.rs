//! Rebuilt from zero equals live, also after erasure.

use arbtest::arbtest;
use rollbook_schema::value::PersonField;

use super::story::Story;
use crate::view::Views;

fn rebuilt(events: &[rollbook_schema::RecordedEvent]) -> Views {
    let mut views = Views::default();
    events.iter().for_each(|recorded| views.fold(recorded));
    views
}

#[test]
fn a_rebuild_without_erased_logins_ends_as_the_live_views_that_saw_them() {
    arbtest(|u| {
        let story = Story::random(u)?;
        assert_eq!(rebuilt(&story.erased_events()).digests(), story.views.digests());
        Ok(())
    });
}

#[test]
fn every_event_that_matters_changes_a_digest() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    let before = story.views.users.digest();
    story.rename(user, None, Some("Anna B"));
    assert_ne!(story.views.users.digest(), before);
}

#[test]
fn a_masked_user_keeps_the_name_and_loses_the_login() {
    let mut story = Story::default();
    let user = story.create(8, "john.peter", "John Peter");
    story.mask(user);
    let row = story.views.users.get(user).unwrap();
    assert!(row.masked);
    assert_eq!(row.username(), Some("Unknown User (jo pe)"));
    assert_eq!(row.email(), Some("jo***@***"));
    assert_eq!(row.person(PersonField::DisplayName), Some("John Peter"));
}
