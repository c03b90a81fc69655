//! Serving: opens the directory, puts GraphQL and the edge before it, and ends in good order.

use std::any::TypeId;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Data;
use rollbook_schema::{ActorKind, UserId};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinHandle};

use crate::access::Caller;
use crate::avatars;
use crate::backup;
use crate::clock::{Clock, SystemClock};
use crate::console;
use crate::directory::erasing;
use crate::directory::{
    Directory, DirectoryOptions, FirstAdministrator, FirstStart, FirstStartFault, OpenFault, Progress, Shadow,
};
use crate::evidence;
use crate::export;
use crate::graphql;
use crate::http::{
    Authenticate, AuthenticationError, Edge, EdgeLimits, EdgeParts, Loopback, Rates, RequestContext,
    SchemaDefinitionError, Shutdown, Tls, TlsFault, TlsFiles, TooMuch, answer_until, envelope, router,
};
use crate::identity::{Identities, SessionToken};
use crate::mail::{self, Jitter, MailSettings, Mailer, MailerFault};
use crate::metrics;
use crate::person_file;
use crate::rest;
use crate::retention;
use crate::review;
use crate::rule_calls;
use crate::table;
use crate::traces::{self, Exporter, TraceFault, TraceSettings, Tracer};
use crate::writer::Stop;

/// An opening that takes longer is told of: a shorter one is waited for.
const START_PATIENCE: Duration = Duration::from_secs(5);

/// What a server is started with.
#[derive(Clone)]
pub struct ServeSettings {
    /// The directory.
    pub directory: DirectoryOptions,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Made on an empty directory.
    pub administrator: FirstAdministrator,
    /// Bounds of the edge.
    pub limits: EdgeLimits,
    /// Certificate and key; `None`: TLS is left to a proxy.
    pub tls: Option<TlsFiles>,
    /// How mail leaves.
    pub mail: MailSettings,
    /// Where traces go, if anywhere.
    pub traces: Option<TraceSettings>,
}

