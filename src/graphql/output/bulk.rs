//! What became of each of many users.

use async_graphql::{Context, ID, Result, SimpleObject};
use rollbook_schema::Rejections;

use super::UserReference;
use super::payload::{MutationError, Receipt, Renamed};
use crate::graphql::{id, references};
use crate::writer::Answer;

/// The names that the inputs of the commands give to fields of their rules.
pub(in crate::graphql) const OF_BULK: Renamed =
    &[("id", "userIds"), ("role", "roleId"), ("application", "access"), ("roles", "access")];
/// Those of taking applications, which are named alone.
pub(in crate::graphql) const OF_BULK_REVOCATION: Renamed =
    &[("id", "userIds"), ("application", "applicationIds")];

/// What a bulk command did. A refusal of one user does not keep it from the others.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct BulkPayload {
    /// One for each user, in the order in which they were named; none if the whole was refused.
    pub outcomes: Vec<BulkOutcome>,
    /// How many were accepted.
    pub accepted: u64,
    /// How many were refused.
    pub refused: u64,
    /// Why the whole was refused.
    pub errors: Vec<MutationError>,
}

/// What became of one user.
#[derive(SimpleObject)]
pub(in crate::graphql) struct BulkOutcome {
    /// As it was named.
    pub user_id: ID,
    /// Everything that still names the user, where that was the reason (`REFERENCED`), up to 1,000 places.
    /// Null otherwise.
    pub references: Option<Vec<UserReference>>,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

impl BulkPayload {
    /// Nobody was asked about.
    pub(in crate::graphql) fn refuse(rejections: &Rejections) -> Self {
        BulkPayload { errors: MutationError::all(rejections, OF_BULK), ..BulkPayload::default() }
    }

    /// The answer for each of the users named.
    pub(in crate::graphql) fn of(
        ctx: &Context<'_>,
        answers: impl Iterator<Item = (ID, Answer)>,
        renamed: Renamed,
    ) -> Result<Self> {
        let mut payload = BulkPayload::default();
        for (user_id, answer) in answers {
            let (receipt, outcome) = Receipt::of(answer, renamed)?;
            let references = references::blocking(ctx, id::user(&user_id), &receipt)?;
            match outcome {
                Some(_) => payload.accepted += 1,
                None => payload.refused += 1,
            }
            payload.outcomes.push(BulkOutcome { user_id, references, receipt });
        }
        Ok(payload)
    }
}
