//! Reading how far maskings and erasures are carried out.

use async_graphql::{Context, ID, Object, Result};
use rollbook_schema::Position;

use super::id;
use super::output::{Erasure, ErasureState};
use super::rights::demand;
use crate::access::Capability;
use crate::directory::Directory;

/// Erasures in one answer, at most.
const ERASURES_MAX: usize = 100;

/// What is read of erasures.
#[derive(Default)]
pub struct ErasureQueries;

#[Object]
impl ErasureQueries {
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
