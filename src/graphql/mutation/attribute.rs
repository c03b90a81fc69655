//! Custom attributes, and the values that users have of them.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{
    AddAttributeChoiceInput, DefineAttributeInput, RenameAttributeInput, RetireAttributeChoiceInput,
    RetireAttributeInput, SetAttributesInput,
};
use crate::graphql::output::{AttributePayload, OF_USER, UserPayload};

const OF_ATTRIBUTE: &[(&str, &str)] = &[("id", "attributeId")];

#[derive(Default)]
pub(super) struct AttributeMutations;

#[Object]
impl AttributeMutations {
    /// Makes a custom attribute. Key, type, kinds and whether it is personal stay for ever.
    async fn define_attribute(
        &self,
        ctx: &Context<'_>,
        input: DefineAttributeInput,
    ) -> Result<AttributePayload> {
        AttributePayload::of(ctx, ask(ctx, input).await?, OF_ATTRIBUTE)
    }

    /// Gives an attribute another label; its key stays.
    async fn rename_attribute(
        &self,
        ctx: &Context<'_>,
        input: RenameAttributeInput,
    ) -> Result<AttributePayload> {
        AttributePayload::of(ctx, ask(ctx, input).await?, OF_ATTRIBUTE)
    }

    /// Adds a choice to an attribute of choices.
    async fn add_attribute_choice(
        &self,
        ctx: &Context<'_>,
        input: AddAttributeChoiceInput,
    ) -> Result<AttributePayload> {
        AttributePayload::of(ctx, ask(ctx, input).await?, OF_ATTRIBUTE)
    }

    /// Takes a choice out of those that can be given. Who has it keeps it.
    async fn retire_attribute_choice(
        &self,
        ctx: &Context<'_>,
        input: RetireAttributeChoiceInput,
    ) -> Result<AttributePayload> {
        AttributePayload::of(ctx, ask(ctx, input).await?, OF_ATTRIBUTE)
    }

    /// Ends an attribute: its values are shown in history only, and its key is free. There is no way back.
    async fn retire_attribute(
        &self,
        ctx: &Context<'_>,
        input: RetireAttributeInput,
    ) -> Result<AttributePayload> {
        AttributePayload::of(ctx, ask(ctx, input).await?, OF_ATTRIBUTE)
    }

    /// Sets and clears custom attributes of a user; those that are not named stay.
    async fn set_attributes(&self, ctx: &Context<'_>, input: SetAttributesInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
