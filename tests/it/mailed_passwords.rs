//! Passwords that go by mail: once, for a time, and then they are nowhere.

use std::fs;
use std::path::Path;

use axum::http::{Method, header};
use http_body_util::Full;
use rollbook::clock::Clock as _;
use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::post::Post;
use crate::support::rollbook::Rollbook;

const MILLIS_PER_HOUR: i64 = 3_600_000;

fn told(message: &str) -> String {
    let line =
        message.lines().find_map(|line| line.strip_prefix("Password:")).expect("a mail with a password");
    line.trim().to_owned()
}

impl Post {
    /// What the last mail tells.
    fn told(&self) -> String {
        told(&self.server.taken().last().expect("a mail").message)
    }

    async fn reset(&self, user: &str) -> Value {
        let fields = "mailed temporaryPassword expiresAt";
        self.rollbook.admin.accept("resetPassword", json!({ "userId": user }), fields).await
    }

    /// Somebody without a password.
    async fn create(&self, name: &str, welcome: bool) -> String {
        create_without(&self.rollbook.admin, name, welcome).await
    }
}

async fn create_without(admin: &Client, name: &str, welcome: bool) -> String {
    let input = json!({
        "kind": "AGENT", "username": name, "email": format!("{name}@example.org"), "fullName": name,
        "sendWelcomeEmail": welcome,
    });
    let payload = admin.accept("createUser", input, "user { id }").await;
    payload["user"]["id"].as_str().unwrap().to_owned()
}

async fn codes_of_failed_sign_ins(rollbook: &Rollbook, user: &str) -> Vec<Value> {
    rollbook.settled().await;
    let document = "query($id: ID!) { history(filter: { user: $id, types: [SIGN_IN_FAILED] }, \
                    newestFirst: false) { nodes { changes { field to } } } }";
    let nodes = rollbook.admin.data(document, json!({ "id": user })).await["history"]["nodes"].clone();
    nodes.as_array().unwrap().iter().map(|node| node["changes"][0]["to"].clone()).collect()
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
async fn aut_07_a_temporary_password_is_mailed_and_shown_to_nobody_else() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    let payload = post.reset(&ann).await;
    assert_eq!((&payload["mailed"], &payload["temporaryPassword"]), (&json!(true), &Value::Null));
    assert!(payload["expiresAt"].is_string());
    assert_eq!(post.pass().await, None);
    let taken = post.server.taken();
    assert_eq!((taken.len(), &taken[0].to), (1, &vec!["ann@example.org".to_owned()]));
    assert!(taken[0].message.contains("Subject: Your temporary password"));
    let payload = post.rollbook.try_sign_in("ann", &post.told()).await;
    assert_eq!(payload["mustChangePassword"], true);
}

#[tokio::test]
async fn aut_07_a_mailed_password_works_once_and_history_tells_why_not_twice() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.reset(&ann).await;
    post.pass().await;
    let temporary = post.told();
    assert!(post.rollbook.try_sign_in("ann", &temporary).await["token"].is_string());
    let again = post.rollbook.try_sign_in("ann", &temporary).await;
    let wrong = post.rollbook.try_sign_in("ann", "not it").await;
    assert_eq!(again["errors"], wrong["errors"]);
    let codes = codes_of_failed_sign_ins(&post.rollbook, &ann).await;
    assert_eq!(codes, ["TEMPORARY_PASSWORD_OVER", "WRONG_PASSWORD"]);
}

#[tokio::test]
async fn aut_07_a_mailed_password_expires() {
    let post = Post::start().await;
    post.rollbook.admin.accept("changeSettings", json!({ "temporaryPasswordMinutes": 60 }), "").await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.reset(&ann).await;
    post.pass().await;
    post.clock.on(MILLIS_PER_HOUR);
    let expired = post.rollbook.try_sign_in("ann", &post.told()).await;
    assert_eq!(expired["errors"][0]["code"], "SIGN_IN_FAILED");
    assert_eq!(codes_of_failed_sign_ins(&post.rollbook, &ann).await, ["TEMPORARY_PASSWORD_OVER"]);
}

#[tokio::test]
async fn aut_07_a_mail_whose_password_is_over_does_not_go() {
    let post = Post::start().await;
    post.rollbook.admin.accept("changeSettings", json!({ "temporaryPasswordMinutes": 60 }), "").await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.reset(&ann).await;
    post.clock.on(MILLIS_PER_HOUR);
    assert_eq!(post.pass().await, None);
    assert!(post.server.taken().is_empty());
    let expected =
        json!([{ "template": "TEMPORARY_PASSWORD", "state": "FAILED", "attempts": 1, "fault": "EXPIRED" }]);
    assert_eq!(post.mail(&ann).await, expected);
    assert_eq!(post.profile(&ann).await["emailUndeliverable"], false);
}

#[tokio::test]
async fn aut_07_of_two_resets_only_the_last_is_mailed() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.reset(&ann).await;
    post.reset(&ann).await;
    post.pass().await;
    assert_eq!(post.server.taken().len(), 1);
    let states: Vec<Value> =
        post.mail(&ann).await.as_array().unwrap().iter().map(|mail| mail["state"].clone()).collect();
    assert_eq!(states, ["WITHDRAWN", "SENT"]);
    assert!(post.rollbook.try_sign_in("ann", &post.told()).await["token"].is_string());
}

