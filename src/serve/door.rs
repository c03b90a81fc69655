//! The doors before a directory: GraphQL behind the edge, and every other route.

use std::any::TypeId;
use std::sync::Arc;

use async_graphql::Data;
use rollbook_schema::{ActorKind, UserId};

use crate::access::Caller;
use crate::clock::{Clock as _, SystemClock};
use crate::directory::{Directory, Shadow};
use crate::http::{
    Authenticate, AuthenticationError, Edge, EdgeLimits, EdgeParts, Loopback, Rates, RequestContext,
    SchemaDefinitionError, Shutdown, TooMuch, envelope, router,
};
use crate::identity::SessionToken;
use crate::{avatars, backup, console, evidence, export, graphql, metrics, person_file, rest, review, table};

/// Every route of a server: the edge's own, REST, pictures, evidence, the access review, the table of users,
/// metrics and the console.
pub fn routes(directory: &Directory, edge: &Edge, limits: &EdgeLimits) -> axum::Router {
    let rest = rest::routes(directory.clone(), limits.clone());
    let avatars = avatars::routes(directory.clone());
    let evidence = evidence::routes::routes(directory.clone());
    let review = review::routes(directory.clone());
    let metrics = metrics::routes(directory.clone(), edge.clone());
    let files = person_file::routes(directory.clone());
    let (table, console) = (table::routes(directory.clone()), console::routes(directory));
    let export = export::routes(directory.clone());
    let backup = backup::routes::routes(directory.clone());
    let others = [rest, avatars, evidence, review, files, table, metrics, export, backup, console];
    others.into_iter().fold(router(edge), |all, routes| all.merge(envelope(edge, routes)))
}

/// The edge before a directory.
///
/// # Errors
/// [`SchemaDefinitionError`] when our own schema is broken.
pub fn edge(
    directory: &Directory,
    limits: EdgeLimits,
    shutdown: Shutdown,
) -> Result<Edge, SchemaDefinitionError> {
    let sdl = graphql::sdl();
    let (ids, tokens, ready) = (directory.clone(), directory.clone(), directory.clone());
    let alarming = directory.clone();
    let people = Rates::new(limits.per_person);
    let sessions = Sessions { directory: directory.clone(), people, loopback: limits.loopback };
    let parts = EdgeParts {
        execute: Arc::new(graphql::schema(directory.clone())),
        authenticate: Arc::new(sessions),
        request_ids: Arc::new(move || ids.identities().correlation(SystemClock.now()).to_string()),
        stream_tokens: Arc::new(move || tokens.identities().token().reveal().to_owned()),
        is_ready: Arc::new(move || ready.status().stopped().is_none()),
        alarm: Arc::new(move || reads_only(&alarming).or_else(|| mismatch(alarming.shadow()))),
        metrics: directory.metrics().clone(),
        tracer: directory.tracer().clone(),
        limits,
        shutdown,
    };
    Edge::new(parts, &sdl)
}

fn reads_only(directory: &Directory) -> Option<String> {
    let (folded, all) = directory.rebuilt_so_far()?;
    Some(format!("no commands are taken yet: {folded} of {all} events folded anew"))
}

fn mismatch(proved: &Shadow) -> Option<String> {
    let views = proved.mismatch();
    let is_found = !views.is_empty();
    is_found.then(|| format!("views differ from the log: {}; a start folds it anew", views.join(", ")))
}

/// Judges bearer tokens by the sessions of the directory.
struct Sessions {
    directory: Directory,
    /// What each person asks, by whoever really acts.
    people: Rates<UserId>,
    loopback: Loopback,
}

impl Authenticate for Sessions {
    fn authenticate(
        &self,
        bearer: Option<&str>,
        context: &RequestContext,
    ) -> Result<Data, AuthenticationError> {
        let caller = match bearer {
            None => Caller::Anonymous,
            Some(token) => {
                let token = SessionToken::from_client(token);
                self.directory.caller(&token).ok_or(AuthenticationError::Unauthenticated)?
            }
        };
        let mut data = Data::default();
        data.insert(caller);
        data.insert(graphql::RequestContext {
            request_id: context.request_id.clone(),
            client_address: context.client_address.map(|address| address.to_string()),
            user_agent: context.user_agent.clone(),
        });
        Ok(data)
    }

    fn admit(&self, data: &Data, context: &RequestContext) -> Result<(), TooMuch> {
        let is_here = context.client_address.is_some_and(|address| address.is_loopback());
        if is_here && self.loopback == Loopback::Free {
            return Ok(());
        }
        let caller = data.get(&TypeId::of::<Caller>()).and_then(|caller| caller.downcast_ref::<Caller>());
        match caller.and_then(Caller::actor) {
            Some(actor) if actor.kind == ActorKind::Person => self.people.check(&actor.id),
            _ => Ok(()),
        }
    }

    fn is_stranger(&self, data: &Data) -> bool {
        let caller = data.get(&TypeId::of::<Caller>()).and_then(|caller| caller.downcast_ref::<Caller>());
        matches!(caller, None | Some(Caller::Anonymous))
    }
}
