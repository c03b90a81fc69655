//! Reserved users: seen on request, changed by nobody, their names barred on every path.

use rollbook_schema::value::RESERVED_USERNAMES;
use serde_json::{Value, json};

use super::{agent, head, history, member, own_seats, role, user};
use crate::support::rollbook::{Rollbook, options};

const IDS: [&str; 6] = ["user_1", "user_2", "user_3", "user_4", "user_5", "user_7"];

async fn listed(rollbook: &Rollbook, arguments: &str) -> Value {
    let document = format!("{{ users({arguments}) {{ totalCount nodes {{ id username }} }} }}");
    rollbook.admin.data(&document, json!({})).await["users"].clone()
}

#[tokio::test]
async fn rsv_01_rsv_04_to_rsv_08_six_reserved_users_exist_from_the_start_and_6_does_not() {
    let rollbook = Rollbook::start().await;
    let page =
        listed(&rollbook, "filter: { includeStandard: true, kind: STANDARD }, orderBy: { field: ID }").await;
    let expected: Vec<Value> =
        IDS.iter().zip(RESERVED_USERNAMES).map(|(id, name)| json!({ "id": id, "username": name })).collect();
    assert_eq!(page, json!({ "totalCount": 6, "nodes": expected }));
    assert_eq!(user(&rollbook.admin, "user_6", "id").await, Value::Null);
    // The administrator is the first person; no event made the others.
    assert_eq!(rollbook.admin.data("{ me { id } }", json!({})).await["me"]["id"], "user_8");
    let made =
        rollbook.admin.data("{ history(filter: { types: [USER_CREATED] }) { totalCount } }", json!({}));
    assert_eq!(made.await["history"]["totalCount"], 1);
}

#[tokio::test]
async fn rsv_02_they_are_viewed_by_id_and_by_name() {
    let rollbook = Rollbook::start().await;
    let found =
        user(&rollbook.admin, "user_3", "kind username displayName label email assignable segment").await;
    let expected = json!({
        "kind": "STANDARD", "username": "system", "displayName": "System", "label": "System", "email": null,
        "assignable": false, "segment": null,
    });
    assert_eq!(found, expected);
    let document = "{ user(by: { username: \"Open_Ownership\" }) { id } node(id: \"user_7\") { id } }";
    let data = rollbook.admin.data(document, json!({})).await;
    assert_eq!(data, json!({ "user": { "id": "user_4" }, "node": { "id": "user_7" } }));
}

#[tokio::test]
async fn rsv_02_who_sees_no_users_sees_no_reserved_ones() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    assert_eq!(user(&ann, "user_3", "id").await, Value::Null);
    let answer = ann.graphql("{ users(filter: { includeStandard: true }) { totalCount } }").await;
    assert_eq!(answer.code(), "FORBIDDEN");
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    assert_eq!(user(&auditor, "user_3", "username").await["username"], "system");
}

#[tokio::test]
async fn rsv_02_del_16_every_mutation_on_them_is_refused_and_changes_nothing() {
    let rollbook = Rollbook::start().await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let officer = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    for id in IDS.into_iter().chain(["user_6"]) {
        let before = head(&rollbook.admin).await;
        for (mutation, more) in [
            ("changeProfile", json!({ "title": "Dr" })),
            ("changeProfile", json!({ "username": "somebody" })),
            ("assignAccessProfile", json!({ "accessProfile": "AUDITOR" })),
            ("disableUser", json!({})),
            ("enableUser", json!({})),
            ("deleteUser", json!({})),
            ("lockAccount", json!({})),
            ("unlockAccount", json!({})),
            ("setPassword", json!({ "password": "something new" })),
            ("assignRole", json!({ "roleId": sales })),
            ("unassignRole", json!({ "roleId": sales })),
            ("grantLicense", json!({ "type": "READ_WRITE" })),
            ("revokeLicense", json!({})),
        ] {
            let mut input = more;
            input["userId"] = json!(id);
            assert_eq!(rollbook.admin.refuse(mutation, input).await, ["RESERVED_USER"], "{mutation} {id}");
        }
        assert_eq!(head(&rollbook.admin).await, before, "{id}");
        let mask = json!({
            "userId": id, "username": "somebody", "email": "somebody@example.org",
            "usernameFormat": "PLAIN", "emailFormat": "ID",
        });
        assert_eq!(officer.refuse("maskPii", mask).await, ["RESERVED_USER"], "{id}");
        assert_eq!(head(&rollbook.admin).await, before + 1, "who would forget one is recorded: {id}");
    }
}

#[tokio::test]
async fn rsv_02_nobody_signs_in_as_one() {
    let rollbook = Rollbook::start().await;
    for name in RESERVED_USERNAMES {
        let refused = rollbook.try_sign_in(name, "any password").await;
        assert_eq!(refused["errors"][0]["code"], "SIGN_IN_FAILED", "{name}");
    }
}

