//! What names a user: found before and without a deletion, and in the way of it.

use std::slice;

use serde_json::{Value, json};

use super::{history, member};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const PLACES: &str =
    "kind artefactKind module container name attribute place link recycled messageKey message";

async fn references(client: &Client, user: &str, fields: &str) -> Vec<Value> {
    let document = format!("query($id: ID!) {{ userReferences(id: $id) {{ {fields} }} }}");
    let data = client.data(&document, json!({ "id": user })).await;
    data["userReferences"].as_array().unwrap().clone()
}

/// An artefact of the module Customization; gives its id.
async fn artefact(client: &Client, kind: &str, name: &str, parts: Value) -> String {
    let input = json!({ "kind": kind, "module": "Customization", "container": "Cases", "name": name,
                        "parts": parts });
    let payload = client.accept("registerArtefact", input, "artefact { id }").await;
    payload["artefact"]["id"].as_str().unwrap().to_owned()
}

fn text(place: &str, text: &str) -> Value {
    json!({ "place": place, "content": { "text": text } })
}

fn named(artefact: &str) -> Value {
    json!({ "artefactId": artefact })
}

#[tokio::test]
async fn ref_01_ref_19_ref_22_every_place_is_found_without_deleting_anybody() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    assert_eq!(references(admin, &ann, PLACES).await, Vec::<Value>::new());
    admin.accept("changeReportingLine", json!({ "userId": bob, "reportsTo": ann }), "").await;
    let parts =
        json!([text("condition", "owner = 'ANN'"), { "place": "assign to", "content": { "userId": ann } }]);
    let rule = artefact(admin, "BUSINESS_RULE", "Escalate", parts).await;
    let place = |attribute: &str, place: &str, message: &str| {
        json!({ "kind": "ARTEFACT", "artefactKind": "BUSINESS_RULE", "module": "Customization",
                "container": "Cases", "name": "Escalate", "attribute": attribute, "place": place, "link": rule,
                "recycled": false, "messageKey": "REFERENCE_ARTEFACT_OF", "message": message })
    };
    let of = "Customization: the business rule “Escalate” of Cases names the";
    assert_eq!(
        references(admin, &ann, PLACES).await,
        [
            json!({ "kind": "REPORTING_LINE", "artefactKind": null, "module": "USERS", "container": null,
                "name": "bob", "attribute": "USER_ID", "place": "REPORTS_TO", "link": bob, "recycled": false,
                "messageKey": "REFERENCE_REPORTING_LINE", "message": "bob reports to this user" }),
            place("USERNAME", "condition", &format!("{of} username of this user at “condition”")),
            place("USER_ID", "assign to", &format!("{of} user id of this user at “assign to”")),
        ]
    );
    assert_eq!(references(admin, &bob, PLACES).await, Vec::<Value>::new());
}

#[tokio::test]
async fn ref_18_messages_are_in_the_language_of_the_reader() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    artefact(admin, "SLA", "Gold", json!([text("Frist", "an ann@example.org")])).await;
    let me = admin.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    admin.accept("changePreferences", json!({ "userId": me, "language": "de-AT" }), "").await;
    let found = references(admin, &ann, "message arguments { name value }").await;
    let message = "Customization: die Servicevereinbarung „Gold“ von Cases nennt die E-Mail-Adresse dieses \
                   Benutzers bei „Frist“";
    assert_eq!(found[0]["message"], message);
    assert_eq!(found[0]["arguments"][1], json!({ "name": "kind", "value": "SLA" }));
}

