//! A server somewhere else: its GraphQL over HTTP/1.1, answers as an event stream.
//!
//! A query comes as a stream of one answer, so there is one way to ask for both.

mod event_stream;
mod fault;

pub(super) use event_stream::EventStream;
pub(super) use fault::RemoteFault;

use axum::http::{Method, Request, StatusCode, Uri, header};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use zeroize::Zeroizing;

use super::{Exit, Failure};

/// Of `http` (RFC 9110 4.2.1).
const PORT: u16 = 80;

/// A server, and who asks.
pub(super) struct Server {
    authority: String,
    path: String,
    token: Zeroizing<String>,
}

impl Server {
    /// From `http://host:port`, and the token of a session.
    pub(super) fn new(url: &str, token: Option<&str>) -> Result<Server, Failure> {
        let usage = |sentence: &str| Failure::new(Exit::Usage, sentence);
        let uri: Uri = url.parse().map_err(|_| usage("--server must be like http://127.0.0.1:7420"))?;
        if uri.scheme_str() != Some("http") {
            return Err(usage("--server must begin with http://, for TLS ends at a proxy before the server"));
        }
        let host = uri.host().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| usage("--server must name a host, such as http://127.0.0.1:7420"))?;
        let token = token.ok_or_else(|| usage("--server needs the token of a session in ROLLBOOK_TOKEN"))?;
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(usage("ROLLBOOK_TOKEN must be a token as signIn gave it"));
        }
        Ok(Server {
            authority: format!("{host}:{}", uri.port_u16().unwrap_or(PORT)),
            path: format!("{}/graphql", uri.path().trim_end_matches('/')),
            token: Zeroizing::new(token.to_owned()),
        })
    }

    /// Asks, and reads what comes.
    pub(super) async fn follow(&self, document: &str, variables: &Value) -> Result<EventStream, Failure> {
        let response = self.post(document, variables).await?;
        match response.status() {
            StatusCode::OK => Ok(EventStream::of(response.into_body())),
            StatusCode::UNAUTHORIZED => Err(RemoteFault::Token.into()),
            status => Err(RemoteFault::Status(status).into()),
        }
    }

    async fn post(
        &self,
        document: &str,
        variables: &Value,
    ) -> Result<hyper::Response<hyper::body::Incoming>, RemoteFault> {
        let stream = TcpStream::connect(&self.authority).await.map_err(RemoteFault::Connect)?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the answer; a fault of it shows there.
        drop(tokio::spawn(connection));
        let body = json!({ "query": document, "variables": variables }).to_string();
        let authorization = Zeroizing::new(format!("Bearer {}", self.token.as_str()));
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.path)
            .header(header::HOST, &self.authority)
            .header(header::AUTHORIZATION, authorization.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "text/event-stream")
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| RemoteFault::Request)?;
        Ok(sender.send_request(request).await?)
    }
}
