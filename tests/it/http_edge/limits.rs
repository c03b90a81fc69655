//! Documents made to hurt are refused before anything walks them.

use rollbook::http::EdgeLimits;
use serde_json::json;

use super::fixture;
use crate::support::http::Client;

async fn code(client: &Client, query: &str) -> String {
    let answer = client.graphql(query).await;
    assert_eq!(answer.status, 400, "{}", answer.text());
    answer.code()
}

/// `levels` fragments, each spreading the next twice: 2^levels selections.
fn doubling(levels: usize, between: (&str, &str)) -> String {
    let (before, after) = between;
    let fragments = (0..levels).map(|n| {
        let next = n + 1;
        format!("fragment f{n} on Query{{{before}...f{next}...f{next}{after}}}")
    });
    format!("{{...f0}}{}fragment f{levels} on Query{{hello}}", fragments.collect::<String>())
}

#[tokio::test]
async fn fragments_that_double_are_refused_without_being_written_out() {
    let client = fixture::start().await.server.client();
    // The first fits into 1.2 kB. The last would not end in the age of the universe if anything walked it.
    for document in [doubling(30, ("", "")), doubling(22, ("nested{", "}")), doubling(100, ("", ""))] {
        assert_eq!(code(&client, &document).await, "DOCUMENT_TOO_COMPLEX");
    }
}

#[tokio::test]
async fn every_limit_refuses_with_its_code() {
    let client = fixture::start().await.server.client();
    let aliases: String = (0..65).map(|n| format!(" a{n}: hello")).collect();
    let chain: String = (0..200).map(|n| format!("fragment f{n} on Query{{...f{}}}", n + 1)).collect();
    for (document, expected) in [
        (format!("{{ {} }}", "hello ".repeat(6_000)), "DOCUMENT_TOO_LARGE"),
        (format!("{{ hello # {}\n}}", "x".repeat(40_000)), "OK"),
        (format!("{{{aliases}}}"), "DOCUMENT_TOO_COMPLEX"),
        (format!("{}hello{}", "{nested".repeat(25), "}".repeat(25)), "DOCUMENT_TOO_COMPLEX"),
        (format!("{}hello{}", "{nested".repeat(900), "}".repeat(900)), "DOCUMENT_TOO_COMPLEX"),
        (format!("{{ told(email: {}", "[".repeat(30_000)), "DOCUMENT_TOO_COMPLEX"),
        (format!("{{...f0}}{chain}fragment f200 on Query{{hello}}"), "DOCUMENT_TOO_COMPLEX"),
    ] {
        if expected == "OK" {
            assert_eq!(client.graphql(&document).await.data(), json!({ "hello": "world" }));
        } else {
            assert_eq!(code(&client, &document).await, expected, "for {}", &document[..40]);
        }
    }
}

#[tokio::test]
async fn a_document_over_its_length_is_refused_though_the_body_may_pass() {
    let limits = EdgeLimits { document_bytes_max: 100, ..fixture::limits() };
    let client = fixture::start_with(limits).await.server.client();
    assert_eq!(code(&client, &format!("{{ hello }}{}", " ".repeat(100))).await, "DOCUMENT_TOO_LARGE");
}

#[tokio::test]
async fn fragment_cycles_are_named_not_followed() {
    let client = fixture::start().await.server.client();
    let cycle = "{...a} fragment a on Query{...b} fragment b on Query{...a}";
    assert_eq!(code(&client, cycle).await, "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn an_input_field_given_twice_is_refused() {
    let client = fixture::start().await.server.client();
    let document = r#"{ profile(input: { email: "a", email: "b" }) }"#;
    let answer = client.graphql(document).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "GRAPHQL_VALIDATION_FAILED"));
    assert_eq!(answer.json()["errors"][0]["locations"], json!([{ "line": 1, "column": 32 }]));
}

#[tokio::test]
async fn brackets_in_strings_and_comments_do_not_count() {
    let client = fixture::start().await.server.client();
    let text = "[".repeat(100);
    let document = format!(
        "{{ told(email: \"{text}\\\"{text}\") # {text}\n b: told(email: \"\"\"{text}\\\"\"\"{text}\"\"\") }}"
    );
    assert_eq!(client.graphql(&document).await.data()["told"], format!("{text}\"{text}"));
}

#[tokio::test]
async fn few_errors_are_told_of_many() {
    let client = fixture::start().await.server.client();
    let many: String = (0..500).map(|n| format!(" x{n}")).collect();
    let answer = client.graphql(&format!("{{{many}}}")).await;
    assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn the_full_introspection_query_passes() {
    let client = fixture::start().await.server.client();
    let answer = client.graphql(include_str!("introspection.graphql")).await;
    assert_eq!(answer.data()["__schema"]["queryType"]["name"], "Query");
}

#[tokio::test]
async fn a_document_just_within_the_limits_runs() {
    let client = fixture::start().await.server.client();
    let fragment = format!("fragment f on Query{{{}}}", "nested{hello}".repeat(40));
    let document = format!("{{{}}}{fragment}", "...f ".repeat(50));
    let answer = client.graphql(&document).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn introspection_that_goes_in_circles_is_refused() {
    let client = fixture::start().await.server.client();
    let circle = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_eq!(code(&client, circle).await, "DOCUMENT_TOO_COMPLEX");
    let by_fragments = "{ __schema { types { ...a } } } fragment a on __Type { fields { type { ...b } } }
        fragment b on __Type { fields { type { ...c } } } fragment c on __Type { fields { type { fields { name } } } }";
    assert_eq!(code(&client, by_fragments).await, "DOCUMENT_TOO_COMPLEX");
}
