//! Serving: opens the directory, puts GraphQL and the edge before it, and ends in good order.

mod door;
mod settling;

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot::{self, error::RecvError};
use tokio::sync::watch;

use self::settling::{Then, settle, settle_later};
use crate::directory::{
    Directory, DirectoryOptions, FirstAdministrator, FirstStartFault, OpenFault, Progress, erasing,
};
use crate::http::{EdgeLimits, SchemaDefinitionError, Shutdown, Tls, TlsFault, TlsFiles, answer_until};
use crate::identity::Identities;
use crate::mail::{self, Jitter, MailSettings, Mailer, MailerFault};
use crate::retention;
use crate::rule_calls;
use crate::traces::{self, Exporter, TraceFault, TraceSettings, Tracer};
use crate::writer::Stop;
pub use door::{edge, routes};

/// An opening that takes longer is told of: a shorter one is waited for.
const START_PATIENCE: Duration = Duration::from_secs(5);

/// Between two looks whether certificate and key were renewed.
const CERTIFICATE_EVERY: Duration = Duration::from_secs(60);

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
    let opening = open(directory)?;
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
    let reloading = tokio::spawn(renew(signal(SignalKind::hangup())?, tls.clone()));
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

/// On a thread that has not stepped back, since those that it begins are the ones that everybody waits for. A bug that
/// ends it is what the receiver is told.
fn open(directory: DirectoryOptions) -> std::io::Result<oneshot::Receiver<Result<Directory, OpenFault>>> {
    let (opened, opening) = oneshot::channel();
    let thread = std::thread::Builder::new().name("rollbook-open".to_owned());
    // Nobody waits for it any more where the server was told to end.
    thread.spawn(move || _ = opened.send(Directory::open(directory)))?;
    Ok(opening)
}

/// Told to end while the directory is being opened: what is folded so far is let go. One that is open by then is closed.
async fn let_go(
    opening: impl Future<Output = std::io::Result<Result<Result<Directory, OpenFault>, RecvError>>>,
    progress: &Progress,
) -> Result<(), ServeFault> {
    progress.give_up();
    match opening.await?.map_err(std::io::Error::other)? {
        Ok(directory) => directory.close().await.map_err(ServeFault::Stopped),
        Err(OpenFault::GivenUp) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

/// A renewed certificate comes in by itself, and at once by SIGHUP.
async fn renew(mut hangup: Signal, tls: Option<Tls>) {
    let Some(tls) = tls else {
        // Nothing to read anew, and no reason to end.
        while hangup.recv().await.is_some() {}
        return;
    };
    let mut looks = tokio::time::interval(CERTIFICATE_EVERY);
    loop {
        let renewed = tokio::select! {
            told = hangup.recv() => match told {
                Some(()) => tls.reload().map(|()| true),
                None => return,
            },
            _ = looks.tick() => tls.reload_if_changed(),
        };
        match renewed {
            Ok(true) => tracing::info!("certificate and key were read anew"),
            Ok(false) => {}
            Err(fault) => tracing::error!(%fault, "the old certificate stays in use"),
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
