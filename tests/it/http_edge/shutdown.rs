//! Stopping, and clients that dawdle.

use std::time::Duration;

use rollbook::http::EdgeLimits;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::fixture;
use crate::support::sse::EventStream;
use crate::support::websocket::GraphQlSocket;

#[tokio::test]
async fn stopping_closes_websockets_with_1001_and_ends_event_streams() {
    let fixture = fixture::start().await;
    let client = fixture.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    let mut stream = EventStream::operate(&client, json!({ "query": "subscription { forever }" })).await;
    stream.next().await.unwrap();
    let hearing = tokio::spawn(async move { socket.closing().await });
    let reading = tokio::spawn(async move { stream.next().await });
    fixture.server.stop().await.unwrap();
    assert_eq!(hearing.await.unwrap(), (1001, "Going away".to_owned()));
    assert_eq!(reading.await.unwrap(), None);
}

#[tokio::test]
async fn stopping_refuses_new_connections_and_finishes_what_was_accepted() {
    let fixture = fixture::start().await;
    let address = fixture.server.address;
    let mut half = TcpStream::connect(address).await.unwrap();
    let body = r#"{"query":"mutation { raise }"}"#;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    half.write_all(head.as_bytes()).await.unwrap();
    half.write_all(&body.as_bytes()[..5]).await.unwrap();
    // One answered request proves that the server reads; the half one was sent before it.
    while !fixture.server.client().get("/readyz").await.status.is_success() {}
    let stopping = tokio::spawn(fixture.server.stop());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    half.write_all(&body.as_bytes()[5..]).await.unwrap();
    let mut answer = String::new();
    half.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains(r#"{"data":{"raise":1}}"#), "{answer}");
    stopping.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_client_that_dawdles_over_its_head_or_says_nothing_is_left() {
    let limits = EdgeLimits { head_within: Duration::from_millis(50), ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    for sent in ["", "P", "PRI * HTTP/2.0\r\n", "GET /healthz HTT", "GET /healthz HTTP/1.1\r\nhost:"] {
        let mut slow = TcpStream::connect(fixture.server.address).await.unwrap();
        slow.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        assert!(!answer.contains("200 OK"), "{answer}");
    }
}

#[tokio::test]
async fn a_client_that_dawdles_over_its_body_gets_408() {
    let limits = EdgeLimits { body_within: Duration::from_millis(50), ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let mut slow = TcpStream::connect(fixture.server.address).await.unwrap();
    let head =
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{";
    slow.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 1024];
    let read = slow.read(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("REQUEST_TIMEOUT"), "{answer}");
}

#[tokio::test]
async fn a_connection_that_idles_after_its_answer_is_closed() {
    let limits = EdgeLimits { head_within: Duration::from_millis(50), ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let mut idle = TcpStream::connect(fixture.server.address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    idle.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn connections_beyond_the_bound_wait_for_a_place() {
    let limits = EdgeLimits { connections_max: 1, ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let client = fixture.server.client();
    let socket = GraphQlSocket::connect(&client).await;
    let waiting = tokio::spawn(async move { client.get("/healthz").await.status });
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!waiting.is_finished());
    drop(socket);
    assert_eq!(waiting.await.unwrap(), 200);
}
