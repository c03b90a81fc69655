//! License counts.

use rollbook_schema::UserId;
use rollbook_schema::event::{
    LicenseCause, LicenseGranted, LicensePoolSized, LicenseRevoked, UserDisabled, UserEnabled,
};
use rollbook_schema::value::LicenseType::{self, ReadOnly, ReadWrite};

use super::story::Story;

fn granted(user: u64, license: LicenseType) -> LicenseGranted {
    LicenseGranted { user: UserId(user), license, replaces: None, cause: LicenseCause::Request }
}

/// Owned, used, available and over of both types.
fn counts(story: &Story) -> [(u32, u64, u64, bool); 2] {
    story.views.licenses.all().map(|count| (count.owned, count.used, count.available, count.over))
}

#[test]
fn a_seat_is_used_while_its_holder_is_active() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    story.tell(LicensePoolSized { license: ReadWrite, from: 0, to: 2 });
    story.tell(granted(8, ReadWrite));
    assert_eq!(counts(&story), [(2, 1, 1, false), (0, 0, 0, false)]);
    story.tell(UserDisabled { user, seat_released: Some(ReadWrite) });
    assert_eq!(counts(&story)[0], (2, 0, 2, false));
    story.tell(UserEnabled { user, seat_taken: Some(ReadWrite) });
    assert_eq!(counts(&story)[0], (2, 1, 1, false));
    story.delete(user);
    assert_eq!(counts(&story)[0], (2, 0, 2, false));
    assert_eq!(story.views.licenses.agents(), 0);
}

#[test]
fn a_license_granted_to_a_disabled_agent_takes_no_seat_until_enabled() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    story.tell(UserDisabled { user, seat_released: None });
    story.tell(granted(8, ReadWrite));
    assert_eq!(counts(&story)[0].1, 0);
    assert_eq!(story.views.users.get(user).unwrap().license, None);
    story.tell(UserEnabled { user, seat_taken: Some(ReadWrite) });
    assert_eq!(counts(&story)[0].1, 1);
    assert_eq!(story.views.users.get(user).unwrap().license, Some(ReadWrite));
}

#[test]
fn another_type_replaces_the_first() {
    let mut story = Story::default();
    story.create(8, "anna", "Anna");
    story.tell(granted(8, ReadOnly));
    story.tell(granted(8, ReadWrite));
    assert_eq!(counts(&story), [(0, 1, 0, true), (0, 0, 0, false)]);
    let cause = LicenseCause::Role;
    story.tell(LicenseRevoked { user: UserId(8), license: ReadWrite, cause });
    assert_eq!(counts(&story), [(0, 0, 0, false), (0, 0, 0, false)]);
}

#[test]
fn lic_14_a_pool_below_its_use_is_over_and_has_none_available() {
    let mut story = Story::default();
    story.create(8, "anna", "Anna");
    story.create(10, "bo", "Bo");
    story.tell(LicensePoolSized { license: ReadOnly, from: 0, to: 2 });
    story.tell(granted(8, ReadOnly));
    story.tell(granted(10, ReadOnly));
    story.tell(LicensePoolSized { license: ReadOnly, from: 2, to: 1 });
    assert_eq!(counts(&story)[1], (1, 2, 0, true));
}

#[test]
fn lic_09_clients_are_no_agents() {
    let mut story = Story::default();
    story.create(9, "client", "Client");
    story.create(10, "agent", "Agent");
    assert_eq!(story.views.licenses.agents(), 1);
}
