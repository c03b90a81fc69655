//! The outbox of the company.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::browser::Browser;
use crate::support::post::Post;
use crate::support::rollbook::Rollbook;

/// Ann's mail went, Bob's was refused for good, Cleo's waits: `user_9` to `user_11`.
async fn with_mail() -> (Post, Browser) {
    let post = Post::start().await;
    post.welcome("ann").await;
    post.pass().await;
    post.server.answer(Some("550 5.1.1 no such mailbox"));
    post.welcome("bob").await;
    post.pass().await;
    post.server.answer(None);
    post.welcome("cleo").await;
    let browser = Browser::administrator(&post.rollbook).await;
    (post, browser)
}

/// To whom the rows of the list are.
fn shown(html: &str) -> Vec<&str> {
    let rows = html.split("<tr>").skip(2);
    rows.filter_map(|row| row.split("<bdi>").nth(1)?.split('<').next()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn not_07_every_mail_is_listed_with_how_it_stands_and_why() {
    let (_post, mut browser) = with_mail().await;
    let html = browser.open("/outbox").await.to_owned();
    assert_eq!(shown(&html), ["cleo", "bob", "ann"], "{html}");
    assert!(html.contains("the mail server said: never") && html.contains("oldest "), "{html}");
    assert!(!html.contains("something secret") && !html.contains("WAITING"), "{html}");
    for (view, who) in [("waiting", "cleo"), ("failed", "bob"), ("sent", "ann")] {
        assert_eq!(shown(browser.open(&format!("/outbox?view={view}")).await), [who], "{view}");
    }
    assert!(browser.open("/outbox?view=withdrawn").await.contains("There is no such mail."));
}

#[tokio::test(flavor = "multi_thread")]
async fn not_06_a_mail_that_failed_is_queued_again_from_the_list() {
    let (post, mut browser) = with_mail().await;
    browser.open("/outbox?view=failed").await;
    browser.submit("/outbox", &[]).await;
    assert!(browser.html.contains("It is queued again."), "{}", browser.html);
    let states: Vec<Value> =
        post.mail("user_10").await.as_array().unwrap().iter().map(|mail| mail["state"].clone()).collect();
    assert_eq!(states, ["FAILED", "WAITING"]);
    // Twice is once too often, and is said.
    browser.open("/outbox?view=failed").await;
    browser.submit("/outbox", &[]).await;
    assert!(browser.html.contains("role=\"alert\""), "{}", browser.html);
    browser.open("/outbox?view=sent").await;
    assert!(!browser.has_form("/outbox"), "what went needs no button");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_outbox_end_at_the_first_mail_and_show_each_once() {
    let (post, mut browser) = with_mail().await;
    for count in 0..60 {
        post.welcome(&format!("person{count}")).await;
    }
    let first = browser.open("/outbox").await.to_owned();
    let older = first.split("href=\"/outbox?after=").nth(1).unwrap().split('"').next().unwrap();
    let second = browser.open(&format!("/outbox?after={older}")).await.to_owned();
    let mut all = shown(&first);
    all.extend(shown(&second));
    assert_eq!((shown(&first).len(), all.len()), (50, 63));
    assert_eq!(all.last(), Some(&"ann"));
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 63, "each once");
    assert!(!second.contains("href=\"/outbox?after="), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_see_people_has_no_outbox_and_an_auditor_reads_how_it_does() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let profile = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    browser.open("/outbox").await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    let html = browser.open("/health").await;
    assert!(html.contains("<h2>Outbox</h2>") && !html.contains("href=\"/outbox\""), "{html}");
    assert!(html.contains("No way out is configured"), "{html}");
}
