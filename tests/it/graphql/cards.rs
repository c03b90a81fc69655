//! What a user is called, what their card shows, and what a list offers beside each name.

use serde_json::{Value, json};

use super::hierarchy::company;
use super::teams::{join, team};
use super::{agent, member, role, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn created(client: &Client, input: Value) -> String {
    let payload = client.accept("createUser", input, "user { id }").await;
    payload["user"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn pro_02_the_label_is_the_display_name_else_the_full_name_else_the_username() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mut input = agent("ann");
    input["fullName"] = json!("Ann Lee");
    let ann = created(admin, input).await;
    assert_eq!(
        user(admin, &ann, "label displayName").await,
        json!({ "label": "Ann Lee", "displayName": "Ann Lee" })
    );
    admin.accept("changeProfile", json!({ "userId": ann, "displayName": "Annie" }), "").await;
    assert_eq!(user(admin, &ann, "label").await["label"], "Annie");
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    assert_eq!(
        user(&auditor, &ann, "label").await["label"],
        "User 9",
        "who may not see people reads a number"
    );
}

#[tokio::test]
async fn acc_10_lists_of_both_kinds_call_users_by_their_email_and_key_them_by_id() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ids = [admin.create("AGENT", "ann").await, admin.create("CLIENT", "cid").await];
    let document = "query($kind: UserKind) { users(filter: { kind: $kind, text: \"example.org\" }) { \
                    nodes { id primaryLabel } } }";
    for (kind, id, email) in [("AGENT", &ids[0], "ann@example.org"), ("CLIENT", &ids[1], "cid@example.org")] {
        let found = admin.data(document, json!({ "kind": kind })).await;
        assert_eq!(found["users"]["nodes"], json!([{ "id": id, "primaryLabel": email }]));
    }
    admin.accept("changeProfile", json!({ "userId": ids[0], "email": "lee@example.org" }), "").await;
    let renamed = json!({ "id": ids[0], "primaryLabel": "lee@example.org" });
    assert_eq!(user(admin, &ids[0], "id primaryLabel").await, renamed);
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    assert_eq!(user(&auditor, &ids[0], "primaryLabel").await["primaryLabel"], "User 9");
}

#[tokio::test]
async fn pro_22_empty_fields_are_left_out_to_look_at_and_there_to_edit() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mut input = agent("ann");
    input["title"] = json!("Dr");
    let ann = created(admin, input).await;
    let document = "query($id: ID!) { user(by: { id: $id }) { view: profileRows(mode: VIEW) { name value } \
                    edit: profileRows(mode: EDIT) { name value } } }";
    let found = admin.data(document, json!({ "id": ann })).await["user"].clone();
    let shown = json!([
        { "name": "username", "value": "ann" }, { "name": "email", "value": "ann@example.org" },
        { "name": "displayName", "value": "ann" }, { "name": "fullName", "value": "ann" },
        { "name": "title", "value": "Dr" },
    ]);
    assert_eq!(found["view"], shown);
    let edit = found["edit"].as_array().unwrap();
    assert!(edit.contains(&json!({ "name": "streetAddress", "value": null })));
    let named = |name: &str| edit.iter().any(|row| row["name"] == name);
    assert!(!named("federationId") && !named("ccaFederationId"), "no form has what no single sign-on uses");
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    let nothing = json!({ "view": [], "edit": [] });
    assert_eq!(auditor.data(document, json!({ "id": ann })).await["user"], nothing);
}

#[tokio::test]
async fn lst_08_rol_13_the_edit_link_is_there_where_one_may_edit() {
    let company = company("USER_MANAGER").await;
    let admin = &company.rollbook.admin;
    let document = "{ users { nodes { label editable } } }";
    let found = company.eve.data(document, json!({})).await["users"]["nodes"].clone();
    let editable = json!([
        { "label": "ann", "editable": true }, { "label": "bob", "editable": true },
        { "label": "eve", "editable": true },
    ]);
    assert_eq!(found, editable, "whom one does not reach is not there at all");
    let profile = json!({ "userId": company.bob, "accessProfile": "ADMINISTRATOR" });
    admin.accept("assignAccessProfile", profile, "").await;
    assert_eq!(user(&company.eve, &company.bob, "editable").await["editable"], false, "nobody above oneself");
    let refused = company.eve.refuse("changeProfile", json!({ "userId": company.bob, "title": "Dr" })).await;
    assert_eq!(refused, ["FORBIDDEN"]);
    let auditor = member(&company.rollbook, "AUDITOR", "adam").await;
    let found =
        auditor.data("{ users(filter: { text: null }) { nodes { label editable } } }", json!({})).await;
    let others = found["users"]["nodes"].as_array().unwrap();
    let own = others.iter().filter(|user| user["editable"] == true).map(|user| &user["label"]);
    assert_eq!(own.collect::<Vec<_>>(), ["adam"], "one's own card, as far as people may");
    assert_eq!(user(admin, "user_3", "editable").await["editable"], false, "nobody edits the reserved");
    admin.accept("deleteUser", json!({ "userId": company.noa }), "").await;
    assert_eq!(user(admin, &company.noa, "editable").await["editable"], false);
}

