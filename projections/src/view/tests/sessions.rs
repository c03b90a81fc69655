//! Sessions: what ends them.

use rollbook_schema::event::{AccountLocked, LockCause, PasswordSet, SignedOut, UserDisabled};
use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{CredentialNumber, Personal, SessionId, UserId};

use super::story::Story;

/// Anna with two sessions that end at 100.
fn signed_in() -> (Story, UserId, [Digest; 2]) {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    let tokens = [1, 2].map(|session| story.sign_in(user, session, 100));
    (story, user, tokens)
}

fn live(story: &Story, user: UserId) -> Vec<u8> {
    story.views.sessions.of(user, Timestamp::from_millis(50)).map(|row| row.session.0[0]).collect()
}

#[test]
fn a_token_finds_its_session_until_it_ends_by_itself() {
    let (story, user, [token, _]) = signed_in();
    let find = |now| story.views.sessions.find(&token, Timestamp::from_millis(now)).map(|row| row.user);
    assert_eq!(find(99), Some(user));
    assert_eq!(find(100), None);
    assert!(story.views.sessions.find(&Digest([9; 32]), Timestamp::default()).is_none());
}

#[test]
fn signing_out_ends_one_session() {
    let (mut story, user, _) = signed_in();
    story.tell(SignedOut { user, session: SessionId([1; 16]) });
    assert_eq!(live(&story, user), [2]);
}

#[test]
fn disabling_deleting_and_locking_on_request_end_all() {
    let ends: [fn(&mut Story, UserId); 3] = [
        |story, user| _ = story.tell(UserDisabled { user, seat_released: None }),
        |story, user| story.delete(user),
        |story, user| _ = story.tell(AccountLocked { user, cause: LockCause::Request }),
    ];
    for end in ends {
        let (mut story, user, _) = signed_in();
        end(&mut story, user);
        assert!(live(&story, user).is_empty());
        assert!(story.views.sessions.is_empty());
    }
}

#[test]
fn failed_sign_ins_of_others_end_no_session() {
    let (mut story, user, _) = signed_in();
    story.tell(AccountLocked { user, cause: LockCause::FailedSignIns });
    assert_eq!(live(&story, user), [1, 2]);
}

#[test]
fn ses_02_a_new_password_ends_all_sessions_but_the_one_that_set_it() {
    let (mut story, user, _) = signed_in();
    story.tell(PasswordSet {
        user,
        credential: CredentialNumber(2),
        replaces: Some(CredentialNumber(1)),
        kept_session: Some(SessionId([2; 16])),
        verifier: Personal::Erased,
    });
    assert_eq!(live(&story, user), [2]);
}

#[test]
fn an_expired_session_is_purged_by_the_next_later_event() {
    let (mut story, user, _) = signed_in();
    story.now = 100;
    story.create(9, "bo", "Bo");
    assert!(story.views.sessions.is_empty());
    assert!(live(&story, user).is_empty());
}
