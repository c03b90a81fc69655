//! One command over many users.

use async_graphql::{Context, Object, Result};
use rollbook_schema::RejectionCode;

use crate::directory::Directory;
use crate::graphql::asking::asking;
use crate::graphql::input::{BulkInput, Flaws};
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
        let named = input.user_ids.clone();
        let mut flaws = Flaws::default();
        let asking = match asking(ctx, terms, &mut flaws) {
            Ok(asking) => asking,
            Err(code) => return Ok(BulkPayload::refuse(&code.into())),
        };
        let parsed = input.parse(&mut flaws);
        let commands = match flaws.of(parsed) {
            Ok(commands) => commands,
            Err(rejections) => return Ok(BulkPayload::refuse(&rejections)),
        };
        let is_known: Vec<bool> = commands.iter().map(Option::is_some).collect();
        let commands = commands.into_iter().flatten().collect();
        let mut answers = match ctx.data::<Directory>()?.ask_each(asking, commands).await {
            Ok(answers) => answers.into_iter(),
            Err(rejection) => return Ok(BulkPayload::refuse(&rejection.into())),
        };
        // An id that names no user was not asked about.
        let unknown = || -> Answer { Err(RejectionCode::NotFound.into()) };
        let outcomes = named.into_iter().zip(is_known).map(|(named, is_known)| {
            let answer = if is_known { answers.next() } else { None };
            (named, answer.unwrap_or_else(unknown))
        });
        BulkPayload::of(ctx, outcomes)
    }
}