#[tokio::test]
async fn lst_07_what_was_selected_stays_selected_while_one_turns_pages_and_others_come() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    for name in ["ben", "dora", "fred", "hugo"] {
        admin.create("AGENT", name).await;
    }
    let document = "query($after: String) { users(filter: { text: \"example.org\" }, first: 2, after: $after) { \
                    nodes { id label } pageInfo { endCursor hasNextPage } } }";
    let (mut after, mut selected, mut seen) = (json!(null), Vec::new(), Vec::new());
    // One who comes before what was read, and one behind it.
    let mut newcomers = ["anna", "gina"].into_iter();
    loop {
        let page = admin.data(document, json!({ "after": after })).await["users"].clone();
        let nodes = page["nodes"].as_array().unwrap();
        seen.extend(nodes.iter().map(|node| node["label"].as_str().unwrap().to_owned()));
        selected.push(nodes[0]["id"].clone());
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
        if let Some(name) = newcomers.next() {
            admin.create("AGENT", name).await;
        }
    }
    assert_eq!(seen, ["ben", "dora", "fred", "hugo"], "nobody twice, nobody left out");
    let lock = "mutation($input: BulkInput!) { bulk(input: $input) { accepted refused } }";
    let input = json!({ "command": { "plain": "LOCK_ACCOUNT" }, "userIds": selected });
    let done = admin.data(lock, json!({ "input": input })).await["bulk"].clone();
    assert_eq!(done, json!({ "accepted": 2, "refused": 0 }));
    let locked = admin.data("{ users(filter: { locked: true }) { nodes { label } } }", json!({})).await;
    assert_eq!(locked["users"]["nodes"], json!([{ "label": "ben" }, { "label": "fred" }]));
}

#[tokio::test]
async fn sta_16_what_is_assigned_to_a_user_is_counted_and_can_be_handed_over_before_disabling() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let [ann, bob, cleo, dan] = ["ann", "bob", "cleo", "dan"].map(str::to_owned);
    let mut ids = Vec::new();
    for name in [&ann, &bob, &cleo, &dan] {
        ids.push(admin.create("AGENT", name).await);
    }
    for below in &ids[1..] {
        admin.accept("changeReportingLine", json!({ "userId": below, "reportsTo": ids[0] }), "").await;
    }
    admin.accept("disableUser", json!({ "userId": ids[3] }), "").await;
    let count = "activeAssignments";
    assert_eq!(user(admin, &ids[0], count).await[count], 2, "who is disabled does not count");
    let over = json!({ "userId": ids[1], "reportsTo": ids[2] });
    admin.accept("changeReportingLine", over, "").await;
    assert_eq!(user(admin, &ids[0], count).await[count], 1);
    admin.accept("disableUser", json!({ "userId": ids[0] }), "").await;
    let found = user(admin, &ids[0], "active activeAssignments").await;
    assert_eq!(found, json!({ "active": false, "activeAssignments": 1 }), "going on is allowed");
}

#[tokio::test]
async fn sta_11_who_is_disabled_may_be_put_into_a_team_for_that() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, gone) = (admin.create("AGENT", "ann").await, team(admin, "Gone", None).await);
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    join(admin, &ann, &gone).await;
    let found = user(admin, &ann, "active teams { name }").await;
    assert_eq!(found, json!({ "active": false, "teams": [{ "name": "Gone" }] }));
}

#[tokio::test]
async fn rol_10_one_role_is_a_list_of_one() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    super::own_seats(admin, "READ_WRITE", 9).await;
    let (ann, support) =
        (admin.create("AGENT", "ann").await, role(admin, "Support", "AGENT", &["LISTS"]).await);
    admin.accept("assignRole", json!({ "userId": ann, "roleId": support }), "").await;
    assert_eq!(user(admin, &ann, "roles { name }").await["roles"], json!([{ "name": "Support" }]));
}
