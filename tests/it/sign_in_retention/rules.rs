//! Rules, dry runs, and whom a run touches.

use rollbook::retention::{Left, carry_out_due};
use serde_json::{Value, json};

use super::{Case, DAY, LATER, OLD, answers, case, defined, dry_run, number, rule, switched_on, tells};

fn of<'a>(people: &'a Value, user: &str) -> Option<&'a Value> {
    people.as_array().unwrap().iter().find(|due| due["userId"] == user)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_whom_and_how_much_and_changes_nothing() {
    let case = case().await;
    let rule = defined(&case, 35).await;
    let before = case.rollbook.directory.reached();
    let told = dry_run(&case.olga, &rule).await;
    assert_eq!((&told["kind"], &told["complete"]), (&json!("SIGN_IN_CONTEXT_AFTER"), &json!(true)));
    let ann = of(&told["touched"], &case.ann).unwrap();
    assert_eq!(ann["records"], 1, "the later one is too young");
    assert_eq!(told["kept"], json!([]));
    assert_eq!(carry_out_due(&case.rollbook.directory).await.unwrap(), Left::Nothing, "the rule is off");
    assert_eq!(case.rollbook.directory.reached(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_legal_hold_keeps_where_somebody_signed_in_from() {
    let case = case().await;
    case.olga.accept("placeLegalHold", json!({ "userId": case.ann, "reason": "case 7" }), "").await;
    let id = switched_on(&case, 35).await;
    let told = dry_run(&case.olga, &id).await;
    let kept = of(&told["kept"], &case.ann).unwrap();
    assert_eq!((&kept["because"], &kept["records"]), (&json!("LEGAL_HOLD"), &json!(1)));
    carry_out_due(&case.rollbook.directory).await.unwrap();
    assert_eq!(rule(&case.olga).await["lastRun"]["kept"], 1);
    tells(&answers(&case).await, OLD, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_recorded_where_nothing_is_old_enough() {
    let case = case().await;
    switched_on(&case, 41).await;
    let before = case.rollbook.directory.reached();
    assert_eq!(carry_out_due(&case.rollbook.directory).await.unwrap(), Left::Nothing);
    assert_eq!(case.rollbook.directory.reached(), before);
    tells(&answers(&case).await, OLD, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_recorded_once_and_by_automation() {
    let case = case().await;
    switched_on(&case, 35).await;
    carry_out_due(&case.rollbook.directory).await.unwrap();
    let document = "query($id: ID!) { history(filter: { user: $id }, first: 2) { nodes { type actor { id } \
                    changes { field to } } } }";
    let told =
        case.rollbook.admin.data(document, json!({ "id": case.ann })).await["history"]["nodes"].clone();
    let shredded = json!({ "type": "SIGN_IN_CONTEXT_SHREDDED", "actor": { "id": "user_3" },
                           "changes": [{ "field": "records", "to": "1" }] });
    assert_eq!(told[0], shredded);
    assert_eq!((&told[1]["type"], &told[1]["actor"]["id"]), (&json!("RETENTION_APPLIED"), &json!("user_3")));
    let before = case.rollbook.directory.reached();
    carry_out_due(&case.rollbook.directory).await.unwrap();
    assert_eq!(case.rollbook.directory.reached(), before, "done once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_bounded_by_people() {
    let case = case().await;
    let rule_id = number(&switched_on(&case, 35).await);
    // The administrator signed in on the first day too.
    assert_eq!(case.rollbook.directory.carry_out_retention(rule_id, 1).await.unwrap(), Left::More);
    assert_eq!(rule(&case.olga).await["lastRun"]["applied"], 1);
    assert_eq!(case.rollbook.directory.carry_out_retention(rule_id, 1).await.unwrap(), Left::Nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_goes_when_the_youngest_sign_in_under_it_is_old_enough() {
    let Case { rollbook, clock, ann, olga, otto } = case().await;
    clock.pass_minutes(20 * DAY);
    let case = Case { olga: rollbook.sign_in("olga", "password of olga").await, rollbook, clock, ann, otto };
    drop(olga);
    let rule = defined(&case, 10).await;
    let told = dry_run(&case.olga, &rule).await;
    assert_eq!(of(&told["touched"], &case.ann).unwrap()["records"], 2, "both of its keys");
    tells(&answers_of_officer(&case).await, LATER, true);
}

async fn answers_of_officer(case: &Case) -> String {
    case.olga.get(&format!("/people/{}/file.json?ticket=T-1", case.ann)).await.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_has_the_span_of_its_kind_and_no_other() {
    let case = case().await;
    for (input, code) in [
        (json!({ "kind": "SIGN_IN_CONTEXT_AFTER" }), "REQUIRED"),
        (json!({ "kind": "SIGN_IN_CONTEXT_AFTER", "months": 1, "days": 3 }), "INVALID"),
        (json!({ "kind": "SIGN_IN_CONTEXT_AFTER", "days": 0 }), "INVALID"),
        (json!({ "kind": "SIGN_IN_CONTEXT_AFTER", "days": 3651 }), "INVALID"),
        (json!({ "kind": "DELETED_FOR" }), "REQUIRED"),
        (json!({ "kind": "DELETED_FOR", "months": 1, "days": 3 }), "INVALID"),
    ] {
        let mut input = input;
        input["reason"] = json!("policy 5");
        assert_eq!(case.olga.refuse("defineRetentionRule", input.clone()).await, [code], "{input}");
    }
}
