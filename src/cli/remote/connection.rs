//! A connection that is asked one thing after the other.

use axum::http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use super::{RemoteFault, Server};

/// Longest answer, in bytes.
const ANSWER_BYTES_MAX: usize = 64 << 20;
/// Says whether the request could be run by its status, too.
const GRAPHQL: &str = "application/graphql-response+json";

/// What a server answered.
pub(in crate::cli) struct Answer {
    /// Null where nothing was carried out.
    pub data: Value,
    pub errors: Vec<Told>,
}

/// Why something was not answered. What the server says of an error is never personal.
pub(in crate::cli) struct Told {
    pub code: String,
    pub message: String,
}

/// A connection to a server.
pub(in crate::cli) struct Connection {
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    pub(in crate::cli) async fn to(server: &Server) -> Result<Connection, RemoteFault> {
        let stream = TcpStream::connect(&server.authority).await.map_err(RemoteFault::Connect)?;
        // Small requests, each waited for: nothing is gained by gathering them.
        stream.set_nodelay(true).map_err(RemoteFault::Connect)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the sender; a fault of it shows in the answer.
        drop(tokio::spawn(connection));
        Ok(Connection { sender })
    }

    pub(super) async fn send(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<hyper::Response<Incoming>, RemoteFault> {
        self.sender.ready().await?;
        Ok(self.sender.send_request(request).await?)
    }

    /// Whether the server ended it.
    pub(in crate::cli) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Asks the server that it leads to, and reads the whole answer.
    pub(in crate::cli) async fn ask(
        &mut self,
        server: &Server,
        document: &str,
        variables: &Value,
    ) -> Result<Answer, RemoteFault> {
        let response = self.send(server.request(document, variables, GRAPHQL)?).await?;
        let status = response.status();
        if status == StatusCode::UNAUTHORIZED {
            return Err(RemoteFault::Token);
        }
        let form = response.headers().get(header::CONTENT_TYPE).and_then(|form| form.to_str().ok());
        if !form.is_some_and(|form| form.starts_with(GRAPHQL)) {
            return Err(RemoteFault::Status(status));
        }
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
        let body = body.map_err(|_| RemoteFault::Unreadable)?.to_bytes();
        let mut answer: Value = serde_json::from_slice(&body).map_err(|_| RemoteFault::Unreadable)?;
        let errors = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |value: &Value, otherwise: &str| value.as_str().unwrap_or(otherwise).to_owned();
        let told = errors.iter().map(|error| Told {
            code: text(&error["extensions"]["code"], "INTERNAL"),
            message: text(&error["message"], "it did not say why"),
        });
        Ok(Answer { errors: told.collect(), data: answer["data"].take() })
    }
}
