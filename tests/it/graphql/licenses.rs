//! Seats.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{agent, head, member, own_seats, role, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// The seats of a type.
async fn pool(client: &Client, kind: &str) -> Value {
    let pools = client.data("{ licenses { type owned used available over } }", json!({})).await;
    let pools = pools["licenses"].as_array().unwrap().clone();
    pools.into_iter().find(|pool| pool["type"] == kind).unwrap()
}

async fn grant(client: &Client, user: &str, kind: &str) -> Value {
    client.mutate("grantLicense", json!({ "userId": user, "type": kind }), "user { license }").await
}

#[tokio::test]
async fn lic_01_of_500_parallel_grants_on_a_pool_of_100_exactly_100_succeed() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 100).await;
    let mut agents = Vec::new();
    for hundred in 0..5 {
        let names: Vec<_> = (0..100).map(|number| format!("agent{hundred}x{number}")).collect();
        agents.extend(join_all(names.iter().map(|name| rollbook.admin.create("AGENT", name))).await);
    }
    let payloads = join_all(agents.iter().map(|agent| grant(&rollbook.admin, agent, "READ_WRITE"))).await;
    let granted = payloads.iter().filter(|payload| payload["errors"] == json!([])).count();
    let code = |payload: &&Value| payload["errors"][0]["code"] == "NO_LICENCE_AVAILABLE";
    assert_eq!((granted, payloads.iter().filter(code).count()), (100, 400));
    assert_eq!(pool(&rollbook.admin, "READ_WRITE").await["used"], 100);
}

#[tokio::test]
async fn lic_02_owned_used_and_available_are_read_right_after_each_change() {
    let rollbook = Rollbook::start().await;
    let fields = "licensePool { owned used available over }";
    let sized = json!({ "type": "READ_ONLY", "owned": 3 });
    let payload = rollbook.admin.accept("sizeLicensePool", sized, fields).await;
    let expected = json!({ "owned": 3, "used": 0, "available": 3, "over": false });
    assert_eq!(payload["licensePool"], expected);
    let ann = rollbook.admin.create("AGENT", "ann").await;
    grant(&rollbook.admin, &ann, "READ_ONLY").await;
    assert_eq!(pool(&rollbook.admin, "READ_ONLY").await["available"], 2);
}

#[tokio::test]
async fn lic_03_an_agent_has_one_license() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    own_seats(&rollbook.admin, "READ_ONLY", 1).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    assert_eq!(grant(&rollbook.admin, &ann, "READ_WRITE").await["user"]["license"], "READ_WRITE");
    assert_eq!(grant(&rollbook.admin, &ann, "READ_ONLY").await["user"]["license"], "READ_ONLY");
    assert_eq!(pool(&rollbook.admin, "READ_WRITE").await["used"], 0);
}

#[tokio::test]
async fn lic_06_beyond_the_cap_the_refusal_tells_the_seats_and_is_recorded() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 0).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let document = "mutation($id: ID!) { grantLicense(input: { userId: $id, type: READ_WRITE }) \
                    { position errors { code path license { type owned used } } } }";
    let payload = rollbook.admin.data(document, json!({ "id": ann })).await["grantLicense"].clone();
    let expected = json!([{
        "code": "NO_LICENCE_AVAILABLE",
        "path": ["input", "type"],
        "license": { "type": "READ_WRITE", "owned": 0, "used": 0 },
    }]);
    assert_eq!((&payload["errors"], &payload["position"]), (&expected, &Value::Null));
    let entries = super::history(&rollbook.admin, &ann, "type").await;
    assert_eq!(entries.last().unwrap()["type"], "ATTEMPT_DENIED");
}

#[tokio::test]
async fn lic_07_the_first_role_takes_a_seat() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    assert_eq!(user(&rollbook.admin, &ann, "license").await["license"], Value::Null);
    let input = json!({ "userId": ann, "roleId": sales });
    let payload = rollbook.admin.accept("assignRole", input, "user { license }").await;
    assert_eq!(payload["user"]["license"], "READ_WRITE");
}

#[tokio::test]
async fn lic_07_rol_16_without_a_free_seat_no_role_is_assigned() {
    let rollbook = Rollbook::start().await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let input = json!({ "userId": ann, "roleId": sales });
    assert_eq!(rollbook.admin.refuse("assignRole", input).await, ["NO_LICENCE_AVAILABLE"]);
    assert_eq!(user(&rollbook.admin, &ann, "roles { id }").await["roles"], json!([]));
}

