//! What a preview lists, and that looking changes nothing; and where others wrote about who is erased.

use serde_json::{Value, json};

use super::{Case, EMAIL, USERNAME, case, erasures};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const DOCUMENT: &str = "query($input: MaskingPreviewInput!) { maskingPreview(input: $input) { username email \
                        places { kind name count forgotten } freeText { eventId group } searchedFrom } }";

fn input(case: &Case, mode: &str) -> Value {
    json!({ "input": { "userId": case.john, "username": USERNAME, "email": EMAIL, "mode": mode } })
}

async fn preview(client: &Client, case: &Case, mode: &str) -> Value {
    client.data(DOCUMENT, input(case, mode)).await["maskingPreview"].take()
}

/// Whether a place is listed, and whether it would be forgotten.
fn place(preview: &Value, kind: &str, name: &str) -> Option<bool> {
    let mut places = preview["places"].as_array().unwrap().iter();
    let found = places.find(|place| place["kind"] == kind && place["name"] == name)?;
    assert!(found["count"].as_i64().unwrap() > 0);
    Some(found["forgotten"].as_bool().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_06_msk_10_a_preview_lists_each_place_and_the_masks_and_changes_nothing() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    let before = (rollbook.directory.reached(), rollbook.directory.digests());
    let masking = preview(&case.olga, &case, "HISTORY").await;
    assert_eq!(masking["username"], "Unknown User (Jo Pe)");
    assert_eq!(masking["email"], "jo***@***");
    assert_eq!(place(&masking, "FIELDS", "username"), Some(true));
    assert_eq!(place(&masking, "FIELDS", "fullName"), Some(false), "the name stays (MSK-06)");
    assert_eq!(place(&masking, "PICTURE", ""), Some(false));
    assert_eq!(place(&masking, "EVENTS", "user.created"), Some(true));
    let erasure = preview(&case.olga, &case, "ERASURE").await;
    assert_eq!((&erasure["username"], &erasure["email"]), (&json!(null), &json!(null)));
    for (kind, name) in [("FIELDS", "fullName"), ("PICTURE", ""), ("EVENTS", "signed.out")] {
        assert_eq!(place(&erasure, kind, name), Some(true), "{kind} {name}");
    }
    assert_eq!((rollbook.directory.reached(), rollbook.directory.digests()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_03_a_preview_needs_the_three_keys_and_the_right() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    let mut mixed = input(&case, "HISTORY");
    mixed["input"]["email"] = json!("olga@example.org");
    let code = |answer: Value| answer["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned();
    assert_eq!(code(case.olga.graphql_with(DOCUMENT, mixed).await.json()), "KEYS_DISAGREE");
    let answer = rollbook.admin.graphql_with(DOCUMENT, input(&case, "HISTORY")).await.json();
    assert_eq!(code(answer), "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_06_msk_18_where_others_wrote_about_a_person_is_found_and_stands_in_the_receipt() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    let locked =
        json!({ "userId": case.john, "reason": "Mr PETERSILIE, Johannes.Petersilie: lost his laptop" });
    let position = rollbook.admin.accept("lockAccount", locked, "").await["position"].clone();
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let other = json!({ "userId": ann, "title": "Deputy of Johannes Petersilie" });
    let titled = rollbook.admin.accept("changeProfile", other, "").await["position"].clone();
    let like = json!({ "userId": ann, "reason": "Petersiliensuppe" });
    rollbook.admin.accept("lockAccount", like, "").await;
    let found = preview(&case.olga, &case, "ERASURE").await;
    let event = |position: &Value| json!(format!("event_{}", position.as_u64().unwrap()));
    let places = json!([{ "eventId": event(&titled), "group": "person" },
                        { "eventId": event(&position), "group": "context" }]);
    assert_eq!(found["freeText"], places);
    assert_eq!(found["searchedFrom"], 1);
    let request = case.requested(&rollbook).await;
    case.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    let told = erasures(&case.olga).await;
    let left = told[0]["remaining"].as_array().unwrap();
    let text = left.iter().find(|left| left["what"] == "FREE_TEXT").unwrap();
    assert_eq!(text["events"], json!([event(&position), event(&titled)]));
    assert!(!left.iter().any(|left| left["what"] == "FREE_TEXT_UNSEARCHED"));
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_18_who_was_masked_is_erased_later_by_the_id_that_is_left() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    rollbook.admin.accept("deleteUser", json!({ "userId": case.john }), "").await;
    let masking = json!({ "userId": case.john, "username": USERNAME, "email": EMAIL, "reason": "T-7" });
    case.olga.accept("maskPii", masking, "").await;
    let mut asked = case.asked("ERASURE");
    assert_eq!(case.olga.refuse("requestMasking", asked.clone()).await, ["KEYS_DISAGREE"]);
    for key in ["username", "email"] {
        asked.as_object_mut().unwrap().remove(key);
    }
    let payload = case.olga.accept("requestMasking", asked, "request { id }").await;
    case.otto.accept("approveMasking", json!({ "requestId": payload["request"]["id"] }), "").await;
    let document = "query($id: ID!) { user(by: { id: $id }) { username fullName } }";
    let user = case.olga.data(document, json!({ "id": case.john })).await["user"].take();
    assert_eq!(user, json!({ "username": null, "fullName": null }));
    let states: Vec<Value> = erasures(&case.olga).await.iter().map(|told| told["state"].clone()).collect();
    assert_eq!(states, [json!("COMPLETE"), json!("COMPLETE")]);
    let rebuilt = rollbook.directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
}
