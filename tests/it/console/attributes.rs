//! Custom attributes, and the fields of a form that depend on something (UI-10).

use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

async fn administrator() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser)
}

async fn ask(browser: &mut Browser, path: &str, what: &str, fields: &[(&str, &str)]) {
    let token = browser.token();
    let mut all = vec![("token", token.as_str()), ("what", what)];
    all.extend(fields);
    browser.post(path, &all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attribute_is_defined_renamed_given_choices_and_retired() {
    let (rollbook, mut browser) = administrator().await;
    browser.open("/attributes").await;
    let form = [("key", "shift"), ("label", "Shift"), ("type", "CHOICE"), ("choices", "Early\r\nLate\r\n")];
    browser.submit("/attributes", &form).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    let one = "/attributes/attribute_1";
    assert!(browser.html.contains(&format!("href=\"{one}\"")), "{}", browser.html);
    browser.open(one).await;
    ask(&mut browser, one, "rename", &[("label", "Shift <1>")]).await;
    assert!(browser.html.contains("Shift &lt;1&gt;"), "{}", browser.html);
    ask(&mut browser, one, "addChoice", &[("name", "Night")]).await;
    ask(&mut browser, one, "retireChoice", &[("of", "1")]).await;
    let document = "{ attributeDefinitions(withRetired: true) { retired choices { name retired } } }";
    let after = rollbook.admin.data(document, json!({})).await["attributeDefinitions"][0].clone();
    assert_eq!(after["choices"][0], json!({ "name": "Early", "retired": true }));
    assert_eq!(after["choices"][2], json!({ "name": "Night", "retired": false }));
    ask(&mut browser, one, "retire", &[]).await;
    assert!(browser.html.contains("role=\"alert\""), "not by a slip: {}", browser.html);
    ask(&mut browser, one, "retire", &[("sure", "true")]).await;
    assert_eq!(rollbook.admin.data(document, json!({})).await["attributeDefinitions"][0]["retired"], true);
    assert!(!browser.html.contains("name=\"sure\""), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_10_fields_appear_where_their_condition_holds() {
    let (rollbook, mut browser) = administrator().await;
    rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.create("CLIENT", "dora").await;
    // Single sign-on: a federation id where it is by SAML.
    assert!(!browser.open("/people/user_9/edit").await.contains("name=\"federationId\""));
    rollbook.admin.accept("changeSettings", json!({ "ssoMode": "SAML" }), "").await;
    assert!(browser.open("/people/user_9/edit").await.contains("name=\"federationId\""));
    // Language: where there is something to choose.
    assert!(browser.open("/account/preferences").await.contains("name=\"language\""));
    rollbook.admin.accept("changeSettings", json!({ "languages": ["en"] }), "").await;
    assert!(!browser.open("/account/preferences").await.contains("name=\"language\""));
    // The kind of license: with the first role of an agent, and never of a client.
    for kind in ["AGENT", "CLIENT"] {
        let role = json!({ "name": format!("Role for {kind}"), "kind": kind, "surfaces": [] });
        rollbook.admin.accept("defineRole", role, "").await;
    }
    assert!(browser.open("/people/user_9/access").await.contains("name=\"license\""));
    let html = browser.open("/people/user_10/access").await;
    assert!(html.contains("name=\"role\"") && !html.contains("name=\"license\""), "{html}");
    rollbook.admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 1 }), "").await;
    let roles = rollbook.admin.data("{ roles { id kind } }", json!({})).await["roles"].clone();
    let role = roles.as_array().unwrap().iter().find(|role| role["kind"] == "AGENT").unwrap()["id"].clone();
    let given = json!({ "userId": "user_9", "roleId": role, "license": "READ_WRITE" });
    rollbook.admin.accept("assignRole", given, "").await;
    assert!(!browser.open("/people/user_9/access").await.contains("name=\"license\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_02_a_row_opens_the_details_and_nothing_is_saved_but_by_saving() {
    let (rollbook, mut browser) = administrator().await;
    rollbook.admin.create("AGENT", "ann").await;
    assert!(
        browser.open("/agents").await.contains("<a class=\"who\" href=\"/people/user_9\""),
        "{}",
        browser.html
    );
    let html = browser.open("/people/user_9/edit").await.to_owned();
    // What is typed is kept by the browser until it is sent; leaving is warned about (`data-keep`).
    assert!(html.contains(" data-keep"), "{html}");
    let title = "{ user(by: {id: \"user_9\"}) { title } }";
    browser.open("/people/user_9").await;
    assert_eq!(rollbook.admin.data(title, json!({})).await["user"]["title"], json!(null));
    browser.open("/people/user_9/edit").await;
    browser.submit("/people/user_9/edit", &[("title", "Captain")]).await;
    assert_eq!(rollbook.admin.data(title, json!({})).await["user"]["title"], "Captain");
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_14_accessibility_mode_has_larger_targets_and_nothing_that_runs_out() {
    let (rollbook, mut browser) = administrator().await;
    rollbook.admin.create("AGENT", "ann").await;
    assert!(!browser.open("/agents").await.contains(" data-access"));
    let mode = json!({ "userId": "user_8", "accessibilityMode": true });
    rollbook.admin.accept("changePreferences", mode, "").await;
    for address in ["/agents", "/people/user_9/delete", "/people/user_9/disable", "/settings", "/roles/new"] {
        let html = browser.open(address).await;
        assert!(html.contains(" data-access"), "{address}");
        assert!(!html.contains("http-equiv"), "{address} leaves by itself");
    }
    let style = browser.html.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
    let style = style.split('"').next().unwrap().to_owned();
    let style = browser.open(&style).await;
    let mode = style.split(":root[data-access] {").nth(1).unwrap().split('}').next().unwrap();
    let target = mode.split("--target: ").nth(1).unwrap().split("rem").next().unwrap();
    assert!(target.parse::<f32>().unwrap() * 16.0 >= 44.0, "{mode}");
    assert!(mode.contains("--ink-soft: var(--ink)") && mode.contains("--line: var(--line-strong)"), "{mode}");
}
