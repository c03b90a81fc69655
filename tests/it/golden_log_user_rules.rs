//! A scene of the golden log: rules on users that change records when somebody is deleted, and one that made a
//! user.

use rollbook::rule_calls::RuleCalls;
use serde_json::json;

use crate::support::rollbook::Rollbook;

/// Where the rule of the scene may call. Nothing calls: what is queued waits.
pub fn nobody_there() -> RuleCalls {
    let origins = std::iter::once("http://127.0.0.1:9".to_owned()).collect();
    RuleCalls::to(origins, None).unwrap()
}

/// Every event about rules once.
pub async fn user_rules(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let define = async |name: &str, change: serde_json::Value| {
        let action = json!({ "updateRecord": [change] });
        let input = json!({ "trigger": "PRE_DELETE", "name": name, "action": action });
        let payload = admin.accept("defineUserRule", input, "rule { id }").await;
        payload["rule"]["id"].clone()
    };
    let (vera, wim) = (admin.create("AGENT", "vera").await, admin.create("AGENT", "wim").await);
    admin.accept("changeReportingLine", json!({ "userId": wim, "reportsTo": vera }), "").await;
    let first = define("Hand over", json!({ "change": "REPORTS_TO_NOBODY" })).await;
    let second = define("Leave", json!({ "change": "LEAVE_TEAMS" })).await;
    let name = json!({ "ruleId": second, "name": "Leave all teams" });
    admin.accept("changeUserRule", name, "").await;
    let order = json!({ "trigger": "PRE_DELETE", "ruleIds": [second, first] });
    admin.accept("reorderUserRules", order, "").await;
    for mutation in ["disableUserRule", "enableUserRule", "deleteUserRule"] {
        admin.accept(mutation, json!({ "ruleId": second }), "").await;
    }
    admin.accept("deleteUser", json!({ "userId": vera }), "").await;
    let made = json!({ "kind": "CLIENT", "email": "xenia@example.org", "fullName": "Xenia", "automation": "nightly" });
    admin.accept("createUser", made, "").await;
    let yuri = admin.create("AGENT", "yuri").await;
    admin.accept("changeReportingLine", json!({ "userId": yuri, "reportsTo": wim }), "").await;
    // Whom to hand over to is gone: the rule fails, and is put out of force for the scenes after this one.
    let gone = json!({ "updateRecord": [{ "change": "REPORTS_TO_USER", "userId": wim }] });
    admin.accept("changeUserRule", json!({ "ruleId": first, "action": gone }), "").await;
    admin.refuse("deleteUser", json!({ "userId": wim })).await;
    admin.accept("disableUserRule", json!({ "ruleId": first }), "").await;
    let action = json!({ "invoke": { "url": "http://127.0.0.1:9/" } });
    let after = json!({ "trigger": "POST_DELETE", "name": "Clean up", "action": action });
    let payload = admin.accept("defineUserRule", after, "rule { id }").await;
    admin.accept("deleteUser", json!({ "userId": yuri }), "").await;
    admin.accept("disableUserRule", json!({ "ruleId": payload["rule"]["id"] }), "").await;
}
