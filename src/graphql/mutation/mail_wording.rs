//! What mails say in the company's own words.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{ChangeMailWordingInput, ResetMailWordingInput};
use crate::graphql::mail_wordings::{MailWordingPayload, payload};

#[derive(Default)]
pub(super) struct MailWordingMutations;

#[Object]
impl MailWordingMutations {
    /// Gives a mail the company's own words in one language. What waits in the outbox goes with them.
    async fn change_mail_wording(
        &self,
        ctx: &Context<'_>,
        input: ChangeMailWordingInput,
    ) -> Result<MailWordingPayload> {
        let (template, language) = (input.template, input.language);
        payload(ctx, ask(ctx, input).await?, template, language)
    }

    /// Gives a mail the words of the program again.
    async fn reset_mail_wording(
        &self,
        ctx: &Context<'_>,
        input: ResetMailWordingInput,
    ) -> Result<MailWordingPayload> {
        let (template, language) = (input.template, input.language);
        payload(ctx, ask(ctx, input).await?, template, language)
    }
}
