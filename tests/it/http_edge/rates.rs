//! One address gets what it may have, and whoever is refused learns when to come again.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::http::Method;
use http_body_util::Full;
use rollbook::http::{EdgeLimits, Loopback, Rate, Rates};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::fixture;
use crate::support::http::{Answer, Client};
use crate::support::websocket::GraphQlSocket;

/// So slow that no test sees a second one.
fn only(burst: u32) -> Option<Rate> {
    Some(Rate { every: Duration::from_secs(3_600), burst: NonZeroU32::new(burst).unwrap() })
}

fn counted(burst: u32) -> EdgeLimits {
    EdgeLimits { per_address: only(burst), loopback: Loopback::Counted, ..fixture::limits() }
}

fn assert_too_much(answer: &Answer) {
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (429, "RATE_LIMITED"));
    let seconds: u64 = answer.header("retry-after").parse().unwrap();
    assert!((3_500..=3_601).contains(&seconds), "{seconds}");
    assert_eq!(answer.json()["errors"][0]["extensions"]["retryAfterSeconds"], seconds);
}

#[tokio::test]
async fn an_address_that_asks_too_much_is_told_when_to_come_again() {
    let client = fixture::start_with(counted(2)).await.server.client();
    for _ in 0..2 {
        assert_eq!(client.graphql("{ hello }").await.status, 200);
    }
    assert_too_much(&client.graphql("{ hello }").await);
    assert_eq!(client.get("/readyz").await.status, 200, "who watches is let pass");
}

#[tokio::test]
async fn this_machine_is_free_where_nothing_else_is_said() {
    let limits = EdgeLimits { per_address: only(1), ..fixture::limits() };
    let client = fixture::start_with(limits).await.server.client();
    for _ in 0..5 {
        assert_eq!(client.graphql("{ hello }").await.status, 200);
    }
}

#[tokio::test]
async fn operations_on_a_websocket_count_as_requests_do() {
    let fixture = fixture::start_with(counted(2)).await;
    // The handshake is a request, and the first operation is the second one.
    let mut socket = GraphQlSocket::connect(&fixture.server.client()).await;
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(socket.hear().await["type"], "next");
    assert_eq!(socket.hear().await["type"], "complete");
    socket.subscribe("2", "{ hello }").await;
    let refused = socket.hear().await;
    assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!("2")));
    let extensions = &refused["payload"][0]["extensions"];
    assert_eq!(extensions["code"], "RATE_LIMITED");
    assert!(extensions["retryAfterSeconds"].as_u64().unwrap() > 0);
}

async fn from(client: &Client, forwarded: &str) -> Answer {
    let request = client.request(Method::POST, "/graphql").header("content-type", "application/json");
    let request = request.header("x-forwarded-for", forwarded);
    client.send(request.body(Full::from(r#"{"query":"{ client }"}"#)).unwrap()).await
}

fn seen(answer: &Answer) -> String {
    let client = answer.data()["client"].as_str().unwrap().to_owned();
    client.split(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn nobody_is_believed_whom_the_configuration_does_not_name() {
    let client = fixture::start_with(counted(2)).await.server.client();
    assert_eq!(seen(&from(&client, "203.0.113.7").await), "127.0.0.1");
    assert_eq!(seen(&from(&client, "203.0.113.8").await), "127.0.0.1");
    assert_too_much(&from(&client, "203.0.113.9").await);
}

#[tokio::test]
async fn a_trusted_proxy_tells_its_clients_apart_and_what_they_claim_does_not_count() {
    let trusted = vec!["127.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
    let limits = EdgeLimits { trusted_proxies: trusted, ..counted(2) };
    let client = fixture::start_with(limits).await.server.client();
    assert_eq!(seen(&from(&client, "198.51.100.1, 203.0.113.7, 10.0.0.2").await), "203.0.113.7");
    assert_eq!(seen(&from(&client, "198.51.100.2, 203.0.113.7").await), "203.0.113.7");
    assert_too_much(&from(&client, "198.51.100.3, 203.0.113.7").await);
    assert_eq!(seen(&from(&client, "203.0.113.8:4711").await), "203.0.113.8");
    assert_eq!(seen(&from(&client, "[2001:db8::1]:4711").await), "2001:db8::1");
    assert_eq!(seen(&from(&client, "2001:db8:0:0:ffff::2").await), "2001:db8::ffff:0:0:2");
    assert_too_much(&from(&client, "2001:db8::3").await);
    assert_eq!(seen(&from(&client, "unknown").await), "127.0.0.1");
}

#[tokio::test]
async fn an_address_with_all_its_connections_gets_no_further_one_until_one_ends() {
    let limits =
        EdgeLimits { connections_per_address_max: 1, loopback: Loopback::Counted, ..fixture::limits() };
    let fixture = fixture::start_with(limits).await;
    let mut first = TcpStream::connect(fixture.server.address).await.unwrap();
    first.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut answer = [0; 15];
    first.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK");
    let mut second = TcpStream::connect(fixture.server.address).await.unwrap();
    assert!(matches!(second.read(&mut answer).await, Ok(0) | Err(_)), "it is closed unheard");
    drop(first);
    let free = async {
        loop {
            let mut third = TcpStream::connect(fixture.server.address).await.unwrap();
            let asked = third.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
            if asked.is_ok() && third.read(&mut answer).await.is_ok_and(|read| read > 0) {
                return;
            }
        }
    };
    free.await;
}

#[tokio::test]
async fn more_requests_than_there_is_room_for_are_told_busy_at_once() {
    let limits = EdgeLimits { requests_max: 0, ..fixture::limits() };
    let client = fixture::start_with(limits).await.server.client();
    let answer = client.graphql("{ hello }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "BUSY"));
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(answer.json()["errors"][0]["extensions"]["retryAfterSeconds"], 1);
    assert_eq!(client.get("/healthz").await.status, 200);
}

#[test]
fn what_is_kept_of_many_addresses_is_bounded() {
    // Full again after a nanosecond: nothing is worth keeping.
    let rates = Rates::new(Some(Rate { every: Duration::from_nanos(1), burst: NonZeroU32::MIN }));
    for key in 0..100_000_u32 {
        rates.check(&key).unwrap();
    }
    assert!(rates.len() <= 4_096, "{}", rates.len());
}
