//! Calls before a deletion.

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::UserId;
use rollbook_schema::command::DeleteUser;
use serde_json::{Value, json};

use super::{Calling, invoke, opened, to};
use crate::support::hooks::{GOOD, Reply};

#[tokio::test]
async fn brl_03_a_rule_calls_and_the_user_is_deleted() {
    let calling = Calling::start().await;
    let rule = calling.rule("PRE_DELETE", "/gone?by=rollbook").await;
    let ann = calling.user("ann").await;
    let payload = calling.delete(&ann).await;
    assert_eq!(payload["errors"], json!([]));
    assert!(!calling.is_there(&ann).await);
    let calls = calling.hooks.calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].head.lines().next(), Some("POST /gone?by=rollbook HTTP/1.1"));
    assert_eq!(calls[0].header("content-type"), Some("application/json"));
    let document = "{ ruleRuns { id ruleId userId state attempts fault changes correlationId } }";
    let runs = calling.rollbook.admin.data(document, json!({})).await["ruleRuns"].clone();
    let (run, correlation) = (runs[0]["id"].as_str().unwrap(), runs[0]["correlationId"].as_str().unwrap());
    let expected = json!([{ "id": run, "ruleId": rule, "userId": ann, "state": "DONE", "attempts": 1,
        "fault": null, "changes": 0, "correlationId": correlation }]);
    assert_eq!(runs, expected);
    let position: u64 = run.strip_prefix("event_").unwrap().parse().unwrap();
    let key = format!("{correlation}-{position}");
    let expected = json!({ "rule": rule, "trigger": "PRE_DELETE", "user": ann, "run": run, "position": position,
        "correlationId": correlation, "idempotencyKey": key });
    assert_eq!(calls[0].letter(), expected);
    assert_eq!(calls[0].header("idempotency-key"), Some(&*key));
}

#[tokio::test]
async fn brl_08_a_call_is_recorded_as_what_automation_does_for_whoever_deletes() {
    let calling = Calling::start().await;
    calling.rule("PRE_DELETE", "/").await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    let document = "query($id: ID!) { history(filter: { user: $id, types: [USER_RULE_STARTED, USER_RULE_FINISHED, \
                    USER_DELETED] }, newestFirst: false) { nodes { type actor { name } onBehalfOf \
                    correlationId } } }";
    let nodes = calling.rollbook.admin.data(document, json!({ "id": ann })).await["history"]["nodes"].clone();
    let told: Vec<Value> = nodes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| json!([it["type"], it["actor"]["name"], it["onBehalfOf"]]))
        .collect();
    let expected = json!([
        ["USER_RULE_STARTED", "System", "user_8"],
        ["USER_RULE_FINISHED", "System", "user_8"],
        ["USER_DELETED", "Administrator", null],
    ]);
    assert_eq!(json!(told), expected);
    assert!((1..3).all(|one| nodes[one]["correlationId"] == nodes[0]["correlationId"]));
}

#[tokio::test]
async fn brl_05_a_call_that_fails_keeps_the_user_and_is_recorded() {
    let calling = Calling::start().await;
    let rule = calling.rule("PRE_DELETE", "/gone").await;
    let ann = calling.user("ann").await;
    let elsewhere = Reply::Head("307 Temporary Redirect\r\nlocation: /elsewhere");
    let answers = [Reply::Head("500 Oh"), elsewhere, Reply::Head("404 Not Found"), Reply::HangUp];
    for (count, answer) in answers.into_iter().enumerate() {
        calling.hooks.answer(answer);
        let payload = calling.delete(&ann).await;
        assert_eq!(payload["errors"], json!([{ "code": "RULE_FAILED", "ruleId": rule }]));
        assert_eq!(calling.hooks.calls().len(), count + 1);
    }
    assert!(calling.is_there(&ann).await);
    let expected = json!([
        ["FAILED", 1, "REFUSED"],
        ["FAILED", 1, "REFUSED"],
        ["FAILED", 1, "REFUSED"],
        ["FAILED", 1, "UNREACHABLE"],
    ]);
    assert_eq!(calling.runs().await, expected);
    assert!(calling.hooks.calls().iter().all(|call| call.head.starts_with("POST /gone ")));
}

#[tokio::test]
async fn brl_03_where_the_configuration_does_not_allow_nothing_is_called() {
    let calling = Calling::start().await;
    for url in ["https://hooks.example.org/", "http://127.0.0.1:1/", "http://localhost/"] {
        let input = json!({ "trigger": "PRE_DELETE", "name": "Tell", "action": invoke(url) });
        assert_eq!(calling.rollbook.admin.refuse("defineUserRule", input).await, ["ORIGIN_NOT_ALLOWED"]);
    }
    calling.rule("PRE_DELETE", "/").await;
    let ann = calling.user("ann").await;
    let calling = calling.restarted(to(&[])).await;
    assert_eq!(calling.delete(&ann).await["errors"][0]["code"], "RULE_FAILED");
    assert_eq!(calling.runs().await, json!([["FAILED", 1, "NOT_ALLOWED"]]));
    assert!(calling.hooks.calls().is_empty() && calling.is_there(&ann).await);
}

