//! The edge: what it is built from, and the one way an operation goes from text to outcome.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::{Data, Request};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};

use super::answer::Outcome;
use super::execute::Execute;
use super::figures::Counted;
use super::identity::{Authenticate, AuthenticationError};
use super::limits::{EdgeLimits, Introspection};
use super::preflight::{OperationKind, Preflight, SchemaDefinitionError, Types};
use super::refusal::Refusal;
use super::request_body::GraphQlRequest;
use super::request_context::RequestContext;
use super::shutdown::Shutdown;
use super::sse::Reservations;
use super::turnstile::Turnstile;
use crate::metrics::Metrics;
use crate::traces::Tracer;

/// Makes a text that was never made before.
pub type TextSource = Arc<dyn Fn() -> String + Send + Sync>;

/// What an edge is built from. Clock, randomness and identities all come from outside.
pub struct EdgeParts {
    /// The schema, built with `ValidationMode::Fast`.
    pub execute: Arc<dyn Execute>,
    /// Who may come in.
    pub authenticate: Arc<dyn Authenticate>,
    /// Ids for requests that bring none.
    pub request_ids: TextSource,
    /// Tokens of reserved event streams. They must not be guessable: 128 random bits or more, URL-safe.
    pub stream_tokens: TextSource,
    /// True when the server can do its work; `/readyz` asks.
    pub is_ready: Arc<dyn Fn() -> bool + Send + Sync>,
    /// What is wrong though work can be done, in words for the operator; `/readyz` shows it to everybody.
    pub alarm: Arc<dyn Fn() -> Option<String> + Send + Sync>,
    /// The bounds kept.
    pub limits: EdgeLimits,
    /// What is counted.
    pub metrics: Metrics,
    /// Makes spans.
    pub tracer: Tracer,
    /// Ends streams when the server stops.
    pub shutdown: Shutdown,
}

/// A checked way in to one schema. Cloning shares it.
#[derive(Clone)]
pub struct Edge {
    pub(super) parts: Arc<EdgeParts>,
    pub(super) preflight: Arc<Preflight>,
    pub(super) reservations: Arc<Reservations>,
    pub(super) turnstile: Arc<Turnstile>,
    pub(super) subscriptions: Counted,
}

/// An operation that passed every check and waits to run.
pub(super) struct Planned {
    pub kind: OperationKind,
    request: Request,
    request_id: String,
}

impl Edge {
    /// An edge for the schema whose definition language is `sdl`.
    ///
    /// # Errors
    /// `sdl` is not a valid schema.
    pub fn new(parts: EdgeParts, sdl: &str) -> Result<Self, SchemaDefinitionError> {
        let preflight = Arc::new(Preflight::new(sdl, parts.limits.clone())?);
        let turnstile = Arc::new(Turnstile::new(&parts.limits));
        Ok(Self {
            parts: Arc::new(parts),
            preflight,
            reservations: Arc::default(),
            turnstile,
            subscriptions: Counted::default(),
        })
    }

    pub(super) fn limits(&self) -> &EdgeLimits {
        &self.parts.limits
    }

    pub(super) fn authenticate(
        &self,
        bearer: Option<&str>,
        context: &RequestContext,
    ) -> Result<Data, AuthenticationError> {
        self.parts.authenticate.authenticate(bearer, context)
    }

    /// Checks `request` and readies it to run as whoever `data` describes.
    pub(super) fn plan(
        &self,
        request: GraphQlRequest,
        data: Data,
        context: &RequestContext,
    ) -> Result<Planned, Refusal> {
        self.parts.authenticate.admit(&data, context)?;
        let checked = self.preflight.find(request.asked)?;
        let for_all = self.limits().introspection == Introspection::Everybody;
        let types =
            if for_all || !self.parts.authenticate.is_stranger(&data) { Types::Told } else { Types::Hidden };
        if checked.introspects() && types == Types::Hidden {
            let message = "the schema is described to those who are signed in";
            return Err(Refusal::document("INTROSPECTION_REFUSED", message));
        }
        let name = request.operation_name.as_deref();
        let (kind, mut planned) = self.preflight.plan(&checked, name, request.variables, types)?;
        planned.data = data;
        planned.data.insert(context.clone());
        Ok(Planned { kind, request: planned, request_id: context.request_id.clone() })
    }

    /// Runs a query or a mutation to its end.
    pub(super) async fn run(&self, planned: Planned) -> Outcome {
        let Planned { request, request_id, .. } = planned;
        // A panic unwinds through state of this one request only, which is dropped with it.
        let ended = AssertUnwindSafe(self.parts.execute.execute(request)).catch_unwind().await;
        match ended {
            Ok(response) => Outcome::of(response, &request_id),
            Err(_) => Outcome::of_panic(&request_id),
        }
    }

    /// Runs any operation as a stream: one outcome of a query or a mutation, all of a subscription.
    pub(super) fn stream(&self, planned: Planned) -> BoxStream<'static, Outcome> {
        if planned.kind != OperationKind::Subscription {
            let edge = self.clone();
            return async move { edge.run(planned).await }.into_stream().boxed();
        }
        let Planned { request, request_id, .. } = planned;
        let items = AssertUnwindSafe(self.parts.execute.subscribe(request)).catch_unwind();
        let counted = self.subscriptions.one();
        items
            .map(move |item| {
                let _ = &counted;
                match item {
                    Ok(response) => Outcome::of(response, &request_id),
                    Err(_) => Outcome::of_panic(&request_id),
                }
            })
            .boxed()
    }
}
