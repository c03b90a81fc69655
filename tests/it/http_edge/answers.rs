//! What answers look like: media types, status codes, headers.

use axum::http::{Method, header};
use http_body_util::Full;
use serde_json::json;

use super::fixture;
use crate::support::http::{Answer, Client};

async fn post_accepting(client: &Client, accept: &str, query: &str) -> Answer {
    let request = client
        .request(Method::POST, "/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, accept)
        .body(Full::from(json!({ "query": query }).to_string()));
    client.send(request.unwrap()).await
}

const NEW: &str = "application/graphql-response+json; charset=utf-8";
const OLD: &str = "application/json; charset=utf-8";

#[tokio::test]
async fn the_media_type_follows_accept() {
    let fixture = fixture::start().await;
    let client = fixture.server.client();
    for (accept, expected) in [
        ("application/graphql-response+json", NEW),
        ("application/json", OLD),
        ("*/*", OLD),
        ("application/*", OLD),
        ("application/json, application/graphql-response+json", NEW),
        ("application/json, application/graphql-response+json;q=0.9", OLD),
        ("APPLICATION/JSON; charset=\"UTF-8\"", OLD),
        ("text/html, application/json;q=0.1", OLD),
        ("application/graphql-response+json;q=0, */*;q=0.5", OLD),
    ] {
        let answer = post_accepting(&client, accept, "{ hello }").await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, expected), "for {accept}");
        assert_eq!(answer.data(), json!({ "hello": "world" }));
    }
}

#[tokio::test]
async fn no_media_type_in_common_is_406() {
    let client = fixture::start().await.server.client();
    for accept in
        ["text/html", "application/json;q=0", "application/json;charset=latin1", "application/json;q=2"]
    {
        let answer = post_accepting(&client, accept, "{ hello }").await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (406, "NOT_ACCEPTABLE"), "for {accept}");
    }
}

#[tokio::test]
async fn an_invalid_document_is_400_in_the_new_type_and_200_in_the_old() {
    let client = fixture::start().await.server.client();
    for (accept, status) in [("application/graphql-response+json", 400), ("application/json", 200)] {
        let answer = post_accepting(&client, accept, "{ nothing }").await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, "GRAPHQL_VALIDATION_FAILED"));
        assert_eq!(answer.json().get("data"), None);
        assert_eq!(answer.json()["errors"][0]["locations"], json!([{ "line": 1, "column": 3 }]));
    }
}

#[tokio::test]
async fn a_document_that_cannot_be_parsed_says_where() {
    let answer = fixture::start().await.server.client().graphql("{ hello\n  world( }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "GRAPHQL_PARSE_FAILED"));
    assert_eq!(answer.json()["errors"][0]["locations"][0]["line"], 2);
}

#[tokio::test]
async fn a_failed_field_is_no_failed_request() {
    let answer = fixture::start().await.server.client().graphql("{ hello refused }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, "NOT_TODAY"));
    assert_eq!(answer.json()["errors"][0]["path"], json!(["refused"]));
}

#[tokio::test]
async fn every_answer_has_its_request_id_and_is_not_stored() {
    let client = fixture::start().await.server.client();
    for path in ["/graphql?query={hello}", "/graphql", "/healthz", "/nowhere"] {
        let answer = client.get(path).await;
        assert!(answer.header("x-request-id").starts_with("request-"), "on {path}");
        assert_eq!(answer.header("cache-control"), "no-store", "on {path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "on {path}");
    }
}

#[tokio::test]
async fn a_request_id_is_taken_from_the_client_when_it_is_fit_to_be_seen() {
    let client = fixture::start().await.server.client();
    let long = "x".repeat(129);
    for (offered, is_taken) in [("abc-123", true), ("with space", false), ("", false), (long.as_str(), false)]
    {
        let request = client
            .request(Method::POST, "/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-request-id", offered)
            .body(Full::from(json!({ "query": "{ requestId }" }).to_string()));
        let answer = client.send(request.unwrap()).await;
        let id = answer.header("x-request-id").to_owned();
        assert_eq!(id == offered, is_taken, "for {offered:?}");
        assert_eq!(answer.data(), json!({ "requestId": id }));
    }
}

#[tokio::test]
async fn resolvers_see_where_a_request_comes_from() {
    let client = fixture::start().await.server.client();
    let request = client
        .request(Method::GET, "/graphql?query={client}")
        .header(header::USER_AGENT, "a browser/1.0")
        .body(Full::default());
    let answer = client.send(request.unwrap()).await;
    assert_eq!(answer.data(), json!({ "client": "127.0.0.1 a browser/1.0" }));
}

#[tokio::test]
async fn a_known_bearer_reaches_the_resolvers_and_an_unknown_one_is_401() {
    let client = fixture::start().await.server.client();
    let answer = client.graphql("{ whoami }").await;
    assert_eq!(answer.data(), json!({ "whoami": null }));
    let answer = client.bearer(fixture::TOKEN).graphql("{ whoami }").await;
    assert_eq!(answer.data(), json!({ "whoami": fixture::TOKEN }));
    let answer = client.bearer("stolen").graphql("{ whoami }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "UNAUTHENTICATED"));
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn an_authorization_header_of_another_scheme_is_401() {
    let client = fixture::start().await.server.client();
    for value in ["Basic YTpi", "Bearer", "Bearer "] {
        let request = client
            .request(Method::GET, "/graphql?query={hello}")
            .header("authorization", value)
            .body(Full::default());
        assert_eq!(client.send(request.unwrap()).await.status, 401, "for {value:?}");
    }
}

#[tokio::test]
async fn health_and_readiness_differ() {
    let fixture = fixture::start().await;
    let client = fixture.server.client();
    assert_eq!(client.get("/readyz").await.status, 200);
    fixture.ready.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(client.get("/readyz").await.status, 503);
    assert_eq!(client.get("/healthz").await.status, 200);
}
