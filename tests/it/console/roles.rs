//! Roles, dashboards and access profiles.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

async fn administrator() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser)
}

/// The id of the role with a name.
async fn role(rollbook: &Rollbook, name: &str) -> Value {
    let roles =
        rollbook.admin.data("{ roles { id name kind surfaces portalPages dashboard { name } } }", json!({}));
    let roles = roles.await["roles"].as_array().unwrap().clone();
    roles.into_iter().find(|role| role["name"] == name).unwrap_or_else(|| panic!("no role {name}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_01_a_role_is_defined_with_what_it_opens_and_listed_in_order() {
    let (rollbook, mut browser) = administrator().await;
    browser.open("/roles/new").await;
    let form = [("name", "Night <shift>"), ("kind", "AGENT"), ("surfaces", "LISTS")];
    browser.submit("/roles/new", &form).await;
    assert!(browser.address.starts_with("/roles?kind=AGENT"), "{} {}", browser.address, browser.html);
    assert!(browser.html.contains("Night &lt;shift&gt;"), "{}", browser.html);
    assert_eq!(role(&rollbook, "Night <shift>").await["surfaces"], json!(["LISTS"]));
    assert!(!browser.open("/roles?kind=AGENT&q=nobody").await.contains("Night"));
    browser.open("/roles/new").await;
    browser.submit("/roles/new", &form).await;
    assert!(browser.html.contains("id=\"name-flaw\""), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_04_rol_05_a_role_for_clients_opens_no_reports_and_lists_its_pages() {
    let (rollbook, mut browser) = administrator().await;
    browser.open("/roles/new?kind=CLIENT").await;
    let form = [("name", "Portal"), ("kind", "CLIENT"), ("surfaces", "REPORTS")];
    browser.submit("/roles/new", &form).await;
    assert!(browser.html.contains("role=\"alert\""), "{}", browser.html);
    browser.submit("/roles/new", &[("name", "Portal"), ("kind", "CLIENT"), ("surfaces", "LISTS")]).await;
    let id = role(&rollbook, "Portal").await["id"].as_str().unwrap().to_owned();
    let path = format!("/roles/{id}");
    browser.open(&path).await;
    browser.submit(&path, &[("pages", "/tickets\r\n\r\n /news ")]).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    assert_eq!(role(&rollbook, "Portal").await["portalPages"], json!(["/news", "/tickets"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_gives_a_dashboard_which_is_defined_and_deleted_beside_it() {
    let (rollbook, mut browser) = administrator().await;
    let input = json!({ "name": "Desk", "kind": "AGENT", "surfaces": ["LISTS"] });
    rollbook.admin.accept("defineRole", input, "").await;
    let id = role(&rollbook, "Desk").await["id"].as_str().unwrap().to_owned();
    browser.open("/dashboards").await;
    browser.submit("/dashboards", &[("name", "Queues")]).await;
    assert!(browser.html.contains("Queues"), "{}", browser.html);
    let dashboards = rollbook.admin.data("{ dashboards { id name } }", json!({})).await;
    let dashboards = dashboards["dashboards"].as_array().unwrap().clone();
    let queues =
        dashboards.iter().find(|one| one["name"] == "Queues").unwrap()["id"].as_str().unwrap().to_owned();
    let path = format!("/roles/{id}");
    browser.open(&path).await;
    browser.submit(&path, &[("dashboardId", &queues)]).await;
    assert_eq!(role(&rollbook, "Desk").await["dashboard"]["name"], "Queues");
    browser.open(&format!("/dashboards/{queues}/delete")).await;
    browser.submit("/dashboards", &[]).await;
    assert!(browser.html.contains("The dashboard was deleted."), "{}", browser.html);
    assert!(!browser.html.contains("Queues"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_deleted_once_nobody_holds_it_and_what_stands_in_the_way_is_shown() {
    let (rollbook, mut browser) = administrator().await;
    let input = json!({ "name": "Desk", "kind": "AGENT", "surfaces": [] });
    rollbook.admin.accept("defineRole", input, "").await;
    let id = role(&rollbook, "Desk").await["id"].as_str().unwrap().to_owned();
    rollbook.admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 2 }), "").await;
    rollbook.admin.create("AGENT", "ann").await;
    let given = json!({ "userId": "user_9", "roleId": id, "license": "READ_WRITE" });
    rollbook.admin.accept("assignRole", given, "").await;
    let path = format!("/roles/{id}");
    let html = browser.open(&format!("{path}/delete")).await;
    assert!(html.contains("Users who hold it: 1") && html.contains(&format!("role={id}")), "{html}");
    browser.submit(&path, &[]).await;
    assert!(browser.html.contains("role=\"alert\""), "{}", browser.html);
    rollbook.admin.accept("unassignRole", json!({ "userId": "user_9", "roleId": id }), "").await;
    browser.open(&format!("{path}/delete")).await;
    browser.submit(&path, &[]).await;
    assert!(browser.html.contains("The role was deleted."), "{}", browser.html);
    browser.open(&path).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_define_roles_reads_them() {
    let (rollbook, _) = administrator().await;
    let input = json!({ "name": "Desk", "kind": "AGENT", "surfaces": [] });
    rollbook.admin.accept("defineRole", input, "").await;
    let id = role(&rollbook, "Desk").await["id"].as_str().unwrap().to_owned();
    rollbook.admin.create("AGENT", "ann").await;
    let profile = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    assert!(!browser.open("/roles").await.contains("href=\"/roles/new"));
    assert!(!browser.open(&format!("/roles/{id}")).await.contains("/delete"));
    assert!(!browser.has_form(&format!("/roles/{id}")));
    for address in ["/roles/new".to_owned(), format!("/roles/{id}/delete")] {
        browser.open(&address).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_07_every_capability_of_every_access_profile_is_described() {
    let (rollbook, mut browser) = administrator().await;
    let all = rollbook.admin.data("{ accessProfiles { profile capabilities } }", json!({})).await;
    let all = all["accessProfiles"].as_array().unwrap().clone();
    let html = browser.open("/access-profiles").await;
    let wanted: usize = all.iter().map(|profile| profile["capabilities"].as_array().unwrap().len()).sum();
    assert_eq!(html.matches("✓").count(), wanted, "each that is held has its mark");
    assert!(!html.contains("Deleted user"), "ROL-14");
}
