//! Access requests and restrictions.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::access_requests::{OF_PERSON, OF_REQUEST, payload};
use crate::graphql::asking::{ask, understood};
use crate::graphql::input::{
    ExtendAccessRequestInput, FulfilAccessRequestInput, LiftRestrictionInput, OpenAccessRequestInput,
    RefuseAccessRequestInput, RestrictProcessingInput,
};
use crate::graphql::output::{AccessRequestPayload, OF_USER, UserPayload};

#[derive(Default)]
pub(super) struct AccessRequestMutations;

#[Object]
impl AccessRequestMutations {
    /// Notes that a person, deleted or not, asked to see what is known of them. Due a month from now.
    async fn open_access_request(
        &self,
        ctx: &Context<'_>,
        input: OpenAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        payload(ctx, ask(ctx, input).await?, OF_PERSON)
    }

    /// Gives an access request two months more, once and while there is time.
    async fn extend_access_request(
        &self,
        ctx: &Context<'_>,
        mut input: ExtendAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, request)) => ctx.data::<Directory>()?.extend_access_request(asking, request).await,
            Err(refused) => Err(refused),
        };
        payload(ctx, answer, OF_REQUEST)
    }

    /// Notes that the person has the file, which must have been fetched since they asked.
    async fn fulfil_access_request(
        &self,
        ctx: &Context<'_>,
        mut input: FulfilAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, request)) => ctx.data::<Directory>()?.fulfil_access_request(asking, request).await,
            Err(refused) => Err(refused),
        };
        payload(ctx, answer, OF_REQUEST)
    }

    /// Notes that the person does not get the file, and why.
    async fn refuse_access_request(
        &self,
        ctx: &Context<'_>,
        mut input: RefuseAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, request)) => ctx.data::<Directory>()?.refuse_access_request(asking, request).await,
            Err(refused) => Err(refused),
        };
        payload(ctx, answer, OF_REQUEST)
    }

    /// Keeps what is known of a person and leaves it unused: no list, look-up or table shows them but to auditors and
    /// compliance officers, and mail to them waits. They can still sign in.
    async fn restrict_processing(
        &self,
        ctx: &Context<'_>,
        input: RestrictProcessingInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Uses what is known of a person again.
    async fn lift_restriction(&self, ctx: &Context<'_>, input: LiftRestrictionInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
