//! Business rules on users: what they are, and what those do that change records.

use serde_json::{Value, json};

use super::{agent, history, member, password, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const RULE: &str = "rule { id name trigger enabled deleted version url condition { kind teamId } \
                    updates { change userId } }";

/// A rule before a deletion that makes these changes; gives its id.
async fn updating(client: &Client, name: &str, changes: Value) -> String {
    let action = json!({ "updateRecord": changes });
    let input = json!({ "trigger": "PRE_DELETE", "name": name, "action": action });
    let payload = client.accept("defineUserRule", input, "rule { id }").await;
    payload["rule"]["id"].as_str().unwrap().to_owned()
}

/// Names and whether they are in force, in the order in which they run.
async fn listed(client: &Client) -> Value {
    client.data("{ userRules { name enabled } }", json!({})).await["userRules"].clone()
}

async fn runs(client: &Client, filter: Value, fields: &str) -> Value {
    let document = format!("query($filter: RuleRunFilter) {{ ruleRuns(filter: $filter) {{ {fields} }} }}");
    client.data(&document, json!({ "filter": filter })).await["ruleRuns"].clone()
}

#[tokio::test]
async fn brl_01_a_rule_says_when_it_runs_for_whom_and_what_it_changes() {
    let rollbook = Rollbook::start().await;
    let input = json!({
        "trigger": "PRE_DELETE",
        "name": "Hand over",
        "condition": [{ "kind": "AGENT" }],
        "action": { "updateRecord": [{ "change": "REPORTS_TO_USER", "userId": "user_8" }, { "change": "LEAVE_TEAMS" }] },
    });
    let payload = rollbook.admin.accept("defineUserRule", input, RULE).await;
    let expected = json!({
        "id": "rule_1", "name": "Hand over", "trigger": "PRE_DELETE", "enabled": true, "deleted": false,
        "version": 1, "url": null, "condition": [{ "kind": "AGENT", "teamId": null }],
        "updates": [
            { "change": "REPORTS_TO_USER", "userId": "user_8" },
            { "change": "LEAVE_TEAMS", "userId": null },
        ],
    });
    assert_eq!(payload["rule"], expected);
}

#[tokio::test]
async fn brl_02_rules_are_listed_in_their_order_and_switched() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let leave = json!([{ "change": "LEAVE_TEAMS" }]);
    let (first, second) =
        (updating(admin, "First", leave.clone()).await, updating(admin, "Second", leave).await);
    admin.accept("disableUserRule", json!({ "ruleId": first }), "").await;
    let order = json!({ "trigger": "PRE_DELETE", "ruleIds": [second, first] });
    let payload = admin.accept("reorderUserRules", order, "rules { id }").await;
    assert_eq!(payload["rules"], json!([{ "id": second }, { "id": first }]));
    let expected = json!([{ "name": "Second", "enabled": true }, { "name": "First", "enabled": false }]);
    assert_eq!(listed(admin).await, expected);
    admin.accept("enableUserRule", json!({ "ruleId": first }), "").await;
    admin.accept("deleteUserRule", json!({ "ruleId": second }), "").await;
    assert_eq!(listed(admin).await, json!([{ "name": "First", "enabled": true }]));
}

#[tokio::test]
async fn brl_02_what_becomes_of_a_rule_is_in_the_history() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let rule = updating(admin, "Hand over", json!([{ "change": "REPORTS_TO_SUPERIOR" }])).await;
    let change = json!({ "ruleId": rule, "name": "Leave", "action": { "updateRecord": [{ "change": "LEAVE_TEAMS" }] } });
    admin.accept("changeUserRule", change, "").await;
    let document = "{ history(filter: { types: [USER_RULE_DEFINED, USER_RULE_CHANGED] }, newestFirst: false) \
                    { nodes { summary subject { kind id name } changes { field from to } } } }";
    let nodes = admin.data(document, json!({})).await["history"]["nodes"].clone();
    let subject = json!({ "kind": "USER_RULE", "id": "rule_1", "name": "Leave" });
    let expected = json!([
        { "summary": "Administrator defined the rule Leave", "subject": subject, "changes": [
            { "field": "name", "from": null, "to": "Hand over" },
            { "field": "trigger", "from": null, "to": "PRE_DELETE" },
            { "field": "order", "from": null, "to": "1" },
            { "field": "condition", "from": null, "to": null },
            { "field": "action", "from": null, "to": "REPORTS_TO_SUPERIOR" },
            { "field": "url", "from": null, "to": null },
        ] },
        { "summary": "Administrator changed the rule Leave", "subject": subject, "changes": [
            { "field": "name", "from": "Hand over", "to": "Leave" },
            { "field": "action", "from": "REPORTS_TO_SUPERIOR", "to": "LEAVE_TEAMS" },
        ] },
    ]);
    assert_eq!(nodes, expected);
}

