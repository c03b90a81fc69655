//! Notices in the product.

use async_graphql::{Enum, ID, SimpleObject};
use rollbook_projections::view::Views;
use rollbook_schema::UserId;
use rollbook_schema::value::Timestamp;

use crate::graphql::id;
use crate::graphql::scalar::DateTime;

/// What a notice tells.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum NoticeKind {
    /// The provider's support acts as you, or did.
    SupportLogin,
}

/// Something that a person is to see. It stays until it is dismissed; what it tells of stays in history.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Notice {
    /// For `dismissNotice`; it is the id of the event that it tells of.
    pub id: ID,
    pub kind: NoticeKind,
    /// For people.
    pub text: &'static str,
    /// What was done in it: `history(filter: {proxySession: …})`, with the reason.
    pub session: ID,
    pub started_at: DateTime,
    /// When it ends by itself.
    pub expires_at: DateTime,
    /// When the support switched back; null if it did not.
    pub ended_at: Option<DateTime>,
    /// It goes on now.
    pub running: bool,
    pub dismissed: bool,
}

/// Which notices are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum NoticesWanted {
    Open,
    All,
}

/// Notices to a user, newest first.
pub(in crate::graphql) fn notices(
    views: &Views,
    user: UserId,
    wanted: NoticesWanted,
    now: Timestamp,
) -> Vec<Notice> {
    let is_running = |session| views.sessions.of(user, now).any(|row| row.session == session);
    let of_user = views.notices.of(user).rev();
    let of_user = of_user.filter(|(_, row)| wanted == NoticesWanted::All || !row.dismissed);
    let shown = of_user.map(|(position, row)| {
        let running = is_running(row.session);
        Notice {
            id: id::of_event(position),
            kind: NoticeKind::SupportLogin,
            text: if running {
                "The support of your provider acts as you."
            } else {
                "The support of your provider acted as you."
            },
            session: id::of_proxy_session(row.session),
            started_at: row.started_at.into(),
            expires_at: row.expires_at.into(),
            ended_at: row.ended_at.map(Into::into),
            running,
            dismissed: row.dismissed,
        }
    });
    shown.collect()
}
