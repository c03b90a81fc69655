//! Support of the tenant's provider: acting as an administrator, for a reason and for a time (PXY-21).

use rollbook_projections::view::{Direction, UserFilter, UserOrder, UserQuery, Window};
use rollbook_schema::command::{EndSupport, StartSupport};
use rollbook_schema::value::AccessProfile;
use rollbook_schema::{RejectionCode, UserId};

use super::{Asking, Directory, OpenedProxy};
use crate::access::{Caller, Person};
use crate::writer::{Answer, CommandError};

/// Longest support login, in milliseconds: an hour.
pub const SUPPORT_SESSION_MILLIS_MAX: i64 = 60 * 60 * 1000;

impl Directory {
    /// Starts to act as an administrator: the one that is named, else the first. Repeating the request
    /// starts another session: its token is shown once.
    ///
    /// # Errors
    /// The refusals of access and of the rule, each recorded but a form that is not whole.
    pub async fn start_support(
        &self,
        mut asking: Asking,
        user: Option<UserId>,
        acknowledged: bool,
    ) -> Result<OpenedProxy, CommandError> {
        asking.idempotency_key = None;
        let now = self.now();
        let (token, session) = (self.inner.identities.token(), self.inner.identities.session(now));
        let expires_at = now.plus_millis(SUPPORT_SESSION_MILLIS_MAX);
        let user = user.or_else(|| self.first_administrator()).ok_or(RejectionCode::NotFound)?;
        let token_digest = token.digest();
        let outcome =
            self.ask(asking, StartSupport { user, session, token_digest, expires_at, acknowledged }).await?;
        Ok(OpenedProxy { token, session, expires_at, outcome })
    }

    /// Switches back.
    ///
    /// # Errors
    /// `FORBIDDEN` for whoever is not support.
    pub async fn end_support(&self, asking: Asking) -> Answer {
        match asking.caller {
            Caller::Person(person) if person.is_support() => {
                self.ask(asking, EndSupport { user: person.id, session: person.session }).await
            }
            Caller::Anonymous => Err(RejectionCode::Unauthenticated.into()),
            _ => Err(RejectionCode::Forbidden.into()),
        }
    }

    /// Support ends with the provider: without one, what is left of its sessions opens nothing.
    pub(super) fn is_let_in(&self, person: &Person) -> bool {
        !person.is_support() || self.has_provider()
    }

    fn first_administrator(&self) -> Option<UserId> {
        let filter = UserFilter {
            active: Some(true),
            access_profile: Some(AccessProfile::Administrator),
            ..UserFilter::default()
        };
        let query = UserQuery {
            filter,
            order: UserOrder::CreatedAt,
            direction: Direction::default(),
            window: Window::After(None, 1),
        };
        let views = self.views();
        let page = views.users.page(&query).ok()?;
        page.rows.first().map(|found| found.row.id)
    }
}
