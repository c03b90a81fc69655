//! Which part of history is read: each filter, several together, in both directions, page by page.

use axum::http::{Method, header};
use serde_json::{Value, json};

use super::hierarchy::company;
use super::member;
use super::proxies::{act_as, me};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;
use crate::support::websocket::GraphQlSocket;

const DOCUMENT: &str = "query($filter: HistoryFilter, $newestFirst: Boolean! = true, $first: Int, $after: String, \
                        $last: Int, $before: String) { history(filter: $filter, newestFirst: $newestFirst, \
                        first: $first, after: $after, last: $last, before: $before) { \
                        totalCount searchedTo nodes { position type } pageInfo { endCursor startCursor \
                        hasNextPage hasPreviousPage } } }";

/// The types of what a filter lets through, newest first.
async fn types(client: &Client, filter: Value) -> Vec<String> {
    let found = client.data(DOCUMENT, json!({ "filter": filter, "first": 100 })).await;
    let nodes = found["history"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["type"].as_str().unwrap().to_owned()).collect()
}

async fn code(client: &Client, filter: Value) -> String {
    client.graphql_with(DOCUMENT, json!({ "filter": filter })).await.code()
}

#[tokio::test]
async fn his_03_what_was_done_as_another_is_told_from_what_they_did() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let admin = me(&rollbook.admin).await;
    let (as_ann, session) = act_as(&rollbook, &rollbook.admin, &ann).await;
    as_ann.accept("changeProfile", json!({ "userId": ann, "mobilePhone": "+49 30 1" }), "").await;
    as_ann.accept("endProxy", json!({}), "").await;
    let proxied = ["PROXY_ENDED", "PROFILE_CHANGED"];
    let of = |name: &str, id: &str| json!({ name: id, "types": ["PROFILE_CHANGED", "PROXY_ENDED"] });
    for (name, id) in [("realActor", &admin), ("onBehalfOf", &ann), ("by", &ann), ("by", &admin)] {
        assert_eq!(types(&rollbook.admin, of(name, id)).await, proxied, "{name} {id}");
    }
    for (name, id) in [("realActor", &ann), ("onBehalfOf", &admin)] {
        assert_eq!(types(&rollbook.admin, of(name, id)).await, Vec::<String>::new(), "{name} {id}");
    }
    let together = json!({ "proxySession": session, "onBehalfOf": ann, "types": ["PROFILE_CHANGED"] });
    assert_eq!(types(&rollbook.admin, together).await, ["PROFILE_CHANGED"]);
}

#[tokio::test]
async fn his_03_history_is_filtered_by_what_it_is_about() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let role = super::role(admin, "Sales", "AGENT", &[]).await;
    let team =
        admin.accept("createTeam", json!({ "name": "East" }), "team { id }").await["team"]["id"].clone();
    let other =
        admin.accept("createTeam", json!({ "name": "West" }), "team { id }").await["team"]["id"].clone();
    admin.accept("renameTeam", json!({ "teamId": other, "name": "Far West" }), "").await;
    super::own_seats(admin, "READ_ONLY", 3).await;
    admin.accept("changeSettings", json!({ "lockAfterFailures": 9 }), "").await;
    for (subject, expected) in [
        (json!(team), vec!["TEAM_CREATED"]),
        (json!(other), vec!["TEAM_RENAMED", "TEAM_CREATED"]),
        (json!(role), vec!["ROLE_DEFINED"]),
        (json!("pool_READ_ONLY"), vec!["LICENSE_POOL_SIZED"]),
        (json!("pool_READ_WRITE"), vec![]),
        (json!("team_99"), vec![]),
        (json!("nonsense"), vec![]),
    ] {
        assert_eq!(types(admin, json!({ "subject": subject })).await, expected, "{subject}");
    }
    let of_ann = types(admin, json!({ "subject": ann })).await;
    assert_eq!(of_ann.last().unwrap(), "USER_CREATED");
    let kinds = json!({ "subjectKinds": ["TENANT", "ROLE"], "types": ["SETTINGS_CHANGED", "ROLE_DEFINED"] });
    assert_eq!(types(admin, kinds).await, ["SETTINGS_CHANGED", "ROLE_DEFINED"]);
    let both = json!({ "subjectKinds": ["TEAM"], "subject": role });
    assert_eq!(types(admin, both).await, Vec::<String>::new());
}

