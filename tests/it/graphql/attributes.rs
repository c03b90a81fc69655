//! Custom attributes: defined by administrators, set for users, filtered by, forgotten with people.

use serde_json::{Value, json};

use super::{head, history, member, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn define(client: &Client, mut input: Value) -> String {
    if input["label"].is_null() {
        input["label"] = input["key"].clone();
    }
    if input["personal"].is_null() {
        input["personal"] = json!(false);
    }
    let payload = client.accept("defineAttribute", input, "attribute { id }").await;
    payload["attribute"]["id"].as_str().unwrap().to_owned()
}

async fn set(client: &Client, user: &str, values: &[(&str, Option<&str>)]) {
    let attributes: Vec<Value> =
        values.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect();
    client.accept("setAttributes", json!({ "userId": user, "attributes": attributes }), "").await;
}

/// Key and value of what a reader is shown.
async fn values(client: &Client, id: &str) -> Vec<(String, String)> {
    let shown = user(client, id, "attributes { definition { key } value }").await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let shown = shown["attributes"].as_array().unwrap().iter();
    shown.map(|value| (text(&value["definition"]["key"]), text(&value["value"]))).collect()
}

/// Usernames of those who have a value.
async fn found(client: &Client, key: &str, value: &str) -> Vec<String> {
    let document = "query($filter: UserFilter) { users(filter: $filter) { nodes { username } } }";
    let filter = json!({ "attributes": [{ "key": key, "value": value }] });
    let data = client.data(document, json!({ "filter": filter })).await;
    let nodes = data["users"]["nodes"].as_array().unwrap().iter();
    nodes.map(|node| node["username"].as_str().unwrap_or("?").to_owned()).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn an_attribute_of_every_type_is_defined_set_read_and_cleared() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    for of in ["TEXT", "NUMBER", "BOOLEAN", "DATE"] {
        define(admin, json!({ "key": format!("a{of}"), "type": of })).await;
    }
    define(admin, json!({ "key": "floor", "type": "CHOICE", "choices": ["First", "Second"] })).await;
    let ann = admin.create("AGENT", "ann").await;
    let all = [
        ("floor", Some("second")),
        ("aTEXT", Some("Zürich <b>")),
        ("aNUMBER", Some("0012.50")),
        ("aBOOLEAN", Some("TRUE")),
        ("aDATE", Some("2024-02-29")),
    ];
    set(admin, &ann, &all).await;
    let expected = [
        ("aTEXT", "Zürich <b>"),
        ("aNUMBER", "12.5"),
        ("aBOOLEAN", "true"),
        ("aDATE", "2024-02-29"),
        ("floor", "Second"),
    ];
    assert_eq!(values(admin, &ann).await, pairs(&expected));
    set(admin, &ann, &[("aTEXT", None), ("floor", Some("First"))]).await;
    assert_eq!(values(admin, &ann).await[3], ("floor".to_owned(), "First".to_owned()));
    assert_eq!(values(admin, &ann).await.len(), 4);
}

#[tokio::test]
async fn his_09_several_values_are_one_event_and_no_change_is_none() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    define(admin, json!({ "key": "desk", "type": "TEXT" })).await;
    define(admin, json!({ "key": "hours", "type": "NUMBER" })).await;
    let ann = admin.create("AGENT", "ann").await;
    let before = head(admin).await;
    set(admin, &ann, &[("desk", Some("12b")), ("hours", Some("40"))]).await;
    assert_eq!(head(admin).await, before + 1);
    set(admin, &ann, &[("desk", Some("12b")), ("hours", Some("40.0"))]).await;
    set(admin, &ann, &[]).await;
    assert_eq!(head(admin).await, before + 1);
    set(admin, &ann, &[("desk", Some("12b")), ("hours", Some("38.5"))]).await;
    let entry = history(admin, &ann, "summary changes { field from to }").await.pop().unwrap();
    assert_eq!(entry["changes"], json!([{ "field": "attributes.hours", "from": "40", "to": "38.5" }]));
}

