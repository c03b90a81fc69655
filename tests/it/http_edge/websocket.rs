//! graphql-transport-ws while all goes well.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rollbook::http::EdgeLimits;
use serde_json::json;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use super::fixture;
use crate::support::websocket::GraphQlSocket;

#[tokio::test]
async fn a_query_gives_one_next_and_complete() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(
        socket.hear().await,
        json!({ "id": "1", "type": "next", "payload": { "data": { "hello": "world" } } })
    );
    assert_eq!(socket.hear().await, json!({ "id": "1", "type": "complete" }));
}

#[tokio::test]
async fn a_mutation_runs_too() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.subscribe("1", "mutation { raise }").await;
    assert_eq!(socket.hear().await["payload"], json!({ "data": { "raise": 1 } }));
}

#[tokio::test]
async fn a_subscription_gives_each_item_and_complete() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.subscribe("1", "subscription { count(to: 3) }").await;
    for n in 1..=3 {
        assert_eq!(socket.hear().await["payload"], json!({ "data": { "count": n } }));
    }
    assert_eq!(socket.hear().await, json!({ "id": "1", "type": "complete" }));
}

#[tokio::test]
async fn an_id_is_free_once_complete_was_said() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    for _ in 0..3 {
        socket.subscribe("same", "{ hello }").await;
        assert_eq!(socket.hear().await["type"], "next");
        assert_eq!(socket.hear().await["type"], "complete");
    }
}

#[tokio::test]
async fn complete_from_the_client_ends_a_subscription_and_frees_its_id() {
    let fixture = fixture::start().await;
    let mut socket = GraphQlSocket::connect(&fixture.server.client()).await;
    socket.subscribe("1", "subscription { forever }").await;
    assert_eq!(socket.hear().await["type"], "next");
    socket.say(json!({ "id": "1", "type": "complete" })).await;
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(socket.hear().await["payload"], json!({ "data": { "hello": "world" } }));
    assert_eq!(socket.hear().await["type"], "complete");
    assert_eq!(fixture.counter.alive.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_invalid_document_is_an_error_never_a_next() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    for (query, code) in [("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_PARSE_FAILED")] {
        socket.subscribe("1", query).await;
        let heard = socket.hear().await;
        assert_eq!((&heard["type"], &heard["id"]), (&json!("error"), &json!("1")));
        assert_eq!(heard["payload"][0]["extensions"]["code"], code);
    }
}

#[tokio::test]
async fn a_failed_source_is_told_neutrally_and_completes() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.subscribe("1", "subscription { broken }").await;
    let heard = socket.hear().await;
    assert!(!heard.to_string().contains("jane"), "{heard}");
    assert_eq!(heard["payload"]["errors"][0]["extensions"]["code"], "INTERNAL");
    assert_eq!(socket.hear().await["type"], "complete");
}

#[tokio::test]
async fn a_panic_ends_one_operation_and_not_the_connection() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.subscribe("1", "subscription { panics }").await;
    assert_eq!(socket.hear().await["payload"], json!({ "data": { "panics": 1 } }));
    let heard = socket.hear().await;
    assert_eq!(
        (&heard["type"], &heard["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("INTERNAL"))
    );
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn ping_is_answered_with_its_payload_even_before_the_acknowledgement() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::open(&client).await;
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
    socket.say(json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong", "payload": { "n": 1 } }));
    socket.say(json!({ "type": "pong" })).await;
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
}

#[tokio::test]
async fn the_bearer_comes_by_header_or_by_payload() {
    let client = fixture::start().await.server.client();
    let authorization = format!("Bearer {}", fixture::TOKEN);
    let by_header = GraphQlSocket::connect(&client.bearer(fixture::TOKEN)).await;
    let mut sockets = vec![by_header];
    for key in ["authorization", "Authorization"] {
        let mut socket = GraphQlSocket::open(&client).await;
        socket.say(json!({ "type": "connection_init", "payload": { key: authorization } })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        sockets.push(socket);
    }
    for mut socket in sockets {
        socket.subscribe("1", "{ whoami }").await;
        assert_eq!(socket.hear().await["payload"], json!({ "data": { "whoami": fixture::TOKEN } }));
    }
}

#[tokio::test]
async fn operations_beyond_the_cap_are_refused_and_the_others_live() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    for id in ["1", "2", "3", "4"] {
        socket.subscribe(id, "subscription { forever }").await;
        assert_eq!(socket.hear().await["type"], "next");
    }
    socket.subscribe("5", "{ hello }").await;
    let heard = socket.hear().await;
    assert_eq!(heard["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    socket.say(json!({ "id": "1", "type": "complete" })).await;
    socket.subscribe("5", "{ hello }").await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn a_client_that_does_not_read_is_left_and_nothing_piles_up_for_it() {
    let limits = EdgeLimits { write_within: Duration::from_millis(100), ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let mut socket = GraphQlSocket::connect(&fixture.server.client()).await;
    socket.subscribe("1", "subscription { flood }").await;
    socket.hear().await;
    // The source never ends. Sockets hold a few megabytes; after that one write waits, in vain.
    while fixture.counter.alive.load(Ordering::SeqCst) != 0 {
        assert!(fixture.counter.pulled.load(Ordering::SeqCst) < 16_000, "a gigabyte was pulled");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_client_that_leaves_ends_its_subscriptions() {
    let fixture = fixture::start().await;
    let mut socket = GraphQlSocket::connect(&fixture.server.client()).await;
    socket.subscribe("1", "subscription { forever }").await;
    socket.hear().await;
    assert_eq!(fixture.counter.alive.load(Ordering::SeqCst), 1);
    drop(socket);
    while fixture.counter.alive.load(Ordering::SeqCst) != 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_client_that_closes_gets_its_close_frame_back() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.subscribe("1", "subscription { forever }").await;
    socket.hear().await;
    let code = CloseCode::Normal;
    socket.stream.close(Some(CloseFrame { code, reason: "bye".into() })).await.unwrap();
    assert_eq!(socket.closing().await, (1000, "bye".to_owned()));
}
