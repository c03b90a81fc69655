//! Mail on the page of a user.

use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

#[tokio::test(flavor = "multi_thread")]
async fn mail_to_a_user_is_listed_with_how_it_stands() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "kind": "AGENT", "username": "ann", "email": "ann@example.org", "fullName": "Ann",
        "password": "password of ann", "sendWelcomeEmail": true });
    rollbook.admin.accept("createUser", input, "").await;
    let mut browser = Browser::administrator(&rollbook).await;
    let html = browser.open("/people/user_9/mail").await;
    assert!(html.contains("<strong>Welcome</strong>") && html.contains("attempts: "), "{html}");
    assert!(!html.contains("WELCOME") && !html.contains("WAITING") && !html.contains("SENT"), "in words");
    assert!(browser.open("/people/user_8/mail").await.contains("No mail was queued"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_people_is_shown_no_mail() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let profile = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    assert!(!browser.open("/people/user_8").await.contains("/people/user_8/mail"));
}
