//! With which rights sessions run, and how the last one ended.

use rollbook_schema::event::{
    EndCause, PasswordChangeCancelled, PasswordChangeForced, RoleAssigned, RoleUnassigned, SessionEnded,
    SessionsEnded, SettingChange, SettingsChanged, SignedOut, UserDisabled,
};
use rollbook_schema::value::{Setting, SettingValue, Timestamp};
use rollbook_schema::{RoleId, SessionId, UserId};

use super::story::Story;
use crate::view::EndReason;

fn anna() -> (Story, UserId) {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    (story, user)
}

fn session(number: u8) -> SessionId {
    SessionId([number; 16])
}

fn last_end(story: &Story, user: UserId) -> Option<(i64, EndReason)> {
    story.views.sessions.last_end(user).map(|end| (end.at.millis(), end.reason))
}

fn live(story: &Story, user: UserId) -> usize {
    story.views.sessions.of(user, Timestamp::from_millis(story.now)).count()
}

#[test]
fn ses_03_a_session_keeps_the_roles_it_was_opened_with() {
    let (mut story, user) = anna();
    let (one, two) = (story.define_role(1, "One"), story.define_role(2, "Two"));
    story.tell(RoleAssigned { user, role: two });
    story.sign_in(user, 1, 100);
    story.tell(RoleAssigned { user, role: one });
    let signed_in_again = story.tell(RoleUnassigned { user, role: two }).next();
    story.sign_in(user, 2, 100);
    let roles = |number| story.views.sessions.opening(user, session(number)).unwrap().roles.to_vec();
    assert_eq!((roles(1), roles(2)), (vec![two], vec![one]));
    assert_eq!(story.views.sessions.opening(user, session(2)).unwrap().at, signed_in_again);
}

#[test]
fn rol_12_a_change_waits_while_a_session_runs_with_other_roles() {
    let (mut story, user) = anna();
    let role = RoleId(1);
    let is_pending = |story: &Story| story.views.sessions.is_pending(user);
    story.tell(RoleAssigned { user, role });
    assert!(!is_pending(&story), "nobody waits without a session");
    story.sign_in(user, 1, 100);
    story.tell(RoleUnassigned { user, role });
    assert!(is_pending(&story));
    story.tell(SessionsEnded { user, kept_session: None, cause: EndCause::Revoked });
    assert!(!is_pending(&story));
}

#[test]
fn aut_05_a_session_is_restricted_that_starts_while_a_change_is_demanded() {
    let (mut story, user) = anna();
    story.sign_in(user, 1, 100);
    story.tell(PasswordChangeForced { user });
    story.sign_in(user, 2, 100);
    let restricted = |story: &Story| [1, 2].map(|n| story.views.sessions.is_restricted(user, session(n)));
    assert_eq!(restricted(&story), [false, true]);
    story.tell(PasswordChangeCancelled { user });
    assert_eq!(restricted(&story), [false, false]);
}

#[test]
fn ses_01_the_last_end_has_a_date_and_a_reason() {
    let (mut story, user) = anna();
    assert_eq!(last_end(&story, user), None);
    (1..=4).for_each(|number| _ = story.sign_in(user, number, 100));
    story.now = 10;
    story.tell(SignedOut { user, session: session(1) });
    assert_eq!(last_end(&story, user), Some((10, EndReason::SignedOut)));
    story.now = 20;
    story.tell(SessionEnded { user, session: session(2), cause: EndCause::Revoked });
    assert_eq!(last_end(&story, user), Some((20, EndReason::Revoked)));
    story.now = 30;
    story.set_password(user);
    assert_eq!(last_end(&story, user), Some((30, EndReason::PasswordChanged)));
    story.now = 40;
    story.tell(UserDisabled { user, seat_released: None });
    assert_eq!(last_end(&story, user), Some((30, EndReason::PasswordChanged)), "there was none to end");
}

#[test]
fn ses_01_a_session_that_ran_out_ended_when_it_ran_out() {
    let (mut story, user) = anna();
    story.sign_in(user, 1, 100);
    story.now = 500;
    story.tell(UserDisabled { user, seat_released: None });
    assert_eq!(last_end(&story, user), Some((100, EndReason::Expired)));
}

#[test]
fn ses_02_by_setting_sessions_outlive_a_password() {
    let (mut story, user) = anna();
    let choose = |from, to| SettingsChanged {
        changes: vec![SettingChange {
            setting: Setting::EndSessionsOnPasswordChange,
            from: SettingValue::Flag(from),
            to: SettingValue::Flag(to),
        }],
    };
    story.sign_in(user, 1, 100);
    story.tell(choose(true, false));
    story.set_password(user);
    story.reset_password(user);
    assert_eq!(live(&story, user), 1);
    story.tell(choose(false, true));
    story.set_password(user);
    assert_eq!(live(&story, user), 0);
}
