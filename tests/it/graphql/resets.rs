//! Temporary passwords, and accounts without one.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{agent, history, member, password};
use crate::support::clock::rollbook_with_clock;
use crate::support::rollbook::Rollbook;

async fn reset(rollbook: &Rollbook, user: &str) -> String {
    let input = json!({ "userId": user });
    let payload =
        rollbook.admin.accept("resetPassword", input, "temporaryPassword expiresAt user { id }").await;
    assert_eq!(payload["user"]["id"], user);
    payload["temporaryPassword"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn aut_08_a_temporary_password_opens_the_account_only_to_be_changed() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let temporary = reset(&rollbook, &ann).await;
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
    let payload = rollbook.try_sign_in("ann", &temporary).await;
    assert_eq!(payload["mustChangePassword"], true);
    let herself = rollbook.anonymous().bearer(payload["token"].as_str().unwrap());
    assert_eq!(herself.graphql("{ head }").await.code(), "PASSWORD_CHANGE_REQUIRED");
    let own = json!({ "userId": ann, "password": "one of my own", "currentPassword": temporary });
    herself.accept("setPassword", own, "").await;
    herself.data("{ head }", json!({})).await;
    assert_eq!(rollbook.try_sign_in("ann", "one of my own").await["mustChangePassword"], false);
}

#[tokio::test]
async fn aut_07_a_temporary_password_is_good_for_one_sign_in() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let temporary = reset(&rollbook, &ann).await;
    assert!(rollbook.try_sign_in("ann", &temporary).await["token"].is_string());
    let again = rollbook.try_sign_in("ann", &temporary).await;
    assert_eq!(again["errors"][0]["code"], "SIGN_IN_FAILED");
    rollbook.settled().await;
    let entries = history(&rollbook.admin, &ann, "type changes { field to }").await;
    let last = entries.last().unwrap();
    assert_eq!(last["changes"][0], json!({ "field": "code", "to": "TEMPORARY_PASSWORD_OVER" }));
}

#[tokio::test]
async fn aut_07_a_temporary_password_expires_when_the_tenant_says() {
    let (rollbook, clock) = rollbook_with_clock().await;
    rollbook.admin.accept("changeSettings", json!({ "temporaryPasswordMinutes": 30 }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let temporary = reset(&rollbook, &ann).await;
    clock.pass_minutes(30);
    assert_eq!(rollbook.try_sign_in("ann", &temporary).await["errors"][0]["code"], "SIGN_IN_FAILED");
    let temporary = reset(&rollbook, &ann).await;
    clock.pass_minutes(29);
    assert!(rollbook.try_sign_in("ann", &temporary).await["token"].is_string());
}

#[tokio::test]
async fn aut_03_a_temporary_password_is_shown_once_and_stands_nowhere() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let input = json!({ "userId": ann, "idempotencyKey": "reset 1" });
    let fields = "temporaryPassword expiresAt";
    let first = rollbook.admin.accept("resetPassword", input.clone(), fields).await;
    let again = rollbook.admin.accept("resetPassword", input, fields).await;
    assert_eq!((&again["repeated"], &again["temporaryPassword"]), (&json!(true), &Value::Null));
    let temporary = first["temporaryPassword"].as_str().unwrap().to_owned();
    assert!(rollbook.try_sign_in("ann", &temporary).await["token"].is_string(), "the first one counts");
    let fields = "summary changes { field from to } context { requestId reason }";
    let entries = history(&rollbook.admin, &ann, fields).await;
    assert!(!json!(entries).to_string().contains(&temporary));
    let folder = rollbook.stop().await;
    assert!(!holds(folder.path(), temporary.as_bytes()));
}

fn holds(folder: &Path, text: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return holds(&path, text);
        }
        fs::read(&path).unwrap().windows(text.len()).any(|window| window == text)
    })
}

#[tokio::test]
async fn aut_07_who_may_reset_and_whom() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    let manager = member(&rollbook, "USER_MANAGER", "manager").await;
    manager.accept("resetPassword", json!({ "userId": ann }), "temporaryPassword").await;
    assert_eq!(manager.refuse("resetPassword", json!({ "userId": "user_8" })).await, ["FORBIDDEN"]);
    for profile in ["AUDITOR", "COMPLIANCE_OFFICER", "STANDARD"] {
        let somebody = member(&rollbook, profile, &profile.to_lowercase().replace('_', "-")).await;
        let payload = somebody.mutate("resetPassword", json!({ "userId": ann }), "temporaryPassword").await;
        assert_eq!(payload["errors"][0]["code"], "FORBIDDEN", "{profile}");
        assert_eq!(payload["temporaryPassword"], Value::Null);
    }
    let own = rollbook.admin.refuse("resetPassword", json!({ "userId": "user_8" })).await;
    assert_eq!(own, ["OWN_ACCOUNT"]);
}

#[tokio::test]
async fn aut_11_without_a_password_nobody_signs_in_until_a_reset() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input.as_object_mut().unwrap().remove("password");
    let payload = rollbook.admin.accept("createUser", input, "user { id }").await;
    for tried in ["", "null", "password of ann"] {
        let denied = rollbook.try_sign_in("ann", tried).await;
        assert_eq!(denied["errors"][0]["code"], "SIGN_IN_FAILED", "{tried}");
    }
    let temporary = reset(&rollbook, payload["user"]["id"].as_str().unwrap()).await;
    assert_eq!(rollbook.try_sign_in("ann", &temporary).await["mustChangePassword"], true);
}

#[tokio::test]
async fn aut_13_a_password_is_taken_where_it_is_given() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("createUser", agent("ann"), "").await;
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["mustChangePassword"], false);
}
