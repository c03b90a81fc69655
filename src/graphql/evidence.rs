//! Evidence that can be read: checkpoints and proofs.

use async_graphql::{Context, Object, Result};

use super::output::{Checkpoint, ConsistencyProof, InclusionProof, SigningKey};
use super::proving;
use super::scalar::Position;

/// What is read of the evidence.
#[derive(Default)]
pub struct EvidenceQueries;

#[Object]
impl EvidenceQueries {
    /// What the log said about itself, signed: over so many records, or last. Null where there is no such
    /// checkpoint.
    async fn checkpoint(&self, ctx: &Context<'_>, size: Option<Position>) -> Result<Option<Checkpoint>> {
        proving::checkpoint(ctx, size.map(|size| size.0)).await
    }

    /// Checkpoints in the order of signing, of those over more than `after` records: 50, at most 100.
    async fn checkpoints(
        &self,
        ctx: &Context<'_>,
        after: Option<Position>,
        first: Option<i32>,
    ) -> Result<Vec<Checkpoint>> {
        proving::checkpoints(ctx, after.map(|after| after.0), first).await
    }

    /// Proves that the event at a position is covered by the checkpoint over `size` records, or by the last
    /// one. Null where it is not.
    async fn inclusion_proof(
        &self,
        ctx: &Context<'_>,
        position: Position,
        size: Option<Position>,
    ) -> Result<Option<InclusionProof>> {
        proving::inclusion(ctx, position.0, size.map(|size| size.0)).await
    }

    /// Proves that the checkpoint over `to` records, or the last one, continues the one over `from`. Null
    /// where one was never signed.
    async fn consistency_proof(
        &self,
        ctx: &Context<'_>,
        from: Position,
        to: Option<Position>,
    ) -> Result<Option<ConsistencyProof>> {
        proving::consistency(ctx, from.0, to.map(|to| to.0)).await
    }

    /// Every key that signs checkpoints or did, in the order of first use.
    async fn signing_keys(&self, ctx: &Context<'_>) -> Result<Vec<SigningKey>> {
        proving::signing_keys(ctx)
    }
}
