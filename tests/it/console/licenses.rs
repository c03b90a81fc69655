//! The page of the seats.

use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

#[tokio::test(flavor = "multi_thread")]
async fn lic_02_lic_13_seats_are_counted_and_resized_by_who_may() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    let html = browser.open("/licenses").await;
    assert!(html.contains("Owned") && html.contains("Taken") && html.contains("Free"), "{html}");
    browser.submit("/licenses", &[("what", "READ_ONLY"), ("owned-READ_ONLY", "7")]).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    let pools = rollbook.admin.data("{ licenses { type owned } }", json!({})).await;
    assert!(pools["licenses"].as_array().unwrap().contains(&json!({ "type": "READ_ONLY", "owned": 7 })));
    browser.submit("/licenses", &[("what", "READ_ONLY"), ("owned-READ_ONLY", "many")]).await;
    assert!(browser.html.contains("id=\"owned-READ_ONLY-flaw\""), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_resize_sees_numbers_only() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let profile = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    assert!(browser.open("/licenses").await.contains("<meter"));
    assert!(!browser.has_form("/licenses"));
}
