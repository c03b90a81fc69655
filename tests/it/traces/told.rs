//! What a trace tells, and what it does not.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use http_body_util::Full;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::collector::{Collector, Received};
use crate::durability::faulty_disk::FaultyDisk;
use crate::support::http::Answer;
use crate::support::rollbook::{Rollbook, options};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

async fn traced(collector: &Collector) -> Rollbook {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.tracer = collector.tracer.clone();
    Rollbook::start_with(folder, options).await
}

/// Creates somebody, within a trace of the client's own.
async fn create(rollbook: &Rollbook, name: &str, traceparents: &[&str]) -> Answer {
    let document =
        "mutation($input: CreateUserInput!) { createUser(input: $input) { position errors { code } } }";
    let input = json!({ "kind": "AGENT", "username": name, "email": format!("{name}@example.org"),
        "fullName": name, "password": "a password of somebody" });
    let body = json!({ "query": document, "variables": { "input": input } });
    let path = format!("/graphql?{name}");
    let mut request = rollbook.admin.request(Method::POST, &path).header("content-type", "application/json");
    for traceparent in traceparents {
        request = request.header("traceparent", *traceparent);
    }
    let request = request.header("user-agent", format!("agent of {name}")).header("x-request-id", name);
    rollbook.admin.send(request.body(Full::from(body.to_string())).unwrap()).await
}

fn of_trace<'a>(spans: &'a [Received], trace: &str) -> Vec<&'a Received> {
    spans.iter().filter(|span| span.trace == trace).collect()
}

