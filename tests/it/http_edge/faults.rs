//! Faults of resolvers: nothing of ours leaks, and an operator can find them.

use serde_json::json;

use super::fixture;
use crate::support::http::Answer;

fn assert_neutral(answer: &Answer) {
    let error = &answer.json()["errors"][0];
    assert_eq!(error["extensions"]["code"], "INTERNAL");
    assert_eq!(error["extensions"]["correlationId"], answer.header("x-request-id"));
    assert!(!answer.text().contains("jane") && !answer.text().contains("disk"), "{}", answer.text());
}

#[tokio::test]
async fn an_error_without_a_code_becomes_a_neutral_one() {
    let answer = fixture::start().await.server.client().graphql("{ broken }").await;
    assert_eq!(answer.status, 200);
    assert_neutral(&answer);
    assert_eq!(answer.json()["errors"][0]["path"], json!(["broken"]));
}

#[tokio::test]
async fn a_panic_becomes_a_neutral_error_and_the_server_goes_on() {
    let client = fixture::start().await.server.client();
    let answer = client.graphql("{ panics }").await;
    assert_eq!(answer.status, 500);
    assert_neutral(&answer);
    assert_eq!(client.graphql("{ hello }").await.status, 200);
}
