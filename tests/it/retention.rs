//! Retention: whose time is over is erased by automation, once, in bounded runs, and nobody who must be kept.

use std::sync::Arc;

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook::retention::{Left, carry_out_due};
use rollbook_schema::command::StartRetentionRun;
use rollbook_schema::id::RetentionRuleId;
use serde_json::{Value, json};

use crate::support::clock::{TestClock, rollbook_with_clock};
use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

const TWO_MONTHS_MINUTES: i64 = 62 * 24 * 60;

async fn officer(rollbook: &Rollbook, name: &str) -> Client {
    let input = json!({ "kind": "AGENT", "username": name, "email": format!("{name}@example.org"),
                        "fullName": name, "password": "password of an officer",
                        "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("createUser", input, "").await;
    rollbook.sign_in(name, "password of an officer").await
}

async fn deleted(rollbook: &Rollbook, name: &str) -> String {
    let id = rollbook.admin.create("AGENT", name).await;
    rollbook.admin.accept("deleteUser", json!({ "userId": id }), "").await;
    id
}

/// A rule of one month, defined by the one and switched on by the other.
async fn rule_that_is_on(olga: &Client, otto: &Client) -> String {
    let input = json!({ "kind": "DELETED_FOR", "months": 1, "reason": "policy 3" });
    let payload = olga.accept("defineRetentionRule", input, "rule { id state months }").await;
    assert_eq!(payload["rule"]["state"], "OFF");
    let rule = payload["rule"]["id"].as_str().unwrap().to_owned();
    let on = json!({ "ruleId": rule, "state": "ON", "reason": "policy 3" });
    assert_eq!(olga.refuse("switchRetentionRule", on.clone()).await, ["SECOND_PERSON_NEEDED"]);
    otto.accept("switchRetentionRule", on, "rule { state }").await;
    rule
}

/// The directory two months after three were deleted; sessions of then are over.
async fn two_months_later(names: [&str; 3]) -> (Rollbook, Arc<TestClock>, Vec<String>) {
    let (rollbook, clock) = rollbook_with_clock().await;
    let mut ids = Vec::new();
    for name in names {
        ids.push(deleted(&rollbook, name).await);
    }
    clock.pass_minutes(TWO_MONTHS_MINUTES);
    let rollbook = signed_in_again(rollbook).await;
    (rollbook, clock, ids)
}

async fn signed_in_again(mut rollbook: Rollbook) -> Rollbook {
    rollbook.admin = rollbook.sign_in("admin", crate::support::rollbook::ADMIN_PASSWORD).await;
    rollbook
}

async fn dry_run(client: &Client, rule: &str) -> Value {
    let document = "query($id: ID!) { retentionDryRun(ruleId: $id) { touched { userId } kept { userId because } complete } }";
    client.data(document, json!({ "id": rule })).await["retentionDryRun"].clone()
}

async fn last_run(client: &Client) -> Value {
    let document = "{ retentionRules { runningId lastRun { id applied kept } } }";
    client.data(document, json!({})).await["retentionRules"][0].clone()
}

fn number(rule: &str) -> RetentionRuleId {
    RetentionRuleId(rule.strip_prefix("retention_rule_").unwrap().parse().unwrap())
}

#[tokio::test]
async fn msk_18_whose_time_is_over_is_erased_and_who_must_be_kept_is_not() {
    let (rollbook, _clock, ids) = two_months_later(["ann", "bob", "cid"]).await;
    let (olga, otto) = (officer(&rollbook, "olga").await, officer(&rollbook, "otto").await);
    let late = deleted(&rollbook, "dan").await;
    olga.accept("placeLegalHold", json!({ "userId": ids[1], "reason": "case 7" }), "").await;
    olga.accept("openAccessRequest", json!({ "userId": ids[2], "ticket": "T-1" }), "").await;
    let rule = rule_that_is_on(&olga, &otto).await;
    let wanted = json!({
        "touched": [{ "userId": ids[0] }],
        "kept": [{ "userId": ids[1], "because": "LEGAL_HOLD" },
                 { "userId": ids[2], "because": "ACCESS_REQUEST_WAITS" }],
        "complete": true,
    });
    assert_eq!(dry_run(&olga, &rule).await, wanted);
    assert_eq!(carry_out_due(&rollbook.directory).await.unwrap(), Left::Nothing);
    let run = last_run(&olga).await;
    assert_eq!((&run["runningId"], &run["lastRun"]["applied"]), (&Value::Null, &json!(1)));
    assert_eq!(run["lastRun"]["kept"], 2);
    let shown = |id: &str| {
        let document = "query($id: ID!) { user(by: { id: $id }) { email fullName } }";
        let (olga, id) = (&olga, id.to_owned());
        async move { olga.data(document, json!({ "id": id })).await["user"].clone() }
    };
    assert_eq!(shown(&ids[0]).await, json!({ "email": null, "fullName": null }));
    for kept in [&ids[1], &ids[2], &late] {
        assert!(shown(kept).await["email"].is_string());
    }
    let document = "query($id: ID!) { history(filter: { user: $id }) { nodes { type actorId } } }";
    let told = olga.data(document, json!({ "id": ids[0] })).await["history"]["nodes"].clone();
    assert_eq!(told[0], json!({ "type": "PII_MASKED", "actorId": "user_3" }));
    assert_eq!(told[1], json!({ "type": "RETENTION_APPLIED", "actorId": "user_3" }));
}

#[tokio::test]
async fn nothing_is_recorded_where_nobody_is_due() {
    let (rollbook, _clock) = rollbook_with_clock().await;
    let (olga, otto) = (officer(&rollbook, "olga").await, officer(&rollbook, "otto").await);
    deleted(&rollbook, "ann").await;
    rule_that_is_on(&olga, &otto).await;
    let before = rollbook.directory.reached();
    assert_eq!(carry_out_due(&rollbook.directory).await.unwrap(), Left::Nothing);
    assert_eq!(rollbook.directory.reached(), before);
}

#[tokio::test]
async fn a_rule_that_is_off_says_whom_it_would_touch_and_touches_nobody() {
    let (rollbook, _clock, ids) = two_months_later(["ann", "bob", "cid"]).await;
    let olga = officer(&rollbook, "olga").await;
    let input = json!({ "kind": "DELETED_FOR", "months": 1, "reason": "policy 3" });
    let payload = olga.accept("defineRetentionRule", input, "rule { id }").await;
    let rule = payload["rule"]["id"].as_str().unwrap();
    assert_eq!(dry_run(&olga, rule).await["touched"].as_array().unwrap().len(), ids.len());
    let before = rollbook.directory.reached();
    carry_out_due(&rollbook.directory).await.unwrap();
    assert_eq!(rollbook.directory.reached(), before);
}

#[tokio::test]
async fn a_run_is_bounded_and_the_next_goes_on() {
    let (rollbook, _clock, _) = two_months_later(["ann", "bob", "cid"]).await;
    let (olga, otto) = (officer(&rollbook, "olga").await, officer(&rollbook, "otto").await);
    let rule = number(&rule_that_is_on(&olga, &otto).await);
    assert_eq!(rollbook.directory.carry_out_retention(rule, 2).await.unwrap(), Left::More);
    assert_eq!(last_run(&olga).await["lastRun"]["applied"], 2);
    assert_eq!(rollbook.directory.carry_out_retention(rule, 2).await.unwrap(), Left::Nothing);
    assert_eq!(last_run(&olga).await["lastRun"]["applied"], 1);
}

#[tokio::test]
async fn a_run_that_a_crash_cut_short_is_gone_on_with() {
    let (rollbook, clock, ids) = two_months_later(["ann", "bob", "cid"]).await;
    let (olga, otto) = (officer(&rollbook, "olga").await, officer(&rollbook, "otto").await);
    let rule = number(&rule_that_is_on(&olga, &otto).await);
    // Begun, and ended by nobody.
    rollbook.directory.ask(Asking::by(Caller::System), StartRetentionRun { rule }).await.unwrap();
    let begun = last_run(&olga).await["runningId"].clone();
    let folder = Arc::clone(&rollbook.folder);
    rollbook.stop().await;
    let mut options = options(&folder);
    options.clock = clock;
    let rollbook = Rollbook::start_with(folder, options).await;
    carry_out_due(&rollbook.directory).await.unwrap();
    let olga = rollbook.sign_in("olga", "password of an officer").await;
    let run = last_run(&olga).await;
    assert_eq!((&run["lastRun"]["id"], &run["lastRun"]["applied"]), (&begun, &json!(ids.len())));
    let before = rollbook.directory.reached();
    carry_out_due(&rollbook.directory).await.unwrap();
    assert_eq!(rollbook.directory.reached(), before, "done once");
}

#[tokio::test]
async fn rules_are_for_compliance_officers() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "kind": "DELETED_FOR", "months": 1, "reason": "policy 3" });
    assert_eq!(rollbook.admin.refuse("defineRetentionRule", input).await, ["FORBIDDEN"]);
    let olga = officer(&rollbook, "olga").await;
    let endless = json!({ "kind": "DELETED_FOR", "months": 1_201, "reason": "policy 3" });
    assert_eq!(olga.refuse("defineRetentionRule", endless).await, ["INVALID"]);
    let unknown = json!({ "ruleId": "retention_rule_7", "state": "ON", "reason": "policy 3" });
    assert_eq!(olga.refuse("switchRetentionRule", unknown).await, ["NOT_FOUND"]);
}
