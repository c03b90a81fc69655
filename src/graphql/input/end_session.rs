//! Sessions to end.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{EndSession, EndSessions};
use rollbook_schema::{Command, RejectionCode, SessionId};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::id;

/// Which session ends: one of your own, or of a user whose sessions you may end.
#[derive(InputObject)]
pub(in crate::graphql) struct EndSessionInput {
    session_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for EndSessionInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let Some((user, session)) = id::session(&self.session_id) else {
            flaws.refuse("sessionId", RejectionCode::NotFound);
            return None;
        };
        Some(EndSession { user, session }.into())
    }
}

/// Whose sessions end, all of them.
#[derive(InputObject)]
pub(in crate::graphql) struct EndSessionsInput {
    user_id: ID,
    /// The session that the request comes in lives on, if it is one of them.
    #[graphql(default)]
    keep_current: bool,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl EndSessionsInput {
    /// With the session that asks.
    pub(in crate::graphql) fn asked_in(self, current: Option<SessionId>) -> EndSessionsFrom {
        EndSessionsFrom { input: self, current }
    }
}

/// An [`EndSessionsInput`], and where it came from.
pub(in crate::graphql) struct EndSessionsFrom {
    input: EndSessionsInput,
    current: Option<SessionId>,
}

impl Asks for EndSessionsFrom {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.input.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.input.user_id)?;
        Some(EndSessions { user, kept: self.current.filter(|_| self.input.keep_current) }.into())
    }
}
