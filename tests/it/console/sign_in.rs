//! Signing in, the new password that is demanded, and signing out.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_comes_to_the_page_they_asked_for_and_to_no_other_site() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::of(&rollbook);
    browser.open("/clients?view=all").await;
    assert!(browser.address.starts_with("/sign-in?to="), "{}", browser.address);
    browser.submit("/sign-in", &[("login", "admin"), ("password", ADMIN_PASSWORD)]).await;
    assert_eq!(browser.address, "/clients?view=all");
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "evil"] {
        let mut browser = Browser::of(&rollbook);
        browser.open("/sign-in").await;
        let given = [("login", "admin"), ("password", ADMIN_PASSWORD), ("to", elsewhere)];
        browser.submit("/sign-in", &given).await;
        assert_eq!(browser.address, "/agents", "{elsewhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_does_not_tell_whether_there_is_such_an_account() {
    let rollbook = Rollbook::start().await;
    let mut answers = Vec::new();
    for login in ["admin", "nobody"] {
        let mut browser = Browser::of(&rollbook);
        browser.sign_in(login, "wrong password").await;
        assert!(!browser.cookies.contains_key("rollbook"));
        answers.push((browser.status, browser.html.replace(&browser.token(), "").replace(login, "")));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].1.contains("role=\"alert\""), "{}", answers[0].1);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_gives_another_session_and_ends_the_one_before() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    let (before, token) = (browser.cookies["rollbook"].clone(), browser.token());
    // A form that was left open in another window.
    browser.post("/sign-in", &[("token", &token), ("login", "admin"), ("password", ADMIN_PASSWORD)]).await;
    let after = browser.cookies["rollbook"].clone();
    assert_ne!(before, after);
    browser.open("/agents").await;
    assert_ne!(browser.token(), token, "the forms of the old session are worth nothing");
    let mut old = Browser::of(&rollbook);
    old.cookies.insert("rollbook".to_owned(), before);
    old.open("/agents").await;
    assert!(old.address.starts_with("/sign-in"), "{}", old.address);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_not_only_the_cookie() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    let cookie = browser.cookies["rollbook"].clone();
    browser.open("/agents").await;
    browser.submit("/sign-out", &[]).await;
    assert!(!browser.cookies.contains_key("rollbook"));
    browser.cookies.insert("rollbook".to_owned(), cookie);
    browser.open("/agents").await;
    assert!(browser.address.starts_with("/sign-in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn aut_05_nothing_is_shown_before_a_demanded_password_is_set() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("forcePasswordChange", json!({ "userId": ann }), "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    for address in ["/", "/agents", "/sign-in"] {
        browser.open(address).await;
        assert_eq!(browser.address, "/new-password", "{address}");
    }
    let new = "a quite new password";
    let fields = |current, again| [("currentPassword", current), ("password", new), ("again", again)];
    browser.submit("/new-password", &fields("password of ann", "another")).await;
    assert!(browser.html.contains("not the same"), "{}", browser.html);
    browser.submit("/new-password", &fields("wrong", new)).await;
    assert!(browser.html.contains("id=\"currentPassword-flaw\""), "{}", browser.html);
    browser.submit("/new-password", &fields("password of ann", new)).await;
    assert_eq!((browser.status, browser.address.as_str()), (StatusCode::OK, "/account"));
}

#[tokio::test(flavor = "multi_thread")]
async fn aut_08_the_security_question_is_asked_with_the_new_password() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("changeSettings", json!({ "securityQuestionAfterReset": true }), "").await;
    let client = rollbook.sign_in("ann", "password of ann").await;
    let question =
        json!({ "question": "First <pet>?", "answer": "Rex", "currentPassword": "password of ann" });
    client.accept("setSecurityQuestion", question, "").await;
    let payload = rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "temporaryPassword").await;
    let temporary = payload["temporaryPassword"].as_str().unwrap().to_owned();
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", &temporary).await;
    assert!(browser.html.contains("First &lt;pet&gt;?"), "{}", browser.html);
    let new = "a quite new password";
    let fields = |answer| {
        [
            ("currentPassword", temporary.as_str()),
            ("password", new),
            ("again", new),
            ("securityAnswer", answer),
        ]
    };
    browser.submit("/new-password", &fields("Bello")).await;
    assert!(browser.html.contains("id=\"securityAnswer-flaw\""), "{}", browser.html);
    browser.submit("/new-password", &fields("Rex")).await;
    assert_eq!(browser.address, "/account");
}
