//! Who is to blame when a relay refuses a mail, and what one key means for two mails.

use serde_json::{Value, json};

use crate::support::post::Post;

async fn state(post: &Post, id: &str) -> Value {
    let profile = post.profile(id).await;
    json!([profile["mail"][0]["state"], profile["mail"][0]["fault"], profile["emailUndeliverable"]])
}

#[tokio::test]
async fn not_06_a_relay_that_refuses_the_sender_flags_no_recipient() {
    let post = Post::start().await;
    post.server.answer_to_sender(Some("550 not from here"));
    let ann = post.welcome("ann").await;
    let again = post.pass().await;
    assert!(again.is_some());
    assert_eq!(state(&post, &ann).await, json!(["WAITING", "UNREACHABLE", false]));
    post.server.answer_to_sender(None);
    post.clock.on(60_000);
    post.pass().await;
    assert_eq!(state(&post, &ann).await, json!(["SENT", null, false]));
}

#[tokio::test]
async fn not_06_a_relay_that_refuses_the_text_flags_nobody_at_once() {
    let post = Post::start().await;
    post.server.answer_to_text(Some("554 looks like spam"));
    let ann = post.welcome("ann").await;
    post.pass().await;
    assert_eq!(state(&post, &ann).await, json!(["WAITING", "DEFERRED", false]));
    assert!(post.server.taken().is_empty());
}

#[tokio::test]
async fn not_06_only_a_refused_recipient_is_flagged() {
    let post = Post::start().await;
    post.server.answer(Some("550 nobody here"));
    let ann = post.welcome("ann").await;
    post.pass().await;
    assert_eq!(state(&post, &ann).await, json!(["FAILED", "REFUSED", true]));
}

#[tokio::test]
async fn not_04_not_06_one_key_for_a_notice_and_a_mail_that_goes_again_is_two_commands() {
    let post = Post::start().await;
    let admin = &post.rollbook.admin;
    let ann = post.welcome("ann").await;
    post.pass().await;
    let notice = json!({ "userId": ann, "notice": "ASKED", "idempotencyKey": "01ARZ3NDEKTSV4RRFFQ69G5FAV" });
    let first = admin.accept("notifySignOff", notice.clone(), "position repeated").await;
    let document = "query($id: ID!) { user(by: { id: $id }) { mail { id template } } }";
    let mail = admin.data(document, json!({ "id": ann })).await["user"]["mail"].clone();
    let welcome = mail.as_array().unwrap().iter().find(|mail| mail["template"] == "WELCOME").unwrap();
    let key = &notice["idempotencyKey"];
    let again = json!({ "userId": ann, "mailId": welcome["id"], "idempotencyKey": key });
    let second = admin.accept("resendMail", again.clone(), "position repeated").await;
    assert_ne!(first["position"], second["position"]);
    assert_eq!(second["repeated"], false);
    let third = admin.mutate("resendMail", again, "position repeated").await;
    assert_eq!((&third["position"], &third["repeated"]), (&second["position"], &json!(true)));
    let repeated = admin.accept("notifySignOff", notice, "position repeated").await;
    assert_eq!((&repeated["position"], &repeated["repeated"]), (&first["position"], &json!(true)));
    post.pass().await;
    assert_eq!(post.server.taken().len(), 3);
}
