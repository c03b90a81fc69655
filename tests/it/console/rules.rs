//! Rules that run when a user is deleted (BRL-02).

use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

async fn administrator() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    browser.open("/rules").await;
    (rollbook, browser)
}

async fn ask(browser: &mut Browser, what: &str, fields: &[(&str, &str)]) {
    let token = browser.token();
    let mut all = vec![("token", token.as_str()), ("what", what)];
    all.extend(fields);
    browser.post("/rules", &all).await;
}

async fn define(browser: &mut Browser, name: &str, change: &str) {
    let fields = [("name", name), ("trigger", "PRE_DELETE"), ("kind", "AGENT"), ("change", change)];
    ask(browser, "define", &fields).await;
}

async fn rules(rollbook: &Rollbook) -> serde_json::Value {
    rollbook.admin.data("{ userRules { name enabled } }", json!({})).await["userRules"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn brl_02_rules_are_made_ordered_switched_and_deleted() {
    let (rollbook, mut browser) = administrator().await;
    define(&mut browser, "Leave <teams>", "LEAVE_TEAMS").await;
    assert!(browser.html.contains("Leave &lt;teams&gt;"), "{}", browser.html);
    define(&mut browser, "End sessions", "END_SESSIONS").await;
    ask(&mut browser, "reorder", &[("trigger", "PRE_DELETE"), ("order", "rule_2 rule_1")]).await;
    ask(&mut browser, "disable", &[("rule", "rule_1")]).await;
    let expected = json!([
        { "name": "End sessions", "enabled": true }, { "name": "Leave <teams>", "enabled": false }
    ]);
    assert_eq!(rules(&rollbook).await, expected);
    let (first, second) =
        (browser.html.find("End sessions").unwrap(), browser.html.find("Leave &lt;").unwrap());
    assert!(first < second, "{}", browser.html);
    ask(&mut browser, "enable", &[("rule", "rule_1")]).await;
    ask(&mut browser, "delete", &[("rule", "rule_2")]).await;
    assert_eq!(rules(&rollbook).await, json!([{ "name": "Leave <teams>", "enabled": true }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn brl_04_what_cannot_run_after_a_deletion_is_refused_beside_the_form() {
    let (rollbook, mut browser) = administrator().await;
    let fields = [("name", "Leave"), ("trigger", "POST_DELETE"), ("change", "LEAVE_TEAMS")];
    ask(&mut browser, "define", &fields).await;
    assert!(browser.html.contains("role=\"alert\"") && browser.html.contains("value=\"Leave\""));
    let fields = [("name", "Call"), ("trigger", "POST_DELETE"), ("url", "https://elsewhere.example/")];
    ask(&mut browser, "define", &fields).await;
    assert!(browser.html.contains("id=\"url-flaw\""), "{}", browser.html);
    assert_eq!(rules(&rollbook).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn brl_02_whoever_may_not_see_rules_gets_no_page_and_no_link() {
    let (rollbook, administrator) = administrator().await;
    assert!(administrator.html.contains("href=\"/rules\""));
    rollbook.admin.create("AGENT", "sam").await;
    let mut standard = Browser::of(&rollbook);
    standard.sign_in("sam", "password of sam").await;
    assert!(!standard.html.contains("href=\"/rules\""), "{}", standard.html);
    assert!(!standard.open("/rules").await.contains("Before a user is deleted"));
}
