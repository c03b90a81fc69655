//! Connections: accepted within bounds, timed while their heads are read, finished when the server stops.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limits::EdgeLimits;
use super::shutdown::Shutdown;
use super::timed_writes::TimedWrites;

/// How long to wait after the system could not accept a connection, mostly for want of file descriptors.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// Most HTTP/2 streams of one connection.
const STREAMS_PER_CONNECTION_MAX: u32 = 128;

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
    let server = server(&limits);
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(limits.connections_max));
    loop {
        let accepted = tokio::select! {
            biased;
            () = shutdown.begun() => break,
            accepted = accept(&listener, &room) => accepted,
        };
        let Some((stream, peer, slot)) = accepted else { continue };
        let (server, watcher) = (server.clone(), graceful.watcher());
        let service = service(&router, peer, slot);
        let (shutdown, limits) = (shutdown.clone(), limits.clone());
        let connected = shutdown.connect();
        tokio::spawn(async move {
            let _connected = connected;
            if !speaks(&stream, limits.head_within, &shutdown).await {
                return;
            }
            let stream = TimedWrites::new(stream, limits.write_within);
            let connection = server.serve_connection_with_upgrades(stream, service);
            // A connection fails when its client leaves: nothing to do, and nothing to say.
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

/// A place among `connections_max`. A WebSocket keeps it beyond the HTTP connection it grew from.
#[derive(Clone)]
pub(super) struct ConnectionSlot {
    _permit: Arc<OwnedSemaphorePermit>,
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, ConnectionSlot)> {
    let permit = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Answers are small and whole: waiting to fill a packet only delays them.
            let _ = stream.set_nodelay(true);
            Some((stream, peer, ConnectionSlot { _permit: Arc::new(permit) }))
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
        hyper::service::Service::call(&router, request)
    })
}
