//! The outbox: what is queued goes, is tried again, is given up, and never fails a command.

use rollbook::clock::Clock as _;
use rollbook::http::Shutdown;
use rollbook::mail::{MailTransport, deliver_due, run};
use rollbook_schema::value::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::post::{Post, mailer, plain, relay};

fn told(state: &str, attempts: u32, fault: Value) -> Value {
    json!([{ "template": "WELCOME", "state": state, "attempts": attempts, "fault": fault }])
}

#[tokio::test]
async fn not_02_a_welcome_goes_once_to_the_address_and_holds_no_password() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    assert_eq!(post.mail(&ann).await, told("WAITING", 0, Value::Null));
    assert_eq!(post.pass().await, None);
    assert_eq!(post.pass().await, None);
    let taken = post.server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(
        (&*taken[0].from, &taken[0].to),
        ("rollbook@example.org", &vec!["ann@example.org".to_owned()])
    );
    let mime = "MIME-Version: 1.0";
    for part in [mime, "Subject: Welcome", "Username:   ann", "https://people.example.org/", "Hello ann"] {
        assert!(taken[0].message.contains(part), "{part} in {}", taken[0].message);
    }
    assert!(!taken[0].message.contains("something secret"));
    assert_eq!(post.mail(&ann).await, told("SENT", 1, Value::Null));
}

#[tokio::test]
async fn not_02_without_the_flag_nothing_is_mailed() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    assert_eq!(post.pass().await, None);
    assert_eq!((post.server.taken().len(), post.mail(&ann).await), (0, json!([])));
}

#[tokio::test]
async fn not_03_pro_08_a_mail_goes_to_the_address_of_the_moment() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    let input = json!({ "userId": ann, "email": "new@example.org" });
    post.rollbook.admin.accept("changeProfile", input, "").await;
    post.pass().await;
    assert_eq!(post.server.taken()[0].to, ["new@example.org"]);
}

#[tokio::test]
async fn not_07_a_mail_that_is_deferred_is_tried_again_after_pauses_that_double() {
    let post = Post::start().await;
    post.server.answer(Some("451 later"));
    let ann = post.welcome("ann").await;
    let start = post.clock.now().millis();
    assert_eq!(post.pass().await, Some(start + 30_000));
    assert_eq!(post.mail(&ann).await, told("WAITING", 1, json!("DEFERRED")));
    // Before it is due, nothing is tried.
    post.clock.on(29_999);
    post.pass().await;
    assert_eq!(post.mail(&ann).await, told("WAITING", 1, json!("DEFERRED")));
    post.clock.on(1);
    assert_eq!(post.pass().await, Some(start + 30_000 + 60_000));
    post.server.answer(None);
    post.clock.on(60_000);
    assert_eq!(post.pass().await, None);
    assert_eq!(post.mail(&ann).await, told("SENT", 3, Value::Null));
    assert_eq!(post.server.taken().len(), 1);
}

#[tokio::test]
async fn not_06_not_07_a_mail_is_given_up_in_the_end_and_its_address_flagged() {
    let post = Post::start().await;
    post.server.answer(Some("451 later"));
    let ann = post.welcome("ann").await;
    for _ in 0..8 {
        post.pass().await;
        post.clock.on(30 * 60_000);
    }
    assert_eq!(post.mail(&ann).await, told("FAILED", 8, json!("DEFERRED")));
    assert_eq!(post.pass().await, None);
    assert_eq!(post.profile(&ann).await["emailUndeliverable"], true);
}

#[tokio::test]
async fn not_06_a_dead_mail_server_flags_no_address() {
    let post = Post::start().await;
    let dead = mailer(plain(1));
    let ann = post.welcome("ann").await;
    for _ in 0..8 {
        deliver_due(&post.rollbook.directory, &dead).await;
        post.clock.on(30 * 60_000);
    }
    assert_eq!(post.mail(&ann).await, told("FAILED", 8, json!("UNREACHABLE")));
    assert_eq!(post.profile(&ann).await["emailUndeliverable"], false);
}

#[tokio::test]
async fn not_06_a_mail_that_failed_is_sent_again_and_a_success_clears_the_flag() {
    let post = Post::start().await;
    post.server.answer(Some("550 nobody here"));
    let ann = post.welcome("ann").await;
    post.pass().await;
    assert_eq!(post.profile(&ann).await["emailUndeliverable"], true);
    post.server.answer(None);
    let again = post.resent(&ann, 0).await;
    post.rollbook.admin.accept("resendMail", again.clone(), "").await;
    assert_eq!(post.rollbook.admin.refuse("resendMail", again).await, ["MAIL_WAITING"]);
    post.pass().await;
    assert_eq!(post.server.taken().len(), 1);
    let states: Vec<Value> =
        post.mail(&ann).await.as_array().unwrap().iter().map(|mail| mail["state"].clone()).collect();
    assert_eq!(states, ["FAILED", "SENT"]);
    assert_eq!(post.profile(&ann).await["emailUndeliverable"], false);
}

