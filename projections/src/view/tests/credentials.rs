//! Credentials.

use super::story::Story;

#[test]
fn the_latest_password_counts_until_the_user_is_deleted() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    assert_eq!(story.views.credentials.of(user), None);
    story.set_password(user);
    story.set_password(user);
    let row = story.views.credentials.of(user).unwrap();
    assert_eq!((row.credential.0, row.set_at.0), (2, 3));
    story.delete(user);
    assert_eq!(story.views.credentials.of(user), None);
}
