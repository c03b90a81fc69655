//! Masking requests and legal holds.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::{ask, asking, understood};
use crate::graphql::input::{
    ApproveMaskingInput, DeclineMaskingInput, ExtendMaskingInput, Flaws, LiftLegalHoldInput,
    PlaceLegalHoldInput, RequestMaskingInput, RequestMaskingsInput, WithdrawMaskingInput,
};
use crate::graphql::maskings::{OF_PERSON, OF_REQUEST, payload};
use crate::graphql::output::{BulkPayload, MaskingPayload, OF_BULK, OF_USER, UserPayload};

#[derive(Default)]
pub(super) struct MaskingMutations;

#[Object]
impl MaskingMutations {
    /// Asks for a person to be masked or erased. Due a month from now; a second person decides.
    async fn request_masking(&self, ctx: &Context<'_>, input: RequestMaskingInput) -> Result<MaskingPayload> {
        payload(ctx, ask(ctx, input).await?, OF_PERSON)
    }

    /// Asks for many people to be masked or erased. Each is judged alone and has an outcome of its own.
    async fn request_maskings(
        &self,
        ctx: &Context<'_>,
        mut input: RequestMaskingsInput,
    ) -> Result<BulkPayload> {
        let mut flaws = Flaws::default();
        let asking = match asking(ctx, input.terms(), &mut flaws) {
            Ok(asking) => asking,
            Err(code) => return Ok(BulkPayload::refuse(&code.into())),
        };
        let named: Vec<_> = input.people.iter().map(|person| person.user_id.clone()).collect();
        let parsed = input.parse(&mut flaws);
        let commands = match flaws.of(parsed) {
            Ok(commands) => commands,
            Err(rejections) => return Ok(BulkPayload::refuse(&rejections)),
        };
        match ctx.data::<Directory>()?.ask_each(asking, commands).await {
            Ok(answers) => BulkPayload::of(ctx, named.into_iter().zip(answers), OF_BULK),
            Err(rejection) => Ok(BulkPayload::refuse(&rejection.into())),
        }
    }

    /// Gives a masking request two months more, once and while there is time.
    async fn extend_masking(
        &self,
        ctx: &Context<'_>,
        mut input: ExtendMaskingInput,
    ) -> Result<MaskingPayload> {
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, request)) => ctx.data::<Directory>()?.extend_masking(asking, request).await,
            Err(refused) => Err(refused),
        };
        payload(ctx, answer, OF_REQUEST)
    }

    /// Agrees to a masking request, as a second person: neither who asked for it, nor whom it is about, nor
    /// one acting as the other. It is carried out at once; answers when the keys are destroyed.
    async fn approve_masking(
        &self,
        ctx: &Context<'_>,
        mut input: ApproveMaskingInput,
    ) -> Result<MaskingPayload> {
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, request)) => ctx.data::<Directory>()?.approve_masking(asking, request).await,
            Err(refused) => Err(refused),
        };
        payload(ctx, answer, OF_REQUEST)
    }

    /// Decides against a masking request, as a second person.
    async fn decline_masking(
        &self,
        ctx: &Context<'_>,
        mut input: DeclineMaskingInput,
    ) -> Result<MaskingPayload> {
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, request)) => ctx.data::<Directory>()?.decline_masking(asking, request).await,
            Err(refused) => Err(refused),
        };
        payload(ctx, answer, OF_REQUEST)
    }

    /// Takes your own masking request back.
    async fn withdraw_masking(
        &self,
        ctx: &Context<'_>,
        mut input: WithdrawMaskingInput,
    ) -> Result<MaskingPayload> {
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, request)) => ctx.data::<Directory>()?.withdraw_masking(asking, request).await,
            Err(refused) => Err(refused),
        };
        payload(ctx, answer, OF_REQUEST)
    }

    /// Keeps a person from being masked, erased or deleted until the hold is lifted.
    async fn place_legal_hold(&self, ctx: &Context<'_>, input: PlaceLegalHoldInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Ends a legal hold.
    async fn lift_legal_hold(&self, ctx: &Context<'_>, input: LiftLegalHoldInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