#[tokio::test]
async fn acc_11_every_wrong_entry_is_named_by_its_place() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    define(admin, json!({ "key": "hours", "type": "NUMBER" })).await;
    define(admin, json!({ "key": "since", "type": "DATE" })).await;
    let ann = admin.create("AGENT", "ann").await;
    let attributes = json!([
        { "key": "hours", "value": "1e3" },
        { "key": "since", "value": "31.12.2026" },
        { "key": "nothing", "value": "x" },
    ]);
    let input = json!({ "userId": ann, "attributes": attributes });
    let payload = admin.mutate("setAttributes", input, "").await;
    let errors = payload["errors"].as_array().unwrap().iter();
    let told: Vec<Value> = errors.map(|error| json!([error["code"], error["path"]])).collect();
    assert_eq!(
        told,
        [
            json!(["INVALID", ["input", "attributes", "0"]]),
            json!(["INVALID", ["input", "attributes", "1"]]),
            json!(["NOT_FOUND", ["input", "attributes", "2"]]),
        ]
    );
    assert!(values(admin, &ann).await.is_empty(), "whole or not at all");
}

#[tokio::test]
async fn a_required_attribute_is_asked_for_at_creation_and_not_cleared() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    define(admin, json!({ "key": "branch", "type": "TEXT", "kinds": ["CLIENT"], "required": true })).await;
    let mut input = json!({ "kind": "CLIENT", "email": "cid@example.org", "fullName": "Cid" });
    let payload = admin.mutate("createUser", input.clone(), "").await;
    assert_eq!(payload["errors"][0]["code"], "REQUIRED");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "attributes"]));
    input["attributes"] = json!([{ "key": "branch", "value": "North" }]);
    let payload = admin.accept("createUser", input, "user { id attributes { value } }").await;
    assert_eq!(payload["user"]["attributes"], json!([{ "value": "North" }]));
    let cid = payload["user"]["id"].as_str().unwrap();
    let cleared = json!({ "userId": cid, "attributes": [{ "key": "branch" }] });
    assert_eq!(admin.refuse("setAttributes", cleared).await, ["REQUIRED"]);
    let ann = admin.create("AGENT", "ann").await;
    let other = json!({ "userId": ann, "attributes": [{ "key": "branch", "value": "x" }] });
    assert_eq!(admin.refuse("setAttributes", other).await, ["ATTRIBUTE_NOT_FOR_KIND"]);
}

#[tokio::test]
async fn users_are_filtered_by_values_as_far_as_the_reader_may_find_people() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    define(admin, json!({ "key": "desk", "type": "TEXT" })).await;
    define(admin, json!({ "key": "hours", "type": "NUMBER" })).await;
    define(admin, json!({ "key": "birthday", "type": "DATE", "personal": true })).await;
    define(admin, json!({ "key": "floor", "type": "CHOICE", "choices": ["First", "Second"] })).await;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    set(admin, &ann, &[("desk", Some("A")), ("hours", Some("40")), ("floor", Some("First"))]).await;
    set(admin, &bob, &[("desk", Some("a")), ("hours", Some("40.00")), ("floor", Some("Second"))]).await;
    set(admin, &bob, &[("birthday", Some("2000-01-01"))]).await;
    assert_eq!(found(admin, "hours", "40.0").await, ["ann", "bob"]);
    assert_eq!(found(admin, "FLOOR", "first").await, ["ann"]);
    assert_eq!(found(admin, "desk", "A").await, ["ann"], "a text is found exactly");
    assert_eq!(found(admin, "birthday", "2000-01-01").await, ["bob"]);
    set(admin, &ann, &[("hours", None)]).await;
    assert_eq!(found(admin, "hours", "40").await, ["bob"]);
    let auditor = member(&rollbook, "AUDITOR", "otto").await;
    assert_eq!(found(&auditor, "hours", "40").await, ["?"]);
    for (key, value) in [("desk", "A"), ("birthday", "2000-01-01")] {
        let document = "query($filter: UserFilter) { users(filter: $filter) { totalCount } }";
        let filter = json!({ "attributes": [{ "key": key, "value": value }] });
        let answer = auditor.graphql_with(document, json!({ "filter": filter })).await;
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(body["errors"][0]["extensions"]["code"], "FORBIDDEN", "{key}");
    }
}

