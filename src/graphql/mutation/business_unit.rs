//! Business units and who belongs to them.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{
    AddToBusinessUnitInput, CreateBusinessUnitInput, DeleteBusinessUnitInput, RemoveFromBusinessUnitInput,
    RenameBusinessUnitInput,
};
use crate::graphql::output::{BusinessUnitPayload, UserPayload};

const OF_UNIT: &[(&str, &str)] = &[("id", "businessUnitId")];
const OF_MEMBER: &[(&str, &str)] = &[("id", "userId"), ("businessUnit", "businessUnitId")];

#[derive(Default)]
pub(super) struct BusinessUnitMutations;

#[Object]
impl BusinessUnitMutations {
    /// Makes a business unit.
    async fn create_business_unit(
        &self,
        ctx: &Context<'_>,
        input: CreateBusinessUnitInput,
    ) -> Result<BusinessUnitPayload> {
        BusinessUnitPayload::of(ctx, ask(ctx, input).await?, OF_UNIT)
    }

    /// Gives a business unit another name.
    async fn rename_business_unit(
        &self,
        ctx: &Context<'_>,
        input: RenameBusinessUnitInput,
    ) -> Result<BusinessUnitPayload> {
        BusinessUnitPayload::of(ctx, ask(ctx, input).await?, OF_UNIT)
    }

    /// Removes a business unit that nobody belongs to.
    async fn delete_business_unit(
        &self,
        ctx: &Context<'_>,
        input: DeleteBusinessUnitInput,
    ) -> Result<BusinessUnitPayload> {
        BusinessUnitPayload::of(ctx, ask(ctx, input).await?, OF_UNIT)
    }

    /// Puts a user into a business unit. A user may belong to several.
    async fn add_to_business_unit(
        &self,
        ctx: &Context<'_>,
        input: AddToBusinessUnitInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_MEMBER)
    }

    /// Takes a user out of a business unit.
    async fn remove_from_business_unit(
        &self,
        ctx: &Context<'_>,
        input: RemoveFromBusinessUnitInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_MEMBER)
    }
}
