//! Continuous proof: what is known of the views being what the log says.

use async_graphql::{ComplexObject, Context, Object, Result};

use super::output::{Integrity, ViewsProof};
use super::rights::demand;
use crate::access::Capability;
use crate::directory::Directory;

/// Proofs in one answer, at most; as many are kept.
const PROOFS_MAX: usize = crate::directory::SHADOW_PROOFS_KEPT_MAX;
/// Proofs in an answer that names no number.
const PROOFS_DEFAULT: usize = 10;

/// What is read of proofs.
#[derive(Default)]
pub struct IntegrityQueries;

#[Object]
impl IntegrityQueries {
    /// Whether the views are what the log says. On schedule the log is folded again from its beginning, beside
    /// the views that are served, and compared.
    async fn integrity(&self, ctx: &Context<'_>) -> Result<Integrity> {
        demand(ctx, Capability::SeeViews)?;
        let shadow = ctx.data::<Directory>()?.shadow();
        Ok(Integrity {
            under_way: shadow.is_under_way(),
            mismatch: shadow.mismatch(),
            last_proof: shadow.last().map(Into::into),
        })
    }
}

#[ComplexObject]
impl Integrity {
    /// The last comparisons, the newest first: 10, at most 100.
    async fn proofs(&self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<ViewsProof>> {
        let limit = first.map_or(PROOFS_DEFAULT, |first| usize::try_from(first).unwrap_or(0));
        let proofs = ctx.data::<Directory>()?.shadow().latest(limit.min(PROOFS_MAX));
        Ok(proofs.into_iter().map(Into::into).collect())
    }
}
