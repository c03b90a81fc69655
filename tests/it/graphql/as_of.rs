//! What somebody is shown of a moment that is over.

use serde_json::{Value, json};

use super::teams::{join, team};
use super::{agent, head, member, own_seats, role};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// One user as of a position.
async fn user_at(client: &Client, id: &str, position: u64, fields: &str) -> Value {
    let document =
        format!("query($id: ID!, $asOf: AsOf) {{ user(by: {{ id: $id }}, asOf: $asOf) {{ {fields} }} }}");
    let variables = json!({ "id": id, "asOf": { "position": position } });
    client.data(&document, variables).await["user"].clone()
}

/// The codes of the errors that an answer has.
async fn codes(client: &Client, document: &str) -> Vec<Value> {
    let answer = client.graphql(document).await.json();
    let errors = answer["errors"].as_array().cloned().unwrap_or_default();
    errors.into_iter().map(|error| error["extensions"]["code"].clone()).collect()
}

#[tokio::test]
async fn a_user_is_shown_as_they_were_with_their_roles_and_teams_of_then() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 3).await;
    let (support, east) =
        (role(admin, "Support", "AGENT", &["LISTS"]).await, team(admin, "East", None).await);
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("assignRole", json!({ "userId": ann, "roleId": support }), "").await;
    join(admin, &ann, &east).await;
    let then = head(admin).await;
    admin.accept("unassignRole", json!({ "userId": ann, "roleId": support }), "").await;
    admin.accept("renameTeam", json!({ "teamId": east, "name": "Far East" }), "").await;
    admin.accept("changeProfile", json!({ "userId": ann, "title": "Captain" }), "").await;
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let fields =
        "title active license roles { name } teams { name } history(newestFirst: false) { totalCount }";
    let expected = json!({
        "title": null, "active": true, "license": "READ_WRITE", "roles": [{ "name": "Support" }],
        "teams": [{ "name": "East" }], "history": { "totalCount": 5 },
    });
    assert_eq!(user_at(admin, &ann, then, fields).await, expected);
    assert_eq!(user_at(admin, &ann, 1, "id").await, Value::Null);
}

#[tokio::test]
async fn others_are_shown_as_of_the_same_moment() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 3).await;
    let (support, east) = (role(admin, "Support", "AGENT", &[]).await, team(admin, "East", None).await);
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    for user in [&ann, &bob] {
        admin.accept("assignRole", json!({ "userId": user, "roleId": support }), "").await;
        join(admin, user, &east).await;
    }
    admin.accept("changeReportingLine", json!({ "userId": ann, "reportsTo": bob }), "").await;
    let then = head(admin).await;
    admin.accept("changeProfile", json!({ "userId": bob, "displayName": "Robert" }), "").await;
    admin.accept("changeReportingLine", json!({ "userId": ann, "reportsTo": null }), "").await;
    admin.accept("deleteUser", json!({ "userId": bob }), "").await;
    let fields = "reportsTo { label deleted } roles { holders } teams { members { nodes { label } } }";
    let expected = json!({
        "reportsTo": { "label": "bob", "deleted": false },
        "roles": [{ "holders": 2 }],
        "teams": [{ "members": { "nodes": [{ "label": "ann" }, { "label": "bob" }] } }],
    });
    assert_eq!(user_at(admin, &ann, then, fields).await, expected);
}

#[tokio::test]
async fn a_list_of_a_moment_has_its_filters_orders_counts_and_pages() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    for name in ["ann", "bob", "cid"] {
        admin.create("CLIENT", name).await;
    }
    let then = head(admin).await;
    admin.create("CLIENT", "abe").await;
    admin.accept("disableUser", json!({ "userId": "user_10" }), "").await;
    let document = "query($asOf: AsOf, $after: String) { users(filter: { kind: CLIENT, active: true, text: \
                    \"example\" }, first: 2, after: $after, asOf: $asOf, orderBy: { field: DISPLAY_NAME }) \
                    { totalCount asOf nodes { label active } pageInfo { endCursor hasNextPage } } }";
    let as_of = json!({ "position": then });
    let page = admin.data(document, json!({ "asOf": as_of })).await["users"].clone();
    let label = |name| json!({ "label": name, "active": true });
    assert_eq!(page["nodes"], json!([label("ann"), label("bob")]));
    assert_eq!((&page["totalCount"], &page["asOf"]), (&json!(3), &json!(then)));
    let after = page["pageInfo"]["endCursor"].clone();
    let page = admin.data(document, json!({ "asOf": as_of, "after": after })).await["users"].clone();
    assert_eq!((&page["nodes"], &page["pageInfo"]["hasNextPage"]), (&json!([label("cid")]), &json!(false)));
    let today = admin.data(document, json!({})).await["users"].clone();
    assert_eq!((&today["totalCount"], &today["asOf"]), (&json!(3), &Value::Null));
}

