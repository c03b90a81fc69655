//! Server-sent events, read one at a time.

use axum::http::{HeaderMap, Method, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use serde_json::Value;

use super::http::Client;

/// An open event stream.
pub struct EventStream {
    pub status: StatusCode,
    pub headers: HeaderMap,
    body: Incoming,
    unread: String,
}

/// One event. A comment has neither name nor text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    pub name: String,
    pub text: String,
}

impl Event {
    /// The text as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }
}

impl EventStream {
    /// Opens a stream for one operation, in distinct connections mode.
    pub async fn operate(client: &Client, body: Value) -> Self {
        let request = client
            .request(Method::POST, "/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "text/event-stream");
        Self::of(client, request.body(Full::from(body.to_string())).unwrap()).await
    }

    /// Opens the stream that is reserved under `token`.
    pub async fn attach(client: &Client, token: &str) -> Self {
        let path = format!("/graphql?token={token}");
        let request = client.request(Method::GET, &path).header(header::ACCEPT, "text/event-stream");
        Self::of(client, request.body(Full::default()).unwrap()).await
    }

    /// Opens a stream of the console's own, with a cookie.
    pub async fn follow(client: &Client, path: &str, cookie: &str) -> Self {
        let request = client.request(Method::GET, path).header(header::COOKIE, cookie);
        Self::of(client, request.body(Full::default()).unwrap()).await
    }

    async fn of(client: &Client, request: axum::http::Request<Full<Bytes>>) -> Self {
        let (parts, body) = client.open(request).await.into_parts();
        Self { status: parts.status, headers: parts.headers, body, unread: String::new() }
    }

    /// The next event or comment; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let event = parse(event);
                self.unread = rest.to_owned();
                return Some(event);
            }
            let frame = self.body.frame().await?.ok()?;
            let Ok(bytes) = frame.into_data() else { continue };
            self.unread.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

fn parse(lines: &str) -> Event {
    let mut event = Event::default();
    for line in lines.lines() {
        match line.split_once(':') {
            Some(("event", name)) => event.name = name.trim().to_owned(),
            Some(("data", text)) => event.text.push_str(text.trim()),
            _ => {}
        }
    }
    event
}
