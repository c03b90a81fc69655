//! The outbox when something fails or stops: a relay that hangs, a stop on the way, a transport that is
//! switched off.

use std::time::Duration;

use rollbook::clock::Clock as _;
use rollbook::http::Shutdown;
use rollbook::mail::{Jitter, deliver_due, expire_due, run};
use rollbook_schema::Position;
use serde_json::{Value, json};

use crate::support::post::{Post, relay};

const MILLIS_PER_HOUR: i64 = 3_600_000;

async fn state(post: &Post, user: &str) -> Value {
    let mail = &post.mail(user).await[0];
    json!([mail["state"], mail["attempts"], mail["fault"]])
}

#[tokio::test]
async fn not_07_a_relay_that_hangs_on_one_mail_holds_nobody_else_for_ever() {
    let post = Post::start().await;
    let (ann, bob) = (post.welcome("ann").await, post.welcome("bob").await);
    post.server.fall_silent_for("ann@example.org");
    let impatient = relay(&post.server).within(Duration::from_millis(200));
    let again = deliver_due(&post.rollbook.directory, &impatient).await.unwrap();
    assert_eq!(state(&post, &ann).await, json!(["WAITING", 1, "UNREACHABLE"]));
    post.clock.on(again.millis() - post.clock.now().millis());
    // Now both are due, and who waits for a first attempt goes first.
    tokio::select! {
        _ = post.pass() => {}
        () = sent(&post, &bob) => {}
    }
    assert_eq!(state(&post, &bob).await, json!(["SENT", 1, null]));
}

async fn sent(post: &Post, user: &str) {
    let mut reached = post.rollbook.directory.watch_reached();
    while state(post, user).await[0] != "SENT" {
        reached.changed().await.unwrap();
    }
}

#[tokio::test]
async fn not_07_a_stop_waits_for_the_mail_on_its_way_and_begins_no_other() {
    let post = Post::start().await;
    let (ann, bob) = (post.welcome("ann").await, post.welcome("bob").await);
    post.server.answer_to_mail(false);
    let shutdown = Shutdown::default();
    let mailer = Some(relay(&post.server));
    let following = tokio::spawn(run(post.rollbook.directory.clone(), mailer, shutdown.clone()));
    post.server.arrived(1).await;
    shutdown.begin();
    post.server.answer_to_mail(true);
    following.await.unwrap();
    assert_eq!(state(&post, &ann).await, json!(["SENT", 1, null]));
    assert_eq!(state(&post, &bob).await, json!(["WAITING", 0, null]));
    assert_eq!(post.server.taken().len(), 1);
}

#[tokio::test]
async fn aut_07_a_password_that_was_never_mailed_is_destroyed_when_it_expires_though_nothing_is_sent() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.rollbook.admin.accept("changeSettings", json!({ "temporaryPasswordMinutes": 60 }), "").await;
    post.rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "").await;
    let directory = &post.rollbook.directory;
    let until = post.clock.now().plus_millis(MILLIS_PER_HOUR);
    assert_eq!(expire_due(directory).await, Some(until));
    assert_eq!(state(&post, &ann).await, json!(["WAITING", 0, null]));
    post.clock.on(MILLIS_PER_HOUR);
    // No way out: the policy runs all the same.
    let shutdown = Shutdown::default();
    let mut reached = directory.watch_reached();
    let following = tokio::spawn(run(directory.clone(), None, shutdown.clone()));
    while state(&post, &ann).await[0] == "WAITING" {
        reached.changed().await.unwrap();
    }
    shutdown.begin();
    following.await.unwrap();
    assert_eq!(state(&post, &ann).await, json!(["FAILED", 1, "EXPIRED"]));
    let document = "query($id: ID!) { history(filter: { user: $id, types: [MAILED_PASSWORD_DESTROYED] }) { \
                    nodes { type } } }";
    let seen = post.rollbook.admin.data(document, json!({ "id": ann })).await;
    assert_eq!(seen["history"]["nodes"].as_array().unwrap().len(), 1);
}

#[test]
fn not_07_pauses_are_spread_by_a_quarter_at_most_and_alike_each_time_one_looks() {
    let jitter = Jitter::seeded(7);
    let spread: Vec<i64> = (1..=100).map(|mail| jitter.spread(30_000, Position(mail), 1)).collect();
    assert!(spread.iter().all(|pause| (30_000..=37_500).contains(pause)));
    let (least, most) = (spread.iter().min().unwrap(), spread.iter().max().unwrap());
    assert!(most - least > 5_000, "{least} to {most}");
    assert_eq!(spread[4], jitter.spread(30_000, Position(5), 1));
    assert_eq!(Jitter::NONE.spread(30_000, Position(5), 1), 30_000);
    assert!(jitter.spread(i64::MAX, Position(5), u32::MAX) > 0);
}