#[tokio::test]
async fn not_06_only_who_manages_a_user_sends_mail_again_and_only_that_users() {
    let post = Post::start().await;
    let (ann, bob) = (post.welcome("ann").await, post.welcome("bob").await);
    post.pass().await;
    let mut again = post.resent(&ann, 0).await;
    let himself = post.rollbook.sign_in("bob", "something secret").await;
    assert_eq!(himself.refuse("resendMail", again.clone()).await, ["FORBIDDEN"]);
    again["userId"] = json!(bob);
    assert_eq!(post.rollbook.admin.refuse("resendMail", again).await, ["NOT_FOUND"]);
}

#[tokio::test]
async fn not_06_aut_07_a_mail_with_a_password_does_not_go_twice() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    post.rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "").await;
    post.pass().await;
    let again = post.resent(&ann, 0).await;
    assert_eq!(post.rollbook.admin.refuse("resendMail", again).await, ["PASSWORD_MAILED_ONCE"]);
}

#[tokio::test]
async fn not_06_an_address_that_is_refused_is_flagged_until_it_changes() {
    let post = Post::start().await;
    post.server.answer(Some("550 nobody here"));
    let ann = post.welcome("ann").await;
    assert_eq!(post.pass().await, None);
    let profile = post.profile(&ann).await;
    assert_eq!(profile["mail"], told("FAILED", 1, json!("REFUSED")));
    assert_eq!(profile["emailUndeliverable"], true);
    let input = json!({ "userId": ann, "email": "new@example.org", "expectedVersion": profile["version"] });
    post.rollbook.admin.accept("changeProfile", input, "").await;
    assert_eq!(post.profile(&ann).await["emailUndeliverable"], false);
}

#[tokio::test]
async fn not_07_a_dead_mail_server_fails_no_command_and_stops_the_pass() {
    let post = Post::start().await;
    let dead = mailer(plain(1));
    let (ann, bob) = (post.welcome("ann").await, post.welcome("bob").await);
    let next = deliver_due(&post.rollbook.directory, &dead).await.map(Timestamp::millis);
    assert_eq!(next, Some(post.clock.now().millis() + 30_000));
    assert_eq!(post.mail(&ann).await, told("WAITING", 1, json!("UNREACHABLE")));
    assert_eq!(post.mail(&bob).await, told("WAITING", 0, Value::Null));
    post.rollbook.sign_in("ann", "something secret").await;
}

#[tokio::test]
async fn not_07_what_waited_goes_after_a_restart() {
    let post = Post::start().await;
    post.server.answer(Some("451 later"));
    let ann = post.welcome("ann").await;
    post.pass().await;
    let post = post.restarted().await;
    assert_eq!(post.mail(&ann).await, told("WAITING", 1, json!("DEFERRED")));
    post.server.answer(None);
    post.clock.on(30_000);
    post.pass().await;
    assert_eq!(post.mail(&ann).await, told("SENT", 2, Value::Null));
}

#[tokio::test]
async fn not_07_mail_to_a_deleted_user_is_withdrawn() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    post.rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    assert_eq!(post.pass().await, None);
    assert_eq!(post.mail(&ann).await, told("WITHDRAWN", 0, Value::Null));
    assert!(post.server.taken().is_empty());
}

#[tokio::test]
async fn msk_18_not_07_mail_to_who_was_masked_does_not_go() {
    let post = Post::start().await;
    let admin = &post.rollbook.admin;
    let ann = post.welcome("ann").await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    let olga = admin.create("AGENT", "olga").await;
    let profile = json!({ "userId": olga, "accessProfile": "COMPLIANCE_OFFICER" });
    admin.accept("assignAccessProfile", profile, "").await;
    let olga = post.rollbook.sign_in("olga", "password of olga").await;
    let request = json!({ "userId": ann, "username": "ann", "email": "ann@example.org", "reason": "T-1" });
    olga.accept("maskPii", request, "").await;
    assert_eq!(post.pass().await, None);
    assert_eq!(post.mail(&ann).await, told("FAILED", 1, json!("NO_ADDRESS")));
    assert!(post.server.taken().is_empty());
}

#[tokio::test]
async fn not_06_of_two_who_send_a_mail_again_at_the_same_time_one_does() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    post.pass().await;
    let again = post.resent(&ann, 0).await;
    let ask = || post.rollbook.admin.mutate("resendMail", again.clone(), "");
    let (one, other, third) = tokio::join!(ask(), ask(), ask());
    let refused = [one, other, third].iter().filter(|it| it["errors"][0]["code"] == "MAIL_WAITING").count();
    assert_eq!(refused, 2);
    post.pass().await;
    assert_eq!(post.server.taken().len(), 2);
}

