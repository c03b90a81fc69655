//! Finished spans go to the collector in handfuls, by POST. What cannot be delivered is dropped and counted.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rollbook_schema::value::RuleUrl;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::span::Finished;
use super::{Tracer, otlp};
use crate::http::Shutdown;
use crate::rule_calls::connector;

/// Spans of one request to the collector, at most.
const SPANS_PER_REQUEST_MAX: usize = 512;
/// How long the first span of a handful waits for more.
const GATHER_FOR: Duration = Duration::from_secs(1);
/// How long one request may take, from looking up the host to the end of the answer.
const SEND_WITHIN: Duration = Duration::from_secs(5);
/// Longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 64 << 10;
/// Longest head of an answer, in bytes.
const ANSWER_HEAD_BYTES_MAX: usize = 16 << 10;

/// Where traces go.
#[derive(Clone)]
pub struct TraceSettings {
    /// A collector's address for traces, such as `http://127.0.0.1:4318/v1/traces`.
    pub endpoint: RuleUrl,
    /// Headers that it wants to see, secrets among them.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Of a thousand traces that begin here, so many are kept. Who sends a `traceparent` has chosen already.
    pub per_thousand: u16,
}

/// Why traces cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum TraceFault {
    /// Nobody can be trusted at the other end.
    #[error(
        "traces cannot be sent to this trace-endpoint: no certificates of authorities were found on this system"
    )]
    NoAuthorities,
}

/// Sends what was finished. To be run beside the server.
pub struct Exporter {
    settings: TraceSettings,
    received: Receiver<Finished>,
    tracer: Tracer,
    tls: Option<TlsConnector>,
    /// So that a collector that is away is one line of log, and its return another.
    is_away: bool,
}

/// Why a handful did not arrive.
#[derive(Debug, thiserror::Error)]
enum SendFault {
    #[error("no connection")]
    Unreachable,
    #[error("no answer in time")]
    TooSlow,
    #[error("the collector answered {0}")]
    Refused(u16),
}

impl Exporter {
    pub(super) fn new(
        settings: TraceSettings,
        received: Receiver<Finished>,
        tracer: &Tracer,
    ) -> Result<Exporter, TraceFault> {
        let tls = match settings.endpoint.is_encrypted() {
            true => Some(connector(None).map_err(|_| TraceFault::NoAuthorities)?),
            false => None,
        };
        Ok(Exporter { settings, received, tracer: tracer.clone(), tls, is_away: false })
    }

    /// Until told to stop; what was finished by then is sent.
    pub async fn run(mut self, shutdown: Shutdown) {
        while let Some(handful) = self.gather(&shutdown).await {
            self.deliver(&handful).await;
        }
    }

    /// Waits for a first span, then for as many more as come in time; `None` when there is none and none will come.
    async fn gather(&mut self, shutdown: &Shutdown) -> Option<Vec<Finished>> {
        let first = tokio::select! {
            biased;
            first = self.received.recv() => first?,
            () = shutdown.begun() => return None,
        };
        let mut handful = vec![first];
        let until = Instant::now() + GATHER_FOR;
        while handful.len() < SPANS_PER_REQUEST_MAX {
            let next = async {
                tokio::select! {
                    biased;
                    next = self.received.recv() => next,
                    () = shutdown.begun() => None,
                }
            };
            match timeout_at(until, next).await {
                Ok(Some(span)) => handful.push(span),
                Ok(None) | Err(_) => break,
            }
        }
        Some(handful)
    }

    async fn deliver(&mut self, handful: &[Finished]) {
        let sent = timeout(SEND_WITHIN, self.send(handful)).await.unwrap_or(Err(SendFault::TooSlow));
        match sent {
            Ok(()) => {
                self.tracer.sent(handful.len());
                if std::mem::take(&mut self.is_away) {
                    tracing::info!("traces arrive again");
                }
            }
            Err(fault) => {
                self.tracer.dropped(handful.len());
                if !std::mem::replace(&mut self.is_away, true) {
                    tracing::warn!(%fault, "traces do not arrive, and are dropped");
                }
            }
        }
    }

    async fn send(&self, handful: &[Finished]) -> Result<(), SendFault> {
        let endpoint = &self.settings.endpoint;
        let connected = TcpStream::connect((endpoint.host(), endpoint.port())).await;
        let socket = connected.map_err(|_| SendFault::Unreachable)?;
        let Some(tls) = &self.tls else { return self.post(socket, handful).await };
        let name = ServerName::try_from(endpoint.host().to_owned()).map_err(|_| SendFault::Unreachable)?;
        let stream = tls.connect(name, socket).await.map_err(|_| SendFault::Unreachable)?;
        self.post(stream, handful).await
    }

    async fn post<S>(&self, socket: S, handful: &[Finished]) -> Result<(), SendFault>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let builder = &mut http1::Builder::new();
        let opened = builder.max_buf_size(ANSWER_HEAD_BYTES_MAX).handshake(TokioIo::new(socket)).await;
        let (mut sender, connection) = opened.map_err(|_| SendFault::Unreachable)?;
        // Aborted when this ends, whatever the other side still sends.
        let mut connections = JoinSet::new();
        connections.spawn(connection);
        let request = self.request(otlp::body(handful)).ok_or(SendFault::Unreachable)?;
        let answer = sender.send_request(request).await.map_err(|_| SendFault::Unreachable)?;
        if !answer.status().is_success() {
            return Err(SendFault::Refused(answer.status().as_u16()));
        }
        // Read, so that the collector is not cut off in the middle of a word; of no further interest.
        let _ = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
        Ok(())
    }

    /// `None` for an address that cannot stand in a request.
    fn request(&self, body: Vec<u8>) -> Option<Request<Full<Bytes>>> {
        let endpoint = &self.settings.endpoint;
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(endpoint.target())
            .header(HOST, endpoint.authority())
            .header(USER_AGENT, "rollbook")
            .header(CONTENT_TYPE, "application/json")
            .header(CONNECTION, "close");
        for (name, value) in &self.settings.headers {
            request = request.header(name, value);
        }
        request.body(Full::new(Bytes::from(body))).ok()
    }
}
