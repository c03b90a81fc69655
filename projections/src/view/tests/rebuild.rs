//! Rebuilt from zero equals live, also after erasure.

use rollbook_schema::value::PersonField;

use super::story::{Story, for_stories};
use crate::snapshot::tests::Parts;
use crate::view::Views;

fn rebuilt(events: &[rollbook_schema::RecordedEvent]) -> Views {
    let mut views = Views::default();
    events.iter().for_each(|recorded| views.fold(recorded));
    views
}

#[test]
fn a_rebuild_without_erased_logins_ends_as_the_live_views_that_saw_them() {
    for_stories(|u| {
        let story = Story::random(u)?;
        assert_eq!(rebuilt(&story.erased_events()).digests(), story.views.digests());
        Ok(())
    });
}

#[test]
fn views_restored_from_a_snapshot_fold_on_as_those_that_never_stopped() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let cut = u.int_in_range(0..=story.events.len())?;
        let mut parts = Parts::default();
        let before = rebuilt(&story.events[..cut]);
        before.store(&mut parts).unwrap();
        let mut restored = Views::restore(&mut parts).unwrap();
        assert_eq!(restored.digests(), before.digests());
        restored.fold_all(&story.events[cut..]);
        assert_eq!(restored.digests(), story.views.digests());
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
fn msk_11_a_login_told_after_the_mask_changes_nothing() {
    let mut story = Story::default();
    let user = story.create(8, "john.peter", "John Peter");
    story.mask(user);
    story.rename(user, Some("john.again"), None);
    assert_eq!(story.views.users.get(user).unwrap().username(), Some("Unknown User (jo pe)"));
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

#[test]
fn folding_many_at_once_ends_as_folding_one_by_one() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let mut views = Views::default();
        let cut = u.int_in_range(0..=story.events.len())?;
        views.fold_all(&story.events[..cut]);
        views.fold_all(&story.events[cut..]);
        assert_eq!(views.digests(), story.views.digests());
        assert_eq!(views.reached(), story.views.reached());
        Ok(())
    });
}

#[test]
fn the_list_and_the_others_folded_apart_make_the_same_views() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let cut = u.int_in_range(0..=story.events.len())?;
        let (mut users, mut others) = rebuilt(&story.events[..cut]).apart();
        users.fold_all(&story.events[cut..]);
        others.fold_all(&story.events[cut..]);
        let views = others.with(users);
        assert_eq!(views.digests(), story.views.digests());
        assert_eq!(views.reached(), story.views.reached());
        Ok(())
    });
}

#[test]
fn catching_up_places_rows_among_many() {
    let mut story = Story::default();
    for n in 0..2000_u64 {
        story.create(8 + n, &format!("user{}", n * 7919 % 3001), &format!("Name {}", n * 31 % 97));
    }
    for n in 0..500 {
        story.rename(rollbook_schema::UserId(8 + n * 3), None, Some(&format!("Renamed {}", n % 10)));
        story.sign_in(rollbook_schema::UserId(8 + n * 2), n as u8, 1000);
    }
    let mut views = Views::default();
    story.events.chunks(700).for_each(|events| views.fold_all(events));
    assert_eq!(views.digests(), story.views.digests());
}

#[test]
fn a_clone_stays_as_it_was_while_the_original_goes_on() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let cut = u.int_in_range(0..=story.events.len())?;
        let mut views = rebuilt(&story.events[..cut]);
        let (clone, before) = (views.clone(), views.digests());
        story.events[cut..].iter().for_each(|recorded| views.fold(recorded));
        assert_eq!(clone.digests(), before);
        assert_eq!(views.digests(), story.views.digests());
        Ok(())
    });
}
