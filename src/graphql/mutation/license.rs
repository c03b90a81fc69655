//! Seats.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{GrantLicenseInput, RevokeLicenseInput, SizeLicensePoolInput};
use crate::graphql::output::{LicensePoolPayload, OF_USER, UserPayload};

const OF_GRANT: &[(&str, &str)] = &[("id", "userId"), ("license", "type")];

#[derive(Default)]
pub(super) struct LicenseMutations;

#[Object]
impl LicenseMutations {
    /// Sets how many seats of a type there are.
    async fn size_license_pool(
        &self,
        ctx: &Context<'_>,
        input: SizeLicensePoolInput,
    ) -> Result<LicensePoolPayload> {
        LicensePoolPayload::of(ctx, ask(ctx, input).await?, &[("license", "type")])
    }

    /// Gives an agent a seat, in place of the one held.
    async fn grant_license(&self, ctx: &Context<'_>, input: GrantLicenseInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_GRANT)
    }

    /// Takes an agent's seat.
    async fn revoke_license(&self, ctx: &Context<'_>, input: RevokeLicenseInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
