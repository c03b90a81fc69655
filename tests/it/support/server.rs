//! A router on a real socket, stopped when the test ends.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use rollbook::http::{EdgeLimits, Shutdown, Tls, serve_with};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::http::Client;

/// A running server.
pub struct TestServer {
    pub address: SocketAddr,
    pub shutdown: Shutdown,
    serving: JoinHandle<io::Result<()>>,
}

impl TestServer {
    /// Serves `router` on a free port of this machine.
    pub async fn start(router: Router, limits: EdgeLimits, shutdown: Shutdown) -> Self {
        Self::start_over(None, router, limits, shutdown).await
    }

    /// The same over TLS, where it is given.
    pub async fn start_over(
        tls: Option<Tls>,
        router: Router,
        limits: EdgeLimits,
        shutdown: Shutdown,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(serve_with(listener, router, limits, shutdown.clone(), tls));
        Self { address, shutdown, serving }
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Stops the server and waits until it has.
    pub async fn stop(self) -> io::Result<()> {
        self.shutdown.begin();
        self.serving.await.unwrap()
    }
}
