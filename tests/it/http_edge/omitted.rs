//! An omitted variable is absent, not null: what a partial update lives by.

use serde_json::{Value, json};

use super::fixture;

async fn told(query: &str, variables: Value) -> String {
    let answer = fixture::start().await.server.client().graphql_with(query, variables).await;
    let data = answer.data();
    let field = data.as_object().unwrap().values().next().unwrap();
    field.as_str().unwrap().to_owned()
}

const ARGUMENT: &str = "query($email: String) { told(email: $email) }";
const FIELD: &str = "query($email: String) { profile(input: { email: $email }) }";
const FRAGMENT: &str =
    "query($email: String) { ...f } fragment f on Query { profile(input: { email: $email }) }";
const WHOLE: &str = "query($input: Profile!) { profile(input: $input) }";

#[tokio::test]
async fn an_omitted_variable_is_undefined() {
    assert_eq!(told(ARGUMENT, json!({})).await, "undefined");
    assert_eq!(told(FIELD, json!({})).await, "undefined[]");
    assert_eq!(told(FRAGMENT, json!({})).await, "undefined[]");
    assert_eq!(told(WHOLE, json!({ "input": {} })).await, "undefined[]");
}

#[tokio::test]
async fn an_explicit_null_is_null() {
    assert_eq!(told(ARGUMENT, json!({ "email": null })).await, "null");
    assert_eq!(told(FIELD, json!({ "email": null })).await, "null[]");
    assert_eq!(told(FRAGMENT, json!({ "email": null })).await, "null[]");
    assert_eq!(told(WHOLE, json!({ "input": { "email": null } })).await, "null[]");
    assert_eq!(told("{ told(email: null) }", json!({})).await, "null");
}

#[tokio::test]
async fn a_value_arrives() {
    assert_eq!(told(ARGUMENT, json!({ "email": "a@b" })).await, "a@b");
    assert_eq!(told(FIELD, json!({ "email": "a@b" })).await, "a@b[]");
}

#[tokio::test]
async fn a_default_takes_the_place_of_an_omitted_variable() {
    assert_eq!(told("query($email: String = \"d\") { told(email: $email) }", json!({})).await, "d");
    assert_eq!(told("query($email: String = null) { told(email: $email) }", json!({})).await, "null");
}

#[tokio::test]
async fn deep_inside_an_input_object_it_holds_too() {
    let document = "query($email: String) { profile(input: { inner: { email: $email } }) }";
    assert_eq!(told(document, json!({})).await, "undefined[]undefined");
    assert_eq!(told(document, json!({ "email": null })).await, "undefined[]null");
}

#[tokio::test]
async fn in_a_list_an_omitted_variable_is_null_as_the_specification_says() {
    let document = "query($tag: String) { profile(input: { tags: [\"a\", $tag] }) }";
    assert_eq!(told(document, json!({})).await, "undefined[a,null]");
}

#[tokio::test]
async fn an_argument_with_a_default_falls_back_on_it() {
    let client = fixture::start().await.server.client();
    let answer = client.graphql("query($value: Int) { number(value: $value) }").await;
    assert_eq!(answer.data(), json!({ "number": 7 }));
}

#[tokio::test]
async fn a_cached_document_remembers_nothing_of_the_last_request() {
    let client = fixture::start().await.server.client();
    for (variables, expected) in [
        (json!({}), "undefined"),
        (json!({ "email": "x" }), "x"),
        (json!({}), "undefined"),
        (json!({ "email": null }), "null"),
    ] {
        assert_eq!(client.graphql_with(ARGUMENT, variables).await.data(), json!({ "told": expected }));
    }
}
