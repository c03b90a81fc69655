//! Checkpoints on demand, cosignatures, and the key that signs.

use async_graphql::{Context, Object, Result};
use rollbook_schema::{Rejection, RejectionCode, Rejections};

use crate::directory::Directory;
use crate::evidence::fault::EvidenceFault;
use crate::evidence::store::SignedCheckpoint;
use crate::graphql::asking::understood;
use crate::graphql::input::{CosignCheckpointInput, RotateSigningKeyInput, SignCheckpointInput};
use crate::graphql::output::{CheckpointPayload, RotateSigningKeyPayload};
use crate::graphql::proving::no_evidence;
use crate::graphql::reading;
use crate::graphql::rights::caller;
use crate::writer::CommandError;

#[derive(Default)]
pub(super) struct EvidenceMutations;

#[Object]
impl EvidenceMutations {
    /// Has a checkpoint signed over everything that is durable now. If the last one is that already, it is given.
    async fn sign_checkpoint(
        &self,
        ctx: &Context<'_>,
        input: Option<SignCheckpointInput>,
    ) -> Result<CheckpointPayload> {
        reading::at_least(ctx, input.and_then(|input| input.at_least)).await?;
        payload("", ctx.data::<Directory>()?.sign_checkpoint(&caller(ctx)).await)
    }

    /// Keeps the signatures of witnesses under a checkpoint of this log, and serves them with it. Each is verified
    /// with the keys of the setting `log-witnesses`.
    async fn cosign_checkpoint(
        &self,
        ctx: &Context<'_>,
        input: CosignCheckpointInput,
    ) -> Result<CheckpointPayload> {
        let directory = ctx.data::<Directory>()?;
        payload("note", directory.cosign_checkpoint(&caller(ctx), &input.note).await)
    }

    /// Makes another key that signs checkpoints, and puts it into force. The one before signs the next checkpoint
    /// too, so that whoever trusts it can trust the new one, and is destroyed.
    async fn rotate_signing_key(
        &self,
        ctx: &Context<'_>,
        input: Option<RotateSigningKeyInput>,
    ) -> Result<RotateSigningKeyPayload> {
        let terms = input.map(RotateSigningKeyInput::terms).unwrap_or_default();
        let answer = match understood(ctx, terms, |_| Some(())) {
            Ok((asking, ())) => ctx.data::<Directory>()?.rotate_signing_key(asking).await,
            Err(refused) => Err(refused),
        };
        RotateSigningKeyPayload::of(ctx, answer)
    }
}

fn payload(
    field: &'static str,
    answer: Result<Result<SignedCheckpoint, EvidenceFault>, RejectionCode>,
) -> Result<CheckpointPayload> {
    match answer {
        Ok(Ok(signed)) => Ok(CheckpointPayload { checkpoint: Some(signed.into()), errors: Vec::new() }),
        Ok(Err(fault)) => Err(no_evidence(&fault)),
        Err(code) => {
            let rejections: Rejections = Rejection::of(field, code).into();
            CheckpointPayload::refused(CommandError::Refused(rejections))
        }
    }
}
