//! What is left of old sign-ins: nothing that can be read, in any place, and a history that is whole.

use std::fs;
use std::sync::Arc;

use rollbook::retention::carry_out_due;
use serde_json::json;

use super::{Case, LATER, OLD, answers, case, revealed, signs_in, switched_on, tells, tries};
use crate::cli_program::Place;
use crate::erasure::traces::{files, tells as holds};
use crate::support::clock::rollbook_with_clock;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook, options};

#[tokio::test(flavor = "multi_thread")]
async fn old_sign_ins_are_unreadable_everywhere_and_later_ones_are_not() {
    let case = case().await;
    let before = answers(&case).await;
    tells(&before, OLD, true);
    tells(&before, LATER, true);
    assert_eq!(sessions(&case).await, [OLD, LATER].map(|from| Some(from[0].to_owned())));
    let head = case.rollbook.directory.reached();
    switched_on(&case, 35).await;
    carry_out_due(&case.rollbook.directory).await.unwrap();
    let after = answers(&case).await;
    tells(&after, OLD, false);
    tells(&after, LATER, true);
    assert_eq!(sessions(&case).await, [None, Some(LATER[0].to_owned())], "both still run");
    let found = "query($address: String) { history(filter: { clientAddress: $address }) { nodes { type } } }";
    let none = case.rollbook.admin.data(found, json!({ "address": OLD[0] })).await;
    assert_eq!(none["history"]["nodes"], json!([]));
    let some = case.rollbook.admin.data(found, json!({ "address": LATER[0] })).await;
    assert_eq!(some["history"]["nodes"][0]["type"], "SIGNED_IN");
    // At a moment before the run, too.
    let as_of =
        "query($id: ID!, $at: Position) { user(by: { id: $id }, asOf: { position: $at }) { username } }";
    let then = case.rollbook.admin.data(as_of, json!({ "id": case.ann, "at": head.0 })).await;
    assert_eq!(then, json!({ "user": { "username": "ann" } }), "the person is not touched");
}

/// From where each session of Ann's came, the oldest first.
async fn sessions(case: &Case) -> Vec<Option<String>> {
    let document = "query($id: ID!) { user(by: { id: $id }) { sessions { clientAddress } } }";
    let told = case.rollbook.admin.data(document, json!({ "id": case.ann })).await;
    let sessions = told["user"]["sessions"].as_array().unwrap().iter().rev();
    sessions.map(|session| session["clientAddress"].as_str().map(str::to_owned)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn history_stays_whole_and_a_replay_from_zero_equals_what_is_served() {
    let case = case().await;
    switched_on(&case, 35).await;
    carry_out_due(&case.rollbook.directory).await.unwrap();
    let rebuilt = case.rollbook.directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
    let folder = case.rollbook.stop().await;
    let data = folder.path().join("data");
    let revealed = revealed(&data);
    tells(&revealed, OLD, false);
    tells(&revealed, LATER, true);
    for path in files(&data) {
        let bytes = fs::read(&path).unwrap();
        for word in OLD {
            assert!(!holds(&bytes, word), "{} holds {word}", path.display());
        }
    }
    let place = Place::empty();
    let verified = place.run(&["audit", "verify", "--data", data.to_str().unwrap()]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    assert!(verified.out.contains("erased"), "{}", verified.out);
    let mut options = options(&folder);
    options.clock = case.clock;
    let rollbook = Rollbook::start_with(Arc::clone(&folder), options).await;
    signs_in(&rollbook, "ann", OLD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_sign_in_leads_to_goes_with_it() {
    let (mut rollbook, clock) = rollbook_with_clock().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    // Until the account is locked, which is an event of the last attempt.
    for _ in 0..20 {
        assert!(!tries(&rollbook, "ann", "not the password", OLD).await);
    }
    rollbook.settled().await;
    let document = "query($id: ID!) { history(filter: { user: $id, types: [ACCOUNT_LOCKED] }) \
                    { nodes { context { clientAddress } } } }";
    let locked = rollbook.admin.data(document, json!({ "id": ann })).await;
    assert_eq!(locked["history"]["nodes"][0]["context"]["clientAddress"], OLD[0]);
    clock.pass_minutes(40 * super::DAY);
    rollbook.admin = rollbook.sign_in("admin", ADMIN_PASSWORD).await;
    let (olga, otto) = (super::officer(&rollbook, "olga").await, super::officer(&rollbook, "otto").await);
    let case = super::Case { rollbook, clock, ann, olga, otto };
    switched_on(&case, 35).await;
    carry_out_due(&case.rollbook.directory).await.unwrap();
    tells(&answers(&case).await, OLD, false);
    let folder = case.rollbook.stop().await;
    tells(&revealed(&folder.path().join("data")), OLD, false);
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_18_an_erasure_takes_where_somebody_signed_in_from_with_it() {
    let case = case().await;
    let asked = json!({ "userId": case.ann, "username": "ann", "email": "ann@example.org", "mode": "ERASURE",
                        "legalBasis": "CONSENT_WITHDRAWN", "ticket": "T-1" });
    let payload = case.olga.accept("requestMasking", asked, "request { id }").await;
    case.rollbook.admin.accept("deleteUser", json!({ "userId": case.ann }), "").await;
    let request = payload["request"]["id"].clone();
    case.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    let folder = case.rollbook.stop().await;
    let revealed = revealed(&folder.path().join("data"));
    tells(&revealed, OLD, false);
    tells(&revealed, LATER, false);
}
