//! What is counted, and under which words.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use axum::http::Method;
use http_body_util::Full;
use rollbook::metrics::series::{self, ALL};
use serde_json::json;
use tempfile::TempDir;

use super::{labels, scrape};
use crate::durability::faulty_disk::FaultyDisk;
use crate::support::rollbook::{Rollbook, options};
use crate::support::websocket::GraphQlSocket;
use crate::tidy::root;

const GENERATED: [&str; 2] =
    ["<!-- series: written by the test, from the program -->\n", "<!-- series end -->\n"];

/// A little of everything that is counted.
async fn lively() -> Rollbook {
    let rollbook = Rollbook::start().await;
    let id = rollbook.admin.create("AGENT", "petronella").await;
    let taken =
        json!({ "kind": "AGENT", "fullName": "x", "username": "petronella", "email": "x@example.org" });
    rollbook.admin.refuse("createUser", taken).await;
    let herself = rollbook.sign_in("petronella", "password of petronella").await;
    herself.refuse("lockAccount", json!({ "userId": id })).await;
    rollbook.admin.data("mutation { proveIntegrity { proof { outcome } } }", json!({})).await;
    assert_eq!(rollbook.admin.get("/backup?after=0").await.status, 200);
    assert_eq!(rollbook.admin.get("/backup/keys").await.status, 200);
    assert_eq!(herself.graphql("{ petronella }").await.status, 400);
    herself.get("/users/petronella?q=petronella").await;
    herself.get("/petronella").await;
    let odd = Method::from_bytes(b"PETRONELLA").unwrap();
    herself.send(herself.request(odd, "/graphql").body(Full::default()).unwrap()).await;
    rollbook
}

