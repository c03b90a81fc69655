//! A connection that stays open, as a browser's or a program's does.

use std::net::SocketAddr;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::fault::BenchFault;
use super::server::PASSWORD;

/// One HTTP/1.1 connection, to `/graphql` unless it says otherwise.
pub struct Connection {
    address: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
    bearer: Option<String>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// [`BenchFault::Connection`].
    pub async fn open(address: SocketAddr, bearer: Option<String>) -> Result<Self, BenchFault> {
        let stream = TcpStream::connect(address).await.map_err(BenchFault::Connection)?;
        stream.set_nodelay(true).map_err(BenchFault::Connection)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the sender; a fault shows at the next request.
        drop(tokio::spawn(connection));
        Ok(Connection { address, sender, bearer })
    }

    /// The token of the administrator.
    ///
    /// # Errors
    /// [`BenchFault::Answer`] when the server does not let them in.
    pub async fn sign_in(address: SocketAddr) -> Result<String, BenchFault> {
        Connection::sign_in_as(address, "admin").await
    }

    /// The token of somebody whose password is everybody's.
    ///
    /// # Errors
    /// [`BenchFault::Answer`] when the server does not let them in.
    pub async fn sign_in_as(address: SocketAddr, login: &str) -> Result<String, BenchFault> {
        let document = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
        let input = json!({ "input": { "login": login, "password": PASSWORD } });
        let mut connection = Connection::open(address, None).await?;
        let data = connection.ask("signIn", document, input).await?;
        data["signIn"]["token"].as_str().map(str::to_owned).ok_or(BenchFault::Answer("signIn"))
    }

    /// Asks as somebody else from here on.
    pub fn bear(&mut self, token: &str) {
        self.bearer = Some(token.to_owned());
    }

    /// Asks, and reads the answer's `data`.
    ///
    /// # Errors
    /// [`BenchFault::Answer`] for anything but data without errors.
    pub async fn ask(
        &mut self,
        name: &'static str,
        document: &str,
        variables: Value,
    ) -> Result<Value, BenchFault> {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let (status, bytes) = self.post(body).await?;
        let mut answer: Value = serde_json::from_slice(&bytes).map_err(|_| BenchFault::Answer(name))?;
        if status != StatusCode::OK || answer.get("errors").is_some() {
            return Err(BenchFault::Answer(name));
        }
        Ok(answer["data"].take())
    }

    /// Sends a body and reads the answer whole. A connection that the server closed meanwhile, since nothing was asked
    /// for long, is opened again.
    ///
    /// # Errors
    /// [`BenchFault::Connection`].
    pub async fn post(&mut self, body: String) -> Result<(StatusCode, Bytes), BenchFault> {
        let body = Bytes::from(body);
        if self.sender.ready().await.is_ok() {
            match self.sender.send_request(self.request(body.clone())?).await {
                Ok(answer) => return read(answer).await,
                // It was closed before the request went out: nothing was asked.
                Err(fault) if fault.is_canceled() => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        *self = Connection::open(self.address, self.bearer.take()).await?;
        self.sender.ready().await?;
        let answer = self.sender.send_request(self.request(body)?).await?;
        read(answer).await
    }

    /// Looks at a page of the console, as a browser of the same session does.
    ///
    /// # Errors
    /// [`BenchFault::Connection`].
    pub async fn look(&mut self, path: &str) -> Result<(StatusCode, Bytes), BenchFault> {
        let cookie = format!("rollbook={}", self.bearer.as_deref().unwrap_or_default());
        let request = Request::get(path)
            .header(header::HOST, self.address.to_string())
            .header(header::COOKIE, cookie)
            .body(Full::default())
            .map_err(|fault| BenchFault::Connection(std::io::Error::other(fault)))?;
        self.sender.ready().await?;
        read(self.sender.send_request(request).await?).await
    }

    fn request(&self, body: Bytes) -> Result<Request<Full<Bytes>>, BenchFault> {
        let mut request = Request::post("/graphql")
            .header(header::HOST, self.address.to_string())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/graphql-response+json");
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let broken = |fault: hyper::http::Error| BenchFault::Connection(std::io::Error::other(fault));
        request.body(Full::from(body)).map_err(broken)
    }
}

async fn read(answer: Response<Incoming>) -> Result<(StatusCode, Bytes), BenchFault> {
    let (parts, body) = answer.into_parts();
    Ok((parts.status, body.collect().await?.to_bytes()))
}