#[tokio::test]
async fn aut_07_the_tenant_may_choose_that_a_mailed_password_is_shown_too() {
    let post = Post::start().await;
    post.rollbook.admin.accept("changeSettings", json!({ "showMailedPasswords": true }), "").await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    let payload = post.reset(&ann).await;
    assert_eq!(payload["mailed"], true);
    post.pass().await;
    assert_eq!(payload["temporaryPassword"], post.told());
}

#[tokio::test]
async fn aut_07_who_cannot_be_reached_by_mail_gets_it_by_hand() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    post.server.answer(Some("550 nobody here"));
    post.pass().await;
    let payload = post.reset(&ann).await;
    assert_eq!(payload["mailed"], false);
    let temporary = payload["temporaryPassword"].as_str().unwrap();
    assert!(post.rollbook.try_sign_in("ann", temporary).await["token"].is_string());
}

#[tokio::test]
async fn not_03_a_temporary_password_goes_to_the_address_at_that_time() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.reset(&ann).await;
    post.pass().await;
    let input = json!({ "userId": ann, "email": "new@example.org" });
    post.rollbook.admin.accept("changeProfile", input, "").await;
    post.reset(&ann).await;
    post.pass().await;
    let to: Vec<_> = post.server.taken().into_iter().flat_map(|mail| mail.to).collect();
    assert_eq!(to, ["ann@example.org", "new@example.org"]);
}

#[tokio::test]
async fn aut_10_who_is_created_without_a_password_is_mailed_one_that_must_be_changed() {
    let post = Post::start().await;
    let ann = post.create("ann", false).await;
    post.pass().await;
    let payload = post.rollbook.try_sign_in("ann", &post.told()).await;
    assert_eq!(payload["mustChangePassword"], true);
    let herself = post.rollbook.anonymous().bearer(payload["token"].as_str().unwrap());
    let own = json!({ "userId": ann, "password": "one of my own", "currentPassword": post.told() });
    herself.accept("setPassword", own, "").await;
    assert_eq!(post.rollbook.try_sign_in("ann", "one of my own").await["mustChangePassword"], false);
}

#[tokio::test]
async fn aut_10_an_initial_password_expires() {
    let post = Post::start().await;
    post.create("ann", false).await;
    post.pass().await;
    post.clock.on(24 * MILLIS_PER_HOUR);
    let expired = post.rollbook.try_sign_in("ann", &post.told()).await;
    assert_eq!(expired["errors"][0]["code"], "SIGN_IN_FAILED");
}

#[tokio::test]
async fn aut_11_by_rest_too_a_first_password_is_made_and_mailed() {
    let post = Post::start().await;
    let body = json!({ "kind": "CLIENT", "email": "rest@example.org", "fullName": "Rest" });
    let admin = &post.rollbook.admin;
    let request = admin.request(Method::POST, "/users").header(header::CONTENT_TYPE, "application/json");
    let answer = admin.send(request.body(Full::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, 201);
    post.pass().await;
    let payload = post.rollbook.try_sign_in("rest@example.org", &post.told()).await;
    assert_eq!(payload["mustChangePassword"], true);
}

#[tokio::test]
async fn not_01_one_mail_is_sent_for_a_creation_though_it_is_also_a_welcome() {
    let post = Post::start().await;
    post.create("ann", false).await;
    post.create("bob", true).await;
    post.pass().await;
    post.pass().await;
    let subjects: Vec<String> = post
        .server
        .taken()
        .iter()
        .map(|mail| mail.message.lines().find(|line| line.starts_with("Subject:")).unwrap().to_owned())
        .collect();
    assert_eq!(subjects, ["Subject: Your first password", "Subject: Welcome"]);
    assert!(post.server.taken().iter().all(|mail| !told(&mail.message).is_empty()));
}

#[tokio::test]
async fn aut_10_the_tenant_may_choose_that_none_is_mailed() {
    let post = Post::start().await;
    post.rollbook.admin.accept("changeSettings", json!({ "mailInitialPasswords": false }), "").await;
    let ann = post.create("ann", false).await;
    assert_eq!(post.mail(&ann).await, json!([]));
}

#[tokio::test]
async fn aut_03_a_mailed_password_stands_nowhere_in_clear_and_goes_with_its_key() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.reset(&ann).await;
    let waiting = post.rollbook.directory.views().mail.waiting().copied().next().unwrap();
    assert!(post.rollbook.directory.enclosed(&waiting).unwrap().is_some());
    let at = post.clock.now();
    post.pass().await;
    assert_eq!(at, post.clock.now(), "it is still in force");
    assert!(post.rollbook.directory.enclosed(&waiting).unwrap().is_none(), "it went, so its key is gone");
    let temporary = post.told();
    let document = "{ history(last: 50) { nodes { type summary changes { field from to } } } }";
    let seen = post.rollbook.admin.data(document, json!({})).await.to_string();
    assert!(seen.contains("TEMPORARY_PASSWORD") && !seen.contains(&temporary));
    let folder = post.rollbook.stop().await;
    assert!(!holds(folder.path(), temporary.as_bytes()));
}

#[tokio::test]
async fn aut_07_a_mailed_password_waits_through_a_restart() {
    let post = Post::start().await;
    post.server.answer(Some("451 later"));
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.reset(&ann).await;
    post.pass().await;
    let post = post.restarted().await;
    post.server.answer(None);
    post.clock.on(30_000);
    post.pass().await;
    assert!(post.rollbook.try_sign_in("ann", &post.told()).await["token"].is_string());
}
