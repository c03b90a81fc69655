//! Access requests and restrictions.

use async_graphql::{Enum, ID, InputObject};
use rollbook_projections::view;
use rollbook_schema::command::{LiftRestriction, OpenAccessRequest, RestrictProcessing};
use rollbook_schema::{Command, Position, RejectionCode};

use super::Flaws;
use super::masking::about_a_request;
use super::user::about_a_user;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::id;
use crate::graphql::scalar::DateTime;

/// How far an access request is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "view::AccessRequestState")]
pub(in crate::graphql) enum AccessRequestState {
    /// Nobody has answered yet.
    Waiting,
    /// The person has the file.
    Fulfilled,
    /// The person does not get it.
    Refused,
}

/// Which access requests.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct AccessRequestFilter {
    pub state: Option<AccessRequestState>,
    /// They wait, and their time is over; or not.
    pub overdue: Option<bool>,
    /// Those due before.
    pub due_before: Option<DateTime>,
    /// Those of one person.
    pub user_id: Option<ID>,
}

/// Who asked for their file.
#[derive(InputObject)]
pub(in crate::graphql) struct OpenAccessRequestInput {
    user_id: ID,
    /// The ticket or letter in which they asked.
    ticket: String,
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
}

impl Asks for OpenAccessRequestInput {
    fn terms(&mut self) -> Terms {
        let ticket = std::mem::take(&mut self.ticket);
        Terms::because(Some(ticket).filter(|ticket| !ticket.trim().is_empty()))
            .named(self.idempotency_key.take())
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(OpenAccessRequest { user: flaws.user("userId", &self.user_id)? }.into())
    }
}

about_a_request! {
    /// Which access request gets two months more; the reason is needed.
    ExtendAccessRequestInput;
    /// Which access request is answered: the person has the file.
    FulfilAccessRequestInput;
    /// Which access request is turned down; the reason is needed, and told to the person.
    RefuseAccessRequestInput;
}

about_a_user! {
    /// Whose data is kept and not used; the reason is needed.
    RestrictProcessingInput => RestrictProcessing;
    /// Whose data is used again; the reason is needed. Tell the person before.
    LiftRestrictionInput => LiftRestriction;
}
