//! Whatever comes in, what goes out is an answer with a code, and the server goes on.

use arbtest::arbtest;
use http_body_util::Full;
use serde_json::{Value, json};

use super::fixture;
use crate::support::http::Answer;

/// How long to go on, in milliseconds.
const BUDGET_MS: u64 = 1_500;

/// Pieces of GraphQL, so that some of what is made of them gets far.
const PIECES: &[&str] = &[
    "{",
    "}",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "$v",
    "!",
    "=",
    "@include(if: $v)",
    "@skip",
    "...",
    "... f",
    "on",
    "Query",
    "query",
    "mutation",
    "subscription",
    "fragment f on Query",
    "hello",
    "nested",
    "nested {",
    "told",
    "told(email:",
    "profile(input: {",
    "email",
    "tags",
    "null",
    "true",
    "1",
    "1e9",
    "-",
    "\"",
    "\"\"\"",
    "\"a\"",
    "\\u",
    "#",
    "\n",
    ",",
    "\u{feff}",
    "é",
    "__typename",
    "__schema {",
    "count(to: 1)",
];

fn assert_coded(answer: &Answer) {
    let json = answer.json();
    let codes = json["errors"].as_array().into_iter().flatten().map(|error| &error["extensions"]["code"]);
    for code in codes {
        assert!(matches!(code, Value::String(code) if code != "INTERNAL"), "{json}");
    }
    assert!(matches!(answer.status.as_u16(), 200 | 400 | 405 | 406 | 413 | 415), "{} {json}", answer.status);
}

#[test]
fn arbitrary_documents_get_coded_answers() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fixture = runtime.block_on(fixture::start());
    let client = fixture.server.client();
    arbtest(|source| {
        let mut document = String::new();
        for _ in 0..source.int_in_range(0..=40)? {
            document.push_str(source.choose(PIECES)?);
            document.push(' ');
        }
        let variables: Value =
            if source.arbitrary()? { json!({ "v": source.arbitrary::<bool>()? }) } else { json!({}) };
        assert_coded(&runtime.block_on(client.graphql_with(&document, variables)));
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

#[test]
fn arbitrary_bodies_get_coded_answers() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fixture = runtime.block_on(fixture::start());
    let client = fixture.server.client();
    arbtest(|source| {
        let mut body = source.arbitrary::<Vec<u8>>()?;
        if source.arbitrary()? {
            let at = source.choose_index(body.len() + 1)?;
            body.splice(at..at, br#"{"query":"{ hello }","variables":{}}"#.iter().copied());
        }
        let request =
            client.request(axum::http::Method::POST, "/graphql").header("content-type", "application/json");
        assert_coded(&runtime.block_on(client.send(request.body(Full::from(body)).unwrap())));
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}
