//! How requests are read: what is taken, and what is refused with which status and code.

use std::sync::atomic::Ordering;

use axum::http::{Method, header};
use http_body_util::Full;
use rollbook::http::EdgeLimits;
use serde_json::json;

use super::fixture;
use crate::support::http::{Answer, Client};

async fn post_raw(client: &Client, content_type: Option<&str>, body: impl Into<Vec<u8>>) -> Answer {
    let mut request = client.request(Method::POST, "/graphql");
    if let Some(content_type) = content_type {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    client.send(request.body(Full::from(body.into())).unwrap()).await
}

fn outcome(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

#[tokio::test]
async fn only_json_in_utf8_is_read() {
    let client = fixture::start().await.server.client();
    let body = r#"{"query":"{ hello }"}"#;
    for content_type in
        ["application/json", "application/json; charset=UTF-8", "Application/JSON;charset=\"utf-8\""]
    {
        assert_eq!(post_raw(&client, Some(content_type), body).await.status, 200, "for {content_type}");
    }
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/json; charset=utf-16"),
        Some("application/jsonx"),
    ] {
        let answer = post_raw(&client, content_type, body).await;
        assert_eq!(outcome(&answer), (415, "UNSUPPORTED_MEDIA_TYPE".to_owned()), "for {content_type:?}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_request_are_400_with_a_code() {
    let client = fixture::start().await.server.client();
    for (body, code) in [
        (&b""[..], "BAD_JSON"),
        (b"{", "BAD_JSON"),
        (b"{\"query\":\"{ hello }\"} trailing", "BAD_JSON"),
        (b"\xff\xfe", "NOT_UTF8"),
        (b"null", "BAD_REQUEST"),
        (b"\"{ hello }\"", "BAD_REQUEST"),
        (b"{}", "BAD_REQUEST"),
        (b"{\"query\":null}", "BAD_REQUEST"),
        (b"{\"query\":1}", "BAD_REQUEST"),
        (b"{\"query\":\"{ hello }\",\"variables\":[]}", "BAD_REQUEST"),
        (b"{\"query\":\"{ hello }\",\"variables\":\"{}\"}", "BAD_REQUEST"),
        (b"{\"query\":\"{ hello }\",\"extensions\":true}", "BAD_REQUEST"),
        (b"{\"query\":\"{ hello }\",\"operationName\":{}}", "BAD_REQUEST"),
        (b"[{\"query\":\"{ hello }\"}]", "BATCH_REFUSED"),
        (b"[]", "BATCH_REFUSED"),
        (b"{\"query\":\"{ hello }\",\"query\":\"{ hello }\"}", "DUPLICATE_KEY"),
        (b"{\"query\":\"{ hello }\",\"variables\":{\"a\":{\"b\":1,\"b\":2}}}", "DUPLICATE_KEY"),
    ] {
        let answer = post_raw(&client, Some("application/json"), body).await;
        assert_eq!(outcome(&answer), (400, code.to_owned()), "for {}", String::from_utf8_lossy(body));
    }
}

#[tokio::test]
async fn deeply_nested_json_is_refused() {
    let client = fixture::start().await.server.client();
    let deep = format!(r#"{{"query":"{{ hello }}","variables":{{"a":{}}}}}"#, "[".repeat(30_000));
    let answer = post_raw(&client, Some("application/json"), deep).await;
    assert_eq!(outcome(&answer), (400, "BAD_JSON".to_owned()));
}

#[tokio::test]
async fn errors_speak_no_rust() {
    let client = fixture::start().await.server.client();
    let text = post_raw(&client, Some("application/json"), "{\"query\": tru").await.text();
    assert!(!text.contains("Error(") && !text.contains("expected"), "{text}");
}

#[tokio::test]
async fn unknown_members_are_let_pass() {
    let client = fixture::start().await.server.client();
    let answer = client.post(json!({ "query": "{ hello }", "id": 7, "variables": null })).await;
    assert_eq!(answer.data(), json!({ "hello": "world" }));
}

#[tokio::test]
async fn a_body_over_the_limit_is_413() {
    let client = fixture::start().await.server.client();
    let answer = client.post(json!({ "query": "{ hello }", "padding": "x".repeat(64 * 1024) })).await;
    assert_eq!(outcome(&answer), (413, "BODY_TOO_LARGE".to_owned()));
}

#[tokio::test]
async fn other_methods_are_405_with_allow() {
    let client = fixture::start().await.server.client();
    for method in [Method::PATCH, Method::OPTIONS, Method::TRACE] {
        let answer = client.send(client.request(method, "/graphql").body(Full::default()).unwrap()).await;
        assert_eq!(outcome(&answer), (405, "METHOD_NOT_ALLOWED".to_owned()));
        assert_eq!(answer.header("allow"), "GET, POST, PUT, DELETE");
    }
}

#[tokio::test]
async fn get_runs_queries_with_all_parameters() {
    let client = fixture::start().await.server.client();
    let answer = client
        .get("/graphql?query=query%20A%7Bhello%7D%20query+B($v:Int!){number(value:$v)}&operationName=B&variables=%7B%22v%22%3A3%7D")
        .await;
    assert_eq!(answer.data(), json!({ "number": 3 }));
}

#[tokio::test]
async fn get_refuses_what_it_cannot_read() {
    let client = fixture::start().await.server.client();
    for (path, code) in [
        ("/graphql", "BAD_REQUEST"),
        ("/graphql?query=%FF", "BAD_REQUEST"),
        ("/graphql?query=%4", "BAD_REQUEST"),
        ("/graphql?query={hello}&variables=[]", "BAD_REQUEST"),
        ("/graphql?query={hello}&variables={", "BAD_JSON"),
        ("/graphql?query={hello}&query={hello}", "DUPLICATE_KEY"),
    ] {
        assert_eq!(outcome(&client.get(path).await), (400, code.to_owned()), "for {path}");
    }
}

#[tokio::test]
async fn a_mutation_by_get_is_405_and_changes_nothing() {
    let fixture = fixture::start().await;
    let answer = fixture.server.client().get("/graphql?query=mutation{raise}").await;
    assert_eq!(outcome(&answer), (405, "METHOD_NOT_ALLOWED".to_owned()));
    assert_eq!(answer.header("allow"), "POST");
    assert_eq!(fixture.counter.raised.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn of_several_operations_the_named_one_runs() {
    let fixture = fixture::start().await;
    let client = fixture.server.client();
    let document = "query A { hello } mutation B { raise }";
    let answer = client.post(json!({ "query": document, "operationName": "A" })).await;
    assert_eq!(answer.data(), json!({ "hello": "world" }));
    let answer = client.post(json!({ "query": document, "operationName": "B" })).await;
    assert_eq!(answer.data(), json!({ "raise": 1 }));
    let answer = client.post(json!({ "query": document })).await;
    assert_eq!(outcome(&answer), (400, "OPERATION_NAME_REQUIRED".to_owned()));
    let answer = client.post(json!({ "query": document, "operationName": "C" })).await;
    assert_eq!(outcome(&answer), (400, "UNKNOWN_OPERATION".to_owned()));
    let answer = client.post(json!({ "query": "{ hello }", "operationName": "C" })).await;
    assert_eq!(outcome(&answer), (400, "UNKNOWN_OPERATION".to_owned()));
}

#[tokio::test]
async fn a_subscription_without_a_stream_is_refused() {
    let answer = fixture::start().await.server.client().graphql("subscription { count(to: 1) }").await;
    assert_eq!(outcome(&answer), (406, "SUBSCRIPTION_NEEDS_STREAM".to_owned()));
}

#[tokio::test]
async fn a_wrong_variable_is_named_without_its_value() {
    let client = fixture::start().await.server.client();
    let answer =
        client.graphql_with("query($v: Int!) { number(value: $v) }", json!({ "v": "hunter2" })).await;
    assert_eq!(outcome(&answer), (400, "BAD_VARIABLES".to_owned()));
    assert_eq!(answer.json()["errors"][0]["message"], "variable v is not of type Int");
    let answer = client.graphql_with("query($v: Int!) { number(value: $v) }", json!({})).await;
    assert_eq!(outcome(&answer), (400, "BAD_VARIABLES".to_owned()));
}

#[tokio::test]
async fn a_value_that_a_scalar_refuses_is_bad_input() {
    let answer = fixture::start().await.server.client().graphql(r#"{ link(url: "ftp://hunter2") }"#).await;
    assert_eq!(outcome(&answer), (200, "BAD_INPUT".to_owned()));
    assert_eq!(answer.json()["errors"][0]["message"], r#"expected input of type "Url""#);
}

#[tokio::test]
async fn exactly_one_field_of_a_one_of_is_taken() {
    let client = fixture::start().await.server.client();
    let answer = client.graphql(r#"{ find(by: { name: "a" }) { __typename id ... on Thing { id } } }"#).await;
    assert_eq!(answer.data(), json!({ "find": { "__typename": "Thing", "id": "a" } }));
    for by in [r#"{ name: "a", id: "b" }"#, "{}", "{ name: null }"] {
        let answer = client.graphql(&format!("{{ find(by: {by}) {{ id }} }}")).await;
        assert!(
            matches!(answer.code().as_str(), "BAD_INPUT" | "GRAPHQL_VALIDATION_FAILED"),
            "{}",
            answer.text()
        );
    }
    let by_variable = "query($by: FindBy!) { find(by: $by) { id } }";
    let answer = client.graphql_with(by_variable, json!({ "by": { "name": "a", "id": "b" } })).await;
    assert_eq!(answer.code(), "BAD_INPUT", "{}", answer.text());
}

#[tokio::test]
async fn a_default_decides_what_is_included() {
    let client = fixture::start().await.server.client();
    let answer = client.graphql("query($x: Boolean! = false) { hello @include(if: $x) number }").await;
    assert_eq!(answer.data(), json!({ "number": 7 }));
}

#[tokio::test]
async fn a_full_cache_of_documents_changes_no_answer() {
    let limits = EdgeLimits { documents_cached_max: 2, ..fixture::limits() };
    let client = fixture::start_with(limits).await.server.client();
    for round in 0..3 {
        for value in 0..5 {
            let answer = client.graphql(&format!("{{ number(value: {value}) }}")).await;
            assert_eq!(answer.data(), json!({ "number": value }), "in round {round}");
        }
    }
}
