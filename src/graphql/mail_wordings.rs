//! What mails say: what is read of it, and what became of a change.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::output::{MailWording, Receipt, Renamed};
use super::reading;
use super::rights::demand;
use super::scalar::Position;
use super::vocabulary::{MailLanguage, MailTemplate};
use crate::access::Capability;
use crate::directory::Directory;
use crate::writer::Answer;

/// The names that inputs about words give to fields of their commands.
const OF_WORDING: Renamed = &[("seen", "expectedRevision")];

/// What became of the words of a mail.
#[derive(SimpleObject, Default)]
pub(super) struct MailWordingPayload {
    /// The words after the change.
    wording: Option<MailWording>,
    #[graphql(flatten)]
    receipt: Receipt,
}

/// What is read of words.
#[derive(Default)]
pub struct MailWordingQueries;

#[Object]
impl MailWordingQueries {
    /// What every mail says, in every language.
    async fn mail_wordings(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<Vec<MailWording>> {
        demand(ctx, Capability::SeeSettings)?;
        reading::at_least(ctx, at_least).await?;
        Ok(MailWording::all(&ctx.data::<Directory>()?.views().references.mail_wordings))
    }
}

/// What became of the words of a mail that a command was about.
pub(super) fn payload(
    ctx: &Context<'_>,
    answer: Answer,
    template: MailTemplate,
    language: MailLanguage,
) -> Result<MailWordingPayload> {
    let (receipt, outcome) = Receipt::of(answer, OF_WORDING)?;
    let views = ctx.data::<Directory>()?.views();
    let wordings = &views.references.mail_wordings;
    let wording = outcome.map(|_| MailWording::of(template.into(), language.into(), wordings));
    Ok(MailWordingPayload { wording, receipt })
}
