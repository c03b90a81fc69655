//! What mails say, on the pages of the console.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

const WELCOME: &str = "/mail-templates/WELCOME/ENGLISH";

fn form<'a>(revision: &'a str, text: &'a str) -> [(&'static str, &'a str); 4] {
    [("what", "word"), ("revision", revision), ("subject", "Hi <there>"), ("text", text)]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mail_is_listed_in_every_language_and_worded_on_a_page_of_its_own() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    let html = browser.open("/mail-templates").await;
    assert_eq!(html.matches("href=\"/mail-templates/").count(), 14);
    assert!(!html.contains("Your own"));
    let html = browser.open(WELCOME).await;
    assert!(html.contains("Hello {{name}},") && html.contains("Hello Ada Example,"), "{html}");
    let html = browser.submit(WELCOME, &form("0", "Dear <b>{{name}}</b>: {{signInAt}}")).await;
    assert!(
        html.contains("Hi &lt;there&gt;") && html.contains("Dear &lt;b&gt;Ada Example&lt;/b&gt;: https"),
        "{html}"
    );
    assert!(browser.open("/mail-templates").await.contains("Your own"));
    browser.open(WELCOME).await;
    let html = browser.submit(WELCOME, &[("what", "reset")]).await;
    assert!(html.contains("has the words of the program again") && !html.contains("Dear"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_stands_beside_its_field_and_what_was_typed_stays() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    browser.open(WELCOME).await;
    let html = browser.submit(WELCOME, &form("0", "Dear {{nobody}}: {{signInAt}}")).await;
    assert!(html.contains("cannot be filled in here") && html.contains("Dear {{nobody}}:"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_wrote_meanwhile_is_shown_and_not_overwritten() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    let theirs = json!({ "template": "WELCOME", "language": "ENGLISH", "subject": "Theirs", "text": "Theirs: {{signInAt}}" });
    rollbook.admin.accept("changeMailWording", theirs, "").await;
    browser.open(WELCOME).await;
    let html = browser.submit(WELCOME, &form("0", "Mine: {{signInAt}}")).await;
    assert!(html.contains("changed these words meanwhile"), "{html}");
    assert!(html.contains("Theirs: {{signInAt}}") && html.contains("Mine: {{signInAt}}"));
    assert!(html.contains("name=\"revision\" value=\"1\""), "saving again is meant");
    let html = browser.submit(WELCOME, &form("1", "Mine: {{signInAt}}")).await;
    assert!(html.contains("Mine: https") && !html.contains("Theirs"));
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_change_mail_wordings_reads_them() {
    let rollbook = Rollbook::start().await;
    let id = rollbook.admin.create("AGENT", "ann").await;
    let profile = json!({ "userId": id, "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    rollbook.admin.accept("setPassword", json!({ "userId": id, "password": "a good password" }), "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "a good password").await;
    let html = browser.open(WELCOME).await;
    assert!(html.contains("Hello Ada Example,") && !html.contains("<textarea"));
    browser.open("/mail-templates/NOTHING/ENGLISH").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}
