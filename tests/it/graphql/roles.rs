//! Roles and what they open.

use serde_json::json;

use super::{head, own_seats, role, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn acc_09_rol_01_rol_15_without_roles_there_is_no_access() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    assert_eq!(
        user(&rollbook.admin, &ann, "roles { id } access").await,
        json!({ "roles": [], "access": [] })
    );
}

#[tokio::test]
async fn rol_01_rol_11_access_is_the_union_of_the_roles() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS", "REPORTS"]).await;
    let support = role(&rollbook.admin, "Support", "AGENT", &["LISTS", "DASHBOARDS"]).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for role in [sales, support] {
        rollbook.admin.accept("assignRole", json!({ "userId": ann, "roleId": role }), "").await;
    }
    let found = user(&rollbook.admin, &ann, "access").await;
    assert_eq!(found["access"], json!(["LISTS", "REPORTS", "DASHBOARDS"]));
}

#[tokio::test]
async fn rol_02_assigning_a_role_twice_changes_nothing() {
    let rollbook = Rollbook::start().await;
    let reader = role(&rollbook.admin, "Reader", "CLIENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    let input = json!({ "userId": ann, "roleId": reader });
    rollbook.admin.accept("assignRole", input.clone(), "").await;
    let before = head(&rollbook.admin).await;
    let payload = rollbook.admin.accept("assignRole", input, "user { roles { holders } }").await;
    assert_eq!(payload["user"]["roles"], json!([{ "holders": 1 }]));
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn rol_02_a_role_can_be_unassigned() {
    let rollbook = Rollbook::start().await;
    let reader = role(&rollbook.admin, "Reader", "CLIENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    let input = json!({ "userId": ann, "roleId": reader });
    rollbook.admin.accept("assignRole", input.clone(), "").await;
    let payload = rollbook.admin.accept("unassignRole", input, "user { roles { id } }").await;
    assert_eq!(payload["user"]["roles"], json!([]));
}

#[tokio::test]
async fn rol_03_a_role_is_for_one_kind_of_user() {
    let rollbook = Rollbook::start().await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    let input = json!({ "userId": ann, "roleId": sales });
    let payload = rollbook.admin.mutate("assignRole", input, "").await;
    assert_eq!(payload["errors"][0]["code"], "KIND_MISMATCH");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "roleId"]));
}

#[tokio::test]
async fn rol_04_a_role_for_clients_opens_no_dashboards() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "name": "Portal", "kind": "CLIENT", "surfaces": ["LISTS", "DASHBOARDS"] });
    assert_eq!(rollbook.admin.refuse("defineRole", input).await, ["SURFACE_NOT_FOR_KIND"]);
}

#[tokio::test]
async fn rol_17_roles_are_listed_in_the_order_of_their_creation() {
    let rollbook = Rollbook::start().await;
    for name in ["Zebra", "Ant", "Mole"] {
        role(&rollbook.admin, name, "AGENT", &[]).await;
    }
    let roles = rollbook.admin.data("{ roles { name sequence } }", json!({})).await["roles"].clone();
    let expected = json!([
        { "name": "Zebra", "sequence": 1 },
        { "name": "Ant", "sequence": 2 },
        { "name": "Mole", "sequence": 3 },
    ]);
    assert_eq!(roles, expected);
}

#[tokio::test]
async fn a_role_that_somebody_holds_is_not_deleted() {
    let rollbook = Rollbook::start().await;
    let reader = role(&rollbook.admin, "Reader", "CLIENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    let assigned = json!({ "userId": ann, "roleId": reader });
    rollbook.admin.accept("assignRole", assigned.clone(), "").await;
    assert_eq!(rollbook.admin.refuse("deleteRole", json!({ "roleId": reader })).await, ["ROLE_IN_USE"]);
    rollbook.admin.accept("unassignRole", assigned, "").await;
    let payload = rollbook.admin.accept("deleteRole", json!({ "roleId": reader }), "role { deleted }").await;
    assert_eq!(payload["role"]["deleted"], true);
    assert_eq!(rollbook.admin.data("{ roles { id } }", json!({})).await["roles"], json!([]));
}
