//! Rights, asked from outside: what one may not do is FORBIDDEN and recorded, what one may not see is not there.

use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn with_profile(rollbook: &Rollbook, name: &str, profile: &str) -> (String, Client) {
    let id = rollbook.admin.create("AGENT", name).await;
    rollbook.admin.accept("assignAccessProfile", json!({ "userId": id, "accessProfile": profile }), "").await;
    let client = rollbook.sign_in(name, &format!("password of {name}")).await;
    (id, client)
}

async fn standard(rollbook: &Rollbook, name: &str) -> (String, Client) {
    let id = rollbook.admin.create("AGENT", name).await;
    (id, rollbook.sign_in(name, &format!("password of {name}")).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn acc_16_creating_without_the_right_is_forbidden_and_recorded() {
    let rollbook = Rollbook::start().await;
    let (id, nobody) = standard(&rollbook, "nobody").await;
    let input = json!({ "kind": "AGENT", "email": "x@example.org", "fullName": "X", "password": "123456" });
    assert_eq!(nobody.refuse("createUser", input).await, ["FORBIDDEN"]);
    let document =
        "query($id: ID!) { history(filter: { by: $id, types: [ATTEMPT_DENIED] }) { nodes { typeName } } }";
    let data = rollbook.admin.data(document, json!({ "id": id })).await;
    assert_eq!(data["history"]["nodes"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signed_in_changes_and_reads_nothing() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "kind": "AGENT", "email": "x@example.org", "fullName": "X", "password": "123456" });
    assert_eq!(rollbook.anonymous().refuse("createUser", input).await, ["UNAUTHENTICATED"]);
    for query in [
        "{ users { totalCount } }",
        "{ history { nodes { id } } }",
        "{ licenses { owned } }",
        "{ roles { id } }",
    ] {
        assert_eq!(rollbook.anonymous().graphql(query).await.code(), "UNAUTHENTICATED", "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_does_not_exist() {
    let rollbook = Rollbook::start().await;
    let (id, somebody) = standard(&rollbook, "somebody").await;
    let document = "query($me: ID!) { node(id: \"user_8\") { id } user(by: { id: \"user_8\" }) { id } \
                    none: node(id: \"user_999\") { id } me: node(id: $me) { id } }";
    let data = somebody.data(document, json!({ "me": id })).await;
    assert_eq!(data, json!({ "node": null, "user": null, "none": null, "me": { "id": id } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_manager_cannot_reach_an_administrator() {
    let rollbook = Rollbook::start().await;
    let (_, manager) = with_profile(&rollbook, "manager", "USER_MANAGER").await;
    let taken_over = json!({ "userId": "user_8", "password": "taken over" });
    assert_eq!(manager.refuse("setPassword", taken_over).await, ["FORBIDDEN"]);
    assert_eq!(manager.refuse("disableUser", json!({ "userId": "user_8" })).await, ["FORBIDDEN"]);
    let promoted = json!({ "kind": "AGENT", "email": "p@example.org", "fullName": "P", "password": "123456",
        "accessProfile": "ADMINISTRATOR" });
    assert_eq!(manager.refuse("createUser", promoted).await, ["FORBIDDEN"]);
    manager.create("CLIENT", "ordinary").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_reads_history_and_sees_no_person() {
    let rollbook = Rollbook::start().await;
    let id = rollbook.admin.create("CLIENT", "hidden-name").await;
    let (_, auditor) = with_profile(&rollbook, "auditor", "AUDITOR").await;
    let document = "query($id: ID!) { user(by: { id: $id }) { email username displayName fullName label }
        history(first: 100) { nodes { summary subject { name } changes { from to } context { userAgent } } } }";
    let data = auditor.data(document, json!({ "id": id })).await;
    assert_eq!(data["user"]["email"], Value::Null);
    assert!(!data.to_string().contains("hidden-name"), "{data}");
    assert!(!data["history"]["nodes"].as_array().unwrap().is_empty());
    for query in [
        "{ users(filter: { text: \"hid\" }) { totalCount } }",
        "{ users(orderBy: { field: EMAIL }) { totalCount } }",
    ] {
        assert_eq!(auditor.graphql(query).await.code(), "FORBIDDEN", "{query}");
    }
    assert_eq!(auditor.refuse("lockAccount", json!({ "userId": id })).await, ["FORBIDDEN"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_04_an_administrator_does_not_mask() {
    let rollbook = Rollbook::start().await;
    let id = rollbook.admin.create("CLIENT", "leaver").await;
    rollbook.admin.accept("disableUser", json!({ "userId": id }), "").await;
    let request = json!({ "userId": id, "username": "leaver", "email": "leaver@example.org" });
    assert_eq!(rollbook.admin.refuse("maskPii", request).await, ["FORBIDDEN"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_a_profile_away_acts_at_once_in_a_running_session() {
    let rollbook = Rollbook::start().await;
    let (id, manager) = with_profile(&rollbook, "manager", "USER_MANAGER").await;
    manager.data("{ users { totalCount } }", json!({})).await;
    rollbook
        .admin
        .accept("assignAccessProfile", json!({ "userId": id, "accessProfile": "STANDARD" }), "")
        .await;
    assert_eq!(manager.graphql("{ users { totalCount } }").await.code(), "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn sta_02_disabling_ends_running_sessions() {
    let rollbook = Rollbook::start().await;
    let (id, somebody) = standard(&rollbook, "somebody").await;
    somebody.data("{ me { id } }", json!({})).await;
    rollbook.admin.accept("disableUser", json!({ "userId": id }), "").await;
    assert_eq!(somebody.graphql("{ me { id } }").await.code(), "UNAUTHENTICATED");
}

#[tokio::test(flavor = "multi_thread")]
async fn lic_05_a_read_only_agent_changes_nothing_but_the_own_password() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    admin.accept("sizeLicensePool", json!({ "type": "READ_ONLY", "owned": 5 }), "").await;
    let (id, manager) = with_profile(&rollbook, "reader", "USER_MANAGER").await;
    admin.accept("grantLicense", json!({ "userId": id, "type": "READ_ONLY" }), "").await;
    let input = json!({ "kind": "CLIENT", "email": "x@example.org", "fullName": "X", "password": "123456" });
    assert_eq!(manager.refuse("createUser", input).await, ["READ_ONLY_LICENCE"]);
    manager.data("{ users { totalCount } }", json!({})).await;
    let own = json!({ "userId": id, "password": "my new one", "currentPassword": "password of reader" });
    manager.accept("setPassword", own, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_change_their_own_contact_data_and_nothing_else() {
    let rollbook = Rollbook::start().await;
    let (id, somebody) = standard(&rollbook, "somebody").await;
    let phone = json!({ "userId": id, "mobilePhone": "+49 30 123456" });
    somebody.accept("changeProfile", phone, "user { mobilePhone }").await;
    for change in [json!({ "email": "other@example.org" }), json!({ "displayName": "Boss" })] {
        let mut input = change;
        input["userId"] = json!(id);
        assert_eq!(somebody.refuse("changeProfile", input).await, ["FORBIDDEN"]);
    }
    assert_eq!(
        somebody
            .refuse("assignAccessProfile", json!({ "userId": id, "accessProfile": "ADMINISTRATOR" }))
            .await,
        ["FORBIDDEN"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_password_is_changed_only_with_the_current_one() {
    let rollbook = Rollbook::start().await;
    let (id, somebody) = standard(&rollbook, "somebody").await;
    for current in [json!(null), json!("a guess")] {
        let input = json!({ "userId": id, "password": "my new one", "currentPassword": current });
        assert_eq!(somebody.refuse("setPassword", input).await, ["WRONG_PASSWORD"]);
    }
}
