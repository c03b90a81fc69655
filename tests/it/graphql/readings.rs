//! Reading history is itself recorded, once an hour for each reader, person and way.

use std::slice;

use serde_json::{Value, json};

use super::member;
use super::proxies::{act_as, me};
use crate::support::clock::rollbook_with_clock;
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;
use crate::support::websocket::GraphQlSocket;

async fn read(client: &Client, filter: Value) {
    let document = "query($filter: HistoryFilter) { history(filter: $filter) { nodes { position } } }";
    client.data(document, json!({ "filter": filter })).await;
}

/// Who read the history of a user, newest first, as somebody sees it.
async fn readings(client: &Client, user: &str) -> Vec<Value> {
    let document = "query($id: ID!) { user(by: { id: $id }) { readings { nodes \
                    { subject { kind } actor { id name } changes { to } } } } }";
    let found = client.data(document, json!({ "id": user })).await;
    found["user"]["readings"]["nodes"].as_array().unwrap().clone()
}

fn reading(kind: &str, reader: &str, name: Option<&str>, way: &str) -> Value {
    json!({ "subject": { "kind": kind }, "actor": { "id": reader, "name": name }, "changes": [{ "to": way }] })
}

#[tokio::test]
async fn his_03_a_person_sees_who_read_their_history() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    let (ann_id, adam) = (me(&ann).await, me(&auditor).await);
    read(&ann, json!({ "user": ann_id })).await;
    assert_eq!(readings(&ann, &ann_id).await, Vec::<Value>::new(), "the own one is nobody's business");
    read(&auditor, json!({ "user": ann_id })).await;
    read(&auditor, json!({ "user": ann_id })).await;
    let of_ann = reading("USER", &adam, None, "PAGE");
    assert_eq!(readings(&ann, &ann_id).await, slice::from_ref(&of_ann));
    // What is read of everybody is read of each.
    read(&auditor, json!({ "types": ["SIGNED_IN"] })).await;
    let of_all = reading("TENANT", &adam, None, "PAGE");
    assert_eq!(readings(&ann, &ann_id).await, [of_all, of_ann]);
    let document = "{ me { history(types: [HISTORY_READ]) { nodes { summary } } } }";
    let own = ann.data(document, json!({})).await["me"]["history"]["nodes"].clone();
    assert_eq!(own, json!([{ "summary": format!("{adam} read ann's history") }]));
}

#[tokio::test]
async fn readings_are_for_the_person_and_for_who_may_see_history() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let ann_id = me(&ann).await;
    read(&rollbook.admin, json!({ "by": ann_id })).await;
    let seen = readings(&rollbook.admin, &ann_id).await;
    assert_eq!(seen, [reading("USER", "user_8", Some("Administrator"), "PAGE")]);
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let document = "query($id: ID!) { user(by: { id: $id }) { readings { totalCount } } }";
    assert_eq!(manager.graphql_with(document, json!({ "id": ann_id })).await.code(), "FORBIDDEN");
}

#[tokio::test]
async fn reading_fills_no_log() {
    let (rollbook, clock) = rollbook_with_clock().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let read_twice = async || {
        for _ in 0..2 {
            read(&rollbook.admin, json!({ "user": ann })).await;
        }
        rollbook.directory.reached().0
    };
    let before = rollbook.directory.reached().0;
    let once = read_twice().await;
    assert_eq!(once, before + 1);
    assert_eq!(read_twice().await, once);
    clock.pass_minutes(60);
    let admin = rollbook.sign_in("admin", crate::support::rollbook::ADMIN_PASSWORD).await;
    let before = rollbook.directory.reached().0;
    read(&admin, json!({ "user": ann })).await;
    assert_eq!(rollbook.directory.reached().0, before + 1);
}

#[tokio::test]
async fn each_way_of_reading_is_recorded() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let entry = format!("event_{}", rollbook.directory.reached());
    admin.data("query($id: ID!) { node(id: $id) { id } }", json!({ "id": entry })).await;
    let filter = format!("%7B%22user%22%3A%22{ann}%22%7D");
    assert_eq!(admin.get(&format!("/history/export?filter={filter}")).await.status, 200);
    let mut socket = GraphQlSocket::connect(admin).await;
    let followed = format!("events(after: 0, filter: {{ user: \"{ann}\" }}) {{ position }}");
    socket.subscribe("1", &format!("subscription {{ {followed} }}")).await;
    socket.hear().await;
    let seen = readings(admin, &ann).await;
    let ways: Vec<&str> = seen.iter().map(|entry| entry["changes"][0]["to"].as_str().unwrap()).collect();
    assert_eq!(ways, ["FOLLOW", "EXPORT", "PAGE"]);
}

#[tokio::test]
async fn his_04_whoever_reads_as_another_is_recorded_as_themselves() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let ann_id = me(&ann).await;
    let (as_ann, session) = act_as(&rollbook, &rollbook.admin, &ann_id).await;
    read(&as_ann, json!({ "user": ann_id })).await;
    let document = "{ me { readings { nodes { actor { id } onBehalfOf proxySession } } } }";
    let seen = ann.data(document, json!({})).await["me"]["readings"]["nodes"].clone();
    let expected = json!([{ "actor": { "id": "user_8" }, "onBehalfOf": ann_id, "proxySession": session }]);
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_page_shows_what_was_when_it_was_asked_for() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let document = "query($id: ID!) { history(filter: { user: $id }) { totalCount nodes { type } } }";
    let first = rollbook.admin.data(document, json!({ "id": ann })).await["history"].clone();
    assert_eq!(first["nodes"], json!([{ "type": "PASSWORD_SET" }, { "type": "USER_CREATED" }]));
    let second = rollbook.admin.data(document, json!({ "id": ann })).await["history"].clone();
    assert_eq!((&second["totalCount"], &second["nodes"][0]["type"]), (&json!(3), &json!("HISTORY_READ")));
}

#[tokio::test]
async fn his_05_deletion_removes_no_history() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let before = super::history(&rollbook.admin, &ann, "position summary").await;
    rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let after = super::history(&rollbook.admin, &ann, "position summary").await;
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()]["summary"], "Administrator deleted ann");
}

#[tokio::test]
async fn his_06_what_a_disabled_user_owned_and_did_stays_theirs() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mia = member(&rollbook, "USER_MANAGER", "mia").await;
    let mia_id = me(&mia).await;
    let ann = mia.create("AGENT", "ann").await;
    admin.accept("changeReportingLine", json!({ "userId": ann, "reportsTo": mia_id }), "").await;
    let document = "query($id: ID!) { history(filter: { by: $id, types: [USER_CREATED, SIGNED_IN] }) \
                    { nodes { position summary } } }";
    let before = admin.data(document, json!({ "id": mia_id })).await["history"]["nodes"].clone();
    assert_eq!(before[0]["summary"], "mia created ann");
    admin.accept("disableUser", json!({ "userId": mia_id }), "").await;
    assert_eq!(admin.data(document, json!({ "id": mia_id })).await["history"]["nodes"], before);
    let above = super::user(admin, &ann, "reportsTo { id }").await;
    assert_eq!(above["reportsTo"]["id"], json!(mia_id));
}
