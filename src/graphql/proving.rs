//! Reading evidence: who may, and what is said when it cannot be had.

use async_graphql::{Context, Error, Result};
use rollbook_schema::{Position, Record};

use super::fault::{coded, lost};
use super::output::{Checkpoint, ConsistencyProof, InclusionProof, SigningKey};
use super::rights::{demand, sees_event};
use crate::access::Capability;
use crate::directory::Directory;
use crate::evidence::fault::EvidenceFault;

/// Checkpoints in one answer, at most.
const CHECKPOINTS_MAX: usize = 100;
/// Checkpoints in one answer that says nothing else.
const CHECKPOINTS_DEFAULT: usize = 50;

/// The reason goes to the operator's log; the client learns that there is one.
pub(super) fn no_evidence(fault: &EvidenceFault) -> Error {
    tracing::error!(%fault, "evidence could not be given");
    coded("UNAVAILABLE", "the evidence cannot be read at the moment")
}

/// One checkpoint: the last, if no size is named.
pub(super) async fn checkpoint(ctx: &Context<'_>, size: Option<Position>) -> Result<Option<Checkpoint>> {
    demand(ctx, Capability::SeeEvidence)?;
    let evidence = ctx.data::<Directory>()?.evidence().clone();
    let read = move || size.map_or_else(|| evidence.last(), |size| evidence.at_size(size.0));
    let found = tokio::task::spawn_blocking(read).await.map_err(|_| lost())?;
    Ok(found.map_err(|fault| no_evidence(&fault))?.map(Into::into))
}

/// Checkpoints in the order of signing, from a size on.
pub(super) async fn checkpoints(
    ctx: &Context<'_>,
    after: Option<Position>,
    first: Option<i32>,
) -> Result<Vec<Checkpoint>> {
    demand(ctx, Capability::SeeEvidence)?;
    let limit = first.map_or(CHECKPOINTS_DEFAULT, |first| usize::try_from(first).unwrap_or(0));
    let (after, limit) = (after.unwrap_or(Position::START).0, limit.min(CHECKPOINTS_MAX));
    let evidence = ctx.data::<Directory>()?.evidence().clone();
    let found =
        tokio::task::spawn_blocking(move || evidence.after(after, limit)).await.map_err(|_| lost())?;
    Ok(found.map_err(|fault| no_evidence(&fault))?.into_iter().map(Into::into).collect())
}

/// The proof of one record; its leaf too, for whoever may see the history.
pub(super) async fn inclusion(
    ctx: &Context<'_>,
    position: Position,
    size: Option<Position>,
) -> Result<Option<InclusionProof>> {
    let caller = demand(ctx, Capability::SeeEvidence)?;
    let directory = ctx.data::<Directory>()?;
    let proof = directory.inclusion_proof(position, size.map(|size| size.0)).await;
    let Some(proof) = proof.map_err(|fault| no_evidence(&fault))? else { return Ok(None) };
    let record = record(directory, position).await?;
    let sees = sees_event(&directory.views(), &caller, record.header.subject);
    Ok(Some(InclusionProof::of(proof, sees.then(|| record.leaf()))))
}

async fn record(directory: &Directory, position: Position) -> Result<Record> {
    let directory = directory.clone();
    let read = tokio::task::spawn_blocking(move || directory.stored_record(position)).await;
    let stored = read.map_err(|_| lost())?.map_err(|fault| no_evidence(&fault.into()))?.ok_or_else(lost)?;
    Record::from_bytes(&stored).map_err(|source| no_evidence(&EvidenceFault::Record { position, source }))
}

/// The proof that one checkpoint continues another.
pub(super) async fn consistency(
    ctx: &Context<'_>,
    from: Position,
    to: Option<Position>,
) -> Result<Option<ConsistencyProof>> {
    demand(ctx, Capability::SeeEvidence)?;
    let proof = ctx.data::<Directory>()?.consistency_proof(from.0, to.map(|to| to.0)).await;
    Ok(proof.map_err(|fault| no_evidence(&fault))?.map(Into::into))
}

/// Every key that signs, or did.
pub(super) fn signing_keys(ctx: &Context<'_>) -> Result<Vec<SigningKey>> {
    demand(ctx, Capability::SeeEvidence)?;
    let directory = ctx.data::<Directory>()?;
    let (keys, in_force) = (directory.evidence().keys(), directory.evidence().key_in_force());
    let views = directory.views();
    let since = |key: &[u8; 32]| {
        let rotations = views.signing_keys.rotations().iter().rev();
        rotations.filter(|rotation| rotation.rotated.to.0.0 == *key).map(|rotation| rotation.position).next()
    };
    let is_in_force = |key: &[u8; 32]| in_force.is_some_and(|in_force| in_force.0.0 == *key);
    let shown = keys.iter().map(|key| SigningKey::of(key, is_in_force(key.public()), since(key.public())));
    Ok(shown.collect())
}