#[tokio::test]
async fn brl_04_after_a_deletion_a_rule_cannot_update_a_record() {
    let rollbook = Rollbook::start().await;
    let action = json!({ "updateRecord": [{ "change": "LEAVE_TEAMS" }] });
    let input = json!({ "trigger": "POST_DELETE", "name": "Late", "action": action });
    let payload = rollbook.admin.mutate("defineUserRule", input, "").await;
    assert_eq!(payload["errors"][0]["code"], "INVOKE_ONLY");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "action"]));
    assert_eq!(listed(&rollbook.admin).await, json!([]));
}

#[tokio::test]
async fn rules_are_made_by_administrators_and_seen_by_auditors() {
    let rollbook = Rollbook::start().await;
    let auditor = member(&rollbook, "AUDITOR", "olga").await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let rule = updating(&rollbook.admin, "Leave", json!([{ "change": "LEAVE_TEAMS" }])).await;
    for client in [&auditor, &manager] {
        assert_eq!(client.refuse("disableUserRule", json!({ "ruleId": rule })).await, ["FORBIDDEN"]);
    }
    assert_eq!(listed(&auditor).await, json!([{ "name": "Leave", "enabled": true }]));
    let node = json!({ "id": rule });
    let document = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(auditor.data(document, node.clone()).await["node"]["id"], json!(rule));
    assert_eq!(manager.data(document, node).await["node"], Value::Null);
    assert_eq!(manager.graphql("{ userRules { id } }").await.code(), "FORBIDDEN");
    assert_eq!(manager.graphql("{ ruleRuns { id } }").await.code(), "FORBIDDEN");
}

#[tokio::test]
async fn a_rule_that_calls_is_refused_while_no_call_can_be_made() {
    let rollbook = Rollbook::start().await;
    let action = json!({ "invoke": { "url": "https://hooks.example.org/" } });
    for trigger in ["PRE_DELETE", "POST_DELETE"] {
        let input = json!({ "trigger": trigger, "name": "Tell", "action": action });
        assert_eq!(rollbook.admin.refuse("defineUserRule", input).await, ["ORIGIN_NOT_ALLOWED"]);
    }
    assert_eq!(listed(&rollbook.admin).await, json!([]));
}

/// Ann, to whom bob reports, and whom cid's proxy grant names.
async fn ann_and_hers(rollbook: &Rollbook) -> (String, String, String) {
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let bob = admin.create("AGENT", "bob").await;
    let cid = admin.create("AGENT", "cid").await;
    let report = json!({ "userId": bob, "reportsTo": ann });
    admin.accept("changeReportingLine", report, "").await;
    let grant = json!({ "userId": cid, "scope": "SELECTED", "users": [ann, bob] });
    admin.accept("changeProxyGrant", grant, "").await;
    (ann, bob, cid)
}

