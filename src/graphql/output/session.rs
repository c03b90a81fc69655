//! Sessions that run, and why the last one ended.

use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use rollbook_projections::view::{EndReason, SessionRow};
use rollbook_schema::{self as schema, SessionId, UserId};

use super::{ActiveRole, BusinessUnit, active_roles};
use crate::access::{Caller, Capability, holds};
use crate::directory::{Directory, ReadFault};
use crate::graphql::fault::{lost, unreadable};
use crate::graphql::id;
use crate::graphql::rights::{caller, forbidden, sees_person, signed_in};
use crate::graphql::scalar::{DateTime, Position};

/// Sessions of one user that are listed at most: the newest.
const SESSIONS_LISTED_MAX: usize = 100;

/// A session that runs.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct Session {
    /// For `endSession`.
    pub id: ID,
    pub started_at: DateTime,
    /// When it ends by itself.
    pub expires_at: DateTime,
    /// Where the sign-in stands in the log: the version of the rights that the session runs with.
    pub rights_version: Option<Position>,
    /// The request comes in this one.
    pub current: bool,
    /// Where the sign-in came from; null if it is not known, and for readers who may not see people.
    pub client_address: Option<String>,
    /// The program that signed in; null as the address is.
    pub user_agent: Option<String>,
    #[graphql(skip)]
    key: (UserId, SessionId),
}

/// Why a session ended.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "EndReason")]
pub(in crate::graphql) enum SignOutReason {
    /// The person signed out, or ended it from another session.
    SignedOut,
    /// Somebody else ended it.
    Revoked,
    /// Its time ran out.
    Expired,
    /// The user was disabled.
    Disabled,
    /// The user was deleted.
    Deleted,
    /// The account was locked on request.
    Locked,
    /// The password was changed or reset.
    PasswordChanged,
    /// The user had as many sessions as one may have, and began another.
    TooMany,
}

#[ComplexObject]
impl Session {
    /// The role in force in each application where one is at a time: part of this session, and of no other.
    async fn active_roles(&self, ctx: &Context<'_>) -> Result<Vec<ActiveRole>> {
        let directory = ctx.data::<Directory>()?;
        let settings = directory.settings();
        let views = directory.views();
        let rights = views.sessions.rights(self.key.0, self.key.1);
        let caller = caller(ctx);
        Ok(rights.map(|it| active_roles(&it.roles, &views, &caller, &settings)).unwrap_or_default())
    }

    /// The business units that the user belonged to when it was opened: work is routed by these until the
    /// next sign-in.
    async fn business_units(&self, ctx: &Context<'_>) -> Result<Vec<BusinessUnit>> {
        let views = ctx.data::<Directory>()?.views();
        let rights = views.sessions.rights(self.key.0, self.key.1);
        let units = rights.map(|rights| &*rights.business_units).unwrap_or_default();
        let rows = units.iter().filter_map(|unit| views.business_units.get(*unit));
        Ok(rows.map(|row| BusinessUnit::of(row, &views)).collect())
    }
}

/// The session that the request comes in, if it is one of this user's.
pub(in crate::graphql) async fn current_session(ctx: &Context<'_>, user: UserId) -> Result<Option<Session>> {
    match caller(ctx) {
        Caller::Person(person) if person.id == user => {
            Ok(read_sessions(ctx, user, Some(person.session)).await?.pop())
        }
        _ => Ok(None),
    }
}

/// The sessions of a user, newest first.
pub(in crate::graphql) async fn sessions(ctx: &Context<'_>, user: UserId) -> Result<Vec<Session>> {
    read_sessions(ctx, user, None).await
}

/// All sessions of a user, or one.
async fn read_sessions(ctx: &Context<'_>, user: UserId, only: Option<SessionId>) -> Result<Vec<Session>> {
    let caller = signed_in(ctx)?;
    if caller.user() != Some(user) && !holds(&caller, Capability::SeeSessions) {
        return Err(forbidden());
    }
    let directory = ctx.data::<Directory>()?.clone();
    let mut found: Vec<(SessionRow, Option<schema::Position>)> = {
        let views = directory.views();
        let rows = views.sessions.of(user, directory.now()).copied();
        let rows = rows.filter(|row| only.is_none_or(|only| row.session == only));
        rows.map(|row| (row, views.sessions.opening(user, row.session).map(|opening| opening.at))).collect()
    };
    // Session ids sort by time.
    found.reverse();
    found.truncate(SESSIONS_LISTED_MAX);
    let asked = ctx.look_ahead();
    let asks_where = asked.field("clientAddress").exists() || asked.field("userAgent").exists();
    let sees_where = asks_where && sees_person(&directory.views(), &caller, user);
    let read = move || -> std::result::Result<Vec<Session>, ReadFault> {
        found.iter().map(|(row, at)| session(&directory, &caller, row, *at, sees_where)).collect()
    };
    // The log is read: not in an async task.
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| lost())?;
    read.map_err(|fault| unreadable(&fault))
}

/// Where it came from stands in the record of the sign-in, sealed, and in no view.
fn session(
    directory: &Directory,
    caller: &Caller,
    row: &SessionRow,
    at: Option<schema::Position>,
    sees_where: bool,
) -> std::result::Result<Session, ReadFault> {
    let recorded = at.filter(|_| sees_where).map(|at| directory.recorded(at)).transpose()?.flatten();
    let context =
        recorded.and_then(|recorded| recorded.envelope.context.known().cloned()).unwrap_or_default();
    Ok(Session {
        id: id::of_session(row.user, row.session),
        started_at: row.started_at.into(),
        expires_at: row.expires_at.into(),
        rights_version: at.map(Position),
        current: matches!(caller, Caller::Person(person) if person.session == row.session),
        client_address: context.client_address,
        user_agent: context.user_agent,
        key: (row.user, row.session),
    })
}
