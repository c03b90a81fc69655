//! Which dashboard is shown to whom after signing in.

use serde_json::{Value, json};

use super::{history, own_seats, password, role, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn dashboard(client: &Client, name: &str) -> String {
    let payload = client.accept("defineDashboard", json!({ "name": name }), "dashboard { id }").await;
    payload["dashboard"]["id"].as_str().unwrap().to_owned()
}

/// A role that gives a dashboard.
async fn role_with(client: &Client, name: &str, dashboard: &str) -> String {
    let role = role(client, name, "AGENT", &["DASHBOARDS"]).await;
    let input = json!({ "roleId": role, "dashboardId": dashboard });
    client.accept("setRoleDashboard", input, "").await;
    role
}

async fn assign(client: &Client, user: &str, role: &str) {
    client.accept("assignRole", json!({ "userId": user, "roleId": role }), "").await;
}

async fn choose(client: &Client, user: &str, dashboard: Value) {
    let input = json!({ "userId": user, "homeDashboard": dashboard });
    client.accept("changePreferences", input, "").await;
}

async fn effective(client: &Client, id: &str) -> Value {
    user(client, id, "effectiveHomeDashboard { id }").await["effectiveHomeDashboard"]["id"].clone()
}

#[tokio::test]
async fn prf_10_an_agent_always_has_a_dashboard_and_a_client_none() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, cid) = (admin.create("AGENT", "ann").await, admin.create("CLIENT", "cid").await);
    let home = "effectiveHomeDashboard { id name available }";
    let system = json!({ "id": "dashboard_0", "name": "System", "available": true });
    assert_eq!(user(admin, &ann, home).await["effectiveHomeDashboard"], system);
    assert_eq!(user(admin, &cid, home).await["effectiveHomeDashboard"], json!(null));
}

#[tokio::test]
async fn prf_11_rol_17_the_first_role_by_creation_that_has_a_default_decides() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 1).await;
    let ann = admin.create("AGENT", "ann").await;
    let (early, late) = (dashboard(admin, "Zebra").await, dashboard(admin, "Ant").await);
    let silent = role(admin, "Silent", "AGENT", &["DASHBOARDS"]).await;
    let (first, second) = (role_with(admin, "Zoo", &early).await, role_with(admin, "Barn", &late).await);
    for role in [&second, &first, &silent] {
        assign(admin, &ann, role).await;
    }
    assert_eq!(effective(admin, &ann).await, json!(early));
    for role in [&first, &second] {
        admin.accept("unassignRole", json!({ "userId": ann, "roleId": role }), "").await;
    }
    assign(admin, &ann, &first).await;
    assign(admin, &ann, &second).await;
    assert_eq!(effective(admin, &ann).await, json!(early), "assigning again changes no order");
    let nothing = json!({ "roleId": first, "dashboardId": null });
    let payload = admin.accept("setRoleDashboard", nothing, "role { dashboard { id } }").await;
    assert_eq!(payload["role"]["dashboard"], json!(null));
    assert_eq!(effective(admin, &ann).await, json!(late));
}

#[tokio::test]
async fn prf_09_the_own_choice_comes_first_and_can_be_taken_back() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 1).await;
    let ann = admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let (of_role, own) = (dashboard(admin, "Team").await, dashboard(admin, "Mine").await);
    assign(admin, &ann, &role_with(admin, "Support", &of_role).await).await;
    choose(&herself, &ann, json!(own)).await;
    assert_eq!(effective(&herself, &ann).await, json!(own));
    choose(&herself, &ann, json!(null)).await;
    assert_eq!(effective(&herself, &ann).await, json!(of_role));
    for missing in ["dashboard_99", "role_1"] {
        let input = json!({ "userId": ann, "homeDashboard": missing });
        assert_eq!(herself.refuse("changePreferences", input).await, ["NOT_FOUND"]);
    }
}

#[tokio::test]
async fn prf_12_a_deleted_choice_is_kept_shown_as_unavailable_and_passed_over() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 1).await;
    let ann = admin.create("AGENT", "ann").await;
    let (of_role, own) = (dashboard(admin, "Team").await, dashboard(admin, "Mine").await);
    assign(admin, &ann, &role_with(admin, "Support", &of_role).await).await;
    choose(admin, &ann, json!(own)).await;
    admin.accept("deleteDashboard", json!({ "dashboardId": own }), "").await;
    let read = user(admin, &ann, "preferences { homeDashboard { id name available } }").await;
    let kept = json!({ "id": own, "name": "Mine", "available": false });
    assert_eq!(read["preferences"]["homeDashboard"], kept);
    assert_eq!(effective(admin, &ann).await, json!(of_role));
    admin.accept("deleteDashboard", json!({ "dashboardId": of_role }), "").await;
    assert_eq!(effective(admin, &ann).await, "dashboard_0");
    let listed = admin.data("{ dashboards { id } }", json!({})).await["dashboards"].clone();
    assert_eq!(listed, json!([{ "id": "dashboard_0" }]));
}

#[tokio::test]
async fn prf_15_clients_have_no_home_dashboard() {
    let rollbook = Rollbook::start().await;
    let cid = rollbook.admin.create("CLIENT", "cid").await;
    let input = json!({ "userId": cid, "homeDashboard": "dashboard_0" });
    let payload = rollbook.admin.mutate("changePreferences", input, "").await;
    assert_eq!(payload["errors"][0]["code"], "AGENTS_ONLY");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "homeDashboard"]));
}

#[tokio::test]
async fn prf_19_a_chosen_dashboard_is_in_the_history() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let own = dashboard(&rollbook.admin, "Mine").await;
    choose(&rollbook.admin, &ann, json!(own)).await;
    let entry = history(&rollbook.admin, &ann, "changes { field from to }").await.pop().unwrap();
    assert_eq!(entry["changes"], json!([{ "field": "homeDashboard", "from": null, "to": own }]));
}

#[tokio::test]
async fn dashboards_are_defined_by_administrators_alone_and_never_the_systems_deleted() {
    let rollbook = Rollbook::start().await;
    let manager = super::member(&rollbook, "USER_MANAGER", "mia").await;
    assert_eq!(manager.refuse("defineDashboard", json!({ "name": "Mine" })).await, ["FORBIDDEN"]);
    let own = dashboard(&rollbook.admin, "Sales").await;
    let again = rollbook.admin.refuse("defineDashboard", json!({ "name": "SALES" })).await;
    assert_eq!(again, ["DASHBOARD_NAME_TAKEN"]);
    let input = json!({ "dashboardId": "dashboard_0" });
    assert_eq!(rollbook.admin.refuse("deleteDashboard", input).await, ["FORBIDDEN"]);
    let document = "query($id: ID!) { node(id: $id) { id ... on Dashboard { name } } }";
    let found = rollbook.admin.data(document, json!({ "id": own })).await;
    assert_eq!(found["node"], json!({ "id": own, "name": "Sales" }));
}
