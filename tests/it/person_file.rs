//! A person's file: whole, of nobody else, safe to open, and recorded.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::cli_program::Place;
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn officer(rollbook: &Rollbook, name: &str) -> Client {
    let input = json!({ "kind": "AGENT", "username": name, "email": format!("{name}@example.org"),
                        "fullName": name, "password": "password of an officer",
                        "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("createUser", input, "").await;
    rollbook.sign_in(name, "password of an officer").await
}

async fn person(rollbook: &Rollbook, name: &str, display_name: &str) -> String {
    let input = json!({ "kind": "AGENT", "username": name, "email": format!("{name}@example.org"),
                        "fullName": display_name, "mobilePhone": "+49 170 1234567",
                        "password": format!("password of {name}") });
    let payload = rollbook.admin.accept("createUser", input, "user { id }").await;
    payload["user"]["id"].as_str().unwrap().to_owned()
}

async fn file(client: &Client, id: &str) -> Value {
    let answer = client.get(&format!("/people/{id}/file.json?ticket=T-1")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

async fn refused(client: &Client, path: &str) -> (u16, String) {
    let answer = client.get(path).await;
    (answer.status.as_u16(), answer.json()["errors"][0]["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn his_03_a_file_holds_fields_sessions_mails_and_both_histories() {
    let rollbook = Rollbook::start().await;
    let olga = officer(&rollbook, "olga").await;
    let ann = person(&rollbook, "ann", "Ann Arbor").await;
    let own = rollbook.sign_in("ann", "password of ann").await;
    own.accept("changeProfile", json!({ "userId": ann, "streetAddress": "Long Lane 7" }), "").await;
    let define = json!({ "key": "badge", "label": "Badge", "type": "TEXT", "personal": true });
    rollbook.admin.accept("defineAttribute", define, "").await;
    let badge = json!({ "userId": ann, "attributes": [{ "key": "badge", "value": "B-77" }] });
    rollbook.admin.accept("setAttributes", badge, "").await;
    let file = file(&olga, &ann).await;
    assert_eq!((&file["format"], &file["complete"]), (&json!(1), &json!(true)));
    assert_eq!(file["person"]["email"], "ann@example.org");
    assert_eq!(file["person"]["fields"]["streetAddress"], "Long Lane 7");
    assert_eq!(file["attributes"], json!([{ "key": "badge", "label": "Badge", "value": "B-77" }]));
    assert_eq!(file["preferences"]["timeFormat"], "H24");
    let sessions = file["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0]["clientAddress"], "127.0.0.1");
    let types = |list: &str| -> Vec<String> {
        let events = file[list].as_array().unwrap().iter();
        events.map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    };
    assert!(types("history").contains(&"attributes.set@1".to_owned()));
    assert_eq!(types("acts"), ["signed.in@1", "profile.changed@1"]);
    assert_eq!(file["history"][0]["personal"]["person"]["mobilePhone"], "+49 170 1234567");
}

#[tokio::test]
async fn his_04_a_file_says_who_saw_the_person() {
    let rollbook = Rollbook::start().await;
    let olga = officer(&rollbook, "olga").await;
    let ann = person(&rollbook, "ann", "Ann Arbor").await;
    rollbook.admin.accept("startProxy", json!({ "userId": ann, "acknowledged": true }), "").await;
    file(&olga, &ann).await;
    let file = file(&olga, &ann).await;
    let seen: Vec<&str> =
        file["seenBy"].as_array().unwrap().iter().map(|seen| seen["type"].as_str().unwrap()).collect();
    assert_eq!(seen, ["proxy.started", "person_file.fetched", "person_file.fetched"]);
}

#[tokio::test]
async fn other_peoples_values_are_not_in_a_file() {
    let rollbook = Rollbook::start().await;
    let olga = officer(&rollbook, "olga").await;
    let ann = person(&rollbook, "ann", "Ann Arbor").await;
    let bob = person(&rollbook, "bob", "Bob Secretive").await;
    let lock = json!({ "userId": ann, "reason": "Bob Secretive said so" });
    rollbook.admin.accept("lockAccount", lock, "").await;
    rollbook.admin.accept("unlockAccount", json!({ "userId": ann }), "").await;
    rollbook.admin.accept("changeReportingLine", json!({ "userId": ann, "reportsTo": bob }), "").await;
    let input = json!({ "userId": ann, "accessProfile": "ADMINISTRATOR" });
    rollbook.admin.accept("assignAccessProfile", input, "").await;
    let own = rollbook.sign_in("ann", "password of ann").await;
    own.accept("changeProfile", json!({ "userId": bob, "title": "Spy", "reason": "my own words" }), "").await;
    let file = file(&olga, &ann).await;
    let locked = file["history"].as_array().unwrap().iter().find(|event| event["type"] == "account.locked@1");
    assert_eq!(locked.unwrap()["personal"]["context"], "withheld");
    let act = file["acts"].as_array().unwrap().last().unwrap();
    assert_eq!(act["personal"]["context"]["reason"], "my own words");
    assert_eq!(act["personal"]["person"], "withheld");
    let mut text = file.clone();
    assert_eq!(text["people"].as_object_mut().unwrap().remove(&bob), Some(json!("Bob Secretive")));
    assert!(!text.to_string().contains("Secretive") && !text.to_string().contains("Spy"));
}

#[tokio::test]
async fn a_display_name_with_markup_is_a_name_on_the_page() {
    let rollbook = Rollbook::start().await;
    let olga = officer(&rollbook, "olga").await;
    let name = r#"<script>alert(1)</script><img src="x" onerror='y'> & Co"#;
    let ann = person(&rollbook, "ann", name).await;
    let answer = olga.get(&format!("/people/{ann}/file.html?ticket=T-1")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    let page = answer.text();
    assert!(page.contains(
        "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt; &amp; Co"
    ));
    for forbidden in ["<script", "<img src=\"x\"", "href=", "http://", "https://", "@import"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn a_file_is_for_compliance_officers_and_every_fetch_is_in_the_history() {
    let rollbook = Rollbook::start().await;
    let olga = officer(&rollbook, "olga").await;
    let ann = person(&rollbook, "ann", "Ann Arbor").await;
    let path = format!("/people/{ann}/file.json?ticket=T-1");
    assert_eq!(refused(&rollbook.anonymous(), &path).await, (401, "UNAUTHENTICATED".to_owned()));
    assert_eq!(refused(&rollbook.admin, &path).await, (403, "FORBIDDEN".to_owned()));
    let without = format!("/people/{ann}/file.json");
    assert_eq!(refused(&olga, &without).await, (400, "REQUIRED".to_owned()));
    assert_eq!(refused(&olga, "/people/user_99/file.json?ticket=T-1").await, (404, "NOT_FOUND".to_owned()));
    assert_eq!(refused(&olga, &format!("/people/{ann}/file.pdf?ticket=T-1")).await.0, 404);
    file(&olga, &ann).await;
    let document =
        "query($id: ID!) { history(filter: { user: $id }, newestFirst: false) { nodes { type summary } } }";
    let told = rollbook.admin.data(document, json!({ "id": ann })).await["history"]["nodes"].clone();
    let types: Vec<&str> =
        told.as_array().unwrap().iter().map(|entry| entry["type"].as_str().unwrap()).collect();
    assert_eq!(types[types.len() - 2..], ["ATTEMPT_DENIED", "PERSON_FILE_FETCHED"]);
    assert_eq!(told.as_array().unwrap().last().unwrap()["summary"], "olga fetched the file of Ann Arbor");
}

#[tokio::test]
async fn an_erased_persons_file_says_what_is_left() {
    let rollbook = Rollbook::start().await;
    let (olga, otto) = (officer(&rollbook, "olga").await, officer(&rollbook, "otto").await);
    let ann = person(&rollbook, "ann", "Ann Arbor").await;
    rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let input = json!({ "userId": ann, "username": "ann", "email": "ann@example.org", "mode": "ERASURE",
                        "legalBasis": "OBJECTION", "ticket": "T-2" });
    let payload = olga.accept("requestMasking", input, "request { id }").await;
    otto.accept("approveMasking", json!({ "requestId": payload["request"]["id"] }), "").await;
    let file = file(&olga, &ann).await;
    assert!(!file.to_string().contains("Arbor") && !file.to_string().contains("ann@example"));
    assert_eq!(file["history"][0]["personal"]["login"], "erased");
    assert_eq!(file["maskingRequests"][0]["done"], true);
}

#[test]
fn a_file_is_printed_where_nobody_serves_and_recorded_there() {
    let place = Place::with_directory();
    place.write("rows.csv", "email,name\nann@example.com,Ann <b>\n");
    assert_eq!(place.run(&["import", "rows.csv"]).code, 0);
    let without = place.run(&["person", "file", "user_9"]);
    assert_eq!(without.code, 2);
    let ran = place.run(&["person", "file", "user_9", "--ticket", "T-1"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let file: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(file["person"]["email"], "ann@example.com");
    let page = place.run(&["person", "file", "user_9", "--ticket", "T-1", "--format", "html"]);
    assert!(page.out.contains("Ann &lt;b&gt;"), "{}", page.out);
    assert_eq!(place.run(&["person", "file", "user_99", "--ticket", "T-1"]).code, 6);
    let log = place.run(&["log", "--type", "person_file.fetched"]);
    assert_eq!(log.out.lines().count(), 2);
}