#[tokio::test]
async fn his_02_the_history_of_the_user_type_is_read_beside_those_of_users() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "kind": "AGENT", "username": "zoe", "email": "zoe@example.org", "fullName": "zoe",
                        "license": "READ_WRITE", "automation": "Nightly sync", "password": "password of zoe" });
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["NO_LICENCE_AVAILABLE"]);
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    for filter in [json!({ "objectLevel": true }), json!({ "subjectKinds": ["USER_TYPE"] })] {
        assert_eq!(types(&auditor, filter).await, ["USER_CREATION_FAILED"]);
    }
    let all = types(&auditor, json!({})).await;
    assert!(all.contains(&"USER_CREATION_FAILED".to_owned()) && all.contains(&"USER_CREATED".to_owned()));
    let neither = json!({ "objectLevel": true, "subjectKinds": ["USER"] });
    assert_eq!(types(&auditor, neither).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_one_request_set_off_is_found_by_its_correlation() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let bulk = json!({ "command": { "plain": "LOCK_ACCOUNT" }, "userIds": [ann, bob] });
    let document = "mutation($input: BulkInput!) { bulk(input: $input) { accepted } }";
    rollbook.admin.data(document, json!({ "input": bulk })).await;
    rollbook.admin.accept("unlockAccount", json!({ "userId": bob }), "").await;
    let document = "{ history(filter: { types: [ACCOUNT_LOCKED] }, first: 1) { nodes { correlationId } } }";
    let found = rollbook.admin.data(document, json!({})).await;
    let correlation = found["history"]["nodes"][0]["correlationId"].clone();
    let locked = types(&rollbook.admin, json!({ "correlationId": correlation })).await;
    assert_eq!(locked, ["ACCOUNT_LOCKED", "ACCOUNT_LOCKED"]);
    let of_ann = json!({ "correlationId": correlation, "user": ann });
    assert_eq!(types(&rollbook.admin, of_ann).await, ["ACCOUNT_LOCKED"]);
    for unknown in ["7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "00000000000000000000000000", "nonsense"] {
        let found = types(&rollbook.admin, json!({ "correlationId": unknown })).await;
        assert_eq!(found, Vec::<String>::new(), "{unknown}");
    }
}

/// Locks somebody, in a request of this id.
async fn lock(client: &Client, user: &str, request_id: &str) {
    let query =
        format!("mutation {{ lockAccount(input: {{ userId: \"{user}\" }}) {{ errors {{ code }} }} }}");
    let request = client
        .request(Method::POST, "/graphql")
        .header("x-request-id", request_id)
        .header(header::CONTENT_TYPE, "application/json")
        .body(json!({ "query": query }).to_string().into());
    assert_eq!(client.send(request.unwrap()).await.data()["lockAccount"]["errors"], json!([]));
}

#[tokio::test]
async fn where_a_change_was_asked_from_is_searched_by_who_may_see_it() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    lock(&rollbook.admin, &ann, "request-of-the-day").await;
    let by_id = json!({ "requestId": "request-of-the-day" });
    assert_eq!(types(&rollbook.admin, by_id.clone()).await, ["ACCOUNT_LOCKED"]);
    assert_eq!(types(&rollbook.admin, json!({ "requestId": "request" })).await, Vec::<String>::new());
    let from_here = json!({ "clientAddress": "127.0.0.1", "user": ann });
    assert_eq!(types(&rollbook.admin, from_here).await, ["ACCOUNT_LOCKED", "PASSWORD_SET", "USER_CREATED"]);
    let from_elsewhere = json!({ "clientAddress": "192.0.2.1", "user": ann });
    assert_eq!(types(&rollbook.admin, from_elsewhere).await, Vec::<String>::new());
    // Both ways, page by page.
    let filter =
        json!({ "clientAddress": "127.0.0.1", "user": ann, "types": ["USER_CREATED", "ACCOUNT_LOCKED"] });
    let ask = |more: Value| {
        let mut variables = json!({ "filter": filter });
        variables.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let admin = rollbook.admin.clone();
        async move { admin.data(DOCUMENT, variables).await["history"].clone() }
    };
    let first = ask(json!({ "first": 1 })).await;
    let second = ask(json!({ "first": 1, "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(
        (&first["pageInfo"]["hasNextPage"], &second["pageInfo"]["hasNextPage"]),
        (&json!(true), &json!(false))
    );
    assert_eq!((&second["nodes"][0]["type"], &second["searchedTo"]), (&json!("USER_CREATED"), &Value::Null));
    let back = ask(json!({ "last": 1, "before": second["pageInfo"]["startCursor"] })).await;
    assert_eq!(back["nodes"], first["nodes"]);
    let oldest = ask(json!({ "first": 1, "newestFirst": false })).await;
    assert_eq!(oldest["nodes"], second["nodes"]);
    // It is personal.
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    assert_eq!(code(&auditor, by_id).await, "FORBIDDEN");
    assert_eq!(code(&auditor, json!({ "clientAddress": "127.0.0.1" })).await, "FORBIDDEN");
}

#[tokio::test]
async fn rol_13_where_somebody_beyond_reach_asked_from_is_not_searched() {
    let company = company("ADMINISTRATOR").await;
    lock(&company.rollbook.admin, &company.ann, "of-an-unreached-actor").await;
    let filter = json!({ "requestId": "of-an-unreached-actor" });
    assert_eq!(types(&company.rollbook.admin, filter.clone()).await, ["ACCOUNT_LOCKED"]);
    assert_eq!(types(&company.eve, filter).await, Vec::<String>::new());
    lock(&company.eve, &company.bob, "of-eve").await;
    assert_eq!(types(&company.eve, json!({ "requestId": "of-eve" })).await, ["ACCOUNT_LOCKED"]);
}

#[tokio::test]
async fn a_total_of_few_is_exact_also_where_much_is_named() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    let admin = me(&rollbook.admin).await;
    let filter = json!({ "user": ann, "realActor": admin, "types": ["ACCOUNT_LOCKED", "SIGNED_IN"] });
    let found = rollbook.admin.data(DOCUMENT, json!({ "filter": filter })).await;
    assert_eq!(found["history"]["totalCount"], 1);
}

