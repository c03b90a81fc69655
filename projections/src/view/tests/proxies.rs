//! Acting as somebody else: sessions within sessions, grants, and what history keeps of it.

use rollbook_schema::event::{ProxyEnded, ProxyGrantChanged, ProxyStarted, SignedOut, UserDisabled};
use rollbook_schema::id::Digest;
use rollbook_schema::record::Actor;
use rollbook_schema::value::{ProxyGrant, Timestamp};
use rollbook_schema::{SessionId, UserId};

use super::story::Story;
use crate::view::{HistoryQuery, ProxyParent};

const OWN: SessionId = SessionId([1; 16]);
const PROXY: SessionId = SessionId([2; 16]);
const TOKEN: Digest = Digest([7; 32]);

/// Anna, signed in, acts as Bo.
fn acting() -> (Story, UserId, UserId) {
    let mut story = Story::default();
    let (anna, bo) = (story.create(8, "anna", "Anna"), story.create(9, "bo", "Bo"));
    story.sign_in(anna, 1, 100);
    story.actor = Some(Actor::person(anna));
    let expires_at = Timestamp::from_millis(90);
    story.tell(ProxyStarted { user: bo, session: PROXY, parent: OWN, token_digest: TOKEN, expires_at });
    (story, anna, bo)
}

fn is_live(story: &Story) -> bool {
    story.views.sessions.find(&TOKEN, Timestamp::from_millis(50)).is_some()
}

#[test]
fn the_token_finds_both() {
    let (story, anna, bo) = acting();
    let row = story.views.sessions.find(&TOKEN, Timestamp::from_millis(50)).copied().unwrap();
    assert_eq!((row.user, row.proxy), (bo, Some(ProxyParent { user: anna, session: OWN })));
}

#[test]
fn switching_back_ends_the_proxy_session_and_not_the_own() {
    let (mut story, anna, bo) = acting();
    story.tell(ProxyEnded { user: bo, session: PROXY });
    assert!(!is_live(&story));
    assert_eq!(story.views.sessions.of(anna, Timestamp::from_millis(50)).count(), 1);
}

#[test]
fn it_ends_with_the_own_session_and_with_the_users_access() {
    let (mut story, anna, _) = acting();
    story.tell(SignedOut { user: anna, session: OWN });
    assert!(!is_live(&story));
    for disabled in [8, 9] {
        let (mut story, ..) = acting();
        story.tell(UserDisabled { user: UserId(disabled), seat_released: None });
        assert!(!is_live(&story), "{disabled}");
    }
}

#[test]
fn pxy_05_history_finds_the_session_from_its_start() {
    let (mut story, _, bo) = acting();
    story.tell(SignedOut { user: bo, session: SessionId([9; 16]) });
    let query = HistoryQuery { proxy_session: Some(PROXY), ..HistoryQuery::default() };
    let page = story.views.history.page(&query);
    assert_eq!((page.positions.len(), page.total), (1, Some(1)), "only what names the session");
    assert_eq!(story.views.history.proxied_user(PROXY), Some(bo));
    assert_eq!(story.views.history.proxied_user(OWN), None);
}

#[test]
fn a_grant_that_was_set_back_is_the_default() {
    let (mut story, anna, bo) = acting();
    let before = story.views.proxy_grants.digest();
    let (all, selected) = (ProxyGrant::default(), ProxyGrant::selected(vec![bo], Vec::new()));
    story.tell(ProxyGrantChanged { user: anna, from: all.clone(), to: selected.clone() });
    assert_eq!(story.views.proxy_grants.of(anna), selected);
    assert_ne!(story.views.proxy_grants.digest(), before);
    story.tell(ProxyGrantChanged { user: anna, from: selected, to: all });
    assert_eq!((story.views.proxy_grants.changed(anna), story.views.proxy_grants.digest()), (None, before));
}
