//! graphql-transport-ws when something is wrong: each mistake has its code.

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::SinkExt;
use rollbook::http::EdgeLimits;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::fixture;
use crate::support::websocket::GraphQlSocket;

#[tokio::test]
async fn messages_that_are_none_close_with_4400() {
    let client = fixture::start().await.server.client();
    for text in [
        "",
        "not json",
        "[]",
        "{}",
        r#"{"type":7}"#,
        r#"{"type":"start"}"#,
        r#"{"type":"connection_init","payload":[]}"#,
        r#"{"type":"ping","payload":"x"}"#,
        r#"{"type":"subscribe"}"#,
        r#"{"type":"subscribe","id":"1"}"#,
        r#"{"type":"subscribe","id":1,"payload":{"query":"{ hello }"}}"#,
        r#"{"type":"subscribe","id":"","payload":{"query":"{ hello }"}}"#,
        r#"{"type":"subscribe","id":"1","payload":{}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{ hello }","variables":[]}}"#,
        r#"{"type":"complete"}"#,
        r#"{"type":"ping","type":"pong"}"#,
    ] {
        let mut socket = GraphQlSocket::connect(&client).await;
        socket.say_text(text).await;
        let (code, reason) = socket.closing().await;
        assert_eq!(code, 4400, "for {text}");
        assert!(reason.starts_with("Invalid message"), "{reason}");
    }
}

#[tokio::test]
async fn a_binary_message_closes_with_4400() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.stream.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(socket.closing().await.0, 4400);
}

#[tokio::test]
async fn an_operation_before_the_acknowledgement_closes_with_4401() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::open(&client).await;
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(socket.closing().await, (4401, "Unauthorized".to_owned()));
}

#[tokio::test]
async fn a_bad_bearer_closes_with_4403() {
    let client = fixture::start().await.server.client();
    for payload in [
        json!({ "authorization": "Bearer stolen" }),
        json!({ "authorization": "x" }),
        json!({ "Authorization": 1 }),
    ] {
        let mut socket = GraphQlSocket::open(&client).await;
        socket.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.closing().await, (4403, "Forbidden".to_owned()));
    }
    let mut socket = GraphQlSocket::open(&client.bearer("stolen")).await;
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closing().await.0, 4403);
}

#[tokio::test]
async fn a_bearer_that_is_revoked_closes_with_4403_while_a_subscription_runs() {
    let fixture = fixture::start_ticking().await;
    let mut socket = GraphQlSocket::connect(&fixture.server.client().bearer(fixture::TOKEN)).await;
    socket.subscribe("1", "subscription { forever }").await;
    socket.hear().await;
    fixture.authenticate.revoked.store(true, Ordering::SeqCst);
    assert_eq!(socket.closing().await.0, 4403);
}

#[tokio::test]
async fn without_the_sub_protocol_it_closes_with_4406() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::open_as(&client, None).await;
    assert_eq!(socket.closing().await, (4406, "Subprotocol not acceptable".to_owned()));
}

#[tokio::test]
async fn silence_instead_of_init_closes_with_4408() {
    let limits = EdgeLimits { init_within: Duration::from_millis(20), ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let mut socket = GraphQlSocket::open(&fixture.server.client()).await;
    assert_eq!(socket.closing().await, (4408, "Connection initialisation timeout".to_owned()));
}

#[tokio::test]
async fn an_id_in_use_closes_with_4409() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.subscribe("one", "subscription { forever }").await;
    socket.hear().await;
    socket.subscribe("one", "{ hello }").await;
    assert_eq!(socket.closing().await, (4409, "Subscriber for one already exists".to_owned()));
}

#[tokio::test]
async fn a_second_init_closes_with_4429() {
    let client = fixture::start().await.server.client();
    let mut socket = GraphQlSocket::connect(&client).await;
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closing().await, (4429, "Too many initialisation requests".to_owned()));
}

#[tokio::test]
async fn a_message_over_the_limit_closes_with_1009() {
    let limits = EdgeLimits { message_bytes_max: 1_000, ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let mut socket = GraphQlSocket::connect(&fixture.server.client()).await;
    socket.subscribe("1", &"x".repeat(2_000)).await;
    assert_eq!(socket.closing().await.0, 1009);
}
