//! ROL-13 at every door: look-ups, bulk, REST and pictures know no more users than lists do.

use serde_json::{Value, json};

use super::hierarchy::company;

/// A PNG of one pixel.
const ONE_PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[tokio::test]
async fn rol_13_look_ups_offer_only_whom_one_reaches() {
    let company = company("ADMINISTRATOR").await;
    for (text, offered) in [("mo", 0), ("noa", 0), ("ann", 1)] {
        let document = "query($text: String!) { lookupUsers(text: $text) { id } }";
        let data = company.eve.data(document, json!({ "text": text })).await;
        assert_eq!(data["lookupUsers"].as_array().unwrap().len(), offered, "{text}");
    }
    let document = "query($id: ID!) { resolveOwner(ownerId: $id) }";
    assert_eq!(company.eve.graphql_with(document, json!({ "id": company.moe })).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn rol_13_one_command_over_many_reaches_no_further() {
    let company = company("ADMINISTRATOR").await;
    let input = json!({ "command": { "plain": "LOCK_ACCOUNT" }, "userIds": [company.moe, company.ann] });
    let document =
        "mutation($input: BulkInput!) { bulk(input: $input) { outcomes { userId errors { code } } } }";
    let data = company.eve.data(document, json!({ "input": input })).await;
    let outcomes = data["bulk"]["outcomes"].as_array().unwrap().clone();
    assert_eq!(outcomes[0]["errors"][0]["code"], "FORBIDDEN");
    assert_eq!(outcomes[1]["errors"], json!([]));
}

#[tokio::test]
async fn rol_13_rest_answers_not_found_for_whom_one_does_not_reach() {
    let company = company("ADMINISTRATOR").await;
    assert_eq!(company.eve.get(&format!("/users/{}", company.moe)).await.status, 404);
    assert_eq!(company.eve.get(&format!("/users/{}", company.ann)).await.status, 200);
}

#[tokio::test]
async fn rol_13_pictures_of_whom_one_does_not_reach_are_not_there() {
    let company = company("ADMINISTRATOR").await;
    let input = json!({ "userId": company.moe, "image": ONE_PIXEL });
    assert_eq!(company.eve.refuse("setAvatar", input.clone()).await, ["FORBIDDEN"]);
    let payload = company.rollbook.admin.accept("setAvatar", input, "user { avatarUrl }").await;
    let url = payload["user"]["avatarUrl"].as_str().unwrap().to_owned();
    assert_eq!(company.rollbook.admin.get(&url).await.status, 200);
    assert_eq!(company.eve.get(&url).await.status, 404);
}

#[tokio::test]
async fn rol_13_passwords_of_whom_one_does_not_reach_are_not_reset() {
    let company = company("ADMINISTRATOR").await;
    let input = json!({ "userId": company.moe });
    assert_eq!(company.eve.refuse("resetPassword", input).await, ["FORBIDDEN"]);
    let document = "query($id: ID!) { formatted(date: \"2026-01-02T03:04:05Z\", user: $id) }";
    let answer = company.eve.graphql_with(document, json!({ "id": company.moe })).await;
    assert_eq!(answer.code(), "NOT_FOUND");
    let seen: Value = company.eve.data("{ users { totalCount } }", json!({})).await;
    assert_eq!(seen["users"]["totalCount"], 3);
}
