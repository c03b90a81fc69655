//! The OpenAPI document says what is so.

use std::collections::BTreeSet;

use rollbook::rest::{FieldForm, fields, openapi};
use serde_json::{Value, json};

use super::{add, flaws, person};
use crate::support::rollbook::Rollbook;

#[test]
fn api_04_the_committed_document_is_the_one_that_is_made() {
    expect_test::expect_file!["../../../schema/openapi.json"].assert_eq(&openapi());
}

#[tokio::test]
async fn api_04_the_document_is_served_to_everybody() {
    let rollbook = Rollbook::start().await;
    let answer = rollbook.anonymous().get("/openapi.json").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.text(), openapi());
    assert_eq!(answer.json()["openapi"], "3.1.0");
}

#[test]
fn api_04_every_reference_in_the_document_has_a_target() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(entries) => entries.iter().for_each(|entry| references(entry, found)),
            _ => {}
        }
    }
    let document: Value = serde_json::from_str(&openapi()).unwrap();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 10);
    for reference in found {
        assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
}

/// A field that GraphQL has and REST has not would be lost on whoever uses REST, and the reverse.
#[test]
fn api_01_api_05_the_fields_are_those_of_the_mutation() {
    let sdl = rollbook::graphql::sdl();
    let input = sdl.split("input CreateUserInput {").nth(1).unwrap().split("\n}").next().unwrap();
    let of_graphql: BTreeSet<String> = input
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(name, _)| name.to_owned())
        // Sentences of descriptions have colons too, and more than one word before them.
        .filter(|name| name != "idempotencyKey" && name.chars().all(|c| c.is_ascii_alphanumeric()))
        .collect();
    let of_rest: BTreeSet<String> = fields().into_iter().map(|field| field.name.to_owned()).collect();
    assert_eq!(of_rest, of_graphql);
}

#[tokio::test]
async fn api_04_each_choice_of_the_document_is_taken_and_no_other() {
    let rollbook = Rollbook::start().await;
    for seats in ["READ_WRITE", "READ_ONLY"] {
        rollbook.admin.accept("sizeLicensePool", json!({ "type": seats, "owned": 9 }), "").await;
    }
    let mut number = 0;
    for field in fields() {
        let FieldForm::Choice(names) = field.form else { continue };
        for name in names {
            number += 1;
            let mut body = person(&format!("user{number}"));
            body[field.name] = json!(name);
            assert_eq!(add(&rollbook.admin, &body).await.status.as_u16(), 201, "{} {name}", field.name);
        }
        let mut body = person("nobody");
        body[field.name] = json!("ANYTHING");
        assert_eq!(flaws(&add(&rollbook.admin, &body).await), [format!("{} INVALID", field.name)]);
    }
}

#[tokio::test]
async fn api_04_an_answer_has_the_members_that_the_document_lists() {
    let rollbook = Rollbook::start().await;
    let document: Value = serde_json::from_str(&openapi()).unwrap();
    let listed = |schema: &str| -> BTreeSet<String> {
        let required = document["components"]["schemas"][schema]["required"].as_array().unwrap();
        required.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let members = |body: &Value| -> BTreeSet<String> { body.as_object().unwrap().keys().cloned().collect() };
    let created = add(&rollbook.admin, &person("ann")).await.json();
    assert_eq!(members(&created), &listed("User") | &listed("CreatedUser"));
    assert_eq!(members(&rollbook.admin.get("/users/user_9").await.json()), listed("User"));
    assert_eq!(members(&add(&rollbook.admin, &json!({})).await.json()), listed("Problem"));
}