#[tokio::test]
async fn del_03_del_04_ref_20_a_deletion_names_all_that_is_in_the_way_and_changes_nothing() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    admin.accept("changeReportingLine", json!({ "userId": bob, "reportsTo": ann }), "").await;
    let view = artefact(admin, "VIEW", "Mine", json!([text("filter", "email = ann@example.org")])).await;
    admin.accept("recycleArtefact", named(&view), "").await;
    let events = history(admin, &ann, "type").await;
    let document = "mutation($input: DeleteUserInput!) { deleteUser(input: $input) {
        user { id } references { link recycled } errors { code } } }";
    let delete = async || {
        let data = admin.data(document, json!({ "input": { "userId": ann } })).await;
        data["deleteUser"].clone()
    };
    assert_eq!(
        delete().await,
        json!({
            "user": null,
            "references": [{ "link": bob, "recycled": false }, { "link": view, "recycled": true }],
            "errors": [{ "code": "REFERENCED" }],
        })
    );
    assert_eq!(history(admin, &ann, "type").await, events);
    admin.accept("changeReportingLine", json!({ "userId": bob, "reportsTo": null }), "").await;
    assert_eq!(delete().await["references"].as_array().unwrap().len(), 1);
    admin.accept("purgeArtefact", named(&view), "").await;
    let deleted = delete().await;
    assert_eq!((&deleted["user"]["id"], &deleted["references"]), (&json!(ann), &Value::Null));
}

#[tokio::test]
async fn del_12_of_several_the_referenced_stay_with_the_reason_and_others_go() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    let site = artefact(admin, "SITE", "Home", json!([text("banner", "by ann")])).await;
    let input = json!({ "command": { "plain": "DELETE_USER" }, "userIds": [ann, bob] });
    let document = "mutation($input: BulkInput!) { bulk(input: $input) {
        outcomes { userId references { link } errors { code } } } }";
    let data = admin.data(document, json!({ "input": input })).await;
    assert_eq!(
        data["bulk"]["outcomes"],
        json!([
            { "userId": ann, "references": [{ "link": site }], "errors": [{ "code": "REFERENCED" }] },
            { "userId": bob, "references": null, "errors": [] },
        ])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ref_21_a_reference_added_meanwhile_blocks_or_comes_too_late() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    for round in 0..20 {
        let user = admin.create("AGENT", &format!("user{round}")).await;
        let input = json!({ "kind": "MACRO", "module": "CRM", "name": "Assign",
                            "parts": [{ "place": "to", "content": { "userId": user } }] });
        let document = "mutation($input: RegisterArtefactInput!) {
            registerArtefact(input: $input) { artefact { id } errors { code } } }";
        let register = admin.data(document, json!({ "input": input }));
        let document = "mutation($input: DeleteUserInput!) {
            deleteUser(input: $input) { user { id } references { link } errors { code } } }";
        let delete = admin.data(document, json!({ "input": { "userId": user } }));
        let (registered, deleted) = tokio::join!(register, delete);
        let (registered, deleted) = (&registered["registerArtefact"], &deleted["deleteUser"]);
        if deleted["errors"] == json!([]) {
            assert_eq!(registered["errors"], json!([{ "code": "NOT_FOUND" }]), "round {round}");
        } else {
            assert_eq!(deleted["errors"], json!([{ "code": "REFERENCED" }]), "round {round}");
            assert_eq!(deleted["references"], json!([{ "link": registered["artefact"]["id"] }]));
        }
    }
}

#[tokio::test]
async fn ref_07_to_ref_15_every_kind_of_artefact_is_searched_in_every_part() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let kinds = [
        "BUSINESS_RULE",
        "MACRO",
        "REPORT",
        "VIEW",
        "DASHBOARD",
        "SLA",
        "SITE",
        "SCHEDULED_REPORT",
        "ACCESS_CRITERIA",
        "WEB_FORM",
        "TASK_DELEGATION",
        "OTHER",
    ];
    for kind in kinds {
        let places = ["condition", "expression", "action"].map(|place| text(place, "= 'ann'"));
        artefact(admin, kind, "One", json!(places)).await;
    }
    let found = references(admin, &ann, "artefactKind place").await;
    let expected = kinds.iter().flat_map(|kind| {
        ["condition", "expression", "action"].map(|place| json!({ "artefactKind": kind, "place": place }))
    });
    assert_eq!(found, expected.collect::<Vec<_>>());
}

