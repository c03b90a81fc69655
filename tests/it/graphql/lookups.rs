//! Lists as the agent table shows them, segments, and look-ups.

use serde_json::{Value, json};

use super::{agent, history, member, own_seats, role, user};
use crate::support::rollbook::Rollbook;

async fn names(rollbook: &Rollbook, filter: &str) -> Vec<String> {
    let document = format!("{{ users(filter: {{ {filter} }}) {{ nodes {{ username }} }} }}");
    let data = rollbook.admin.data(&document, json!({})).await;
    let nodes = data["users"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["username"].as_str().unwrap().to_owned()).collect()
}

async fn found(rollbook: &Rollbook, arguments: &str) -> Vec<String> {
    let document = format!("{{ lookupUsers({arguments}) {{ label }} }}");
    let data = rollbook.admin.data(&document, json!({})).await;
    let users = data["lookupUsers"].as_array().unwrap();
    users.iter().map(|user| user["label"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn lst_01_agents_and_clients_are_two_lists() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.create("CLIENT", "carl").await;
    assert_eq!(names(&rollbook, "kind: AGENT").await, ["admin", "ann"]);
    assert_eq!(names(&rollbook, "kind: CLIENT").await, ["carl"]);
}

#[tokio::test]
async fn lst_02_lst_10_the_columns_of_the_agent_table_and_the_seats_come_in_one_query() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 2).await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let id = ann.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    rollbook.admin.accept("assignRole", json!({ "userId": id, "roleId": sales }), "").await;
    ann.data("mutation { signOut { errors { code } } }", json!({})).await;
    let document = "{ licenses { type owned available } users(filter: { kind: AGENT, text: \"ann\" }) { nodes { \
                    id username displayName email roles { name } active locked lastSignInAt lastSignOutAt } } }";
    let data = rollbook.admin.data(document, json!({})).await;
    let mut row = data["users"]["nodes"][0].clone();
    for dated in ["lastSignInAt", "lastSignOutAt"] {
        assert!(row[dated].take().is_string(), "{dated}");
    }
    let expected = json!({
        "id": id, "username": "ann", "displayName": "ann", "email": "ann@example.org",
        "roles": [{ "name": "Sales" }], "active": true, "locked": false,
        "lastSignInAt": null, "lastSignOutAt": null,
    });
    assert_eq!(row, expected);
    assert_eq!(data["licenses"][0], json!({ "type": "READ_WRITE", "owned": 2, "available": 1 }));
}

#[tokio::test]
async fn lst_04_the_active_the_inactive_and_all_are_views_of_one_list() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    rollbook.admin.accept("disableUser", json!({ "userId": bob }), "").await;
    assert_eq!(names(&rollbook, "active: true").await, ["admin", "ann"]);
    assert_eq!(names(&rollbook, "active: false").await, ["bob"]);
    assert_eq!(names(&rollbook, "").await, ["admin", "ann", "bob"]);
}

#[tokio::test]
async fn lst_05_acc_18_segments_are_three_filters_and_everyone_is_the_union() {
    let rollbook = Rollbook::start().await;
    let mut verified = agent("vera");
    verified["segment"] = json!("VERIFIED");
    rollbook.admin.accept("createUser", verified, "").await;
    let mut registered = agent("rita");
    registered["segment"] = json!("REGISTERED");
    rollbook.admin.accept("createUser", registered, "").await;
    assert_eq!(names(&rollbook, "segment: VERIFIED").await, ["vera"]);
    assert_eq!(names(&rollbook, "segment: REGISTERED").await, ["admin", "rita"]);
    assert_eq!(names(&rollbook, "segment: EVERYONE").await, ["admin", "rita", "vera"]);
    let both = "{ users(filter: { segment: VERIFIED, emailVerified: true }) { totalCount } }";
    assert_eq!(rollbook.admin.graphql(both).await.code(), "INVALID");
}

#[tokio::test]
async fn acc_18_creating_as_verified_sets_the_flag_by_the_administrator() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("vera");
    input["segment"] = json!("VERIFIED");
    let payload = rollbook.admin.accept("createUser", input, "user { id emailVerified segment }").await;
    let id = payload["user"]["id"].as_str().unwrap();
    assert_eq!(
        (&payload["user"]["emailVerified"], &payload["user"]["segment"]),
        (&json!(true), &json!("VERIFIED"))
    );
    let entries = history(&rollbook.admin, id, "actor { id } changes { field to }").await;
    assert_eq!(entries[0]["actor"]["id"], "user_8");
    let changes = entries[0]["changes"].as_array().unwrap();
    assert!(
        changes.iter().any(|change| change["field"] == "emailVerified" && change["to"] == "true"),
        "{changes:?}"
    );
}