/// Why a server did not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeFault {
    /// The directory did not open.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The first administrator could not be made.
    #[error(transparent)]
    FirstStart(#[from] FirstStartFault),
    /// The address is not to be had.
    #[error("could not listen on {listen}: {source}")]
    Listen {
        /// Which address.
        listen: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The schema is not one: a bug.
    #[error(transparent)]
    Schema(#[from] SchemaDefinitionError),
    /// Certificate or key cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// Traces cannot be sent with these settings.
    #[error(transparent)]
    Traces(#[from] TraceFault),
    /// Mail cannot be sent with these settings.
    #[error(transparent)]
    Mail(#[from] MailerFault),
    /// The system refused signals or threads.
    #[error("the system refused: {0}")]
    System(#[from] std::io::Error),
    /// The directory stopped while serving. Nothing unacknowledged was lost; start again.
    #[error("stopped serving: {0}")]
    Stopped(Stop),
}

/// Serves until told to end (SIGTERM, SIGINT) or until the directory stops.
///
/// # Errors
/// [`ServeFault`] when it could not start, or did not end on request.
pub async fn run(settings: ServeSettings) -> Result<(), ServeFault> {
    let ServeSettings { mut directory, listen, administrator, limits, tls, mail, traces } = settings;
    let tls = tls.map(Tls::open).transpose()?;
    let exporter = tracing_to(traces, &mut directory)?;
    // The last to end: what stopping takes is traced too.
    let untraced = Shutdown::default();
    let seed = Identities::new(Arc::clone(&directory.entropy)).seed();
    let jitter = Jitter::seeded(seed);
    let mailer = Mailer::open(&mail, jitter)?;
    // Signals first: who is told to stop while starting stops.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let listener = TcpListener::bind(listen).await.map_err(|source| ServeFault::Listen { listen, source })?;
    let listener = listener.into_std()?;
    let progress = directory.progress.clone();
    let folding = progress.clone();
    let said = move || {
        let (folded, all) = folding.now();
        format!("{folded} of {all} events folded")
    };
    let opening = tokio::task::spawn_blocking(move || Directory::open(directory));
    let opened = {
        let answering = answer_until(opening, (&listener, tls.clone()), limits.clone(), START_PATIENCE, said);
        let mut answering = pin!(answering);
        tokio::select! {
            opened = &mut answering => opened?,
            _ = terminate.recv() => return let_go(answering, &progress).await,
            _ = interrupt.recv() => return let_go(answering, &progress).await,
        }
    };
    let directory = opened.map_err(std::io::Error::other)??;
    let takes_commands = directory.takes_commands();
    let (settled, until_settled) = watch::channel(takes_commands);
    if takes_commands {
        settle(&directory, administrator).await?;
    } else {
        // Who reads is served meanwhile.
        tokio::spawn(settle_later(directory.clone(), administrator, settled.clone()));
    }
    let listener = TcpListener::from_std(listener)?;
    let shutdown = Shutdown::default();
    let edge = edge(&directory, limits.clone(), shutdown.clone())?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    println!("Rollbook serves {scheme}://{}/graphql (explorer at /explorer)", listener.local_addr()?);
    let reloading = tokio::spawn(reload_on_hangup(signal(SignalKind::hangup())?, tls.clone()));
    let serving = tokio::spawn(crate::http::serve_with(
        listener,
        routes(&directory, &edge, &limits),
        limits,
        shutdown.clone(),
        tls,
    ));
    let mut exporting = tokio::spawn(export_traces(exporter, untraced.clone()));
    let then = Then { settled: until_settled, shutdown: shutdown.clone() };
    let mut mailing = then.spawn(mail::run(directory.clone(), mailer, shutdown.clone()));
    let mut calling = then.spawn(rule_calls::run(directory.clone(), jitter, shutdown.clone()));
    let erasing = then.spawn(erasing::run(directory.clone(), shutdown.clone()));
    let retaining = then.spawn(retention::run(directory.clone(), shutdown.clone()));
    let stopped = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        stop = directory.status().until_stopped() => Some(stop),
    };
    if let Some(stop) = &stopped {
        tracing::error!(%stop, "the directory stopped: no further command is accepted");
    }
    shutdown.begin();
    reloading.abort();
    if !matches!(serving.await, Ok(Ok(()))) {
        tracing::warn!("some connections were still open and were dropped");
    }
    if tokio::time::timeout(mail::STOP_WITHIN, &mut mailing).await.is_err() {
        // What is still on its way is cut off; it is due again at the next start.
        mailing.abort();
    }
    if tokio::time::timeout(rule_calls::STOP_WITHIN, &mut calling).await.is_err() {
        calling.abort();
    }
    // It ends at the first look at the shutdown; what it leaves is taken up by the next start.
    erasing.abort();
    // A run that is cut short is gone on with at the next start.
    retaining.abort();
    let closed = directory.close().await;
    untraced.begin();
    if tokio::time::timeout(traces::STOP_WITHIN, &mut exporting).await.is_err() {
        exporting.abort();
    }
    match stopped {
        Some(stop) => Err(ServeFault::Stopped(stop)),
        None => closed.map_err(ServeFault::Stopped),
    }
}

/// What a start asks for before anybody else does.
async fn settle(directory: &Directory, administrator: FirstAdministrator) -> Result<(), FirstStartFault> {
    if let Some(first) = directory.first_start(administrator).await? {
        announce(&first);
    }
    directory.replace_lost_signing_key().await?;
    if let Err(fault) = directory.complete_erasures().await {
        tracing::error!(%fault, "an erasure is not complete yet");
    }
    directory.end_lost_rule_runs().await?;
    Ok(())
}

/// The same once commands are taken. Where it fails the server ends, as one does that did not start.
async fn settle_later(directory: Directory, administrator: FirstAdministrator, settled: watch::Sender<bool>) {
    if directory.until_it_takes_commands().await.is_err() {
        return;
    }
    match settle(&directory, administrator).await {
        Ok(()) => drop(settled.send_replace(true)),
        Err(fault) => directory.status().stop(Stop::Rebuild(fault.to_string())),
    }
}

/// Starts what asks for things of its own accord, once the start has asked for its own.
struct Then {
    settled: watch::Receiver<bool>,
    shutdown: Shutdown,
}

impl Then {
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        let (mut settled, shutdown) = (self.settled.clone(), self.shutdown.clone());
        tokio::spawn(async move {
            tokio::select! {
                is_settled = settled.wait_for(|settled| *settled) => drop(is_settled),
                () = shutdown.begun() => return,
            }
            task.await;
        })
    }
}

/// Told to end while the directory is being opened: what is folded so far is let go. One that is open by then is closed.
async fn let_go(
    opening: impl Future<Output = std::io::Result<Result<Result<Directory, OpenFault>, JoinError>>>,
    progress: &Progress,
) -> Result<(), ServeFault> {
    progress.give_up();
    match opening.await?.map_err(std::io::Error::other)? {
        Ok(directory) => directory.close().await.map_err(ServeFault::Stopped),
        Err(OpenFault::GivenUp) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

/// SIGHUP reads certificate and key anew; without TLS it changes nothing.
async fn reload_on_hangup(mut hangup: Signal, tls: Option<Tls>) {
    while hangup.recv().await.is_some() {
        match tls.as_ref().map(Tls::reload) {
            Some(Ok(())) => tracing::info!("certificate and key were read anew"),
            Some(Err(fault)) => tracing::error!(%fault, "the old certificate stays in use"),
            None => {}
        }
    }
}

/// What the directory does is traced, where somebody collects it.
fn tracing_to(
    settings: Option<TraceSettings>,
    directory: &mut DirectoryOptions,
) -> Result<Option<Exporter>, TraceFault> {
    let Some(settings) = settings else { return Ok(None) };
    let entropy = Arc::clone(&directory.entropy);
    let (tracer, exporter) = Tracer::start(settings, directory.clock.as_ref(), entropy)?;
    directory.tracer = tracer;
    Ok(Some(exporter))
}

async fn export_traces(exporter: Option<Exporter>, shutdown: Shutdown) {
    if let Some(exporter) = exporter {
        exporter.run(shutdown).await;
    }
}

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

/// The one-time password goes to standard output once, and nowhere else.
fn announce(first: &FirstStart) {
    println!("This directory is new. Its administrator signs in as: {}", first.username);
    if let Some(password) = &first.made_up_password {
        println!("with the password: {} (shown this once: note it, then change it)", password.as_str());
    }
}