#[tokio::test]
async fn artefacts_are_found_by_what_stands_in_them() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let gold = artefact(admin, "SLA", "Gold plan", json!([text("note", "for Ann, within a day")])).await;
    let home = artefact(admin, "SITE", "Home", json!([text("banner", "a plan for all")])).await;
    artefact(admin, "SITE", "Shop", json!([])).await;
    let found = async |filter: Value| {
        let document = "query($filter: ArtefactFilter) { artefacts(filter: $filter) { nodes { id } } }";
        let data = admin.data(document, json!({ "filter": filter })).await;
        let nodes = data["artefacts"]["nodes"].as_array().unwrap().clone();
        nodes.into_iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(json!({ "words": "PLAN" })).await, [gold.clone(), home.clone()]);
    assert_eq!(found(json!({ "words": "plan", "kind": "SITE" })).await, slice::from_ref(&home));
    assert_eq!(found(json!({ "words": "pla" })).await, Vec::<String>::new());
    assert_eq!(found(json!({ "namesUser": ann })).await, slice::from_ref(&gold));
    assert_eq!(found(json!({ "module": "customization", "recycled": false })).await.len(), 3);
    assert_eq!(found(json!({ "recycled": true })).await, Vec::<String>::new());
    let page = |after: Value| json!({ "after": after });
    let document = "query($after: String) { artefacts(first: 2, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }";
    let first = admin.data(document, page(Value::Null)).await["artefacts"].clone();
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let second = admin.data(document, page(first["pageInfo"]["endCursor"].clone())).await;
    assert_eq!(second["artefacts"]["nodes"].as_array().unwrap().len(), 1);
    assert_eq!(second["artefacts"]["pageInfo"]["hasNextPage"], false);
}

#[tokio::test]
async fn an_artefact_is_changed_in_part_and_read_by_its_id() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let id = artefact(admin, "MACRO", "Close", json!([text("action", "close")])).await;
    let change = json!({ "artefactId": id, "container": null, "kind": "OTHER" });
    admin.accept("changeArtefact", change, "").await;
    let document = "query($id: ID!) { node(id: $id) { ... on Artefact {
        kind module container name recycled parts { place text userId } } } }";
    let node = admin.data(document, json!({ "id": id })).await["node"].clone();
    assert_eq!(
        node,
        json!({ "kind": "OTHER", "module": "Customization", "container": null, "name": "Close",
        "recycled": false, "parts": [{ "place": "action", "text": "close", "userId": null }] })
    );
    let many: Vec<Value> = (0..51).map(|n| text(&format!("place {n}"), "nothing")).collect();
    let refused = admin.refuse("changeArtefact", json!({ "artefactId": id, "parts": many })).await;
    assert_eq!(refused, ["TOO_MANY"]);
}

#[tokio::test]
async fn who_neither_manages_nor_forgets_people_sees_no_references() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let auditor = member(&rollbook, "AUDITOR", "ivy").await;
    let answer = auditor.graphql(&format!("{{ userReferences(id: \"{ann}\") {{ link }} }}")).await;
    assert_eq!(answer.code(), "FORBIDDEN");
    let answer = rollbook.admin.graphql("{ userReferences(id: \"user_999\") { link } }").await;
    assert_eq!(answer.code(), "NOT_FOUND");
}

#[tokio::test]
async fn ref_07_whom_a_business_rule_names_is_not_deleted_until_it_names_them_no_more() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let rule = json!({ "trigger": "PRE_DELETE", "name": "Hand over", "condition": [{ "reportsToId": ann }],
                       "action": { "updateRecord": [{ "change": "REPORTS_TO_USER", "userId": ann }] } });
    let defined = admin.accept("defineUserRule", rule, "rule { id }").await;
    let found = references(admin, &ann, "kind name place link").await;
    let place = |place: &str| json!({ "kind": "USER_RULE", "name": "Hand over", "place": place, "link": defined["rule"]["id"] });
    assert_eq!(found, [place("CONDITION"), place("ACTION")]);
    let refused = admin.mutate("deleteUser", json!({ "userId": ann }), "references { kind }").await;
    assert_eq!(refused["errors"][0]["code"], "REFERENCED");
    admin.accept("deleteUserRule", json!({ "ruleId": defined["rule"]["id"] }), "").await;
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
}