#[tokio::test(flavor = "multi_thread")]
async fn every_series_of_the_table_is_shown_and_no_other() {
    let rollbook = lively().await;
    let scrape = scrape(&rollbook.anonymous()).await;
    let families: Vec<&str> = scrape.families.iter().map(|(name, ..)| name.as_str()).collect();
    let table: Vec<&str> = ALL.iter().map(|series| series.name).collect();
    assert_eq!(families, table);
    for (series, (name, kind, help)) in ALL.iter().zip(&scrape.families) {
        assert_eq!((series.kind.word(), series.help), (kind.as_str(), help.as_str()), "{name}");
    }
    let silent: BTreeSet<String> =
        table.iter().map(|name| (*name).to_owned()).filter(|name| !scrape.shown().contains(name)).collect();
    assert_eq!(silent, [series::STOPPED.name.to_owned()].into(), "while all is well");
    for (name, words) in scrape.samples.keys() {
        let wanted = ALL.iter().find(|series| {
            let rest = name.strip_prefix(series.name);
            rest.is_some_and(|rest| ["", "_bucket", "_sum", "_count"].contains(&rest))
        });
        let wanted: BTreeSet<&str> = wanted.unwrap().labels.iter().copied().collect();
        let shown: BTreeSet<&str> = words.keys().map(String::as_str).filter(|name| *name != "le").collect();
        assert_eq!(shown, wanted, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_label_holds_a_word_from_outside() {
    let rollbook = lively().await;
    let text = rollbook.anonymous().get("/metrics").await.text();
    assert!(!text.to_lowercase().contains("petronella"), "{text}");
    let scrape = scrape(&rollbook.anonymous()).await;
    let requests = |route: &str, method: &str, status: &str| {
        let labels = labels([("route", route), ("method", method), ("status", status)]);
        scrape.value("rollbook_requests_total", labels)
    };
    assert_eq!(requests("/graphql", "other", "405"), 1.0);
    assert_eq!(requests("none", "GET", "404"), 1.0, "{text}");
    assert_eq!(requests("/backup", "GET", "200"), 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_counted_by_kind_and_by_what_became_of_them() {
    let rollbook = Rollbook::start().await;
    let count = |scrape: &super::Scrape, command: &str, outcome: &str| {
        scrape.value("rollbook_commands_total", labels([("command", command), ("outcome", outcome)]))
    };
    let before = scrape(&rollbook.anonymous()).await;
    let id = rollbook.admin.create("AGENT", "anna").await;
    let key = json!({ "userId": id, "reason": "lost", "idempotencyKey": "one key" });
    rollbook.admin.accept("lockAccount", key.clone(), "").await;
    rollbook.admin.accept("lockAccount", key, "").await;
    let taken = json!({ "kind": "AGENT", "fullName": "Other", "username": "anna", "email": "a@b.example" });
    assert_eq!(rollbook.admin.refuse("createUser", taken).await, ["USERNAME_TAKEN"]);
    let bert = rollbook.admin.create("AGENT", "bert").await;
    let bert_himself = rollbook.sign_in("bert", "password of bert").await;
    assert_eq!(bert_himself.refuse("deleteUser", json!({ "userId": bert })).await, ["FORBIDDEN"]);

    let after = scrape(&rollbook.anonymous()).await;
    let grew =
        |command: &str, outcome: &str| count(&after, command, outcome) - count(&before, command, outcome);
    assert_eq!(grew("CreateUser", "accepted"), 2.0);
    assert_eq!(grew("CreateUser", "refused"), 1.0);
    assert_eq!((grew("LockAccount", "accepted"), grew("LockAccount", "repeated")), (1.0, 1.0));
    assert_eq!(grew("DeleteUser", "denied"), 1.0);
    assert_eq!(after.value("rollbook_refusals_total", labels([("code", "USERNAME_TAKEN")])), 1.0);
    assert_eq!(after.value("rollbook_refusals_total", labels([("code", "FORBIDDEN")])), 1.0);

    let head = rollbook.directory.reached().0 as f64;
    assert_eq!((after.one("rollbook_log_position"), after.one("rollbook_position")), (head, head));
    let batches = after.one("rollbook_batch_records_count") - before.one("rollbook_batch_records_count");
    let syncs = after.one("rollbook_sync_seconds_count") - before.one("rollbook_sync_seconds_count");
    assert!(batches > 0.0 && batches == syncs, "each batch has one sync: {batches} {syncs}");
    assert!(after.one("rollbook_sync_seconds_sum") <= after.one("rollbook_append_seconds_sum"));
    let bytes = after.one("rollbook_disk_free_bytes");
    assert!(bytes > after.one("rollbook_disk_free_min_bytes"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_is_counted_as_long_as_it_is() {
    let rollbook = Rollbook::start().await;
    let mut socket = GraphQlSocket::connect(&rollbook.admin).await;
    socket.subscribe("1", "subscription { licenses { owned } }").await;
    socket.hear().await;
    let open = scrape(&rollbook.anonymous()).await;
    assert_eq!((open.one("rollbook_websockets"), open.one("rollbook_subscriptions")), (1.0, 1.0));
    assert_eq!(open.one("rollbook_connections"), 1.0, "the one that asks");
    drop(socket);
    loop {
        let left = scrape(&rollbook.anonymous()).await;
        if (left.one("rollbook_websockets"), left.one("rollbook_subscriptions")) == (0.0, 0.0) {
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_stopped_says_why_in_one_word() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    let disk = Arc::new(FaultyDisk::under(&options.data));
    options.disk = disk.clone();
    let rollbook = Rollbook::start_with(folder, options).await;
    assert_eq!(scrape(&rollbook.anonymous()).await.one("rollbook_up"), 1.0);
    disk.fail_after(0);
    let create = "mutation { createTeam(input: { name: \"x\" }) { position } }";
    rollbook.admin.graphql(create).await;
    let stopped = scrape(&rollbook.anonymous()).await;
    assert_eq!(stopped.one("rollbook_up"), 0.0);
    assert_eq!(stopped.value("rollbook_stopped", labels([("reason", "log")])), 1.0);
    rollbook.stop_stopped().await;
}

#[test]
fn the_manual_has_the_table_of_the_program() {
    let path = root().join("docs/operating.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(GENERATED[0]).expect("where the table begins");
    let (table, after) = rest.split_once(GENERATED[1]).expect("where it ends");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let written = [before, GENERATED[0], &series::table(), GENERATED[1], after].concat();
        fs::write(&path, written).unwrap();
        return;
    }
    assert_eq!(table, series::table(), "UPDATE_EXPECT=1 writes it anew");
}
