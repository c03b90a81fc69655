//! The same edge over HTTP/2.

use axum::http::{Method, Request, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::fixture;

#[tokio::test]
async fn requests_of_one_connection_are_answered() {
    let fixture = fixture::start().await;
    let address = fixture.server.address;
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    for _ in 0..3 {
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("http://{address}/graphql"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::<Bytes>::from(r#"{"query":"{ hello }"}"#))
            .unwrap();
        let body =
            sender.send_request(request).await.unwrap().into_body().collect().await.unwrap().to_bytes();
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), json!({ "data": { "hello": "world" } }));
    }
}
