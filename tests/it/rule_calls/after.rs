//! Calls after a deletion.

use rollbook::http::Shutdown;
use rollbook::mail::Jitter;
use rollbook::rule_calls::{ATTEMPTS_MAX, run};
use serde_json::{Value, json};

use super::{Calling, invoke, to};
use crate::console::browser::Browser;
use crate::erasure::officer;
use crate::support::hooks::{GOOD, Reply};

#[tokio::test]
async fn brl_06_what_runs_after_a_deletion_is_queued_with_it_and_called() {
    let calling = Calling::start().await;
    let rule = calling.rule("POST_DELETE", "/clean").await;
    let ann = calling.user("ann").await;
    assert_eq!(calling.delete(&ann).await["errors"], json!([]));
    assert_eq!(calling.runs().await, json!([["WAITING", 0, null]]));
    assert!(calling.hooks.calls().is_empty());
    assert_eq!(calling.pass().await, None);
    assert_eq!(calling.pass().await, None);
    assert_eq!(calling.runs().await, json!([["DONE", 1, null]]));
    let calls = calling.hooks.calls();
    let letter = calls[0].letter();
    assert_eq!((calls.len(), &letter["rule"], &letter["user"]), (1, &json!(rule), &json!(ann)));
    assert_eq!(letter["trigger"], "POST_DELETE");
}

#[tokio::test]
async fn brl_06_the_call_names_the_deleted_user_by_every_attribute() {
    let calling = Calling::start().await;
    calling.rule("POST_DELETE", "/clean").await;
    calling.rollbook.admin.accept("changeSettings", json!({ "ssoMode": "SAML" }), "").await;
    let (ann, bob) = (calling.user("ann").await, calling.user("bob").await);
    let ids = json!({ "userId": ann, "federationId": "f-17", "ccaFederationId": "cn=Ann" });
    calling.rollbook.admin.accept("changeProfile", ids, "").await;
    for user in [&ann, &bob] {
        calling.delete(user).await;
    }
    calling.pass().await;
    let named: Vec<Value> =
        calling.hooks.calls().iter().map(|call| call.letter()["deleted"].clone()).collect();
    let ann = json!({ "username": "ann", "email": "ann@example.org", "federationId": "f-17",
        "ccaFederationId": "cn=Ann" });
    let bob = json!({ "username": "bob", "email": "bob@example.org", "federationId": null,
        "ccaFederationId": null });
    assert_eq!(named, [ann, bob]);
}

#[tokio::test]
async fn brl_06_whoever_was_masked_or_restricted_before_the_call_is_not_named_in_it() {
    let calling = Calling::start().await;
    calling.rule("POST_DELETE", "/clean").await;
    let officer = officer(&calling.rollbook, "olga").await;
    let (ann, bob) = (calling.user("ann").await, calling.user("bob").await);
    calling.delete(&ann).await;
    let keys = json!({ "userId": ann, "username": "ann", "email": "ann@example.org", "reason": "request 1" });
    officer.accept("maskPii", keys, "").await;
    officer.accept("restrictProcessing", json!({ "userId": bob, "reason": "contested" }), "").await;
    calling.delete(&bob).await;
    calling.pass().await;
    let calls = calling.hooks.calls();
    let nobody = json!({ "username": null, "email": null, "federationId": null, "ccaFederationId": null });
    assert_eq!((&calls[0].letter()["user"], &calls[0].letter()["deleted"]), (&json!(ann), &nobody));
    assert_eq!((&calls[1].letter()["user"], &calls[1].letter()["deleted"]), (&json!(bob), &Value::Null));
    assert!(calls.iter().all(|call| !call.body.contains("example.org")));
}

