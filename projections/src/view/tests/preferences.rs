//! What each user prefers.

use rollbook_schema::event::{Change, DestroyedKey, MaskMode, PiiMasked, PreferencesChanged};
use rollbook_schema::value::{DateOrder, Preference, Preferences};
use rollbook_schema::{Group, KeyOwner, Personal, UserId};

use super::story::Story;

fn ymd(user: UserId) -> PreferencesChanged {
    let (from, to) = (Preference::DateOrder(DateOrder::Dmy), Preference::DateOrder(DateOrder::Ymd));
    let accessible =
        Change { from: Preference::AccessibilityMode(false), to: Preference::AccessibilityMode(true) };
    PreferencesChanged {
        user,
        changes: vec![Change { from, to }],
        personal: Personal::Known(vec![accessible]),
    }
}

#[test]
fn prf_01_who_chose_nothing_has_the_default() {
    let mut story = Story::default();
    let (anna, bo) = (story.create(8, "anna", "Anna"), story.create(9, "bo", "Bo"));
    story.tell(ymd(anna));
    assert_eq!(story.views.preferences.of(anna).date_order, DateOrder::Ymd);
    assert_eq!(story.views.preferences.of(bo), &Preferences::DEFAULT);
}

#[test]
fn back_at_the_default_and_deleted_leave_nothing_behind() {
    let mut story = Story::default();
    let anna = story.create(8, "anna", "Anna");
    let nothing = story.views.preferences.digest();
    story.tell(ymd(anna));
    assert_ne!(story.views.preferences.digest(), nothing);
    story.delete(anna);
    assert_eq!(story.views.preferences.digest(), nothing);
}

#[test]
fn pro_07_what_tells_about_the_person_goes_with_the_key_of_the_person() {
    let mut story = Story::default();
    let anna = story.create(8, "anna", "Anna");
    story.tell(ymd(anna));
    assert!(story.views.preferences.of(anna).accessibility_mode);
    story.tell(PiiMasked {
        user: anna,
        mode: MaskMode::History,
        username_format: Default::default(),
        email_format: Default::default(),
        destroyed: vec![DestroyedKey {
            owner: KeyOwner::Subject(anna),
            group: Group::Person,
            fingerprint: [0; 16],
        }],
        masked: Personal::Absent,
    });
    let kept = story.views.preferences.of(anna);
    assert!(!kept.accessibility_mode);
    assert_eq!(kept.date_order, DateOrder::Ymd);
}
