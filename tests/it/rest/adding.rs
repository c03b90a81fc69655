//! Adding a user.

use serde_json::{Value, json};

use super::{add, add_with, person};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn user(client: &Client, id: &Value, fields: &str) -> Value {
    let document = format!("query($id: ID!) {{ user(by: {{ id: $id }}) {{ {fields} }} }}");
    client.data(&document, json!({ "id": id })).await["user"].clone()
}

async fn head(client: &Client) -> Value {
    client.data("{ head }", json!({})).await["head"].clone()
}

#[tokio::test]
async fn api_01_a_user_is_added_and_read_at_the_address_given() {
    let rollbook = Rollbook::start().await;
    let body = json!({
        "kind": "CLIENT", "email": "Carl@example.org", "firstName": "Carl", "lastName": "Lee", "title": "Dr",
        "mobilePhone": "+49 1", "streetAddress": null, "segment": "VERIFIED", "password": "something good",
    });
    let answer = add(&rollbook.admin, &body).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (201, "/users/user_9"));
    let created = answer.json();
    for (field, value) in [
        ("id", json!("user_9")),
        ("kind", json!("CLIENT")),
        ("username", json!("Carl@example.org")),
        ("displayName", json!("Carl Lee")),
        ("title", json!("Dr")),
        ("streetAddress", Value::Null),
        ("emailVerified", json!(true)),
        ("active", json!(true)),
        ("accessProfile", json!("STANDARD")),
        ("roles", json!([])),
        ("repeated", json!(false)),
        ("position", head(&rollbook.admin).await),
    ] {
        assert_eq!(created[field], value, "{field}");
    }
    let mut read = rollbook.admin.get("/users/user_9").await.json();
    for (field, value) in read.as_object_mut().unwrap() {
        assert_eq!(*value, created[field], "{field}");
    }
    rollbook.sign_in("carl@example.org", "something good").await;
}

#[tokio::test]
async fn api_01_the_events_are_those_of_the_mutation() {
    let rollbook = Rollbook::start().await;
    let sales = rollbook
        .admin
        .accept("defineRole", json!({ "name": "Sales", "kind": "AGENT", "surfaces": [] }), "role { id }")
        .await["role"]["id"]
        .clone();
    rollbook.admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 5 }), "").await;
    let body = |name: &str| {
        let mut body = person(name);
        body["password"] = json!("something good");
        body["roles"] = json!([sales]);
        body["reason"] = json!("T-1");
        body
    };
    let by_rest = add(&rollbook.admin, &body("rest")).await.json()["id"].clone();
    let by_graphql =
        rollbook.admin.accept("createUser", body("graphql"), "user { id }").await["user"]["id"].clone();
    let document = "query($id: ID!) { history(filter: { user: $id }, newestFirst: false) { nodes { typeName \
                    actor { id } onBehalfOf changes { field from to } context { reason clientAddress } } } }";
    let story = async |id: &Value, name: &str| {
        let data = rollbook.admin.data(document, json!({ "id": id })).await;
        data["history"]["nodes"].to_string().replace(name, "NAME")
    };
    let (rest, graphql) = (story(&by_rest, "rest").await, story(&by_graphql, "graphql").await);
    assert_eq!(rest, graphql);
    assert!(rest.contains("license.granted@1") && rest.contains("T-1"), "{rest}");
    // Both are requests of somebody signed in.
    let document = "{ history(filter: { types: [USER_CREATED] }) { nodes { position } } }";
    let created = rollbook.admin.data(document, json!({})).await["history"]["nodes"].clone();
    for entry in &created.as_array().unwrap()[..2] {
        let position = rollbook_schema::Position(entry["position"].as_u64().unwrap());
        let recorded = rollbook.directory.recorded(position).unwrap().unwrap();
        assert_eq!(recorded.event.clear_json().unwrap()["origin"], "REQUEST");
    }
}

#[tokio::test]
async fn api_02_aut_11_aut_13_without_a_password_nobody_signs_in_until_one_is_set() {
    let rollbook = Rollbook::start().await;
    let mut body = person("ann");
    body["password"] = Value::Null;
    let answer = add(&rollbook.admin, &body).await;
    assert_eq!(answer.status.as_u16(), 201);
    let id = answer.json()["id"].clone();
    assert_eq!(rollbook.try_sign_in("ann", "").await["token"], Value::Null);
    let input = json!({ "userId": id, "password": "something good" });
    rollbook.admin.accept("setPassword", input, "").await;
    rollbook.sign_in("ann", "something good").await;
}

#[tokio::test]
async fn api_03_aut_12_the_policy_applies_to_a_password_that_is_given() {
    let rollbook = Rollbook::start().await;
    for (password, code) in [("12345", "TOO_SHORT"), (&*"x".repeat(129), "TOO_LONG"), ("", "TOO_SHORT")] {
        let mut body = person("ann");
        body["password"] = json!(password);
        let answer = add(&rollbook.admin, &body).await;
        assert_eq!(super::flaws(&answer), [format!("password {code}")]);
        assert!(password.is_empty() || !answer.text().contains(password));
    }
}

#[tokio::test]
async fn acc_21_a_repeated_key_makes_one_user() {
    let rollbook = Rollbook::start().await;
    let key = [("idempotency-key", "\"order 7\"")];
    let first = add_with(&rollbook.admin, &person("ann"), &key).await;
    let before = head(&rollbook.admin).await;
    let again = add_with(&rollbook.admin, &person("ann"), &[("idempotency-key", "order 7")]).await;
    assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!((&again.json()["repeated"], &first.json()["repeated"]), (&json!(true), &json!(false)));
    assert_eq!(again.json()["position"], first.json()["position"]);
    assert_eq!(head(&rollbook.admin).await, before);
    // The same key in GraphQL is the same request.
    let mut input = person("ann");
    input["password"] = json!("something good");
    input["idempotencyKey"] = json!("order 7");
    assert_eq!(rollbook.admin.accept("createUser", input, "").await["repeated"], true);
    for key in ["", "\"\"", &"x".repeat(201)] {
        let answer = add_with(&rollbook.admin, &person("bob"), &[("idempotency-key", key)]).await;
        assert_eq!(super::flaws(&answer), ["Idempotency-Key INVALID"], "{key}");
    }
}

#[tokio::test]
async fn lic_08_rsv_06_automation_acts_as_the_system_user_here_too() {
    let rollbook = Rollbook::start().await;
    let mut body = person("ann");
    body["automation"] = json!("Nightly sync");
    let id = add(&rollbook.admin, &body).await.json()["id"].clone();
    let found = user(&rollbook.admin, &id, "history { nodes { actor { id } onBehalfOf } }").await;
    let expected = json!({ "actor": { "id": "user_3" }, "onBehalfOf": "user_8" });
    assert_eq!(found["history"]["nodes"][0], expected);
    let mut short = person("bob");
    short["automation"] = json!("Nightly sync");
    short["license"] = json!("READ_WRITE");
    assert_eq!(add(&rollbook.admin, &short).await.status.as_u16(), 409);
    let document = "{ history(filter: { objectLevel: true }) { nodes { type } } }";
    let failed = rollbook.admin.data(document, json!({})).await["history"]["nodes"].clone();
    assert_eq!(failed, json!([{ "type": "USER_CREATION_FAILED" }]));
}
