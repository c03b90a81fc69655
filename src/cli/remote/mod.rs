//! A server somewhere else: its GraphQL over HTTP/1.1, answers whole or as an event stream.

mod connection;
mod event_stream;
mod fault;

pub(super) use connection::{Answer, Connection, Told};
pub(super) use event_stream::EventStream;
pub(super) use fault::RemoteFault;

use axum::http::{Method, Request, StatusCode, Uri, header};
use http_body_util::Full;
use hyper::body::Bytes;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{Exit, Failure};

/// Of `http` (RFC 9110 4.2.1).
const PORT: u16 = 80;

/// A server, and who asks.
pub(super) struct Server {
    authority: String,
    path: String,
    token: Option<Zeroizing<String>>,
}

impl Server {
    /// From `http://host:port`, and the token of a session.
    pub(super) fn new(url: &str, token: Option<&str>) -> Result<Server, Failure> {
        let server = Server::at(url)?;
        let sentence = "--server needs the token of a session in ROLLBOOK_TOKEN";
        server.signed_in(token.ok_or_else(|| Failure::new(Exit::Usage, sentence))?)
    }

    /// From `http://host:port`, with nobody signed in.
    pub(super) fn at(url: &str) -> Result<Server, Failure> {
        let usage = |sentence: &str| Failure::new(Exit::Usage, sentence);
        let uri: Uri = url.parse().map_err(|_| usage("--server must be like http://127.0.0.1:7420"))?;
        if uri.scheme_str() != Some("http") {
            return Err(usage("--server must begin with http://, for TLS ends at a proxy before the server"));
        }
        let host = uri.host().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| usage("--server must name a host, such as http://127.0.0.1:7420"))?;
        Ok(Server {
            authority: format!("{host}:{}", uri.port_u16().unwrap_or(PORT)),
            path: format!("{}/graphql", uri.path().trim_end_matches('/')),
            token: None,
        })
    }

    /// The same server, asked in a session.
    pub(super) fn signed_in(self, token: &str) -> Result<Server, Failure> {
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Failure::new(Exit::Usage, "ROLLBOOK_TOKEN must be a token as signIn gave it"));
        }
        Ok(Server { token: Some(Zeroizing::new(token.to_owned())), ..self })
    }

    /// Host and port.
    pub(super) fn authority(&self) -> &str {
        &self.authority
    }

    /// Asks once, on a connection of its own.
    pub(super) async fn ask(&self, document: &str, variables: &Value) -> Result<Answer, Failure> {
        Ok(Connection::to(self).await?.ask(self, document, variables).await?)
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

    /// Asks for what stands at a path beside the API.
    pub(super) async fn get(
        &self,
        path: &str,
    ) -> Result<hyper::Response<hyper::body::Incoming>, RemoteFault> {
        let before = self.path.trim_end_matches("/graphql");
        let request = Request::builder().uri(format!("{before}{path}")).header(header::HOST, &self.authority);
        let request = self.authorized(request).body(Full::new(Bytes::new()));
        Connection::to(self).await?.send(request.map_err(|_| RemoteFault::Request)?).await
    }

    fn authorized(&self, request: axum::http::request::Builder) -> axum::http::request::Builder {
        match &self.token {
            Some(token) => {
                let authorization = Zeroizing::new(format!("Bearer {}", token.as_str()));
                request.header(header::AUTHORIZATION, authorization.as_str())
            }
            None => request,
        }
    }

    async fn post(
        &self,
        document: &str,
        variables: &Value,
    ) -> Result<hyper::Response<hyper::body::Incoming>, RemoteFault> {
        let mut connection = Connection::to(self).await?;
        connection.send(self.request(document, variables, "text/event-stream")?).await
    }

    fn request(
        &self,
        document: &str,
        variables: &Value,
        accept: &str,
    ) -> Result<Request<Full<Bytes>>, RemoteFault> {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.path)
            .header(header::HOST, &self.authority)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, accept);
        self.authorized(request).body(Full::new(Bytes::from(body))).map_err(|_| RemoteFault::Request)
    }
}
