//! GraphQL over server-sent events, one stream for all operations of a client.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::http::{Method, header};
use http_body_util::Full;
use rollbook::http::EdgeLimits;
use serde_json::{Value, json};

use super::fixture;
use crate::support::http::{Answer, Client};
use crate::support::sse::EventStream;

const TOKEN: &str = "x-graphql-event-stream-token";

async fn reserve(client: &Client) -> String {
    let answer = client.send(client.request(Method::PUT, "/graphql").body(Full::default()).unwrap()).await;
    assert_eq!(answer.status, 201);
    answer.text()
}

async fn operate(client: &Client, token: &str, id: Value, query: &str) -> Answer {
    let body = json!({ "query": query, "extensions": { "operationId": id } });
    let request = client
        .request(Method::POST, "/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/graphql-response+json")
        .header(TOKEN, token);
    client.send(request.body(Full::from(body.to_string())).unwrap()).await
}

async fn stop(client: &Client, token: &str, id: &str) -> Answer {
    let request = client.request(Method::DELETE, &format!("/graphql?operationId={id}")).header(TOKEN, token);
    client.send(request.body(Full::default()).unwrap()).await
}

#[tokio::test]
async fn results_of_all_operations_come_by_the_one_stream() {
    let client = fixture::start().await.server.client();
    let token = reserve(&client).await;
    let mut stream = EventStream::attach(&client, &token).await;
    for (id, query, data) in [
        ("a", "{ hello }", json!({ "hello": "world" })),
        ("b", "subscription { count(to: 1) }", json!({ "count": 1 })),
    ] {
        assert_eq!(operate(&client, &token, json!(id), query).await.status, 202);
        let event = stream.next().await.unwrap();
        assert_eq!(event.name, "next");
        assert_eq!(event.json(), json!({ "id": id, "payload": { "data": data } }));
        let event = stream.next().await.unwrap();
        assert_eq!((event.name.as_str(), event.json()), ("complete", json!({ "id": id })));
    }
}

#[tokio::test]
async fn an_operation_may_be_sent_before_the_stream_is_opened() {
    let client = fixture::start().await.server.client();
    let token = reserve(&client).await;
    assert_eq!(operate(&client, &token, json!("a"), "{ hello }").await.status, 202);
    let mut stream = EventStream::attach(&client, &token).await;
    assert_eq!(stream.next().await.unwrap().json()["id"], "a");
}

#[tokio::test]
async fn delete_stops_an_operation_and_frees_its_id() {
    let fixture = fixture::start().await;
    let client = fixture.server.client();
    let token = reserve(&client).await;
    let mut stream = EventStream::attach(&client, &token).await;
    operate(&client, &token, json!("a"), "subscription { forever }").await;
    stream.next().await.unwrap();
    assert_eq!(operate(&client, &token, json!("a"), "{ hello }").await.status, 409);
    assert_eq!(stop(&client, &token, "a").await.status, 200);
    assert_eq!(operate(&client, &token, json!("a"), "{ hello }").await.status, 202);
    assert_eq!(stream.next().await.unwrap().json()["payload"], json!({ "data": { "hello": "world" } }));
    assert_eq!(fixture.counter.alive.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn one_reservation_has_one_reader() {
    let client = fixture::start().await.server.client();
    let token = reserve(&client).await;
    let _stream = EventStream::attach(&client, &token).await;
    assert_eq!(EventStream::attach(&client, &token).await.status, 409);
}

#[tokio::test]
async fn an_unknown_token_is_404_everywhere() {
    let client = fixture::start().await.server.client();
    assert_eq!(EventStream::attach(&client, "none").await.status, 404);
    assert_eq!(operate(&client, "none", json!("a"), "{ hello }").await.status, 404);
    assert_eq!(stop(&client, "none", "a").await.status, 404);
}

#[tokio::test]
async fn a_token_dies_with_its_stream() {
    let client = fixture::start().await.server.client();
    let token = reserve(&client).await;
    drop(EventStream::attach(&client, &token).await);
    while operate(&client, &token, json!("a"), "{ hello }").await.status != 404 {
        tokio::task::yield_now().await;
        stop(&client, &token, "a").await;
    }
}

#[tokio::test]
async fn a_reservation_that_nobody_opens_expires() {
    let limits = EdgeLimits { reservation_within: Duration::ZERO, ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let client = fixture.server.client();
    let token = reserve(&client).await;
    assert_eq!(EventStream::attach(&client, &token).await.status, 404);
}

#[tokio::test]
async fn requests_that_are_wrong_are_answered_by_themselves() {
    let client = fixture::start().await.server.client();
    let token = reserve(&client).await;
    let answer = operate(&client, &token, json!("a"), "{ nothing }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "GRAPHQL_VALIDATION_FAILED"));
    for id in [json!(null), json!(1), json!(""), json!("x".repeat(129))] {
        assert_eq!(operate(&client, &token, id, "{ hello }").await.status, 400);
    }
}

#[tokio::test]
async fn another_bearer_cannot_use_the_stream() {
    let client = fixture::start().await.server.client();
    let token = reserve(&client.bearer(fixture::TOKEN)).await;
    let answer = operate(&client, &token, json!("a"), "{ hello }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, "FORBIDDEN"));
    let answer = operate(&client.bearer(fixture::TOKEN), &token, json!("a"), "{ hello }").await;
    assert_eq!(answer.status, 202);
}

#[tokio::test]
async fn operations_beyond_the_cap_are_429() {
    let client = fixture::start().await.server.client();
    let token = reserve(&client).await;
    for id in 0..4 {
        assert_eq!(operate(&client, &token, json!(id.to_string()), "{ hello }").await.status, 202);
    }
    assert_eq!(operate(&client, &token, json!("one more"), "{ hello }").await.status, 429);
}

#[tokio::test]
async fn reservations_beyond_the_cap_are_503() {
    let limits = EdgeLimits { reservations_max: 1, ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let client = fixture.server.client();
    reserve(&client).await;
    let answer = client.send(client.request(Method::PUT, "/graphql").body(Full::default()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "BUSY"));
}
