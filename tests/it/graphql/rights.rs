//! Who sees what.

use serde_json::{Value, json};

use super::{agent, member, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn nobody_reads_anything_before_signing_in() {
    let rollbook = Rollbook::start().await;
    let nobody = rollbook.anonymous();
    for query in [
        "{ users { totalCount } }",
        "{ licenses { owned } }",
        "{ roles { id } }",
        "{ history { totalCount } }",
        "{ views { position } }",
        "{ head }",
        "{ node(id: \"user_8\") { id } }",
        "{ user(by: { id: \"user_8\" }) { id } }",
        "{ role(id: \"role_1\") { id } }",
    ] {
        assert_eq!(nobody.graphql(query).await.code(), "UNAUTHENTICATED", "{query}");
    }
    assert_eq!(nobody.data("{ me { id } }", json!({})).await["me"], Value::Null);
}

#[tokio::test]
async fn nobody_changes_anything_before_signing_in() {
    let rollbook = Rollbook::start().await;
    let mut broken = agent("ann");
    broken["email"] = json!("nowhere");
    let nobody = rollbook.anonymous();
    assert_eq!(nobody.refuse("createUser", broken).await, ["UNAUTHENTICATED"]);
    assert_eq!(nobody.refuse("lockAccount", json!({ "userId": "user_8" })).await, ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn a_standard_user_sees_only_the_own_record() {
    let rollbook = Rollbook::start().await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let me = ann.data("{ me { id username email } }", json!({})).await["me"].clone();
    assert_eq!((&me["username"], &me["email"]), (&json!("ann"), &json!("ann@example.org")));
    assert_eq!(user(&ann, me["id"].as_str().unwrap(), "username").await["username"], "ann");
    assert_eq!(user(&ann, &bob, "id").await, Value::Null);
    let node = format!("{{ node(id: \"{bob}\") {{ id }} }}");
    assert_eq!(ann.data(&node, json!({})).await["node"], Value::Null);
    assert_eq!(ann.graphql("{ users { totalCount } }").await.code(), "FORBIDDEN");
}

#[tokio::test]
async fn an_auditor_sees_users_without_their_names() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    let found = user(&auditor, &ann, "id kind username email displayName label").await;
    let expected = json!({
        "id": "user_9", "kind": "AGENT", "username": null, "email": null, "displayName": null, "label": "User 9",
    });
    assert_eq!(found, expected);
}

#[tokio::test]
async fn who_may_not_find_people_neither_searches_nor_sorts_nor_looks_up_by_name() {
    let rollbook = Rollbook::start().await;
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    for query in [
        "{ users(filter: { text: \"a\" }) { totalCount } }",
        "{ users(orderBy: { field: DISPLAY_NAME }) { totalCount } }",
        "{ users(orderBy: { field: EMAIL, direction: DESC }) { totalCount } }",
        "{ user(by: { username: \"admin\" }) { id } }",
        "{ user(by: { email: \"admin@example.com\" }) { id } }",
    ] {
        assert_eq!(auditor.graphql(query).await.code(), "FORBIDDEN", "{query}");
    }
    let listed = auditor.data("{ users { nodes { label } } }", json!({})).await["users"]["nodes"].clone();
    assert_eq!(listed, json!([{ "label": "User 8" }, { "label": "adam" }]));
}

#[tokio::test]
async fn ids_say_their_type_and_other_types_are_not_found() {
    let rollbook = Rollbook::start().await;
    for id in ["role_8", "user_08", "user_+8", "user_", "8", "user_99999999999999999999", "üser_8", ""] {
        let found =
            rollbook.admin.data("query($id: ID!) { user(by: { id: $id }) { id } }", json!({ "id": id }));
        assert_eq!(found.await["user"], Value::Null, "{id}");
        assert_eq!(
            rollbook.admin.refuse("lockAccount", json!({ "userId": id })).await,
            ["NOT_FOUND"],
            "{id}"
        );
    }
}

#[tokio::test]
async fn reserved_users_are_not_changed() {
    let rollbook = Rollbook::start().await;
    assert_eq!(rollbook.admin.refuse("lockAccount", json!({ "userId": "user_3" })).await, ["RESERVED_USER"]);
}
