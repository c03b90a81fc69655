//! History: who did what to whom, and what it was before.

use serde_json::{Value, json};

use super::{head, history, member};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn his_01_a_change_has_an_actor_a_time_a_field_and_both_values() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let input = json!({ "userId": ann, "title": "Captain", "username": "ann2" });
    rollbook.admin.accept("changeProfile", input, "").await;
    let fields = "at type typeName summary actor { name kind } changes { field from to erased withheld }";
    let entries = history(&rollbook.admin, &ann, fields).await;
    let last = entries.last().unwrap();
    assert_eq!((&last["type"], &last["typeName"]), (&json!("PROFILE_CHANGED"), &json!("profile.changed@1")));
    assert_eq!(last["summary"], "Administrator changed ann's profile");
    assert!(last["at"].as_str().unwrap().ends_with('Z'));
    let change = |field: &str, from: Value, to: &str| json!({ "field": field, "from": from, "to": to, "erased": false, "withheld": false });
    let expected = json!([change("username", json!("ann"), "ann2"), change("title", Value::Null, "Captain")]);
    assert_eq!(last["changes"], expected);
}

#[tokio::test]
async fn his_01_a_password_is_shown_as_changed() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("setPassword", json!({ "userId": ann, "password": "something new" }), "").await;
    let entries = history(&rollbook.admin, &ann, "changes { field from to }").await;
    let expected = json!([{ "field": "password", "from": null, "to": "changed" }]);
    assert_eq!(entries.last().unwrap()["changes"], expected);
}

#[tokio::test]
async fn his_01_the_reason_and_the_origin_are_kept() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann, "reason": "T-1 left the office" }), "").await;
    let entries = history(&rollbook.admin, &ann, "context { reason clientAddress requestId }").await;
    let context = &entries.last().unwrap()["context"];
    assert_eq!(
        (&context["reason"], &context["clientAddress"]),
        (&json!("T-1 left the office"), &json!("127.0.0.1"))
    );
    assert!(context["requestId"].is_string());
}

#[tokio::test]
async fn his_07_signing_in_and_out_is_dated() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    ann.data("mutation { signOut { errors { code } } }", json!({})).await;
    let document = "{ user(by: { username: \"ann\" }) { lastSignInAt lastSignOutAt } }";
    let found = rollbook.admin.data(document, json!({})).await["user"].clone();
    assert!(found["lastSignInAt"].is_string() && found["lastSignOutAt"].is_string(), "{found}");
}

#[tokio::test]
async fn his_08_a_past_event_shows_the_name_of_that_time() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    rollbook.admin.accept("changeProfile", json!({ "userId": ann, "displayName": "Beatrix" }), "").await;
    rollbook.admin.accept("unlockAccount", json!({ "userId": ann }), "").await;
    let entries = history(&rollbook.admin, &ann, "type subject { name user { displayName } }").await;
    let named = |kind: &str| {
        let entry = entries.iter().find(|entry| entry["type"] == kind).unwrap();
        (entry["subject"]["name"].clone(), entry["subject"]["user"]["displayName"].clone())
    };
    assert_eq!(named("ACCOUNT_LOCKED"), (json!("ann"), json!("Beatrix")));
    assert_eq!(named("ACCOUNT_UNLOCKED"), (json!("Beatrix"), json!("Beatrix")));
}

#[tokio::test]
async fn his_09_saving_an_unchanged_form_appends_nothing() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let before = head(&rollbook.admin).await;
    let form = json!({ "userId": ann, "username": "ann", "email": "ann@example.org", "fullName": "ann" });
    rollbook.admin.accept("changeProfile", form, "user { id }").await;
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn his_09_only_fields_that_really_changed_are_listed() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let form = json!({ "userId": ann, "fullName": "ann", "title": "Captain" });
    rollbook.admin.accept("changeProfile", form, "").await;
    let entries = history(&rollbook.admin, &ann, "changes { field }").await;
    assert_eq!(entries.last().unwrap()["changes"], json!([{ "field": "title" }]));
}

#[tokio::test]
async fn people_read_their_own_history_and_nobody_elses() {
    let rollbook = Rollbook::start().await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let mine = ann
        .data(
            "{ me { history(newestFirst: false) { totalCount nodes { type changes { field to } } } } }",
            json!({}),
        )
        .await;
    let entries = mine["me"]["history"]["nodes"].as_array().unwrap().clone();
    assert_eq!(entries[0]["type"], "USER_CREATED");
    assert!(entries[0]["changes"].as_array().unwrap().contains(&json!({ "field": "username", "to": "ann" })));
    let document = "query($id: ID!) { history(filter: { user: $id }) { totalCount } }";
    assert_eq!(ann.graphql_with(document, json!({ "id": bob })).await.code(), "FORBIDDEN");
    assert_eq!(ann.graphql("{ history { totalCount } }").await.code(), "FORBIDDEN");
}

