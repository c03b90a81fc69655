//! Connections: accepted within bounds, timed while their heads are read, finished when the server stops.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::callers::{Callers, Line};
use super::limits::EdgeLimits;
use super::shutdown::Shutdown;
use super::timed_stream::TimedStream;
use super::tls::Tls;

/// How long to wait after the system could not accept a connection, mostly for want of file descriptors.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// Most HTTP/2 streams of one connection.
const STREAMS_PER_CONNECTION_MAX: u32 = 128;

/// What a TLS connection says of itself, as a proxy before us would.
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Serves `router` on `listener` until `shutdown` begins, then stops accepting, finishes what was accepted,
/// closes WebSockets with 1001, and returns once all is done or `limits.drain_within` has passed.
///
/// # Errors
/// `TimedOut` when something was still open after `limits.drain_within`; it is dropped then.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: EdgeLimits,
    shutdown: Shutdown,
) -> io::Result<()> {
    serve_with(listener, router, limits, shutdown, None).await
}

/// The same, over TLS where it is given.
///
/// # Errors
/// As [`serve`].
pub async fn serve_with(
    listener: TcpListener,
    router: Router,
    limits: EdgeLimits,
    shutdown: Shutdown,
    tls: Option<Tls>,
) -> io::Result<()> {
    let callers = Callers::default();
    let server = server(&limits);
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(limits.connections_max));
    loop {
        let accepted = tokio::select! {
            biased;
            () = shutdown.begun() => break,
            accepted = accept(&listener, &room) => accepted,
        };
        let Some((stream, peer, permit)) = accepted else { continue };
        // Whoever holds too many learns it by the end of this one.
        let Some(line) = callers.take(peer.ip(), &limits) else { continue };
        let slot = ConnectionSlot { _permit: Arc::new((permit, line)) };
        let (server, watcher) = (server.clone(), graceful.watcher());
        let scheme = if tls.is_some() { Scheme::Tls } else { Scheme::Plain };
        let service = service(&router, peer, slot, scheme);
        let (shutdown, limits, tls) = (shutdown.clone(), limits.clone(), tls.clone());
        let connected = shutdown.connect();
        tokio::spawn(async move {
            let _connected = connected;
            if !speaks(&stream, limits.head_within, &shutdown).await {
                return;
            }
            // A connection fails when its client leaves: nothing to do, and nothing to say.
            let Some(tls) = tls else {
                let stream = TimedStream::new(stream, &limits);
                let connection = server.serve_connection_with_upgrades(stream, service);
                let _ = watcher.watch(connection.into_owned()).await;
                return;
            };
            let greeted = tokio::time::timeout(limits.head_within, tls.acceptor().accept(stream)).await;
            let Ok(Ok(stream)) = greeted else { return };
            let stream = TimedStream::new(stream, &limits);
            let connection = server.serve_connection_with_upgrades(stream, service);
            let _ = watcher.watch(connection.into_owned()).await;
        });
    }
    drop(listener);
    let drained = async {
        // In this order: a request still being answered may yet become a WebSocket.
        graceful.shutdown().await;
        shutdown.drained().await;
    };
    let in_time = tokio::time::timeout(limits.drain_within, drained).await;
    in_time.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))
}

fn server(limits: &EdgeLimits) -> Builder<TokioExecutor> {
    let mut server = Builder::new(TokioExecutor::new());
    server.http1().timer(TokioTimer::new()).header_read_timeout(limits.head_within);
    server
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.head_within)
        .keep_alive_timeout(limits.head_within)
        .max_concurrent_streams(STREAMS_PER_CONNECTION_MAX)
        .enable_connect_protocol();
    server
}

/// How a connection is spoken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    /// As it is, or to a proxy that says more of it.
    Plain,
    /// By TLS of our own.
    Tls,
}

/// Among the extensions of a request that came by TLS of our own.
#[derive(Clone, Copy)]
pub(super) struct OverTls;

/// A place among `connections_max`. A WebSocket keeps it beyond the HTTP connection it grew from.
#[derive(Clone)]
pub(super) struct ConnectionSlot {
    _permit: Arc<(OwnedSemaphorePermit, Line)>,
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Answers are small and whole: waiting to fill a packet only delays them.
            let _ = stream.set_nodelay(true);
            Some((stream, peer, permit))
        }
        Err(_) => {
            tokio::time::sleep(ACCEPT_AGAIN_AFTER).await;
            None
        }
    }
}

/// True once the client has sent a first byte in time: until then hyper cannot know which HTTP it speaks, and
/// its own timeout does not run.
async fn speaks(stream: &TcpStream, within: Duration, shutdown: &Shutdown) -> bool {
    let mut first = [0_u8; 1];
    tokio::select! {
        biased;
        peeked = tokio::time::timeout(within, stream.peek(&mut first)) => matches!(peeked, Ok(Ok(1))),
        () = shutdown.begun() => false,
    }
}

fn service(
    router: &Router,
    peer: SocketAddr,
    slot: ConnectionSlot,
    scheme: Scheme,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = Response<Body>,
    Error = Infallible,
    Future: Send + 'static,
>
+ Send
+ 'static
+ Clone {
    let router = hyper_util::service::TowerToHyperService::new(router.clone());
    hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(slot.clone());
        if scheme == Scheme::Tls {
            request.extensions_mut().insert(OverTls);
            request.headers_mut().insert(FORWARDED_PROTO, HeaderValue::from_static("https"));
        }
        hyper::service::Service::call(&router, request)
    })
}
