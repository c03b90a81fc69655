//! Following the log.

use serde_json::{Value, json};

use super::{head, member, own_seats};
use crate::support::rollbook::Rollbook;
use crate::support::websocket::GraphQlSocket;

/// The data of the next message.
async fn next(socket: &mut GraphQlSocket) -> Value {
    let message = socket.hear().await;
    assert_eq!(message["type"], "next", "{message}");
    assert_eq!(message["payload"]["errors"], Value::Null, "{message}");
    message["payload"]["data"].clone()
}

#[tokio::test]
async fn events_follow_the_log_from_a_position_and_lose_nothing() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let mut socket = GraphQlSocket::connect(&rollbook.admin).await;
    socket.subscribe("1", "subscription { events(after: 0) { position type } }").await;
    assert_eq!(next(&mut socket).await["events"]["position"], 1);
    let before = head(&rollbook.admin).await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    for position in 2..=before + 1 {
        let event = next(&mut socket).await["events"].clone();
        assert_eq!(event["position"], json!(position));
        assert_eq!(event["type"] == "ACCOUNT_LOCKED", position == before + 1);
    }
}

#[tokio::test]
async fn events_are_filtered_as_history_is() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let mut socket = GraphQlSocket::connect(&rollbook.admin).await;
    let query = format!(
        "subscription {{ events(after: 0, filter: {{ user: \"{ann}\", types: [ACCOUNT_LOCKED, USER_CREATED] }}) \
         {{ summary }} }}"
    );
    socket.subscribe("1", &query).await;
    rollbook.admin.accept("changeProfile", json!({ "userId": ann, "title": "Captain" }), "").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    assert_eq!(next(&mut socket).await["events"]["summary"], "Administrator created ann");
    assert_eq!(next(&mut socket).await["events"]["summary"], "Administrator locked ann's account");
}

#[tokio::test]
async fn nobody_follows_what_they_may_not_read() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let mut socket = GraphQlSocket::connect(&ann).await;
    socket.subscribe("1", "subscription { events(after: 0) { position } }").await;
    let refused = socket.hear().await;
    assert!(refused.to_string().contains("FORBIDDEN"), "{refused}");
}

#[tokio::test]
async fn a_stream_ends_with_the_rights_of_its_reader() {
    let rollbook = Rollbook::start().await;
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    let id = auditor.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let mut socket = GraphQlSocket::connect(&auditor).await;
    let query = "subscription { events(after: 0, filter: { types: [USER_CREATED] }) { position } }";
    socket.subscribe("1", query).await;
    // Both users that there are: the stream is open.
    next(&mut socket).await;
    next(&mut socket).await;
    let input = json!({ "userId": id, "accessProfile": "STANDARD" });
    rollbook.admin.accept("assignAccessProfile", input, "").await;
    let refused = socket.hear().await;
    assert!(refused.to_string().contains("FORBIDDEN"), "{refused}");
}

#[tokio::test]
async fn lic_02_licenses_are_shown_now_and_after_each_change() {
    let rollbook = Rollbook::start().await;
    let mut socket = GraphQlSocket::connect(&rollbook.admin).await;
    socket.subscribe("1", "subscription { licenses { type owned } }").await;
    let owned =
        |owned: u32| json!([{ "type": "READ_WRITE", "owned": owned }, { "type": "READ_ONLY", "owned": 0 }]);
    assert_eq!(next(&mut socket).await["licenses"], owned(0));
    rollbook.admin.create("CLIENT", "carl").await;
    own_seats(&rollbook.admin, "READ_WRITE", 7).await;
    assert_eq!(next(&mut socket).await["licenses"], owned(7));
}