#[tokio::test]
async fn brl_06_a_call_that_fails_is_tried_again_under_one_key_and_undoes_nothing() {
    let calling = Calling::start().await;
    calling.rule("POST_DELETE", "/clean").await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    calling.hooks.answer(Reply::HangUp);
    assert_eq!(calling.pass().await, Some(0.5));
    // Before it is due, nothing is tried.
    assert_eq!(calling.pass().await, Some(0.5));
    assert_eq!(calling.runs().await, json!([["WAITING", 1, "UNREACHABLE"]]));
    calling.clock.pass_minutes(1);
    calling.hooks.answer(Reply::Head("503 Later"));
    assert_eq!(calling.pass().await, Some(1.0));
    assert_eq!(calling.runs().await, json!([["WAITING", 2, "REFUSED"]]));
    calling.clock.pass_minutes(1);
    calling.hooks.answer(GOOD);
    assert_eq!(calling.pass().await, None);
    assert_eq!(calling.runs().await, json!([["DONE", 3, null]]));
    assert!(!calling.is_there(&ann).await);
    let calls = calling.hooks.calls();
    let keys: Vec<_> = calls.iter().filter_map(|call| call.header("idempotency-key")).collect();
    assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test]
async fn brl_06_a_call_is_given_up_in_the_end_and_the_deletion_stands() {
    let calling = Calling::start().await;
    calling.rule("POST_DELETE", "/clean").await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    calling.hooks.answer(Reply::Head("500 No"));
    for _ in 0..ATTEMPTS_MAX {
        calling.pass().await;
        calling.clock.pass_minutes(120);
    }
    assert_eq!(calling.pass().await, None);
    assert_eq!(calling.runs().await, json!([["FAILED", ATTEMPTS_MAX, "REFUSED"]]));
    assert_eq!(calling.hooks.calls().len(), ATTEMPTS_MAX as usize);
    assert!(!calling.is_there(&ann).await);
}

