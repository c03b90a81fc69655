//! History for other programs: over HTTP, and from a directory that nobody serves.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::cli_program::Place;
use crate::support::http::{Answer, Client};
use crate::support::rollbook::Rollbook;

fn encoded(json: &Value) -> String {
    json.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn export(client: &Client, format: &str, filter: &Value) -> Answer {
    client.get(&format!("/history/export?format={format}&filter={}", encoded(filter))).await
}

async fn member(rollbook: &Rollbook, profile: &str, name: &str) -> Client {
    let id = rollbook.admin.create("AGENT", name).await;
    rollbook.admin.accept("assignAccessProfile", json!({ "userId": id, "accessProfile": profile }), "").await;
    rollbook.sign_in(name, &format!("password of {name}")).await
}

/// One event a line.
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn ndjson_has_what_history_shows_in_the_order_of_the_log() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann, "reason": "T-1" }), "").await;
    let answer = export(&rollbook.admin, "ndjson", &json!({ "user": ann })).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/x-ndjson"));
    let exported = lines(&answer.text());
    let fields = "position eventId at typeName subject { kind id name label } actor { id kind name label } \
                  onBehalfOf proxySession commandId correlationId changes { field from to erased withheld } \
                  summary context { requestId clientAddress userAgent reason } withheld";
    let document = format!(
        "query($id: ID!) {{ history(filter: {{ user: $id, types: [USER_CREATED, PASSWORD_SET, ACCOUNT_LOCKED] }}, \
         newestFirst: false) {{ nodes {{ {fields} }} }} }}"
    );
    let shown = rollbook.admin.data(&document, json!({ "id": ann })).await;
    assert_eq!(json!(exported), shown["history"]["nodes"]);
    assert_eq!(exported.last().unwrap()["context"]["reason"], "T-1");
}

#[tokio::test]
async fn csv_is_a_table_in_which_nothing_is_a_formula() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let reason = "=HYPERLINK(\"http://x\"), \"now\"";
    rollbook.admin.accept("lockAccount", json!({ "userId": ann, "reason": reason }), "").await;
    let filter = json!({ "user": ann, "types": ["ACCOUNT_LOCKED"] });
    let answer = export(&rollbook.admin, "csv", &filter).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"history.csv\"");
    let text = answer.text();
    let (heading, rest) = text.split_once("\r\n").unwrap();
    assert!(heading.starts_with("position,event_id,at,type,subject_kind,subject,subject_name,actor,"));
    assert!(
        rest.contains(&format!(",account.locked@1,USER,{ann},ann,user_8,PERSON,Administrator,,,")),
        "{rest}"
    );
    let cell = format!("\"'{}\"", reason.replace('"', "\"\""));
    assert!(rest.contains(&cell), "{rest}");
    assert!(rest.ends_with("\r\n"));
}

#[tokio::test]
async fn cloud_events_have_their_attributes_and_none_is_personal() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let answer = export(&rollbook.admin, "cloudevents", &json!({ "user": ann })).await;
    let mut events = lines(&answer.text());
    let mut event = events.remove(0);
    assert_eq!(event["data"]["subject"]["name"], "ann");
    event.as_object_mut().unwrap().remove("data");
    assert!(!event.to_string().contains("ann"), "{event}");
    for (name, expected) in [
        ("specversion", "1.0"),
        ("source", "urn:rollbook:rollbook.localhost"),
        ("type", "rollbook.user.created.v1"),
        ("subject", ann.as_str()),
        ("datacontenttype", "application/json"),
    ] {
        assert_eq!(event[name], expected, "{name}");
    }
    assert!(event["time"].as_str().unwrap().ends_with('Z') && event["id"].as_str().unwrap().len() == 26);
}

#[tokio::test]
async fn an_export_shows_pseudonyms_to_who_may_not_see_people() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("changeProfile", json!({ "userId": ann, "title": "Captain" }), "").await;
    let auditor = member(&rollbook, "AUDITOR", "adam").await;
    for format in ["ndjson", "csv", "cloudevents"] {
        let text = export(&auditor, format, &json!({})).await.text();
        for personal in ["ann@example.org", "Captain", "\"ann\"", ",ann,", "Administrator"] {
            assert!(!text.contains(personal), "{format}: {personal} in {text}");
        }
        assert!(text.contains(&format!("user_8 changed {ann}'s profile")), "{format}: {text}");
    }
}