#[tokio::test]
async fn acc_18_a_changed_email_is_verified_no_more() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("vera");
    input["emailVerified"] = json!(true);
    let payload = rollbook.admin.accept("createUser", input, "user { id segment }").await;
    assert_eq!(payload["user"]["segment"], "VERIFIED");
    let id = payload["user"]["id"].as_str().unwrap();
    rollbook.admin.accept("changeProfile", json!({ "userId": id, "email": "new@example.org" }), "").await;
    let after = user(&rollbook.admin, id, "emailVerified segment").await;
    assert_eq!(after, json!({ "emailVerified": false, "segment": "REGISTERED" }));
}

#[tokio::test]
async fn acc_18_a_segment_that_contradicts_the_flag_is_refused() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("vera");
    input["emailVerified"] = json!(true);
    input["segment"] = json!("REGISTERED");
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["INVALID"]);
}

#[tokio::test]
async fn lst_09_a_look_up_finds_by_name_email_and_username_while_typing() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("jgarcia");
    input["fullName"] = json!("José García");
    input["email"] = json!("boss@example.com");
    rollbook.admin.accept("createUser", input, "").await;
    rollbook.admin.create("CLIENT", "jose").await;
    for text in ["gar", "BOSS@", "jgarc", "josé garcía"] {
        assert_eq!(found(&rollbook, &format!("text: \"{text}\"")).await, ["José García"], "{text}");
    }
    assert_eq!(found(&rollbook, "text: \"jos\"").await, ["jose", "José García"]);
    assert_eq!(found(&rollbook, "text: \"jos\", first: 1").await, ["jose"]);
    for first in ["51", "-1"] {
        let document = format!("{{ lookupUsers(text: \"a\", first: {first}) {{ id }} }}");
        assert_eq!(rollbook.admin.graphql(&document).await.code(), "INVALID");
    }
}

#[tokio::test]
async fn lst_06_sta_13_look_ups_omit_the_disabled_the_deleted_and_the_masked() {
    let rollbook = Rollbook::start().await;
    let officer = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let mut gone = Vec::new();
    for name in ["tom1", "tom2", "tom3", "tom4"] {
        gone.push(rollbook.admin.create("AGENT", name).await);
    }
    rollbook.admin.accept("disableUser", json!({ "userId": gone[0] }), "").await;
    rollbook.admin.accept("deleteUser", json!({ "userId": gone[1] }), "").await;
    rollbook.admin.accept("disableUser", json!({ "userId": gone[2] }), "").await;
    let mask = json!({
        "userId": gone[2], "username": "tom3", "email": "tom3@example.org",
        "usernameFormat": "INITIALS", "emailFormat": "ID",
    });
    officer.accept("maskPii", mask, "").await;
    assert_eq!(found(&rollbook, "text: \"tom\"").await, ["tom4"]);
    assert_eq!(found(&rollbook, "text: \"unknown\"").await, [""; 0]);
    // By id, in history and in lists that ask for them they are still found.
    assert_eq!(user(&rollbook.admin, &gone[0], "active").await["active"], false);
    assert_eq!(names(&rollbook, "active: false, text: \"tom1\"").await, ["tom1"]);
}

#[tokio::test]
async fn lst_09_a_look_up_needs_the_right_to_find_people() {
    let rollbook = Rollbook::start().await;
    for (profile, name) in [("STANDARD", "ann"), ("AUDITOR", "adam")] {
        let client = member(&rollbook, profile, name).await;
        assert_eq!(client.graphql("{ lookupUsers(text: \"a\") { id } }").await.code(), "FORBIDDEN");
    }
    let nobody = rollbook.anonymous().graphql("{ lookupUsers(text: \"a\") { id } }").await;
    assert_eq!(nobody.code(), "UNAUTHENTICATED");
    let lookup = member(&rollbook, "USER_MANAGER", "mia").await;
    let data = lookup.data("{ lookupUsers(text: \"admin\") { id } }", json!({})).await;
    assert_eq!(data["lookupUsers"], json!([{ "id": "user_8" }]));
    assert_ne!(data, Value::Null);
}
