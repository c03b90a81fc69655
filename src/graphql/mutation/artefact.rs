//! Artefacts of other systems that may name users.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{
    ChangeArtefactInput, PurgeArtefactInput, RecycleArtefactInput, RegisterArtefactInput,
    RestoreArtefactInput,
};
use crate::graphql::output::ArtefactPayload;

const OF_ARTEFACT: &[(&str, &str)] = &[("id", "artefactId")];

#[derive(Default)]
pub(super) struct ArtefactMutations;

#[Object]
impl ArtefactMutations {
    /// Tells of something in another system that may name users: a rule, a report, a view. Whom it names is
    /// not deleted while it does.
    async fn register_artefact(
        &self,
        ctx: &Context<'_>,
        input: RegisterArtefactInput,
    ) -> Result<ArtefactPayload> {
        ArtefactPayload::of(ctx, ask(ctx, input).await?, &[])
    }

    /// Says what is different in an artefact; what is left out stays. The wording before is forgotten for
    /// good, in history too.
    async fn change_artefact(
        &self,
        ctx: &Context<'_>,
        input: ChangeArtefactInput,
    ) -> Result<ArtefactPayload> {
        ArtefactPayload::of(ctx, ask(ctx, input).await?, OF_ARTEFACT)
    }

    /// Says that an artefact lies in the recycle bin of its system. It still names whom it names.
    async fn recycle_artefact(
        &self,
        ctx: &Context<'_>,
        input: RecycleArtefactInput,
    ) -> Result<ArtefactPayload> {
        ArtefactPayload::of(ctx, ask(ctx, input).await?, OF_ARTEFACT)
    }

    /// Says that an artefact came back out of the recycle bin.
    async fn restore_artefact(
        &self,
        ctx: &Context<'_>,
        input: RestoreArtefactInput,
    ) -> Result<ArtefactPayload> {
        ArtefactPayload::of(ctx, ask(ctx, input).await?, OF_ARTEFACT)
    }

    /// Says that an artefact is gone for good. It names nobody any more, and what stood in it is forgotten.
    async fn purge_artefact(&self, ctx: &Context<'_>, input: PurgeArtefactInput) -> Result<ArtefactPayload> {
        ArtefactPayload::of(ctx, ask(ctx, input).await?, OF_ARTEFACT)
    }
}