#[tokio::test]
async fn brl_05_a_rule_that_changes_while_it_is_called_is_called_again() {
    let calling = Calling::start().await;
    let rule = calling.rule("PRE_DELETE", "/old").await;
    let ann = calling.user("ann").await;
    calling.hooks.answer(Reply::Silence);
    let change = async {
        calling.hooks.arrived(1).await;
        let action = invoke(&format!("{}/new", calling.hooks.origin()));
        let input = json!({ "ruleId": rule, "action": action });
        calling.rollbook.admin.accept("changeUserRule", input, "").await;
        calling.hooks.answer(GOOD);
    };
    let (payload, ()) = tokio::join!(calling.delete(&ann), change);
    assert_eq!(payload["errors"], json!([]));
    let calls = calling.hooks.calls();
    let lines: Vec<&str> = calls.iter().filter_map(|call| call.head.lines().next()).collect();
    assert_eq!(lines, ["POST /old HTTP/1.1", "POST /new HTTP/1.1"]);
}

#[tokio::test]
async fn brl_03_nobody_else_waits_for_a_call() {
    let calling = Calling::start().await;
    calling.rule("PRE_DELETE", "/").await;
    let ann = calling.user("ann").await;
    calling.hooks.answer(Reply::Silence);
    let others = async {
        calling.hooks.arrived(1).await;
        let bob = calling.user("bob").await;
        assert_eq!(calling.runs().await, json!([["STARTED", 0, null]]));
        calling.hooks.answer(GOOD);
        bob
    };
    let (payload, bob) = tokio::join!(calling.delete(&ann), others);
    assert_eq!(payload["errors"], json!([]));
    assert!(calling.is_there(&bob).await && !calling.is_there(&ann).await);
}

#[tokio::test]
async fn brl_05_whoever_hangs_up_leaves_no_run_without_an_end() {
    let calling = Calling::start().await;
    calling.rule("PRE_DELETE", "/").await;
    let ann = calling.user("ann").await;
    calling.hooks.answer(Reply::Silence);
    tokio::select! {
        payload = calling.delete(&ann) => panic!("it was answered: {payload}"),
        () = calling.hooks.arrived(1) => {}
    }
    let mut reached = calling.rollbook.directory.watch_reached();
    calling.hooks.answer(GOOD);
    while calling.is_there(&ann).await {
        reached.changed().await.unwrap();
    }
    assert_eq!(calling.runs().await, json!([["DONE", 1, null]]));
}

#[tokio::test]
async fn brl_05_a_run_that_a_stop_cut_off_has_failed() {
    let calling = Calling::start().await;
    calling.rule("PRE_DELETE", "/").await;
    calling.user("ann").await;
    calling.hooks.answer(Reply::Silence);
    let directory = calling.rollbook.directory.clone();
    let deletion = DeleteUser { user: UserId(9), called: Vec::new() };
    let deleting = tokio::spawn(async move { directory.ask(Asking::by(Caller::System), deletion).await });
    calling.hooks.arrived(1).await;
    let Calling { rollbook, hooks, clock } = calling;
    let folder = rollbook.stop().await;
    hooks.answer(GOOD);
    assert!(deleting.await.unwrap().is_err());
    let rollbook = opened(folder, &clock, to(&[hooks.origin()])).await;
    let calling = Calling { rollbook, hooks, clock };
    assert_eq!(calling.runs().await, json!([["FAILED", 1, "UNREACHABLE"]]));
    assert!(calling.is_there("user_9").await);
    assert_eq!(calling.delete("user_9").await["errors"], json!([]));
}

#[tokio::test]
async fn brl_03_of_many_each_is_called_for_and_judged_alone() {
    let calling = Calling::start().await;
    let rule = calling.rule("PRE_DELETE", "/").await;
    let (ann, bob) = (calling.user("ann").await, calling.user("bob").await);
    let dan = calling.rollbook.admin.create("CLIENT", "dan").await;
    let only_agents = json!({ "ruleId": rule, "condition": [{ "kind": "AGENT" }] });
    calling.rollbook.admin.accept("changeUserRule", only_agents, "").await;
    let input = json!({ "command": { "plain": "DELETE_USER" }, "userIds": [ann, bob, dan] });
    let document = "mutation($input: BulkInput!) { bulk(input: $input) { accepted refused } }";
    let payload = calling.rollbook.admin.data(document, json!({ "input": input })).await["bulk"].clone();
    assert_eq!(payload, json!({ "accepted": 3, "refused": 0 }));
    let mut told: Vec<Value> =
        calling.hooks.calls().iter().map(|call| call.letter()["user"].clone()).collect();
    told.sort_by_key(Value::to_string);
    let mut expected = [json!(ann), json!(bob)];
    expected.sort_by_key(Value::to_string);
    assert_eq!(told, expected);
    for user in [&ann, &bob, &dan] {
        assert!(!calling.is_there(user).await);
    }
}

#[tokio::test]
async fn brl_03_a_deletion_that_is_repeated_calls_once() {
    let calling = Calling::start().await;
    calling.rule("PRE_DELETE", "/").await;
    let ann = calling.user("ann").await;
    let input = json!({ "userId": ann, "idempotencyKey": "once" });
    for repeated in [false, true] {
        let payload = calling.rollbook.admin.accept("deleteUser", input.clone(), "").await;
        assert_eq!(payload["repeated"], json!(repeated));
    }
    assert_eq!(calling.hooks.calls().len(), 1);
}