#[tokio::test]
async fn personal_values_are_shown_to_those_who_see_people_in_lists_and_in_history() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    define(admin, json!({ "key": "birthday", "type": "DATE", "personal": true })).await;
    define(admin, json!({ "key": "hours", "type": "NUMBER" })).await;
    let ann = admin.create("AGENT", "ann").await;
    set(admin, &ann, &[("birthday", Some("2000-01-01")), ("hours", Some("40"))]).await;
    let auditor = member(&rollbook, "AUDITOR", "otto").await;
    assert_eq!(values(&auditor, &ann).await, pairs(&[("hours", "40")]));
    let fields = "changes { field from to withheld }";
    let entry = history(&auditor, &ann, fields).await.pop().unwrap();
    let hours = json!({ "field": "attributes.hours", "from": null, "to": "40", "withheld": false });
    let hidden = json!({ "field": "attributes.birthday", "from": null, "to": null, "withheld": true });
    assert_eq!(entry["changes"], json!([hours, hidden]));
    let entry = history(admin, &ann, fields).await.pop().unwrap();
    assert_eq!(entry["changes"][1]["to"], "2000-01-01");
    let herself = rollbook.sign_in("ann", "password of ann").await;
    assert_eq!(values(&herself, &ann).await, pairs(&[("birthday", "2000-01-01"), ("hours", "40")]));
}

#[tokio::test]
async fn a_renamed_label_and_choices_that_come_and_go_are_seen_at_once() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let floor = define(admin, json!({ "key": "floor", "type": "CHOICE", "choices": ["First"] })).await;
    let ann = admin.create("AGENT", "ann").await;
    set(admin, &ann, &[("floor", Some("First"))]).await;
    let payload = admin
        .accept(
            "renameAttribute",
            json!({ "attributeId": floor, "label": "Storey" }),
            "attribute { key label }",
        )
        .await;
    assert_eq!(payload["attribute"], json!({ "key": "floor", "label": "Storey" }));
    admin.accept("addAttributeChoice", json!({ "attributeId": floor, "name": "Second" }), "").await;
    let input = json!({ "attributeId": floor, "choice": 1 });
    let fields = "attribute { choices { number name retired } }";
    let payload = admin.accept("retireAttributeChoice", input, fields).await;
    let choices = json!([
        { "number": 1, "name": "First", "retired": true },
        { "number": 2, "name": "Second", "retired": false },
    ]);
    assert_eq!(payload["attribute"]["choices"], choices);
    assert_eq!(values(admin, &ann).await, pairs(&[("floor", "First")]), "who has it keeps it");
    let bob = admin.create("AGENT", "bob").await;
    let input = json!({ "userId": bob, "attributes": [{ "key": "floor", "value": "First" }] });
    assert_eq!(admin.refuse("setAttributes", input).await, ["INVALID"]);
}

#[tokio::test]
async fn a_retired_attribute_is_shown_in_history_only_and_frees_its_key() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let desk = define(admin, json!({ "key": "desk", "type": "TEXT" })).await;
    let ann = admin.create("AGENT", "ann").await;
    set(admin, &ann, &[("desk", Some("A"))]).await;
    admin.accept("retireAttribute", json!({ "attributeId": desk }), "").await;
    assert!(values(admin, &ann).await.is_empty());
    let all = admin.data("{ attributeDefinitions { id } }", json!({})).await;
    assert_eq!(all["attributeDefinitions"], json!([]));
    let document = "{ attributeDefinitions(withRetired: true) { id retired } }";
    let all = admin.data(document, json!({})).await;
    assert_eq!(all["attributeDefinitions"], json!([{ "id": desk, "retired": true }]));
    define(admin, json!({ "key": "desk", "type": "NUMBER" })).await;
    assert!(values(admin, &ann).await.is_empty(), "another attribute has other values");
    let entries = history(admin, &ann, "changes { field to }").await;
    assert_eq!(entries.last().unwrap()["changes"], json!([{ "field": "attributes.desk", "to": "A" }]));
}