#[tokio::test]
async fn brl_05_brl_08_a_rule_takes_references_and_its_changes_are_tied_to_the_deletion() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob, cid) = ann_and_hers(&rollbook).await;
    let changes =
        json!([{ "change": "REPORTS_TO_USER", "userId": cid }, { "change": "REMOVE_PROXY_GRANTS_TO" }]);
    let rule = updating(admin, "Hand over", changes).await;
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let above = user(admin, &bob, "reportsTo { id }").await;
    assert_eq!(above["reportsTo"]["id"], json!(cid));

    let fields = "type actor { id kind } onBehalfOf correlationId";
    let entries = history(admin, &ann, fields).await;
    let deletion = entries.iter().find(|entry| entry["type"] == "USER_DELETED").unwrap();
    let correlation = deletion["correlationId"].clone();
    assert_eq!(deletion["actor"], json!({ "id": "user_8", "kind": "PERSON" }));
    for (of, kind) in
        [(&ann, "USER_RULE_STARTED"), (&bob, "REPORTING_LINE_CHANGED"), (&cid, "PROXY_GRANT_CHANGED")]
    {
        let entries = history(admin, of, fields).await;
        let entry = entries.iter().rfind(|entry| entry["type"] == kind).unwrap();
        assert_eq!(entry["actor"], json!({ "id": "user_3", "kind": "AUTOMATION" }), "{kind}");
        assert_eq!(entry["onBehalfOf"], "user_8", "{kind}");
        assert_eq!(entry["correlationId"], correlation, "{kind}");
    }
    let found =
        runs(admin, json!({ "userId": ann }), "ruleId userId state attempts fault changes correlationId")
            .await;
    let expected = json!([{
        "ruleId": rule, "userId": ann, "state": "DONE", "attempts": 1, "fault": null, "changes": 2,
        "correlationId": correlation,
    }]);
    assert_eq!(found, expected);
    assert_eq!(runs(admin, json!({ "state": "FAILED" }), "id").await, json!([]));
    assert_eq!(
        runs(admin, json!({ "correlationId": correlation }), "ruleId").await,
        json!([{ "ruleId": rule }])
    );
}

#[tokio::test]
async fn brl_05_a_rule_that_fails_is_named_and_nothing_happens() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob, _) = ann_and_hers(&rollbook).await;
    let dan = admin.create("AGENT", "dan").await;
    let changes =
        json!([{ "change": "REMOVE_PROXY_GRANTS_TO" }, { "change": "REPORTS_TO_USER", "userId": dan }]);
    let rule = updating(admin, "Hand over", changes).await;
    admin.accept("changeReportingLine", json!({ "userId": dan, "reportsTo": bob }), "").await;
    let document =
        "mutation($input: DeleteUserInput!) { deleteUser(input: $input) { errors { code ruleId message } } }";
    let payload = admin.data(document, json!({ "input": { "userId": ann } })).await;
    let error = &payload["deleteUser"]["errors"][0];
    assert_eq!((&error["code"], &error["ruleId"]), (&json!("RULE_FAILED"), &json!(rule)));
    assert_eq!(user(admin, &ann, "deleted").await["deleted"], false);
    assert_eq!(user(admin, &bob, "reportsTo { id }").await["reportsTo"]["id"], json!(ann));
    let found = runs(admin, json!({ "userId": ann }), "ruleId state fault").await;
    assert_eq!(found, json!([{ "ruleId": rule, "state": "FAILED", "fault": "SUPERIOR_BELOW" }]));
}

#[tokio::test]
async fn a_deletion_that_is_asked_twice_has_one_receipt_in_spite_of_rules() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, ..) = ann_and_hers(&rollbook).await;
    let changes = json!([{ "change": "REMOVE_PROXY_GRANTS_TO" }, { "change": "REPORTS_TO_NOBODY" }]);
    updating(admin, "Let go", changes).await;
    let input = json!({ "userId": ann, "idempotencyKey": "delete ann" });
    let first = admin.accept("deleteUser", input.clone(), "").await;
    let again = admin.accept("deleteUser", input, "").await;
    assert_eq!((&again["position"], &again["repeated"]), (&first["position"], &json!(true)));
}

#[tokio::test]
async fn brl_07_a_user_that_a_rule_creates_is_made_by_user_3_and_names_the_rule() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["automation"] = json!("Nightly sync");
    let payload = rollbook.admin.accept("createUser", input, "user { id }").await;
    let ann = payload["user"]["id"].as_str().unwrap();
    rollbook.sign_in("ann", &password("ann")).await;
    let entries = history(&rollbook.admin, ann, "type actor { id kind } changes { field to }").await;
    let system = json!({ "id": "user_3", "kind": "AUTOMATION" });
    let of = |kind: &str| entries.iter().find(|entry| entry["type"] == kind).unwrap().clone();
    assert_eq!(of("USER_CREATED")["actor"], system);
    let named = of("USER_CREATED_BY_RULE");
    assert_eq!(named["actor"], system);
    assert_eq!(named["changes"], json!([{ "field": "automation", "to": "Nightly sync" }]));
}
