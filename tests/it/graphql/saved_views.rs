//! Views of the lists of users (LST-04): somebody's own, and the company's.

use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn save(client: &Client, audience: &str, name: &str, terms: Value) -> String {
    let input = json!({ "kind": "AGENT", "audience": audience, "name": name, "terms": terms });
    let payload = client.accept("saveView", input, "view { id }").await;
    payload["view"]["id"].as_str().unwrap().to_owned()
}

async fn names(client: &Client) -> Value {
    let found = client.data("{ savedViews(kind: AGENT) { name } }", json!({})).await;
    found["savedViews"].as_array().unwrap().iter().map(|view| view["name"].clone()).collect()
}

async fn agent(rollbook: &Rollbook, name: &str, profile: &str) -> (String, Client) {
    let id = rollbook.admin.create("AGENT", name).await;
    let profile = json!({ "userId": id, "accessProfile": profile });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    rollbook.admin.accept("setPassword", json!({ "userId": id, "password": "a good password" }), "").await;
    let client = rollbook.sign_in(name, "a good password").await;
    (id, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_04_ones_own_views_come_first_and_nobody_else_sees_them() {
    let rollbook = Rollbook::start().await;
    let (_, ann) = agent(&rollbook, "ann", "USER_MANAGER").await;
    save(&rollbook.admin, "COMPANY", "Locked", json!([{ "name": "view", "value": "locked" }])).await;
    let mine = save(&ann, "OWN", "Mine", json!([{ "name": "q", "value": "bob" }])).await;
    assert_eq!(names(&ann).await, json!(["Mine", "Locked"]));
    assert_eq!(names(&rollbook.admin).await, json!(["Locked"]));
    let whole = "{ savedViews(kind: AGENT) { id kind ownerId terms { name value } } }";
    let first = ann.data(whole, json!({})).await["savedViews"][0].clone();
    let own = ann.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let terms = json!([{ "name": "q", "value": "bob" }]);
    assert_eq!(first, json!({ "id": mine, "kind": "AGENT", "ownerId": own, "terms": terms }));
    let clients = ann.data("{ savedViews(kind: CLIENT) { name } }", json!({})).await;
    assert_eq!(clients["savedViews"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_changed_and_removed_by_whose_it_is() {
    let rollbook = Rollbook::start().await;
    let (_, ann) = agent(&rollbook, "ann", "USER_MANAGER").await;
    let view = save(&ann, "OWN", "Mine", json!([])).await;
    let changed =
        json!({ "viewId": view, "name": "Locked", "terms": [{ "name": "view", "value": "locked" }] });
    let payload = ann.accept("changeSavedView", changed, "view { name terms { value } }").await;
    assert_eq!(payload["view"], json!({ "name": "Locked", "terms": [{ "value": "locked" }] }));
    let payload = ann.accept("removeSavedView", json!({ "viewId": view }), "view { id }").await;
    assert_eq!(payload["view"], Value::Null);
    assert_eq!(names(&ann).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_everybody_sees_is_saved_by_those_who_change_settings() {
    let rollbook = Rollbook::start().await;
    let (_, ann) = agent(&rollbook, "ann", "USER_MANAGER").await;
    let theirs = save(&rollbook.admin, "COMPANY", "Theirs", json!([])).await;
    let input = json!({ "kind": "AGENT", "audience": "COMPANY", "name": "Ours", "terms": [] });
    assert_eq!(ann.refuse("saveView", input).await, ["FORBIDDEN"]);
    assert_eq!(ann.refuse("removeSavedView", json!({ "viewId": theirs })).await, ["FORBIDDEN"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_list_knows_and_a_name_that_is_taken_are_refused_beside_their_fields() {
    let rollbook = Rollbook::start().await;
    save(&rollbook.admin, "OWN", "Mine", json!([])).await;
    let query = "mutation($input: SaveViewInput!) { saveView(input: $input) { errors { code path } } }";
    for (name, terms, expected) in [
        ("mine", json!([]), json!({ "code": "SAVED_VIEW_NAME_TAKEN", "path": ["input", "name"] })),
        (
            "New",
            json!([{ "name": "after", "value": "x" }]),
            json!({ "code": "INVALID", "path": ["input", "terms"] }),
        ),
    ] {
        let input = json!({ "kind": "AGENT", "audience": "OWN", "name": name, "terms": terms });
        let answer = rollbook.admin.data(query, json!({ "input": input })).await;
        assert_eq!(answer["saveView"]["errors"], json!([expected]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ref_20_a_view_that_searches_for_somebody_is_found_and_holds_the_deletion_up() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, _) = agent(&rollbook, "ann", "STANDARD").await;
    let (bob, as_bob) = agent(&rollbook, "bob", "USER_MANAGER").await;
    let company = save(admin, "COMPANY", "Hers", json!([{ "name": "q", "value": "ann@example.org" }])).await;
    let own = save(&as_bob, "OWN", "Secretly", json!([{ "name": "q", "value": "ann" }])).await;
    let query =
        "query($id: ID!) { userReferences(id: $id) { kind module name attribute place link message } }";
    let found = admin.data(query, json!({ "id": ann })).await["userReferences"].clone();
    let place = |name: &str, attribute: &str, link: &str, message: &str| {
        json!({ "kind": "SAVED_VIEW", "module": "SAVED_VIEWS", "name": name, "attribute": attribute,
            "place": "SEARCH", "link": link, "message": message })
    };
    let of_company = "The saved view “Hers” of the company names the email of this user in its search";
    let of_bob = "A view that bob saved names the username of this user in its search";
    assert_eq!(
        found,
        json!([place("Hers", "EMAIL", &company, of_company), place("bob", "USERNAME", &own, of_bob)])
    );
    assert!(!found.to_string().contains("Secretly"), "what bob calls it is his");
    assert_eq!(admin.refuse("deleteUser", json!({ "userId": ann })).await, ["REFERENCED"]);
    // Whoever manages bob can remove what stands in the way.
    for view in [&company, &own] {
        admin.accept("removeSavedView", json!({ "viewId": view }), "").await;
    }
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    assert_eq!(bob, as_bob.data("{ me { id } }", json!({})).await["me"]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_views_go_with_the_account_and_the_companys_stay() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, as_ann) = agent(&rollbook, "ann", "ADMINISTRATOR").await;
    save(&as_ann, "OWN", "Hers", json!([{ "name": "q", "value": "carol" }])).await;
    save(&as_ann, "COMPANY", "Everybodys", json!([])).await;
    let file = rollbook.directory.views().references.saved_views.iter().count();
    assert_eq!(file, 2);
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    assert_eq!(rollbook.directory.views().references.saved_views.iter().count(), 1);
    assert_eq!(names(admin).await, json!(["Everybodys"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_anothers_history_sees_that_a_view_was_saved_and_not_what_it_searches_for() {
    let rollbook = Rollbook::start().await;
    let (ann, as_ann) = agent(&rollbook, "ann", "USER_MANAGER").await;
    let (_, auditor) = agent(&rollbook, "eve", "AUDITOR").await;
    save(&as_ann, "OWN", "Hers", json!([{ "name": "q", "value": "carol" }])).await;
    let query = "query($id: ID!) { user(by: { id: $id }) { history(first: 9) { nodes { \
                 type summary changes { field to withheld } } } } }";
    let read = async |client: &Client| {
        let found = client.data(query, json!({ "id": ann })).await;
        let nodes = found["user"]["history"]["nodes"].as_array().unwrap().clone();
        nodes.into_iter().find(|node| node["type"] == "SAVED_VIEW_ADDED").expect("it is in history")
    };
    let seen = read(&auditor).await;
    assert!(!seen.to_string().contains("carol") && !seen.to_string().contains("Hers"), "{seen}");
    assert_eq!(seen["changes"][0], json!({ "field": "savedView", "to": null, "withheld": true }));
    let own = read(&rollbook.admin).await;
    assert_eq!(own["changes"][1], json!({ "field": "terms", "to": "q=carol", "withheld": false }));
}