#[tokio::test]
async fn rsv_03_their_names_are_barred_for_creation_and_renaming_in_any_case() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for name in RESERVED_USERNAMES {
        for name in [name.to_owned(), name.to_uppercase(), format!(" {name} ")] {
            for kind in ["AGENT", "CLIENT"] {
                let mut input = agent("somebody");
                input["username"] = json!(name);
                input["kind"] = json!(kind);
                assert_eq!(rollbook.admin.refuse("createUser", input).await, ["RESERVED_NAME"], "{name}");
            }
            let mut automated = agent("somebody");
            automated["username"] = json!(name);
            automated["automation"] = json!("Nightly sync");
            assert_eq!(rollbook.admin.refuse("createUser", automated).await, ["RESERVED_NAME"], "{name}");
            let rename = json!({ "userId": ann, "username": name });
            assert_eq!(rollbook.admin.refuse("changeProfile", rename).await, ["RESERVED_NAME"], "{name}");
        }
    }
}

#[tokio::test]
async fn rsv_06_automation_acts_as_the_system_user_with_its_name() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["automation"] = json!("Nightly sync");
    let payload = rollbook.admin.accept("createUser", input, "user { id }").await;
    let id = payload["user"]["id"].as_str().unwrap();
    let entries =
        history(&rollbook.admin, id, "summary onBehalfOf actor { id name kind user { username } }").await;
    assert_eq!(
        entries[0]["actor"],
        json!({ "id": "user_3", "name": "System", "kind": "AUTOMATION", "user": { "username": "system" } })
    );
    assert_eq!(
        (&entries[0]["summary"], &entries[0]["onBehalfOf"]),
        (&json!("System created ann"), &json!("user_8"))
    );
}

#[tokio::test]
async fn rsv_08_lic_13_seats_are_changed_by_the_tenant_manager_on_behalf_of_the_asker() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 5).await;
    let document = "{ history(filter: { by: \"user_8\", types: [LICENSE_POOL_SIZED] }) \
                    { nodes { onBehalfOf summary actor { id kind name } } } }";
    let data = rollbook.admin.data(document, json!({})).await;
    let expected = json!([{
        "onBehalfOf": "user_8",
        "summary": "Tenant manager set the read-write seats from 0 to 5",
        "actor": { "id": "user_5", "kind": "AUTOMATION", "name": "Tenant manager" },
    }]);
    assert_eq!(data["history"]["nodes"], expected);
}

#[tokio::test]
async fn lic_13_two_askers_do_not_share_idempotency_keys_though_one_reserved_user_acts() {
    let rollbook = Rollbook::start().await;
    let other = member(&rollbook, "ADMINISTRATOR", "other").await;
    let input = |owned| json!({ "type": "READ_WRITE", "owned": owned, "idempotencyKey": "monday" });
    rollbook.admin.accept("sizeLicensePool", input(3), "").await;
    let payload = other.accept("sizeLicensePool", input(4), "licensePool { owned }").await;
    assert_eq!((&payload["repeated"], &payload["licensePool"]["owned"]), (&json!(false), &json!(4)));
    let again = rollbook.admin.accept("sizeLicensePool", input(3), "").await;
    assert_eq!(again["repeated"], true);
}

#[tokio::test]
async fn rsv_07_a_record_without_an_owner_belongs_to_open_ownership() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let document = "query($id: ID) { resolveOwner(ownerId: $id) }";
    let owner = |id: Value| rollbook.admin.data(document, json!({ "id": id }));
    assert_eq!(owner(Value::Null).await["resolveOwner"], "user_4");
    assert_eq!(owner(json!(ann)).await["resolveOwner"], json!(ann));
    rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    for unknown in [ann.as_str(), "user_99", "role_1"] {
        let answer = rollbook.admin.graphql_with(document, json!({ "id": unknown })).await;
        assert_eq!(answer.code(), "NOT_FOUND", "{unknown}");
    }
    let bob = member(&rollbook, "STANDARD", "bob").await;
    assert_eq!(bob.data(document, json!({})).await["resolveOwner"], "user_4");
    assert_eq!(bob.graphql_with(document, json!({ "id": "user_8" })).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn rsv_09_a_guests_case_belongs_to_guestuser_only_if_guests_may_open_cases() {
    let off = Rollbook::start().await;
    let document = "{ resolveOwner(guest: true) }";
    assert_eq!(off.admin.graphql(document).await.code(), "FORBIDDEN");
    let folder = std::sync::Arc::new(tempfile::TempDir::new().unwrap());
    let mut options = options(&folder);
    options.guest_cases = true;
    let on = Rollbook::start_with(folder, options).await;
    assert_eq!(on.admin.data(document, json!({})).await["resolveOwner"], "user_7");
}

#[tokio::test]
async fn rsv_10_they_are_in_no_list_count_picker_or_seat_that_does_not_ask_for_them() {
    let rollbook = Rollbook::start().await;
    assert_eq!(listed(&rollbook, "first: 10").await["totalCount"], 1);
    assert_eq!(listed(&rollbook, "filter: { kind: STANDARD }").await["totalCount"], 0);
    assert_eq!(listed(&rollbook, "filter: { text: \"system\" }").await["totalCount"], 0);
    assert_eq!(listed(&rollbook, "filter: { includeStandard: true }").await["totalCount"], 7);
    let found = listed(&rollbook, "filter: { includeStandard: true, text: \"guest\" }").await;
    assert_eq!(found["nodes"], json!([{ "id": "user_7", "username": "guestuser" }]));
    let document = "{ lookupUsers(text: \"system\") { id } licenses { used } }";
    let data = rollbook.admin.data(document, json!({})).await;
    assert_eq!(data, json!({ "lookupUsers": [], "licenses": [{ "used": 0 }, { "used": 0 }] }));
}
