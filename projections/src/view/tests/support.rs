//! The provider's support: sessions without a parent, notices, and what history keeps of it.

use rollbook_schema::event::{NoticeDismissed, SupportEnded, SupportStarted, UserDeleted};
use rollbook_schema::id::Digest;
use rollbook_schema::record::Actor;
use rollbook_schema::value::{AccessProfile, Timestamp};
use rollbook_schema::{SessionId, UserId};

use super::story::Story;
use crate::view::{HistoryQuery, ProxyParent, Views};

const SESSION: SessionId = SessionId([2; 16]);
const TOKEN: Digest = Digest([7; 32]);

/// The provider acts as Anna.
fn supported() -> (Story, UserId) {
    let mut story = Story::default();
    let anna = story.create(8, "anna", "Anna");
    story.actor = Some(Actor::PROVIDER);
    let expires_at = Timestamp::from_millis(90);
    story.tell(SupportStarted { user: anna, session: SESSION, token_digest: TOKEN, expires_at });
    (story, anna)
}

fn proxy(story: &Story) -> Option<Option<ProxyParent>> {
    story.views.sessions.find(&TOKEN, Timestamp::from_millis(50)).map(|row| row.proxy)
}

#[test]
fn the_session_is_the_supports_until_it_ends() {
    let (mut story, anna) = supported();
    assert_eq!(proxy(&story), Some(Some(ProxyParent::SUPPORT)));
    story.tell(SupportEnded { user: anna, session: SESSION });
    assert_eq!(proxy(&story), None);
}

#[test]
fn not_05_a_notice_says_when_and_is_dismissed() {
    let (mut story, anna) = supported();
    let notice = story.views.reached();
    let row = |story: &Story| story.views.notices.of(anna).next().map(|(_, row)| *row).unwrap();
    assert_eq!((row(&story).session, row(&story).ended_at), (SESSION, None));
    story.tell(SupportEnded { user: anna, session: SESSION });
    assert!(row(&story).ended_at.is_some() && !row(&story).dismissed);
    story.tell(NoticeDismissed { user: anna, notice });
    assert!(row(&story).dismissed);
    assert_eq!(story.views.notices.of(UserId(9)).count(), 0);
}

#[test]
fn a_directory_without_support_has_no_digest_of_notices() {
    let names = |views: &Views| views.digests().iter().any(|(name, _)| *name == "notices");
    let (mut story, user) = supported();
    assert!(names(&story.views) && !names(&Story::default().views));
    let access_profile_from = AccessProfile::Administrator;
    story.tell(UserDeleted {
        user,
        access_profile_from,
        access_profile_to: AccessProfile::DeletedUser,
        seat_released: None,
        credential: None,
    });
    assert!(!names(&story.views));
}

#[test]
fn pxy_23_history_finds_the_session_from_its_start() {
    let (mut story, anna) = supported();
    story.tell(SupportEnded { user: anna, session: SESSION });
    assert_eq!(story.views.history.proxied_user(SESSION), Some(anna));
    let query = HistoryQuery { proxy_session: Some(SESSION), ..HistoryQuery::default() };
    assert_eq!(story.views.history.page(&query).positions.len(), 1);
}
