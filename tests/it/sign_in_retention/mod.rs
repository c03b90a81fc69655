//! Where sign-ins came from: unreadable everywhere once they are old enough, and nothing else is.

mod crashes;
mod histories;
mod restored;
mod rules;
mod traces;

use std::path::Path;
use std::sync::Arc;

use rollbook::access::Caller;
use rollbook::directory::{Asking, SignInRequest};
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::ClientType;
use serde_json::{Value, json};

use crate::cli_program::Place;
use crate::support::clock::{TestClock, rollbook_with_clock};
use crate::support::http::Client;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};

/// From where somebody signed in first, and the program; and later.
pub const OLD: [&str; 2] = ["203.0.113.77", "Zitronenfalter/7.1"];
pub const LATER: [&str; 2] = ["198.51.100.23", "Distelfink/2.0"];
pub const DAY: i64 = 24 * 60;

/// Ann signed in twice, with forty days between, and two compliance officers are there since the second.
pub struct Case {
    pub rollbook: Rollbook,
    pub clock: Arc<TestClock>,
    pub ann: String,
    pub olga: Client,
    pub otto: Client,
}

pub async fn case() -> Case {
    let (mut rollbook, clock) = rollbook_with_clock().await;
    // Her first session still runs when it is over for where it came from.
    rollbook.admin.accept("changeSettings", json!({ "sessionMinutes": 90 * DAY }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    signs_in(&rollbook, "ann", OLD).await;
    clock.pass_minutes(40 * DAY);
    rollbook.admin = rollbook.sign_in("admin", ADMIN_PASSWORD).await;
    signs_in(&rollbook, "ann", LATER).await;
    let (olga, otto) = (officer(&rollbook, "olga").await, officer(&rollbook, "otto").await);
    Case { rollbook, clock, ann, olga, otto }
}

async fn officer(rollbook: &Rollbook, name: &str) -> Client {
    let id = rollbook.admin.create("AGENT", name).await;
    let profile = json!({ "userId": id, "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    rollbook.sign_in(name, &format!("password of {name}")).await
}

/// Tries to, with the password of that name or another.
pub async fn tries(rollbook: &Rollbook, name: &str, password: &str, [address, program]: [&str; 2]) -> bool {
    let mut asking = Asking::by(Caller::System);
    asking.context.client_address = Some(address.to_owned());
    asking.context.user_agent = Some(program.to_owned());
    let password = password.to_owned().into();
    let request = SignInRequest { login: name.to_owned(), password, client: ClientType::default() };
    rollbook.directory.sign_in(&asking, request).await.is_ok()
}

pub async fn signs_in(rollbook: &Rollbook, name: &str, from: [&str; 2]) {
    assert!(tries(rollbook, name, &format!("password of {name}"), from).await);
}

/// A rule for sign-ins, defined by the one; the other has not switched it on.
pub async fn defined(case: &Case, days: u32) -> String {
    let input = json!({ "kind": "SIGN_IN_CONTEXT_AFTER", "days": days, "reason": "policy 5" });
    let payload = case.olga.accept("defineRetentionRule", input, "rule { id kind state days months }").await
        ["rule"]
        .clone();
    assert_eq!((&payload["state"], &payload["days"]), (&json!("OFF"), &json!(days)));
    payload["id"].as_str().unwrap().to_owned()
}

pub async fn switched_on(case: &Case, days: u32) -> String {
    let rule = defined(case, days).await;
    let on = json!({ "ruleId": rule, "state": "ON", "reason": "policy 5" });
    assert_eq!(case.olga.refuse("switchRetentionRule", on.clone()).await, ["SECOND_PERSON_NEEDED"]);
    case.otto.accept("switchRetentionRule", on, "").await;
    rule
}

pub fn number(rule: &str) -> RetentionRuleId {
    RetentionRuleId(rule.strip_prefix("retention_rule_").unwrap().parse().unwrap())
}

pub async fn dry_run(client: &Client, rule: &str) -> Value {
    let document = "query($id: ID!) { retentionDryRun(ruleId: $id) { kind touched { userId dueAt records } \
                    kept { userId because records } complete } }";
    client.data(document, json!({ "id": rule })).await["retentionDryRun"].clone()
}

pub async fn rule(client: &Client) -> Value {
    let document = "{ retentionRules { runningId lastRun { id applied kept } } }";
    client.data(document, json!({})).await["retentionRules"][0].clone()
}

/// Every way in which a served directory tells of a person's sign-ins.
pub async fn answers(case: &Case) -> String {
    let mut all = String::new();
    let document = "query($id: ID!) { history(filter: { user: $id }, first: 100) { nodes { type summary \
                    changes { field from to } context { clientAddress userAgent } } } \
                    user(by: { id: $id }) { sessions { clientAddress userAgent } } }";
    all += &case.rollbook.admin.data(document, json!({ "id": case.ann })).await.to_string();
    for format in ["ndjson", "csv", "cloudevents"] {
        let answer = case.rollbook.admin.get(&format!("/history/export?format={format}")).await;
        assert!(answer.status.is_success(), "{format}: {}", answer.text());
        all += &answer.text();
    }
    for file in ["file.json", "file.html"] {
        let answer = case.olga.get(&format!("/people/{}/{file}?ticket=T-1", case.ann)).await;
        assert!(answer.status.is_success(), "{file}: {}", answer.text());
        all += &answer.text();
    }
    all
}

/// Everything that the keys of a closed directory open.
pub fn revealed(data: &Path) -> String {
    let place = Place::empty();
    let ran = place.run(&["log", "--data", data.to_str().unwrap(), "--reveal"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[track_caller]
pub fn tells(text: &str, words: [&str; 2], expected: bool) {
    for word in words {
        assert_eq!(text.contains(word), expected, "{word}");
    }
}