#[tokio::test]
async fn brl_06_a_call_that_was_given_up_is_made_again_when_somebody_asks_for_it() {
    let calling = Calling::start().await;
    let rule = calling.rule("POST_DELETE", "/clean").await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    let again = json!({ "userId": ann, "ruleId": rule });
    assert_eq!(calling.rollbook.admin.refuse("retryUserRule", again.clone()).await, ["NOT_FOUND"]);
    calling.hooks.answer(Reply::Head("500 No"));
    for _ in 0..ATTEMPTS_MAX {
        calling.pass().await;
        calling.clock.pass_minutes(120);
    }
    let asked = json!({ "userId": ann, "ruleId": rule, "idempotencyKey": "again" });
    for repeated in [false, true] {
        let payload =
            calling.rollbook.admin.accept("retryUserRule", asked.clone(), "run { userId ruleId }").await;
        assert_eq!(payload["run"], json!({ "userId": ann, "ruleId": rule }));
        assert_eq!(payload["repeated"], repeated);
    }
    calling.hooks.answer(GOOD);
    calling.pass().await;
    assert_eq!(calling.runs().await, json!([["FAILED", ATTEMPTS_MAX, "REFUSED"], ["DONE", 1, null]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn brl_06_the_console_shows_what_was_given_up_and_calls_it_again() {
    let calling = Calling::start().await;
    let rule = calling.rule("POST_DELETE", "/clean").await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    calling.hooks.answer(Reply::Head("500 No"));
    for _ in 0..ATTEMPTS_MAX {
        calling.pass().await;
        calling.clock.pass_minutes(120);
    }
    let mut browser = Browser::administrator(&calling.rollbook).await;
    assert!(browser.open("/rules").await.contains("Given up after 24 attempts"), "{}", browser.html);
    let token = browser.token();
    let form =
        [("token", token.as_str()), ("what", "retry"), ("rule", rule.as_str()), ("user", ann.as_str())];
    browser.post("/rules", &form).await;
    assert!(browser.html.contains("Waits for attempt 1"), "{}", browser.html);
    assert!(!browser.html.contains("Given up"), "{}", browser.html);
    assert_eq!(calling.runs().await, json!([["FAILED", ATTEMPTS_MAX, "REFUSED"], ["WAITING", 0, null]]));
}

#[tokio::test]
async fn brl_06_a_start_goes_on_with_what_was_queued() {
    let calling = Calling::start().await;
    calling.rule("POST_DELETE", "/clean").await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    calling.hooks.answer(Reply::HangUp);
    calling.pass().await;
    let calls = to(&[calling.hooks.origin()]);
    let calling = calling.restarted(calls).await;
    calling.hooks.answer(GOOD);
    assert_eq!(calling.pass().await, Some(0.5));
    calling.clock.pass_minutes(1);
    assert_eq!(calling.pass().await, None);
    assert_eq!(calling.runs().await, json!([["DONE", 2, null]]));
}

#[tokio::test]
async fn brl_06_the_policy_follows_the_log_until_it_is_told_to_stop() {
    let calling = Calling::start().await;
    calling.rule("POST_DELETE", "/clean").await;
    let (ann, bob) = (calling.user("ann").await, calling.user("bob").await);
    let shutdown = Shutdown::default();
    let directory = calling.rollbook.directory.clone();
    let following = tokio::spawn(run(directory, Jitter::NONE, shutdown.clone()));
    for (count, user) in [(1, &ann), (2, &bob)] {
        calling.delete(user).await;
        calling.hooks.arrived(count).await;
    }
    shutdown.begin();
    following.await.unwrap();
    assert_eq!(calling.runs().await, json!([["DONE", 1, null], ["DONE", 1, null]]));
}

#[tokio::test]
async fn brl_06_a_rule_that_is_out_of_force_waits_and_one_that_is_deleted_is_given_up() {
    let calling = Calling::start().await;
    let rule = calling.rule("POST_DELETE", "/clean").await;
    let (ann, bob) = (calling.user("ann").await, calling.user("bob").await);
    calling.delete(&ann).await;
    let rule = json!({ "ruleId": rule });
    calling.rollbook.admin.accept("disableUserRule", rule.clone(), "").await;
    assert_eq!(calling.pass().await, None);
    assert_eq!(calling.runs().await, json!([["WAITING", 0, null]]));
    calling.rollbook.admin.accept("enableUserRule", rule.clone(), "").await;
    calling.delete(&bob).await;
    calling.hooks.answer(Reply::Head("500 No"));
    calling.pass().await;
    calling.rollbook.admin.accept("deleteUserRule", rule, "").await;
    calling.clock.pass_minutes(1);
    assert_eq!(calling.pass().await, None);
    assert_eq!(calling.runs().await, json!([["FAILED", 2, "RULE_GONE"], ["FAILED", 2, "RULE_GONE"]]));
    assert_eq!(calling.hooks.calls().len(), 2);
}

#[tokio::test]
async fn brl_06_a_call_that_waits_goes_to_the_address_of_the_moment() {
    let calling = Calling::start().await;
    let rule = calling.rule("POST_DELETE", "/old").await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    let action = invoke(&format!("{}/new", calling.hooks.origin()));
    calling.rollbook.admin.accept("changeUserRule", json!({ "ruleId": rule, "action": action }), "").await;
    calling.pass().await;
    assert!(calling.hooks.calls()[0].head.starts_with("POST /new "));
}

#[tokio::test]
async fn brl_06_one_program_that_is_away_keeps_no_other_from_being_called() {
    let calling = Calling::start().await;
    let away = {
        let gone = crate::support::hooks::Hooks::start().await;
        gone.answer(Reply::HangUp);
        gone
    };
    let calls = to(&[calling.hooks.origin(), away.origin()]);
    let calling = calling.restarted(calls).await;
    calling.rule_to("POST_DELETE", &format!("{}/", away.origin())).await;
    calling.rule("POST_DELETE", "/clean").await;
    for name in ["ann", "bob"] {
        let user = calling.user(name).await;
        calling.delete(&user).await;
    }
    assert_eq!(calling.pass().await, Some(0.5));
    let mut runs: Vec<Value> = calling.runs().await.as_array().unwrap().clone();
    runs.sort_by_key(Value::to_string);
    let expected =
        json!([["DONE", 1, null], ["DONE", 1, null], ["WAITING", 0, null], ["WAITING", 1, "UNREACHABLE"]]);
    assert_eq!(json!(runs), expected);
    assert_eq!((away.calls().len(), calling.hooks.calls().len()), (1, 2));
}
