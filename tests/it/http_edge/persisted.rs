//! Documents by their hash: automatic persisted queries, and trusted documents.

use rollbook::http::{Documents, EdgeLimits};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::fixture;
use crate::support::http::{Answer, Client};

fn hash_of(document: &str) -> String {
    Sha256::digest(document.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn ask(client: &Client, query: Option<&str>, hash: &str, variables: Value) -> Answer {
    let persisted = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    client.post(json!({ "query": query, "variables": variables, "extensions": persisted })).await
}

#[tokio::test]
async fn a_document_is_sent_once_and_then_named_by_its_hash() {
    let client = fixture::start().await.server.client();
    let document = "query($n: Int!) { number(value: $n) }";
    let hash = hash_of(document);
    let unknown = ask(&client, None, &hash, json!({ "n": 1 })).await;
    assert_eq!(unknown.code(), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(unknown.json()["errors"][0]["message"], "PersistedQueryNotFound", "clients go by these words");
    assert_eq!(ask(&client, Some(document), &hash, json!({ "n": 2 })).await.data()["number"], 2);
    assert_eq!(ask(&client, None, &hash, json!({ "n": 3 })).await.data()["number"], 3);
    assert_eq!(ask(&client, None, &hash.to_uppercase(), json!({ "n": 4 })).await.data()["number"], 4);
}

#[tokio::test]
async fn by_get_a_document_is_named_by_its_hash_too() {
    let client = fixture::start().await.server.client();
    let hash = hash_of("{ hello }");
    ask(&client, Some("{ hello }"), &hash, json!({})).await.data();
    let extensions =
        format!("%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{hash}%22%7D%7D");
    let answer = client.get(&format!("/graphql?extensions={extensions}")).await;
    assert_eq!(answer.data()["hello"], "world");
}

#[tokio::test]
async fn a_hash_of_another_document_is_refused_and_nothing_is_kept_under_it() {
    let client = fixture::start().await.server.client();
    let hash = hash_of("{ hello }");
    let poisoned = ask(&client, Some("{ number }"), &hash, json!({})).await;
    assert_eq!(poisoned.code(), "PERSISTED_QUERY_MISMATCH");
    assert_eq!(ask(&client, None, &hash, json!({})).await.code(), "PERSISTED_QUERY_NOT_FOUND");
}

#[tokio::test]
async fn a_document_that_is_invalid_or_may_be_personal_is_not_kept() {
    let client = fixture::start().await.server.client();
    for document in ["{ nothing }", "{ told(email: \"jane@example.com\") }"] {
        let hash = hash_of(document);
        ask(&client, Some(document), &hash, json!({})).await;
        assert_eq!(ask(&client, None, &hash, json!({})).await.code(), "PERSISTED_QUERY_NOT_FOUND");
    }
}

#[tokio::test]
async fn the_documents_kept_by_hash_are_bounded() {
    let limits = EdgeLimits { documents_cached_max: 2, ..fixture::limits() };
    let client = fixture::start_with(limits).await.server.client();
    let documents = ["{ hello }", "{ number }", "{ whoami }"];
    for document in documents {
        ask(&client, Some(document), &hash_of(document), json!({})).await.data();
    }
    assert_eq!(
        ask(&client, None, &hash_of(documents[0]), json!({})).await.code(),
        "PERSISTED_QUERY_NOT_FOUND"
    );
    ask(&client, None, &hash_of(documents[2]), json!({})).await.data();
}

#[tokio::test]
async fn what_is_no_hash_is_refused_with_a_code() {
    let client = fixture::start().await.server.client();
    let hash = hash_of("{ hello }");
    for (persisted, code) in [
        (json!({ "version": 2, "sha256Hash": hash }), "PERSISTED_QUERY_NOT_SUPPORTED"),
        (json!({ "sha256Hash": hash }), "PERSISTED_QUERY_NOT_SUPPORTED"),
        (json!({ "version": 1 }), "BAD_REQUEST"),
        (json!({ "version": 1, "sha256Hash": "é".repeat(32) }), "BAD_REQUEST"),
        (json!({ "version": 1, "sha256Hash": &hash[1..] }), "BAD_REQUEST"),
        (json!("hash"), "PERSISTED_QUERY_NOT_SUPPORTED"),
    ] {
        let answer = client.post(json!({ "extensions": { "persistedQuery": persisted } })).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, code), "{persisted}");
    }
}

#[tokio::test]
async fn where_documents_are_named_no_other_is_run() {
    let documents = ["{ hello }".to_owned(), "mutation { raise }".to_owned()];
    let limits = EdgeLimits { documents: Documents::Trusted(documents.into()), ..fixture::limits() };
    let client = fixture::start_with(limits).await.server.client();
    assert_eq!(ask(&client, None, &hash_of("{ hello }"), json!({})).await.data()["hello"], "world");
    assert_eq!(client.graphql("{ hello }").await.data()["hello"], "world", "by its text too");
    assert_eq!(client.graphql("mutation { raise }").await.data()["raise"], 1);
    for other in ["{ number }", "{ hello  }", "{ __typename }"] {
        assert_eq!(client.graphql(other).await.code(), "DOCUMENT_NOT_TRUSTED", "{other}");
        let both = ask(&client, Some(other), &hash_of(other), json!({})).await;
        assert_eq!(both.code(), "DOCUMENT_NOT_TRUSTED");
    }
    // The hash counts: whatever text is sent along, the trusted document is what runs.
    assert_eq!(
        ask(&client, Some("{ number }"), &hash_of("{ hello }"), json!({})).await.data()["hello"],
        "world"
    );
}
