//! Bad requests are refused with a code, and recorded.

use rollbook_projections::view::HistoryQuery;
use rollbook_schema::event::EventType;
use serde_json::{Value, json};

use super::{Case, EMAIL, USERNAME, case};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// How many attempts were recorded as denied.
fn denied(rollbook: &Rollbook) -> u64 {
    let query = HistoryQuery { types: Some([EventType::AttemptDenied].into()), ..HistoryQuery::default() };
    rollbook.directory.views().history.page(&query).total.unwrap()
}

async fn is_refused_and_recorded(
    rollbook: &Rollbook,
    client: &Client,
    mutation: &str,
    input: Value,
    code: &str,
) {
    let before = denied(rollbook);
    assert_eq!(client.refuse(mutation, input).await, [code], "{mutation}");
    assert_eq!(denied(rollbook), before + 1, "{mutation} {code} is recorded");
}

async fn ready() -> (Rollbook, Case) {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    (rollbook, case)
}

fn direct(case: &Case) -> Value {
    json!({ "userId": case.john, "username": USERNAME, "email": EMAIL, "reason": "T-7" })
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_03_keys_of_two_people_are_refused_and_recorded() {
    let (rollbook, case) = ready().await;
    let mut asked = case.asked("ERASURE");
    asked["email"] = json!("olga@example.org");
    is_refused_and_recorded(&rollbook, &case.olga, "requestMasking", asked, "KEYS_DISAGREE").await;
    let mut asked = direct(&case);
    asked["username"] = json!("olga");
    is_refused_and_recorded(&rollbook, &case.olga, "maskPii", asked, "KEYS_DISAGREE").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rsv_02_reserved_users_are_not_forgotten_and_the_attempt_is_recorded() {
    let (rollbook, case) = ready().await;
    let mut asked = case.asked("ERASURE");
    asked["userId"] = json!("user_3");
    is_refused_and_recorded(&rollbook, &case.olga, "requestMasking", asked, "RESERVED_USER").await;
    let mut asked = direct(&case);
    asked["userId"] = json!("user_5");
    is_refused_and_recorded(&rollbook, &case.olga, "maskPii", asked, "RESERVED_USER").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sta_18_the_last_administrator_is_not_forgotten_and_the_attempt_is_recorded() {
    let (rollbook, case) = ready().await;
    let asked = json!({ "userId": "user_8", "username": "admin", "email": "admin@example.com", "mode": "ERASURE",
                        "legalBasis": "OBJECTION", "ticket": "T-1" });
    is_refused_and_recorded(&rollbook, &case.olga, "requestMasking", asked, "LAST_ADMINISTRATOR").await;
    let asked =
        json!({ "userId": "user_8", "username": "admin", "email": "admin@example.com", "reason": "T-1" });
    is_refused_and_recorded(&rollbook, &case.olga, "maskPii", asked, "LAST_ADMINISTRATOR").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_04_ones_own_request_is_not_approved_by_oneself_and_the_attempt_is_recorded() {
    let (rollbook, case) = ready().await;
    let request = json!({ "requestId": case.requested(&rollbook).await });
    is_refused_and_recorded(&rollbook, &case.olga, "approveMasking", request, "SECOND_PERSON_NEEDED").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_person_is_not_forgotten_and_each_attempt_is_recorded() {
    let (rollbook, case) = ready().await;
    let request = json!({ "requestId": case.requested(&rollbook).await });
    let hold = json!({ "userId": case.john, "reason": "case 7" });
    case.otto.accept("placeLegalHold", hold, "").await;
    is_refused_and_recorded(&rollbook, &case.otto, "approveMasking", request, "LEGAL_HOLD").await;
    is_refused_and_recorded(&rollbook, &case.olga, "maskPii", direct(&case), "LEGAL_HOLD").await;
    is_refused_and_recorded(&rollbook, &case.olga, "requestMasking", case.asked("ERASURE"), "LEGAL_HOLD")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_04_where_the_tenant_demands_it_no_masking_is_without_a_second_person() {
    let (rollbook, case) = ready().await;
    rollbook.admin.accept("changeSettings", json!({ "maskingBySecondPerson": true }), "").await;
    rollbook.admin.accept("disableUser", json!({ "userId": case.john }), "").await;
    let code = "SECOND_PERSON_NEEDED";
    is_refused_and_recorded(&rollbook, &case.olga, "maskPii", direct(&case), code).await;
    let payload = case.olga.accept("requestMasking", case.asked("HISTORY"), "request { id }").await;
    case.otto.accept("approveMasking", json!({ "requestId": payload["request"]["id"] }), "").await;
    rollbook.admin.accept("changeSettings", json!({ "maskingBySecondPerson": false }), "").await;
}