#[tokio::test]
async fn lic_08_a_failed_automated_creation_is_in_the_history_of_the_user_type() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["license"] = json!("READ_WRITE");
    input["automation"] = json!("Nightly sync");
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["NO_LICENCE_AVAILABLE"]);
    let document = "{ history(filter: { objectLevel: true }) \
                    { nodes { type subject { kind id } actor { id kind } changes { field to } } } }";
    let entries = rollbook.admin.data(document, json!({})).await["history"]["nodes"].clone();
    let expected = json!([{
        "type": "USER_CREATION_FAILED",
        "subject": { "kind": "USER_TYPE", "id": null },
        "actor": { "id": "user_3", "kind": "AUTOMATION" },
        "changes": [
            { "field": "code", "to": "NO_LICENCE_AVAILABLE" },
            { "field": "username", "to": "ann" },
            { "field": "email", "to": "ann@example.org" },
            { "field": "automation", "to": "Nightly sync" },
        ],
    }]);
    assert_eq!(entries, expected);
}

#[tokio::test]
async fn lic_08_automation_gives_nobody_rights_that_they_lack() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let mut input = agent("ann");
    input["automation"] = json!("Nightly sync");
    input["accessProfile"] = json!("ADMINISTRATOR");
    assert_eq!(manager.refuse("createUser", input).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn lic_09_clients_need_no_license() {
    let rollbook = Rollbook::start().await;
    let reader = role(&rollbook.admin, "Reader", "CLIENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    rollbook.admin.accept("assignRole", json!({ "userId": ann, "roleId": reader }), "").await;
    let payload = grant(&rollbook.admin, &ann, "READ_WRITE").await;
    assert_eq!(payload["errors"][0]["code"], "NOT_FOR_CLIENTS");
}

#[tokio::test]
async fn lic_11_a_seat_that_was_freed_by_disabling_is_taken_by_another() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let (ann, bob) =
        (rollbook.admin.create("AGENT", "ann").await, rollbook.admin.create("AGENT", "bob").await);
    grant(&rollbook.admin, &ann, "READ_WRITE").await;
    assert_eq!(grant(&rollbook.admin, &bob, "READ_WRITE").await["errors"][0]["code"], "NO_LICENCE_AVAILABLE");
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    assert_eq!(grant(&rollbook.admin, &bob, "READ_WRITE").await["errors"], json!([]));
}

#[tokio::test]
async fn lic_12_deleting_frees_the_seat_too() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    grant(&rollbook.admin, &ann, "READ_WRITE").await;
    rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    assert_eq!(pool(&rollbook.admin, "READ_WRITE").await["used"], 0);
}

#[tokio::test]
async fn lic_14_a_pool_made_smaller_than_used_cuts_nobody_off() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 2).await;
    let names = ["ann", "bob"];
    for name in names {
        let id = rollbook.admin.create("AGENT", name).await;
        grant(&rollbook.admin, &id, "READ_WRITE").await;
    }
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let found = pool(&rollbook.admin, "READ_WRITE").await;
    let expected = json!({ "type": "READ_WRITE", "owned": 1, "used": 2, "available": 0, "over": true });
    assert_eq!(found, expected);
    let eve = rollbook.admin.create("AGENT", "eve").await;
    assert_eq!(grant(&rollbook.admin, &eve, "READ_WRITE").await["errors"][0]["code"], "NO_LICENCE_AVAILABLE");
}

#[tokio::test]
async fn lic_15_switching_the_type_takes_one_seat_and_frees_the_other() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    own_seats(&rollbook.admin, "READ_ONLY", 1).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    grant(&rollbook.admin, &ann, "READ_ONLY").await;
    let before = head(&rollbook.admin).await;
    grant(&rollbook.admin, &ann, "READ_WRITE").await;
    assert_eq!(head(&rollbook.admin).await, before + 1);
    assert_eq!(pool(&rollbook.admin, "READ_ONLY").await["used"], 0);
    assert_eq!(pool(&rollbook.admin, "READ_WRITE").await["used"], 1);
}

#[tokio::test]
async fn a_pool_has_no_negative_seats() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "type": "READ_WRITE", "owned": -1 });
    assert_eq!(rollbook.admin.refuse("sizeLicensePool", input).await, ["INVALID"]);
}

#[tokio::test]
async fn lic_04_a_read_write_agent_changes_what_the_profile_permits() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let manager = super::member(&rollbook, "USER_MANAGER", "manager").await;
    let id = manager.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned();
    assert_eq!(grant(&rollbook.admin, &id, "READ_WRITE").await["user"]["license"], "READ_WRITE");
    manager.create("CLIENT", "somebody").await;
}

#[tokio::test]
async fn lic_10_an_external_user_takes_no_seat_with_a_role() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let portal = role(&rollbook.admin, "Portal", "CLIENT", &["LISTS"]).await;
    let site_user = rollbook.admin.create("CLIENT", "site-user").await;
    rollbook.admin.accept("assignRole", json!({ "userId": site_user, "roleId": portal }), "").await;
    assert_eq!(pool(&rollbook.admin, "READ_WRITE").await["used"], 0);
    let license = json!({ "userId": site_user, "type": "READ_WRITE" });
    assert_eq!(rollbook.admin.refuse("grantLicense", license).await, ["NOT_FOR_CLIENTS"]);
}
