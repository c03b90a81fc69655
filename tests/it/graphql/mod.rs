//! The features, asked through GraphQL, each test named after its rule.

mod access_requests;
mod access_review;
mod accounts;
mod applications;
mod as_of;
mod attributes;
mod bulk;
mod bulk_reach;
mod by_setting;
mod cards;
mod changes;
mod dashboards;
mod deletion;
mod deletion_rights;
mod enumeration;
mod events;
mod every_setting;
mod hierarchy;
mod hierarchy_company;
mod hierarchy_doors;
mod history;
mod history_filters;
mod licenses;
mod lockout;
mod lookups;
mod masking;
mod masking_places;
mod masking_requests;
mod passwords;
mod portal;
mod preferences;
mod profile;
mod provider;
mod proxies;
mod proxy_grants;
mod readings;
mod record;
mod references;
mod reserved;
mod resets;
mod restriction;
mod rights;
mod roles;
mod rows;
mod saved_views;
mod security_questions;
mod session_bounds;
mod sessions;
mod settings;
mod single_sign_on;
mod standing;
mod support;
mod teams;
mod unseen;
mod unseen_history;
mod user_rules;
mod users;

use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// Somebody new with an access profile, signed in.
async fn member(rollbook: &Rollbook, profile: &str, name: &str) -> Client {
    let mut input = agent(name);
    input["accessProfile"] = json!(profile);
    rollbook.admin.accept("createUser", input, "").await;
    rollbook.sign_in(name, &password(name)).await
}

/// The input of an agent that has everything it needs.
fn agent(name: &str) -> Value {
    json!({
        "kind": "AGENT",
        "username": name,
        "email": format!("{name}@example.org"),
        "fullName": name,
        "password": password(name),
    })
}

/// The password that [`Client::create`] gives.
fn password(name: &str) -> String {
    format!("password of {name}")
}

/// How far the log is.
async fn head(client: &Client) -> u64 {
    client.data("{ head }", json!({})).await["head"].as_u64().unwrap()
}

/// One user by id.
async fn user(client: &Client, id: &str, fields: &str) -> Value {
    let document = format!("query($id: ID!) {{ user(by: {{ id: $id }}) {{ {fields} }} }}");
    client.data(&document, json!({ "id": id })).await["user"].clone()
}

/// The history of one user, oldest first, without that it was read.
async fn history(client: &Client, id: &str, fields: &str) -> Vec<Value> {
    let document = format!(
        "query($id: ID!) {{ history(filter: {{ user: $id }}, newestFirst: false) {{ nodes {{ happened: type {fields} }} }} }}"
    );
    let data = client.data(&document, json!({ "id": id })).await;
    let mut entries = data["history"]["nodes"].as_array().unwrap().clone();
    entries
        .retain_mut(|entry| entry.as_object_mut().unwrap().remove("happened") != Some(json!("HISTORY_READ")));
    entries
}

/// A pool of seats.
async fn own_seats(client: &Client, kind: &str, owned: u32) {
    client.accept("sizeLicensePool", json!({ "type": kind, "owned": owned }), "").await;
}

/// A role; gives its id.
async fn role(client: &Client, name: &str, kind: &str, surfaces: &[&str]) -> String {
    let input = json!({ "name": name, "kind": kind, "surfaces": surfaces });
    let payload = client.accept("defineRole", input, "role { id }").await;
    payload["role"]["id"].as_str().unwrap().to_owned()
}