#[tokio::test]
async fn rol_13_an_export_ends_at_ones_reach() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let moe = rollbook.admin.create("AGENT", "moe").await;
    let eve = member(&rollbook, "ADMINISTRATOR", "eve").await;
    let me = eve.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let team = rollbook.admin.accept("createTeam", json!({ "name": "East" }), "team { id }").await;
    for user in [&me, &json!(ann)] {
        let input = json!({ "userId": user, "teamId": team["team"]["id"] });
        rollbook.admin.accept("addTeamMember", input, "").await;
    }
    let text = export(&eve, "ndjson", &json!({})).await.text();
    assert!(text.contains(&format!("\"{ann}\"")) && !text.contains(&format!("\"{moe}\"")), "{text}");
    assert!(!text.contains("moe"), "{text}");
    assert_eq!(export(&eve, "ndjson", &json!({ "user": moe })).await.text(), "");
}

#[tokio::test]
async fn an_export_is_refused_to_who_may_not_read_and_for_what_is_no_export() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let bob = member(&rollbook, "STANDARD", "bob").await;
    let code = |answer: Answer| (answer.status.as_u16(), answer.json()["errors"][0]["code"].clone());
    let nobody = rollbook.anonymous().get("/history/export").await;
    assert_eq!(code(nobody), (401, json!("UNAUTHENTICATED")));
    assert_eq!(code(bob.get("/history/export").await), (403, json!("FORBIDDEN")));
    assert_eq!(code(export(&bob, "ndjson", &json!({ "user": ann })).await), (403, json!("FORBIDDEN")));
    let me = bob.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    assert_eq!(export(&bob, "ndjson", &json!({ "user": me })).await.status, StatusCode::OK, "the own one");
    for query in
        ["format=xml", "filter=7", "filter={}&filter={}", "after=x", "until=7", "filter=%7B%22who%22%3A1%7D"]
    {
        let answer = rollbook.admin.get(&format!("/history/export?{query}")).await;
        assert_eq!(code(answer), (400, json!("INVALID")), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_export_comes_whole_in_parts_and_goes_on_after_a_position() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for number in 0..600 {
        let input = json!({ "userId": ann, "title": format!("Title {number}") });
        rollbook.admin.accept("changeProfile", input, "").await;
    }
    let head = rollbook.directory.reached().0;
    let all = lines(&rollbook.admin.get("/history/export").await.text());
    let positions: Vec<u64> = all.iter().map(|event| event["position"].as_u64().unwrap()).collect();
    assert_eq!(positions, (1..=head).collect::<Vec<_>>());
    let rest = lines(&rollbook.admin.get(&format!("/history/export?after={}", head - 1)).await.text());
    assert_eq!(rest[0], *all.last().unwrap());
}

#[test]
fn the_log_of_a_directory_that_nobody_serves_is_written_in_each_format() {
    let place = Place::with_directory();
    let stored = lines(&place.run(&["log"]).out);
    let cloud = lines(&place.run(&["log", "--format", "cloudevents"]).out);
    assert_eq!(cloud.len(), stored.len());
    assert_eq!((&cloud[0]["data"], &cloud[0]["id"]), (&stored[0], &stored[0]["id"]));
    let table = place.run(&["log", "--format", "csv", "--type", "user.created"]).out;
    assert_eq!(table.lines().count(), 2);
    assert!(table.contains(",user.created@1,USER,user_8,,") && table.contains("sealed"), "{table}");
    assert!(!table.contains("admin@example.com"));
    let revealed = place.run(&["log", "--format", "csv", "--type", "user.created", "--reveal"]).out;
    assert!(revealed.contains("admin@example.com"));
    assert_eq!(place.run(&["log", "--format", "xml"]).code, 2);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs node, and `npm ci --prefix tests/audit`"]
async fn a_program_that_is_not_ours_takes_our_cloud_events() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann, "reason": "T-1" }), "").await;
    rollbook.admin.accept("changeSettings", json!({ "lockAfterFailures": 9 }), "").await;
    let exported = export(&rollbook.admin, "cloudevents", &json!({})).await.text();
    tokio::task::spawn_blocking(move || is_taken(&exported)).await.unwrap();
}

#[test]
#[ignore = "needs node, and `npm ci --prefix tests/audit`"]
fn a_program_that_is_not_ours_takes_the_cloud_events_of_the_log() {
    is_taken(&Place::with_directory().run(&["log", "--format", "cloudevents"]).out);
}

fn is_taken(events: &str) {
    let judged = judge(events);
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
}

fn judge(events: &str) -> std::process::Output {
    let script = format!("{}/tests/audit/cloudevents.mjs", env!("CARGO_MANIFEST_DIR"));
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    node.stdin.take().unwrap().write_all(events.as_bytes()).unwrap();
    node.wait_with_output().unwrap()
}
