//! A scene of the golden log: a retention rule. Runs take a clock, so they are not in it.

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::command::SwitchRetentionRule;
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::{Reason, RetentionState};
use serde_json::json;

use crate::support::rollbook::Rollbook;

/// A rule is defined, switched by a second person, and deleted.
pub async fn retention(rollbook: &Rollbook) {
    let input = json!({ "kind": "AGENT", "username": "rita", "email": "rita@example.org",
                        "fullName": "Rita", "password": "password of rita",
                        "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("createUser", input, "").await;
    let rita = rollbook.sign_in("rita", "password of rita").await;
    let input = json!({ "kind": "DELETED_FOR", "months": 24, "reason": "policy 3" });
    let payload = rita.accept("defineRetentionRule", input, "rule { id }").await;
    let rule = &payload["rule"]["id"];
    let number = rule.as_str().unwrap().strip_prefix("retention_rule_").unwrap().parse().unwrap();
    let mut asking = Asking::by(Caller::Operator);
    asking.context.reason = Some(Reason::parse("policy 3").unwrap());
    let switch = SwitchRetentionRule { rule: RetentionRuleId(number), to: RetentionState::On };
    rollbook.directory.ask(asking, switch).await.unwrap();
    rita.accept("deleteRetentionRule", json!({ "ruleId": rule, "reason": "policy 4" }), "").await;
}

/// A rule for sign-ins is defined.
pub async fn sign_in_retention(rollbook: &Rollbook) {
    let input = json!({ "kind": "AGENT", "username": "rosa", "email": "rosa@example.org",
                        "fullName": "Rosa", "password": "password of rosa",
                        "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("createUser", input, "").await;
    let rosa = rollbook.sign_in("rosa", "password of rosa").await;
    let input = json!({ "kind": "SIGN_IN_CONTEXT_AFTER", "days": 90, "reason": "policy 5" });
    rosa.accept("defineRetentionRule", input, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scene_of_retention_can_be_played() {
    let rollbook = Rollbook::start().await;
    retention(&rollbook).await;
    sign_in_retention(&rollbook).await;
}
