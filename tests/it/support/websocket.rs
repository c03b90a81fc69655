//! A client of `graphql-transport-ws` that says what it is told to, right or wrong.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use super::http::Client;

const READ_BUFFER_BYTES: usize = 4 * 1024;

/// An open WebSocket.
pub struct GraphQlSocket<S = TcpStream> {
    pub stream: WebSocketStream<S>,
}

impl GraphQlSocket {
    /// Opens `/graphql` with the right sub-protocol, and says nothing.
    pub async fn open(client: &Client) -> Self {
        Self::open_as(client, Some("graphql-transport-ws")).await
    }

    /// Opens `/graphql` with any sub-protocol or none. A client's token goes into the upgrade's header.
    pub async fn open_as(client: &Client, protocol: Option<&str>) -> Self {
        let stream = TcpStream::connect(client.address).await.unwrap();
        Self::open_on(stream, client, protocol).await
    }

    /// Opens the socket and waits for the acknowledgement.
    pub async fn connect(client: &Client) -> Self {
        let mut socket = Self::open(client).await;
        socket.say(json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> GraphQlSocket<S> {
    /// The same on a connection that stands.
    pub async fn open_on(stream: S, client: &Client, protocol: Option<&str>) -> Self {
        let mut request = format!("ws://{}/graphql", client.address).into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", protocol.parse().unwrap());
        }
        if let Some(token) = client.token() {
            request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        }
        // Small, so that a test can hold very many.
        let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER_BYTES).write_buffer_size(0);
        let opened = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await;
        let stream = match (opened, protocol) {
            (Ok((stream, _)), _) => stream,
            (Err(error), _) => panic!("the handshake failed: {error}"),
        };
        Self { stream }
    }

    pub async fn say(&mut self, message: Value) {
        self.say_text(&message.to_string()).await;
    }

    pub async fn say_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    }

    /// The next message of the protocol.
    pub async fn hear(&mut self) -> Value {
        loop {
            match self.stream.next().await.expect("an open socket").unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("heard {other:?}"),
            }
        }
    }

    /// The code and the reason the server closes with, whatever it says before.
    pub async fn closing(&mut self) -> (u16, String) {
        loop {
            match self.stream.next().await.expect("a close frame").unwrap() {
                Message::Close(Some(frame)) => return (frame.code.into(), frame.reason.to_string()),
                Message::Close(None) => panic!("closed without a code"),
                _ => {}
            }
        }
    }
}
