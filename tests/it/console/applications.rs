//! Applications, and who runs them.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

/// Ann, who has the role Desk, and a browser of the administrator.
async fn desk() -> (Rollbook, Browser, String) {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 1 }), "").await;
    let role = json!({ "name": "Desk", "kind": "AGENT", "surfaces": ["LISTS"] });
    let role = rollbook.admin.accept("defineRole", role, "role { id }").await["role"]["id"].clone();
    let given = json!({ "userId": "user_9", "roleId": role, "license": "READ_WRITE" });
    rollbook.admin.accept("assignRole", given, "").await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser, role.as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_08_an_application_is_defined_given_taken_and_deleted() {
    let (rollbook, mut browser, role) = desk().await;
    browser.open("/applications").await;
    let form = [("name", "Sales <1>"), ("roleIds", role.as_str()), ("rolePolicy", "ACTIVE_ONE")];
    browser.submit("/applications", &form).await;
    assert!(browser.html.contains("Saved.") && browser.html.contains("Sales &lt;1&gt;"), "{}", browser.html);
    let runs =
        "{ user(by: {id: \"user_9\"}) { applications { application { rolePolicy } roles { name } } } }";
    let access = "/people/user_9/applications";
    browser.open(access).await;
    browser.submit(access, &[("roles", &role)]).await;
    let given = json!([{ "application": { "rolePolicy": "ACTIVE_ONE" }, "roles": [{ "name": "Desk" }] }]);
    assert_eq!(rollbook.admin.data(runs, json!({})).await["user"]["applications"], given);
    let one = "/applications/application_1";
    browser.open(&format!("{one}/delete")).await;
    browser.submit(one, &[]).await;
    assert!(browser.html.contains("role=\"alert\""), "somebody runs it: {}", browser.html);
    browser.open(access).await;
    let (token, what) = (browser.token(), ("what", "application_1"));
    browser.post(access, &[("token", &token), what]).await;
    assert_eq!(rollbook.admin.data(runs, json!({})).await["user"]["applications"], json!([]));
    browser.open(&format!("{one}/delete")).await;
    browser.submit(one, &[]).await;
    assert!(browser.html.contains("The application was deleted."), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_changed_as_its_form_shows_it() {
    let (rollbook, mut browser, role) = desk().await;
    let input = json!({ "name": "Sales", "roleIds": [role] });
    rollbook.admin.accept("defineApplication", input, "").await;
    let one = "/applications/application_1";
    browser.open(one).await;
    browser.submit(one, &[("name", "Orders")]).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    let after = rollbook.admin.data("{ applications { name rolePolicy roles { name } } }", json!({})).await;
    let wanted = json!([{ "name": "Orders", "rolePolicy": null, "roles": [{ "name": "Desk" }] }]);
    assert_eq!(after["applications"], wanted, "what was not touched stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_define_applications_reads_them() {
    let (rollbook, _, role) = desk().await;
    rollbook.admin.accept("defineApplication", json!({ "name": "Sales", "roleIds": [role] }), "").await;
    let profile = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    assert!(browser.open("/applications").await.contains("Sales") && !browser.has_form("/applications"));
    browser.open("/applications/application_1").await;
    assert!(!browser.has_form("/applications/application_1"));
    browser.open("/applications/application_1/delete").await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
}