#[tokio::test]
async fn not_07_attempts_are_history_by_the_system_user() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    post.pass().await;
    let document = "query($id: ID!) { history(filter: { user: $id, types: [MAIL_QUEUED, MAIL_SENT] }, \
                    newestFirst: false) { nodes { type summary actor { id } } } }";
    let entries = post.rollbook.admin.data(document, json!({ "id": ann })).await["history"]["nodes"].clone();
    let expected = json!([
        { "type": "MAIL_QUEUED", "summary": "Administrator queued a mail to ann", "actor": { "id": "user_8" } },
        { "type": "MAIL_SENT", "summary": "A mail to ann was sent", "actor": { "id": "user_3" } },
    ]);
    assert_eq!(entries, expected);
}

#[tokio::test]
async fn not_07_who_may_not_see_people_sees_no_mail() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    let input = json!({
        "kind": "AGENT", "username": "adam", "email": "adam@example.org", "fullName": "Adam",
        "password": "something secret", "accessProfile": "AUDITOR",
    });
    post.rollbook.admin.accept("createUser", input, "").await;
    let auditor = post.rollbook.sign_in("adam", "something secret").await;
    let document = "query($id: ID!) { user(by: { id: $id }) { mail { state } } }";
    let seen = auditor.data(document, json!({ "id": ann })).await;
    assert_eq!(seen["user"]["mail"], json!([]));
    let own = post.rollbook.sign_in("ann", "something secret").await;
    assert_eq!(
        own.data("{ me { mail { state } } }", json!({})).await["me"]["mail"],
        json!([{ "state": "WAITING" }])
    );
}

#[tokio::test]
async fn a_name_with_line_breaks_or_markup_stays_a_name() {
    let post = Post::start().await;
    let input = json!({
        "kind": "CLIENT", "email": "eve@example.org", "fullName": "Eve \"<b>\" Bcc: x@example.org, Ünal",
        "password": "something secret", "sendWelcomeEmail": true,
    });
    post.rollbook.admin.accept("createUser", input, "").await;
    post.pass().await;
    let taken = post.server.taken();
    assert_eq!(taken[0].to, ["eve@example.org"]);
    let head = taken[0].message.split("\n\n").next().unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
}

#[tokio::test]
async fn the_file_transport_leaves_a_file_for_each_mail() {
    let post = Post::start().await;
    let folder = TempDir::new().unwrap();
    let files = mailer(MailTransport::File(folder.path().join("mail")));
    post.welcome("ann").await;
    post.welcome("bob").await;
    assert_eq!(deliver_due(&post.rollbook.directory, &files).await, None);
    let mut texts: Vec<String> = std::fs::read_dir(folder.path().join("mail"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    texts.sort();
    assert_eq!(texts.len(), 2);
    assert!(
        texts.iter().any(|text| text.contains("To: \"bob\" <bob@example.org>")
            || text.contains("To: bob <bob@example.org>"))
    );
}

#[tokio::test]
async fn not_07_the_policy_follows_the_log_and_ends_when_told() {
    let post = Post::start().await;
    let shutdown = Shutdown::default();
    let following =
        tokio::spawn(run(post.rollbook.directory.clone(), Some(relay(&post.server)), shutdown.clone()));
    let ann = post.welcome("ann").await;
    let mut reached = post.rollbook.directory.watch_reached();
    while post.mail(&ann).await != told("SENT", 1, Value::Null) {
        reached.changed().await.unwrap();
    }
    shutdown.begin();
    following.await.unwrap();
    assert_eq!(post.server.taken().len(), 1);
}

#[tokio::test]
async fn not_07_mail_to_a_restricted_person_waits_until_the_restriction_is_lifted() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    let input = json!({ "kind": "AGENT", "username": "olga", "email": "olga@example.org", "fullName": "Olga",
                        "password": "password of olga", "accessProfile": "COMPLIANCE_OFFICER" });
    post.rollbook.admin.accept("createUser", input, "").await;
    let olga = post.rollbook.sign_in("olga", "password of olga").await;
    olga.accept("restrictProcessing", json!({ "userId": ann, "reason": "contested" }), "").await;
    assert_eq!(post.pass().await, None);
    assert_eq!(post.server.taken().len(), 0);
    olga.accept("liftRestriction", json!({ "userId": ann, "reason": "settled" }), "").await;
    post.pass().await;
    assert_eq!(post.server.taken()[0].to, ["ann@example.org"]);
}