#[tokio::test]
async fn seats_are_counted_as_of_a_moment() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 5).await;
    let mut input = agent("ann");
    input["license"] = json!("READ_WRITE");
    admin.accept("createUser", input, "").await;
    let then = head(admin).await;
    own_seats(admin, "READ_WRITE", 9).await;
    admin.accept("disableUser", json!({ "userId": "user_9" }), "").await;
    let document = "query($asOf: AsOf) { licenses(asOf: $asOf) { type owned used } }";
    let pools = admin.data(document, json!({ "asOf": { "position": then } })).await["licenses"].clone();
    assert_eq!(pools[0], json!({ "type": "READ_WRITE", "owned": 5, "used": 1 }));
}

#[tokio::test]
async fn a_time_means_the_last_event_recorded_at_or_before_it() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("CLIENT", "ann").await;
    let document = "{ history(first: 1) { nodes { at } } }";
    let last = admin.data(document, json!({})).await["history"]["nodes"][0].clone();
    let document = "query($id: ID!, $at: DateTime!) { user(by: { id: $id }, asOf: { time: $at }) { label } }";
    let at = |time: Value| admin.data(document, json!({ "id": ann, "at": time }));
    assert_eq!(at(last["at"].clone()).await["user"]["label"], "ann");
    assert_eq!(at(json!("2001-01-01T00:00:00Z")).await["user"], Value::Null);
}

#[tokio::test]
async fn a_position_that_is_not_given_yet_is_not_found() {
    let rollbook = Rollbook::start().await;
    let document = "{ users(asOf: { position: 99999 }) { totalCount } }";
    assert_eq!(codes(&rollbook.admin, document).await, ["NOT_FOUND"]);
}

#[tokio::test]
async fn the_past_is_for_those_who_see_history() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mona").await;
    let auditor = member(&rollbook, "AUDITOR", "otto").await;
    let questions = [
        "{ users(asOf: { position: 3 }) { totalCount } }",
        "{ user(by: { id: \"user_8\" }, asOf: { position: 3 }) { id } }",
        "{ licenses(asOf: { position: 3 }) { owned } }",
    ];
    for question in questions {
        assert_eq!(codes(&manager, question).await, ["FORBIDDEN"], "{question}");
        assert_eq!(codes(&auditor, question).await, [] as [&str; 0], "{question}");
    }
    let document = "{ user(by: { id: \"user_8\" }, asOf: { position: 3 }) { label username } }";
    let seen = auditor.data(document, json!({})).await["user"].clone();
    assert_eq!(seen, json!({ "label": "User 8", "username": null }));
}

#[tokio::test]
async fn rol_13_the_teams_of_today_bind_whom_one_reaches_in_the_past() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (east, west) = (team(admin, "East", None).await, team(admin, "West", None).await);
    let (ann, bob) = (admin.create("CLIENT", "ann").await, admin.create("CLIENT", "bob").await);
    join(admin, &ann, &west).await;
    join(admin, &bob, &east).await;
    let then = head(admin).await;
    // From here on Ann is in the East, and Bob in the West.
    for (user, from, to) in [(&ann, &west, &east), (&bob, &east, &west)] {
        join(admin, user, to).await;
        admin.accept("removeTeamMember", json!({ "userId": user, "teamId": from }), "").await;
    }
    let mut input = agent("bound");
    input["accessProfile"] = json!("ADMINISTRATOR");
    input["team"] = json!(east);
    admin.accept("createUser", input, "").await;
    let bound = rollbook.sign_in("bound", "password of bound").await;
    assert_eq!(
        user_at(&bound, &ann, then, "label teams { name } ").await,
        json!({ "label": "ann", "teams": [] })
    );
    assert_eq!(user_at(&bound, &bob, then, "label").await, Value::Null);
    let document = "query($asOf: AsOf) { users(filter: { kind: CLIENT }, asOf: $asOf) { nodes { label } } }";
    let listed = bound.data(document, json!({ "asOf": { "position": then } })).await["users"].clone();
    assert_eq!(listed["nodes"], json!([{ "label": "ann" }]));
}

#[tokio::test]
async fn msk_05_who_is_masked_today_is_masked_at_every_moment() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let john = admin.create("AGENT", "John.Peter").await;
    let then = head(admin).await;
    let document = "query($id: ID!, $asOf: AsOf) { user(by: { id: $id }, asOf: $asOf) { username email masked } \
                    users(asOf: $asOf, filter: { text: \"peter@example\" }) { totalCount } \
                    old: user(by: { username: \"John.Peter\" }, asOf: $asOf) { id } }";
    let variables = json!({ "id": john, "asOf": { "position": then } });
    // The moment is kept from here on, with the name in it.
    let before = admin.data(document, variables.clone()).await;
    assert_eq!(
        (&before["user"]["username"], &before["users"]["totalCount"]),
        (&json!("John.Peter"), &json!(1))
    );
    admin.accept("disableUser", json!({ "userId": john }), "").await;
    let officer = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let request = json!({ "userId": john, "username": "john.peter", "email": "john.peter@example.org", "reason": "T-1" });
    officer.accept("maskPii", request, "").await;
    let after = admin.data(document, variables).await;
    let masked = json!({ "username": "Unknown User (Jo Pe)", "email": "Jo***@***", "masked": true });
    assert_eq!(after["user"], masked);
    assert_eq!((&after["users"]["totalCount"], &after["old"]), (&json!(0), &Value::Null));
}
