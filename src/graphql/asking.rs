//! From a mutation's input to a command that is asked, and back.

use async_graphql::{Context, InputObject, Result};
use rollbook_schema::value::Reason;
use rollbook_schema::{Command, RejectionCode, Version};

use super::input::Flaws;
use super::rights::caller;
use super::{RequestContext, scalar};
use crate::access::Caller;
use crate::directory::{Asking, Directory};
use crate::writer::{Answer, CommandError};

/// Longest network address and program name kept, in characters.
const CONTEXT_CHARS_MAX: usize = 512;

/// What every mutation may be told.
#[derive(InputObject, Default)]
pub(super) struct AskTerms {
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
    /// Why, or the ticket that asked for it.
    reason: Option<String>,
}

/// What every mutation of a user may be told.
#[derive(InputObject, Default)]
pub(super) struct ChangeTerms {
    /// The user's version that you saw; refused if it has changed since.
    expected_version: Option<scalar::Version>,
    #[graphql(flatten)]
    terms: AskTerms,
}

/// What goes with a command.
#[derive(Default)]
pub(super) struct Terms {
    idempotency_key: Option<String>,
    reason: Option<String>,
    expected_version: Option<Version>,
}

impl Terms {
    /// Nothing but a reason.
    pub(super) fn because(reason: Option<String>) -> Terms {
        Terms { reason, ..Terms::default() }
    }

    /// The same, with the client's own name for the request.
    pub(super) fn named(self, idempotency_key: Option<String>) -> Terms {
        Terms { idempotency_key, ..self }
    }
}

impl From<AskTerms> for Terms {
    fn from(terms: AskTerms) -> Self {
        let AskTerms { idempotency_key, reason } = terms;
        Terms { idempotency_key, reason, expected_version: None }
    }
}

impl From<ChangeTerms> for Terms {
    fn from(terms: ChangeTerms) -> Self {
        let expected_version = terms.expected_version.map(|version| version.0);
        Terms { expected_version, ..terms.terms.into() }
    }
}

/// An input that is one command.
pub(super) trait Asks {
    /// Takes the part that every input has.
    fn terms(&mut self) -> Terms;

    /// The command, if nothing is wrong with the input.
    fn command(self, flaws: &mut Flaws) -> Option<Command>;
}

/// Asks the command of an input. Everything that is wrong with the input is refused at once.
pub(super) async fn ask(ctx: &Context<'_>, mut input: impl Asks) -> Result<Answer> {
    let directory = ctx.data::<Directory>()?;
    Ok(match understood(ctx, input.terms(), |flaws| input.command(flaws)) {
        Ok((asking, command)) => directory.ask(asking, command).await,
        Err(refused) => Err(refused),
    })
}

/// Who asks and what an input says, if nothing is wrong with either.
pub(super) fn understood<T>(
    ctx: &Context<'_>,
    terms: Terms,
    parse: impl FnOnce(&mut Flaws) -> Option<T>,
) -> Result<(Asking, T), CommandError> {
    let mut flaws = Flaws::default();
    let asking = asking(ctx, terms, &mut flaws)?;
    let parsed = parse(&mut flaws);
    Ok((asking, flaws.of(parsed)?))
}

/// Who asks, where from, and why. Nobody is told what is wrong with a form they may not send.
pub(super) fn asking(ctx: &Context<'_>, terms: Terms, flaws: &mut Flaws) -> Result<Asking, RejectionCode> {
    let caller = caller(ctx);
    if caller == Caller::Anonymous {
        return Err(RejectionCode::Unauthenticated);
    }
    let reason = flaws.optional("reason", terms.reason.as_deref(), Reason::parse);
    let context = rollbook_schema::Context { reason, ..context(ctx) };
    let Terms { idempotency_key, expected_version, .. } = terms;
    Ok(Asking { caller, context, idempotency_key, expected_version })
}

/// Where the request came from.
pub(super) fn context(ctx: &Context<'_>) -> rollbook_schema::Context {
    let Some(request) = ctx.data_opt::<RequestContext>() else { return rollbook_schema::Context::default() };
    let short = |text: &String| text.chars().take(CONTEXT_CHARS_MAX).collect::<String>();
    rollbook_schema::Context {
        request_id: Some(short(&request.request_id)).filter(|id| !id.is_empty()),
        client_address: request.client_address.as_ref().map(short),
        user_agent: request.user_agent.as_ref().map(short),
        reason: None,
    }
}