#[tokio::test]
async fn following_takes_every_filter_that_reading_takes() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let admin = me(&rollbook.admin).await;
    let mut socket = GraphQlSocket::connect(&rollbook.admin).await;
    let filter = format!("realActor: \"{admin}\", subject: \"{ann}\", requestId: \"followed\"");
    let query = format!("subscription {{ events(after: 0, filter: {{ {filter} }}) {{ type }} }}");
    socket.subscribe("1", &query).await;
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    lock(&rollbook.admin, &ann, "followed").await;
    let heard = socket.hear().await;
    assert_eq!(heard["payload"]["data"]["events"]["type"], "ACCOUNT_LOCKED", "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn following_from_any_position_loses_nothing_while_much_happens() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let mut socket = GraphQlSocket::connect(&rollbook.admin).await;
    let query = format!(
        "subscription {{ events(after: 0, filter: {{ user: \"{ann}\", types: [PROFILE_CHANGED] }}) {{ position }} }}"
    );
    socket.subscribe("1", &query).await;
    let changes = (0..300).map(|n| {
        let (admin, ann) = (rollbook.admin.clone(), ann.clone());
        async move {
            let input = json!({ "userId": ann, "title": format!("Title {n}") });
            admin.accept("changeProfile", input, "position").await["position"].as_u64().unwrap()
        }
    });
    let mut made = Vec::new();
    for change in changes {
        made.push(change.await);
    }
    for position in made {
        let heard = socket.hear().await;
        assert_eq!(heard["payload"]["data"]["events"]["position"], position, "{heard}");
    }
}

#[tokio::test]
async fn an_auditor_reads_pseudonyms_and_whoever_may_see_people_names() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    let fields = "{ nodes { summary subject { label name } actor { label name } } }";
    let document = format!("{{ history(filter: {{ types: [ACCOUNT_LOCKED] }}) {fields} }}");
    let seen = async |client: &Client| client.data(&document, json!({})).await["history"]["nodes"][0].clone();
    let pseudonyms = json!({
        "summary": format!("user_8 locked {ann}'s account"),
        "subject": { "label": ann, "name": null },
        "actor": { "label": "user_8", "name": null },
    });
    assert_eq!(seen(&auditor).await, pseudonyms);
    let names = json!({
        "summary": "Administrator locked ann's account",
        "subject": { "label": "ann", "name": "ann" },
        "actor": { "label": "Administrator", "name": "Administrator" },
    });
    assert_eq!(seen(&rollbook.admin).await, names);
    let mut socket = GraphQlSocket::connect(&auditor).await;
    let followed = "events(after: 0, filter: { types: [ACCOUNT_LOCKED] }) \
                    { summary subject { label name } actor { label name } }";
    socket.subscribe("1", &format!("subscription {{ {followed} }}")).await;
    assert_eq!(socket.hear().await["payload"]["data"]["events"], pseudonyms);
}
