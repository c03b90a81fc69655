//! GraphQL over server-sent events, one stream for one operation.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::http::{Method, header};
use http_body_util::Full;
use rollbook::http::EdgeLimits;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::fixture;
use crate::support::sse::{Event, EventStream};

fn complete() -> Option<Event> {
    Some(Event { name: "complete".to_owned(), text: String::new() })
}

#[tokio::test]
async fn a_subscription_streams_next_and_complete() {
    let client = fixture::start().await.server.client();
    let mut stream = EventStream::operate(&client, json!({ "query": "subscription { count(to: 2) }" })).await;
    assert_eq!(stream.status, 200);
    assert_eq!(stream.headers[header::CONTENT_TYPE], "text/event-stream; charset=utf-8");
    for n in 1..=2 {
        let event = stream.next().await.unwrap();
        assert_eq!((event.name.as_str(), event.json()), ("next", json!({ "data": { "count": n } })));
    }
    assert_eq!(stream.next().await, complete());
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_query_streams_its_one_result() {
    let client = fixture::start().await.server.client();
    let mut stream = EventStream::operate(&client, json!({ "query": "{ hello }" })).await;
    assert_eq!(stream.next().await.unwrap().json(), json!({ "data": { "hello": "world" } }));
    assert_eq!(stream.next().await, complete());
}

#[tokio::test]
async fn a_get_with_the_right_accept_streams_too() {
    let client = fixture::start().await.server.client();
    let path = "/graphql?query=subscription{count(to:1)}";
    let request =
        client.request(Method::GET, path).header(header::ACCEPT, "text/event-stream").body(Full::default());
    let answer = client.send(request.unwrap()).await;
    assert_eq!(answer.text(), "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: complete\ndata:\n\n");
}

#[tokio::test]
async fn an_invalid_document_is_told_inside_the_stream() {
    let client = fixture::start().await.server.client();
    let mut stream = EventStream::operate(&client, json!({ "query": "{ nothing }" })).await;
    assert_eq!(stream.status, 200);
    let event = stream.next().await.unwrap();
    assert_eq!(event.json()["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(stream.next().await, complete());
}

#[tokio::test]
async fn a_bad_bearer_is_401_and_a_bad_body_400() {
    let client = fixture::start().await.server.client();
    let stream = EventStream::operate(&client.bearer("stolen"), json!({ "query": "{ hello }" })).await;
    assert_eq!(stream.status, 401);
    assert_eq!(EventStream::operate(&client, json!([])).await.status, 400);
}

#[tokio::test]
async fn a_quiet_stream_says_that_it_lives_until_its_bearer_is_revoked() {
    let fixture = fixture::start_ticking().await;
    let client = fixture.server.client().bearer(fixture::TOKEN);
    let mut stream = EventStream::operate(&client, json!({ "query": "subscription { forever }" })).await;
    assert_eq!(stream.next().await.unwrap().name, "next");
    assert_eq!(stream.next().await, Some(Event::default()));
    fixture.authenticate.revoked.store(true, Ordering::SeqCst);
    while let Some(event) = stream.next().await {
        assert_eq!(event, Event::default());
    }
}

#[tokio::test]
async fn a_reader_that_leaves_ends_the_subscription() {
    let fixture = fixture::start().await;
    let client = fixture.server.client();
    let mut stream = EventStream::operate(&client, json!({ "query": "subscription { forever }" })).await;
    stream.next().await.unwrap();
    assert_eq!(fixture.counter.alive.load(Ordering::SeqCst), 1);
    drop(stream);
    while fixture.counter.alive.load(Ordering::SeqCst) != 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_panic_ends_the_stream_with_a_neutral_error() {
    let client = fixture::start().await.server.client();
    let mut stream = EventStream::operate(&client, json!({ "query": "subscription { panics }" })).await;
    assert_eq!(stream.next().await.unwrap().json(), json!({ "data": { "panics": 1 } }));
    let event = stream.next().await.unwrap();
    assert_eq!(event.json()["errors"][0]["extensions"]["code"], "INTERNAL");
    assert_eq!(stream.next().await, complete());
}

#[tokio::test]
async fn a_reader_that_does_not_read_is_left_and_nothing_piles_up_for_it() {
    let limits = EdgeLimits { write_within: Duration::from_millis(100), ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let client = fixture.server.client();
    let mut connection = TcpStream::connect(client.address).await.unwrap();
    let path = "/graphql?query=subscription{flood}";
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    connection.readable().await.unwrap();
    while fixture.counter.alive.load(Ordering::SeqCst) != 0 {
        assert!(fixture.counter.pulled.load(Ordering::SeqCst) < 16_000, "a gigabyte was pulled");
        tokio::task::yield_now().await;
    }
}
