//! The REST door, asked over HTTP.

mod adding;
mod document;
mod placing;
mod problems;

use axum::http::{Method, header};
use http_body_util::Full;
use serde_json::{Value, json};

use crate::support::http::{Answer, Client};

/// `POST /users` with a body and headers.
async fn add_with(client: &Client, body: &Value, headers: &[(&str, &str)]) -> Answer {
    let mut request = client.request(Method::POST, "/users").header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request.body(Full::from(body.to_string())).unwrap()).await
}

async fn add(client: &Client, body: &Value) -> Answer {
    add_with(client, body, &[]).await
}

/// A body that has everything it needs.
fn person(name: &str) -> Value {
    json!({ "kind": "AGENT", "username": name, "email": format!("{name}@example.org"), "fullName": name })
}

/// `field code` of every flaw of a problem.
fn flaws(answer: &Answer) -> Vec<String> {
    let problem = answer.json();
    assert_eq!(answer.header("content-type"), "application/problem+json", "{problem}");
    assert_eq!(problem["status"], answer.status.as_u16());
    let errors = problem["errors"].as_array().unwrap();
    let told = errors.iter().map(|error| {
        assert!(error["message"].is_string());
        format!("{} {}", error["field"].as_str().unwrap_or("-"), error["code"].as_str().unwrap())
    });
    told.collect()
}
