//! Acting as somebody else, and switching back. The own session lives on beside the proxy session, and its
//! token with it; when it ends, the proxy session ends too.

use rollbook_schema::command::{AnswerProof, EndProxy, StartProxy};
use rollbook_schema::value::{SecurityAnswer, Timestamp};
use rollbook_schema::{RejectionCode, SessionId, UserId};

use super::{Asking, Directory, standing};
use crate::access::Caller;
use crate::identity::SessionToken;
use crate::writer::{Answer, CommandError, Outcome};

/// Longest proxy session, in milliseconds: an hour. It never outlives the own session.
pub const PROXY_SESSION_MILLIS_MAX: i64 = 60 * 60 * 1000;

/// A proxy session that has started.
pub struct OpenedProxy {
    /// To be sent with each request that is made as the user. Shown this once.
    pub token: SessionToken,
    /// Named by every event that the requests lead to.
    pub session: SessionId,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Where it stands in the log.
    pub outcome: Outcome,
}

impl Directory {
    /// Starts to act as a user. Repeating the request starts another session: its token is shown once.
    ///
    /// # Errors
    /// The refusals of access and of the rule, each recorded but a missing acknowledgement.
    pub async fn start_proxy(
        &self,
        mut asking: Asking,
        user: UserId,
        acknowledged: bool,
        answer: Option<SecurityAnswer>,
    ) -> Result<OpenedProxy, CommandError> {
        let Caller::Person(person) = asking.caller else { return Err(RejectionCode::Forbidden.into()) };
        asking.idempotency_key = None;
        let now = self.now();
        let own_end = self
            .views()
            .sessions
            .of(person.id, now)
            .find(|row| row.session == person.session)
            .map(|row| row.expires_at)
            .ok_or(RejectionCode::Unauthenticated)?;
        let (token, session) = (self.inner.identities.token(), self.inner.identities.session(now));
        let expires_at = own_end.min(now.plus_millis(PROXY_SESSION_MILLIS_MAX));
        let mut command = StartProxy {
            user,
            session,
            parent: person.session,
            token_digest: token.digest(),
            expires_at,
            acknowledged,
            answer: AnswerProof::Missing,
        };
        // Asked before hashing, so that nobody can buy hashing time without the right to it.
        if self.may_ask(&asking.caller, &command.clone().into()).is_ok() {
            command.answer = self.answer_proof(person.id, answer).await?;
        }
        let outcome = self.ask(asking, command).await?;
        Ok(OpenedProxy { token, session, expires_at, outcome })
    }

    /// Who really acts behind a caller, as they are in their own session.
    #[must_use]
    pub fn behind(&self, caller: &Caller) -> Option<Caller> {
        let Caller::Person(person) = caller else { return None };
        let real = person.proxy?;
        let views = self.views();
        let mut sessions = views.sessions.of(real.user, self.now());
        let session = sessions.find(|row| row.session == real.session)?;
        standing::signed_in_by(&views, session).map(Caller::Person)
    }

    /// Switches back.
    ///
    /// # Errors
    /// `FORBIDDEN` for somebody who acts as nobody else.
    pub async fn end_proxy(&self, asking: Asking) -> Answer {
        match asking.caller {
            Caller::Person(person) if person.is_support() => self.end_support(asking).await,
            Caller::Person(person) if person.proxy.is_some() => {
                self.ask(asking, EndProxy { user: person.id, session: person.session }).await
            }
            Caller::Anonymous => Err(RejectionCode::Unauthenticated.into()),
            _ => Err(RejectionCode::Forbidden.into()),
        }
    }
}
