//! Reading how far maskings and erasures are carried out.

use async_graphql::{Context, ID, Object, Result};
use rollbook_schema::Position;

use super::fault::{lost, refused, unreadable};
use super::id;
use super::input::{Flaws, MaskingPreviewInput};
use super::output::{Erasure, ErasureState, MaskingPreview};
use super::rights::demand;
use crate::access::Capability;
use crate::directory::Directory;
use crate::directory::erasing::PreviewFault;

/// Erasures in one answer, at most.
const ERASURES_MAX: usize = 100;

/// What is read of erasures.
#[derive(Default)]
pub struct ErasureQueries;

#[Object]
impl ErasureQueries {
    /// What a masking or an erasure would reach, place by place, and the masks that it would leave. Id, username
    /// and email must be those of one user.
    async fn masking_preview(&self, ctx: &Context<'_>, input: MaskingPreviewInput) -> Result<MaskingPreview> {
        demand(ctx, Capability::MaskPeople)?;
        let mut flaws = Flaws::default();
        let parsed = input.parse(&mut flaws);
        let request = flaws.of(parsed).map_err(|rejections| refused(rejections.code()))?;
        let directory = ctx.data::<Directory>()?.clone();
        let looked = tokio::task::spawn_blocking(move || directory.masking_preview(&request)).await;
        match looked {
            Ok(Ok(preview)) => Ok(preview.into()),
            Ok(Err(PreviewFault::Refused(rejection))) => Err(refused(rejection.code)),
            Ok(Err(PreviewFault::Read(fault))) => Err(unreadable(&fault)),
            Err(_) => Err(lost()),
        }
    }

    /// Maskings and erasures in the order in which they were ordered, step by step, at most 100: those after the
    /// one named.
    async fn erasures(
        &self,
        ctx: &Context<'_>,
        state: Option<ErasureState>,
        user_id: Option<ID>,
        after: Option<ID>,
        first: Option<i32>,
    ) -> Result<Vec<Erasure>> {
        demand(ctx, Capability::MaskPeople)?;
        let directory = ctx.data::<Directory>()?;
        let after = after.as_ref().and_then(id::event).unwrap_or(Position::START);
        let limit = first.map_or(ERASURES_MAX, |first| usize::try_from(first).unwrap_or(0)).min(ERASURES_MAX);
        let user = match &user_id {
            None => None,
            // Of nobody there is nothing.
            Some(named) => match id::user(named) {
                None => return Ok(Vec::new()),
                found => found,
            },
        };
        let views = directory.views();
        let wanted = views.erasures.after(after).filter(|(_, row)| {
            let is = if row.completion.is_some() { ErasureState::Complete } else { ErasureState::Incomplete };
            state.is_none_or(|state| state == is) && user.is_none_or(|user| user == row.user)
        });
        let request = |order| views.maskings.carried_out_by(order);
        Ok(wanted
            .take(limit)
            .map(|(order, row)| Erasure::of(directory, order, row, request(order)))
            .collect())
    }
}