#[tokio::test]
async fn an_auditor_sees_that_a_name_changed_and_not_the_name() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("changeProfile", json!({ "userId": ann, "fullName": "Ann Smith" }), "").await;
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    let fields = "summary withheld subject { name } actor { name } context { requestId } \
                  changes { field from to withheld }";
    let last = history(&auditor, &ann, fields).await.pop().unwrap();
    let expected = json!({
        "summary": "user_8 changed user_9's profile",
        "withheld": true,
        "subject": { "name": null },
        "actor": { "name": null },
        "context": null,
        "changes": [{ "field": "fullName", "from": null, "to": null, "withheld": true }],
    });
    assert_eq!(last, expected);
}

#[tokio::test]
async fn history_is_filtered_by_actor_and_by_type() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let ann = manager.create("AGENT", "ann").await;
    manager.accept("lockAccount", json!({ "userId": ann }), "").await;
    let mia = manager.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let document = "query($by: ID!) { history(filter: { by: $by, types: [ACCOUNT_LOCKED, USER_CREATED] }) \
                    { nodes { type subject { id } } } }";
    let found = rollbook.admin.data(document, json!({ "by": mia })).await["history"]["nodes"].clone();
    let expected = json!([
        { "type": "ACCOUNT_LOCKED", "subject": { "id": ann } },
        { "type": "USER_CREATED", "subject": { "id": ann } },
    ]);
    assert_eq!(found, expected);
}

#[tokio::test]
async fn history_is_read_page_by_page_and_back() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for title in ["One", "Two", "Three"] {
        rollbook.admin.accept("changeProfile", json!({ "userId": ann, "title": title }), "").await;
    }
    let document = "query($id: ID!, $after: String, $before: String, $first: Int, $last: Int) { \
                    history(filter: { user: $id, types: [USER_CREATED, PASSWORD_SET, PROFILE_CHANGED] }, after: $after, \
                    before: $before, first: $first, last: $last) { \
                    totalCount edges { cursor node { position } } \
                    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let page = |variables: Value| {
        let mut variables = variables;
        variables["id"] = json!(ann);
        let admin = rollbook.admin.clone();
        async move { admin.data(document, variables).await["history"].clone() }
    };
    let all = page(json!({ "first": 100 })).await;
    assert_eq!(all["totalCount"], 5);
    let first = page(json!({ "first": 2 })).await;
    let second = page(json!({ "first": 2, "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(second["edges"][0], all["edges"][2]);
    assert_eq!(second["pageInfo"]["hasPreviousPage"], true);
    let back = page(json!({ "last": 2, "before": second["pageInfo"]["startCursor"] })).await;
    assert_eq!(back["edges"], first["edges"]);
    assert_eq!(back["pageInfo"]["hasPreviousPage"], false);
}

#[tokio::test]
async fn an_entry_is_read_again_by_its_id() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let entry = history(&rollbook.admin, &ann, "id position summary").await.remove(0);
    let document = "query($id: ID!) { node(id: $id) { id ... on HistoryEntry { position summary } } }";
    let found = rollbook.admin.data(document, json!({ "id": entry["id"] })).await["node"].clone();
    assert_eq!(found, entry);
    let stranger = member(&rollbook, "STANDARD", "eve").await;
    assert_eq!(stranger.data(document, json!({ "id": entry["id"] })).await["node"], Value::Null);
}

#[tokio::test]
async fn events_by_moment_are_those_between() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let at = history(&rollbook.admin, &ann, "at").await.pop().unwrap()["at"].clone();
    let document = "query($id: ID!, $since: DateTime, $until: DateTime) { \
                    history(filter: { user: $id, since: $since, until: $until, types: [USER_CREATED, PASSWORD_SET] }) \
                    { totalCount } }";
    let count = |since: Value, until: Value| {
        let variables = json!({ "id": ann, "since": since, "until": until });
        let admin = rollbook.admin.clone();
        async move { admin.data(document, variables).await["history"]["totalCount"].clone() }
    };
    assert_eq!(count(at.clone(), Value::Null).await, 2);
    assert_eq!(count(json!("9999-01-01T00:00:00Z"), Value::Null).await, 0);
    assert_eq!(count(Value::Null, json!("1980-01-01T00:00:00+01:00")).await, 0);
    let answer = rollbook.admin.graphql("{ history(filter: { since: \"yesterday\" }) { totalCount } }").await;
    assert_eq!(answer.code(), "BAD_INPUT");
}