fn named<'a>(spans: &[&'a Received], name: &str) -> &'a Received {
    let found: Vec<_> = spans.iter().filter(|span| span.name == name).collect();
    assert_eq!(found.len(), 1, "{name} in {spans:?}");
    found[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_followed_to_the_disk_and_into_the_views() {
    let collector = Collector::start(1000).await;
    let rollbook = traced(&collector).await;
    let answer = create(&rollbook, "petronella", &[&format!("00-{TRACE}-{PARENT}-01")]).await;
    let position = answer.data()["createUser"]["position"].as_u64().unwrap();
    rollbook.stop().await;
    let (text, spans) = collector.received().await;

    let spans = of_trace(&spans, TRACE);
    let request = named(&spans, "POST /graphql");
    assert_eq!((request.parent.as_deref(), request.kind), (Some(PARENT), 2));
    assert_eq!(request.attributes["http.response.status_code"], "200");
    let way = ["POST /graphql", "CreateUser", "batch", "append", "sync"];
    for pair in way.windows(2) {
        let (outer, inner) = (named(&spans, pair[0]), named(&spans, pair[1]));
        assert_eq!(inner.parent.as_ref(), Some(&outer.id), "{} is part of {}", pair[1], pair[0]);
        assert!(outer.time.0 <= inner.time.0, "{pair:?}");
    }
    let (batch, fold) = (named(&spans, "batch"), named(&spans, "fold"));
    assert_eq!(fold.parent.as_ref(), Some(&batch.id));
    assert!(named(&spans, "append").time.1 <= fold.time.0, "views hold what is durable");
    assert!(fold.time.1 <= batch.time.1);
    assert_eq!(named(&spans, "CreateUser").attributes["rollbook.position"], position.to_string());
    assert_eq!(spans.len(), 6);
    assert!(!text.to_lowercase().contains("petronella") && !text.contains("127.0.0.1"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_that_its_client_does_not_keep_is_not_kept() {
    let collector = Collector::start(1000).await;
    let rollbook = traced(&collector).await;
    create(&rollbook, "petronella", &[&format!("00-{TRACE}-{PARENT}-00")]).await.data();
    rollbook.stop().await;
    assert!(of_trace(&collector.received().await.1, TRACE).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_traceparent_begins_a_trace_anew() {
    let collector = Collector::start(1000).await;
    let rollbook = traced(&collector).await;
    let sound = format!("00-{TRACE}-{PARENT}-01");
    let odd: [&[&str]; 6] = [
        &["petronella"],
        &[&format!("00-{}-{PARENT}-01", "0".repeat(32))],
        &[&format!("00-{TRACE}-{}-01", "0".repeat(16))],
        &[&format!("ff-{TRACE}-{PARENT}-01")],
        &[&format!("00-{}-{PARENT}-01", TRACE.to_uppercase())],
        &[&sound, &sound],
    ];
    for (number, traceparents) in odd.into_iter().enumerate() {
        create(&rollbook, &format!("anna{number}"), traceparents).await.data();
    }
    rollbook.stop().await;
    let (text, spans) = collector.received().await;
    assert!(of_trace(&spans, TRACE).is_empty() && !text.contains("petronella"), "{text}");
    let roots = spans.iter().filter(|span| span.name == "POST /graphql" && span.parent.is_none());
    assert!(roots.count() >= 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_traces_that_begin_here_none_are_kept_where_none_are_wanted() {
    let collector = Collector::start(0).await;
    let rollbook = traced(&collector).await;
    create(&rollbook, "anna", &[]).await.data();
    rollbook.stop().await;
    assert!(collector.received().await.1.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_is_told_and_a_refusal_is_told_apart() {
    let collector = Collector::start(1000).await;
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.tracer = collector.tracer.clone();
    let disk = Arc::new(FaultyDisk::under(&options.data));
    options.disk = disk.clone();
    let rollbook = Rollbook::start_with(folder, options).await;
    create(&rollbook, "anna", &[]).await.data();
    create(&rollbook, "anna", &[&format!("00-{TRACE}-{PARENT}-01")]).await.data();
    disk.fail_after(0);
    let other = "5".repeat(32);
    create(&rollbook, "bert", &[&format!("00-{other}-{PARENT}-01")]).await;
    rollbook.stop_stopped().await;
    let (_, spans) = collector.received().await;

    let refused = of_trace(&spans, TRACE);
    let command = named(&refused, "CreateUser");
    assert!(!command.failed && command.attributes["rollbook.refused"] == "EMAIL_TAKEN", "{command:?}");
    let failed = of_trace(&spans, &other);
    assert!(named(&failed, "append").failed && named(&failed, "CreateUser").failed);
    assert_eq!(named(&failed, "CreateUser").attributes["rollbook.stopped"], "log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_refuses_holds_nobody_and_what_it_did_not_take_is_counted() {
    let collector = Collector::answering(1000, StatusCode::SERVICE_UNAVAILABLE).await;
    let rollbook = traced(&collector).await;
    create(&rollbook, "anna", &[]).await.data();
    let (client, tracer) = (rollbook.anonymous(), collector.tracer.clone());
    collector.received().await;
    let (sent, dropped) = tracer.counts();
    assert!(sent == 0 && dropped > 0);
    let text = client.get("/metrics").await.text();
    assert!(text.contains("\nrollbook_spans_total{outcome=\"sent\"} 0\n"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_of_one_batch_are_linked() {
    let collector = Collector::start(1000).await;
    let rollbook = traced(&collector).await;
    // Together they are some batches; which, is the writer's choice.
    let many = (0..32).map(|number| {
        let rollbook = &rollbook;
        async move { create(rollbook, &format!("anna{number}"), &[]).await.data() }
    });
    let answers: Vec<Value> = futures_util::future::join_all(many).await;
    assert_eq!(answers.len(), 32);
    rollbook.stop().await;
    let (_, spans) = collector.received().await;
    let commands = spans.iter().filter(|span| span.name == "CreateUser");
    for command in commands {
        let is_judged = |batch: &&Received| {
            batch.name == "batch"
                && (batch.parent.as_ref() == Some(&command.id) || batch.links.contains(&command.id))
        };
        assert_eq!(spans.iter().filter(is_judged).count(), 1, "each command is judged in one batch");
    }
}
