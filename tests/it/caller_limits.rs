//! What one person may ask, and how often one address may try to sign in, of a whole Rollbook.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use http_body_util::Full;
use rollbook::http::{EdgeLimits, Loopback, Rate};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook, options};

/// So slow that no test sees a second one.
fn only(burst: u32) -> Option<Rate> {
    Some(Rate { every: Duration::from_secs(3_600), burst: NonZeroU32::new(burst).unwrap() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_asks_too_much_is_told_so_and_nobody_else_is() {
    let folder = Arc::new(TempDir::new().unwrap());
    let options = options(&folder);
    let limits = EdgeLimits { per_person: only(2), loopback: Loopback::Counted, ..EdgeLimits::default() };
    let rollbook = Rollbook::start_within(folder, options, limits).await;
    let again = rollbook.sign_in("admin", ADMIN_PASSWORD).await;
    // Two sessions, one person.
    assert_eq!(rollbook.admin.graphql("{ me { username } }").await.status, 200);
    assert_eq!(again.graphql("{ me { username } }").await.status, 200);
    for client in [&rollbook.admin, &again] {
        let refused = client.graphql("{ me { username } }").await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "RATE_LIMITED"));
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 3_000);
    }
    let stranger = rollbook.anonymous().graphql("{ __typename }").await;
    assert_eq!(stranger.status, 200, "a stranger is nobody's person");
}

async fn sign_in_from(client: &Client, address: &str) -> Value {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { token errors { code } } }";
    let input = json!({ "login": "admin", "password": ADMIN_PASSWORD });
    let body = json!({ "query": query, "variables": { "input": input } }).to_string();
    let request = client.request(Method::POST, "/graphql").header("content-type", "application/json");
    let request = request.header("x-forwarded-for", address).body(Full::from(body)).unwrap();
    client.send(request).await.data()["signIn"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_signs_in_too_often_is_refused_though_the_password_is_right_and_no_other_is() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.sign_ins_per_address = only(2);
    let limits = EdgeLimits { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..EdgeLimits::default() };
    let rollbook = Rollbook::start_within(folder, options, limits).await;
    let client = rollbook.anonymous();
    for _ in 0..2 {
        assert!(sign_in_from(&client, "203.0.113.7").await["token"].is_string());
    }
    let refused = sign_in_from(&client, "203.0.113.7").await;
    assert_eq!((&refused["token"], &refused["errors"][0]["code"]), (&Value::Null, &json!("BUSY")));
    assert!(sign_in_from(&client, "203.0.113.8").await["token"].is_string());
    // One customer has a whole /64: its addresses are one.
    for (address, is_let_in) in [("2001:db8::1", true), ("2001:db8::2", true), ("2001:db8::3", false)] {
        assert_eq!(sign_in_from(&client, address).await["token"].is_string(), is_let_in, "{address}");
    }
}
