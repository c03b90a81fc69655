//! One command over many users.

use async_graphql::{Context, Object, Result};
use rollbook_schema::RejectionCode;

use crate::directory::Directory;
use crate::graphql::asking::asking;
use crate::graphql::input::{BulkAsked, BulkInput, Flaws};
use crate::graphql::output::BulkPayload;
use crate::writer::Answer;

#[derive(Default)]
pub(super) struct BulkMutations;

#[Object]
impl BulkMutations {
    /// Asks one command for many users. Each is judged alone and has an outcome of its own; together
    /// they are made durable.
    async fn bulk(&self, ctx: &Context<'_>, mut input: BulkInput) -> Result<BulkPayload> {
        let terms = input.terms();
        let (named, renamed) = (input.user_ids.clone(), input.renamed());
        let mut flaws = Flaws::default();
        let asking = match asking(ctx, terms, &mut flaws) {
            Ok(asking) => asking,
            Err(code) => return Ok(BulkPayload::refuse(&code.into())),
        };
        let parsed = input.parse(&mut flaws);
        let asked = match flaws.of(parsed) {
            Ok(asked) => asked,
            Err(rejections) => return Ok(BulkPayload::refuse(&rejections)),
        };
        let directory = ctx.data::<Directory>()?;
        let is_known = asked.is_known();
        let answers = match asked {
            BulkAsked::Commands(commands) => {
                directory.ask_each(asking, commands.into_iter().flatten().collect()).await
            }
            BulkAsked::Resets(users) => {
                directory.reset_each(asking, users.into_iter().flatten().collect()).await
            }
        };
        let mut answers = match answers {
            Ok(answers) => answers.into_iter(),
            Err(rejection) => return Ok(BulkPayload::refuse(&rejection.into())),
        };
        // An id that names no user was not asked about.
        let unknown = || -> Answer { Err(RejectionCode::NotFound.into()) };
        let outcomes = named.into_iter().zip(is_known).map(|(named, is_known)| {
            let answer = if is_known { answers.next() } else { None };
            (named, answer.unwrap_or_else(unknown))
        });
        BulkPayload::of(ctx, outcomes, renamed)
    }
}