#[tokio::test]
async fn attributes_are_defined_by_administrators_and_set_by_whoever_manages_users() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let desk = define(admin, json!({ "key": "desk", "type": "TEXT" })).await;
    let ann = admin.create("AGENT", "ann").await;
    let mia = member(&rollbook, "USER_MANAGER", "mia").await;
    let input = json!({ "key": "x", "label": "x", "type": "TEXT", "personal": false });
    assert_eq!(mia.refuse("defineAttribute", input).await, ["FORBIDDEN"]);
    assert_eq!(mia.refuse("retireAttribute", json!({ "attributeId": desk })).await, ["FORBIDDEN"]);
    set(&mia, &ann, &[("desk", Some("A"))]).await;
    let herself = rollbook.sign_in("ann", "password of ann").await;
    let input = json!({ "userId": ann, "attributes": [{ "key": "desk", "value": "B" }] });
    assert_eq!(herself.refuse("setAttributes", input).await, ["FORBIDDEN"]);
    let document = "query($id: ID!) { node(id: $id) { ... on AttributeDefinition { key type } } }";
    let node = herself.data(document, json!({ "id": desk })).await["node"].clone();
    assert_eq!(node, json!({ "key": "desk", "type": "TEXT" }));
}

#[tokio::test]
async fn no_text_and_no_personal_value_stands_in_clear_on_the_disk() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    define(admin, json!({ "key": "keyInClear", "label": "labelInClear", "type": "TEXT" })).await;
    define(admin, json!({ "key": "floor", "type": "CHOICE", "choices": ["choiceInClear"] })).await;
    let ann = admin.create("AGENT", "ann").await;
    set(admin, &ann, &[("keyInClear", Some("valueInClear")), ("floor", Some("choiceInClear"))]).await;
    let folder = rollbook.stop().await;
    let mut folders = vec![folder.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            for text in ["keyInClear", "labelInClear", "choiceInClear", "valueInClear"] {
                let holds = bytes.windows(text.len()).any(|window| window == text.as_bytes());
                assert!(!holds, "{text} stands in {}", path.display());
            }
        }
    }
    assert!(files > 3);
}

/// A label can tell what a company notes of its people, and choices can too.
#[tokio::test]
async fn whoever_sees_no_users_knows_of_the_attributes_of_their_own_kind() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let band = json!({ "key": "band", "label": "Salary band", "type": "TEXT", "kinds": ["AGENT"] });
    let band = define(admin, band).await;
    let shop = json!({ "key": "shop", "label": "Shop", "type": "TEXT", "kinds": ["CLIENT", "AGENT"] });
    let shop = define(admin, shop).await;
    let old = define(admin, json!({ "key": "old", "type": "TEXT", "kinds": ["CLIENT"] })).await;
    admin.accept("retireAttribute", json!({ "attributeId": old }), "").await;
    admin.create("CLIENT", "cleo").await;
    admin.create("AGENT", "ann").await;
    let client = rollbook.sign_in("cleo", "password of cleo").await;
    let agent = rollbook.sign_in("ann", "password of ann").await;
    let document = "query($band: ID!, $none: ID!) { attributeDefinitions(withRetired: true) { id }
        band: node(id: $band) { id } none: node(id: $none) { id } }";
    let asked = json!({ "band": band, "none": "attribute_999" });
    let ids = |ids: &[&String]| ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>();
    for (reader, known, found) in [
        (&client, ids(&[&shop]), json!(null)),
        (&agent, ids(&[&band, &shop]), json!({ "id": band })),
        (admin, ids(&[&band, &shop, &old]), json!({ "id": band })),
    ] {
        let data = reader.data(document, asked.clone()).await;
        assert_eq!(data["attributeDefinitions"], json!(known));
        assert_eq!(data["band"], found, "what is hidden is answered like what is not there");
        assert_eq!(data["none"], json!(null));
    }
}
