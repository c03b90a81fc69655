//! The table of users as a download.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::clock::rollbook_with_clock;
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const HEAD: &str = "AgentID,Username,Name,Email,Role,BU,Active,Locked,Logged in,Logged out";

/// Percent-encodes what is not a letter or digit.
fn encoded(json: &Value) -> String {
    let text = json.to_string();
    text.bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// The lines behind the head.
async fn table(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/users.csv{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.header("cache-control"), "no-store");
    let text = answer.text();
    let mut lines = text.strip_suffix("\r\n").unwrap().split("\r\n").map(str::to_owned);
    assert_eq!(lines.next().unwrap(), HEAD);
    lines.collect()
}

async fn refused(client: &Client, query: &str) -> (u16, String) {
    let answer = client.get(&format!("/users.csv{query}")).await;
    (answer.status.as_u16(), answer.json()["errors"][0]["code"].as_str().unwrap().to_owned())
}

fn filter(filter: Value) -> String {
    format!("?filter={}", encoded(&filter))
}

async fn named(client: &Client, mutation: &str, input: Value, what: &str) -> String {
    let payload = client.accept(mutation, input, &format!("{what} {{ id }}")).await;
    payload[what]["id"].as_str().unwrap().to_owned()
}

async fn signed_in_as(rollbook: &Rollbook, profile: &str, name: &str) -> Client {
    let id = rollbook.admin.create("AGENT", name).await;
    rollbook.admin.accept("assignAccessProfile", json!({ "userId": id, "accessProfile": profile }), "").await;
    rollbook.sign_in(name, &format!("password of {name}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_02_rol_10_the_table_has_ten_columns_with_roles_joined_in_one() {
    let (rollbook, clock) = rollbook_with_clock().await;
    let admin = &rollbook.admin;
    admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 9 }), "").await;
    let ann = admin.create("AGENT", "ann").await;
    for name in ["Support", "Chat, late"] {
        let input = json!({ "name": name, "kind": "AGENT", "surfaces": ["LISTS"] });
        let role = named(admin, "defineRole", input, "role").await;
        admin.accept("assignRole", json!({ "userId": ann, "roleId": role }), "").await;
    }
    for name in ["North", "South"] {
        let unit = named(admin, "createBusinessUnit", json!({ "name": name }), "businessUnit").await;
        admin.accept("addToBusinessUnit", json!({ "userId": ann, "businessUnitId": unit }), "").await;
    }
    let client = rollbook.sign_in("ann", "password of ann").await;
    clock.pass_minutes(5);
    client.accept("signOut", json!({}), "").await;
    admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    let expected = format!(
        "{ann},ann,ann,ann@example.org,\"Support; Chat, late\",North; South,Yes,Yes,01/01/2026 00:00,01/01/2026 00:05"
    );
    assert_eq!(table(admin, &filter(json!({ "text": "ann@" }))).await, [expected]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_03_yes_and_no_are_in_the_readers_language_and_dates_as_the_reader_wants_them() {
    let (rollbook, _) = rollbook_with_clock().await;
    let (admin, ann) = (&rollbook.admin, rollbook.admin.create("AGENT", "ann").await);
    rollbook.sign_in("ann", "password of ann").await;
    for (language, yes, no) in [("de-AT", "Ja", "Nein"), ("en-GB", "Yes", "No"), ("fr", "Yes", "No")] {
        let wanted = json!({
            "userId": "user_8", "language": language, "dateOrder": "YMD", "dateSeparator": "DOT",
            "timeZone": "Asia/Tokyo",
        });
        admin.accept("changePreferences", wanted, "").await;
        let rows = table(admin, &filter(json!({ "text": "ann@" }))).await;
        assert_eq!(rows, [format!("{ann},ann,ann,ann@example.org,,,{yes},{no},2026.01.01 09:00,")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_02_the_table_takes_the_filters_and_the_order_of_the_list() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    let cid = admin.create("CLIENT", "cid").await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    let ids = |rows: Vec<String>| -> Vec<String> {
        rows.iter().map(|row| row.split(',').next().unwrap().to_owned()).collect()
    };
    let active = filter(json!({ "kind": "AGENT", "active": true, "text": "example.org" }));
    assert_eq!(ids(table(admin, &active).await), std::slice::from_ref(&bob));
    let order = encoded(&json!({ "field": "USERNAME", "direction": "DESC" }));
    let some = encoded(&json!({ "text": "example.org" }));
    let rows = table(admin, &format!("?filter={some}&orderBy={order}")).await;
    assert_eq!(ids(rows), [cid, bob, ann]);
    for wrong in [
        "?filter=nonsense",
        "?active=true",
        &filter(json!({ "actve": true })),
        &filter(json!({ "roles": { "anyOf": [], "more": 1 } })),
        &filter(json!({ "kind": "ROBOT" })),
        "?filter=%7B%7D&filter=%7B%7D",
        "?filter=%zz",
    ] {
        assert_eq!(refused(admin, wrong).await, (400, "INVALID".to_owned()), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_02_rol_13_the_table_shows_whom_and_what_its_reader_may_see() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    assert_eq!(refused(&rollbook.anonymous(), "").await, (401, "UNAUTHENTICATED".to_owned()));
    let nobody = rollbook.sign_in("ann", "password of ann").await;
    assert_eq!(refused(&nobody, "").await, (403, "FORBIDDEN".to_owned()));
    let auditor = signed_in_as(&rollbook, "AUDITOR", "adam").await;
    let rows = table(&auditor, "").await;
    assert!(rows.iter().any(|row| row.starts_with(&format!("{ann},,User 9,,,,Yes,No,"))), "{rows:?}");
    assert_eq!(refused(&auditor, &filter(json!({ "text": "ann" }))).await, (403, "FORBIDDEN".to_owned()));
    let manager = signed_in_as(&rollbook, "USER_MANAGER", "eve").await;
    let me = manager.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let east = named(admin, "createTeam", json!({ "name": "East" }), "team").await;
    admin.accept("addTeamMember", json!({ "userId": me, "teamId": east }), "").await;
    let rows = table(&manager, "").await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].starts_with(me.as_str().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_02_no_cell_is_a_formula() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    for (name, display) in [("ann", "=1+1"), ("bob", "@cmd, \"x\""), ("cleo", "-2"), ("dan", "+49 1")] {
        let id = admin.create("AGENT", name).await;
        admin.accept("changeProfile", json!({ "userId": id, "displayName": display }), "").await;
    }
    let order = encoded(&json!({ "field": "USERNAME" }));
    let some = encoded(&json!({ "text": "example.org" }));
    let rows = table(admin, &format!("?filter={some}&orderBy={order}")).await;
    let cells = ["ann,'=1+1,ann@", "bob,\"'@cmd, \"\"x\"\"\",bob@", "cleo,'-2,cleo@", "dan,'+49 1,dan@"];
    for (row, cell) in rows.iter().zip(cells) {
        assert!(row.contains(cell), "{row}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_02_a_long_table_comes_in_parts_with_everybody_once() {
    let rollbook = Rollbook::start().await;
    for start in (0..450).step_by(50) {
        let names: Vec<String> = (start..start + 50).map(|number| format!("u{number}")).collect();
        futures_util::future::join_all(names.iter().map(|name| rollbook.admin.create("AGENT", name))).await;
    }
    let answer = rollbook.admin.get("/users.csv").await;
    assert!(answer.headers.get("content-length").is_none(), "its length is not known before");
    let rows = table(&rollbook.admin, "").await;
    assert_eq!(rows.len(), 451);
    let ids: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row.split(',').next().unwrap()).collect();
    assert_eq!(ids.len(), 451);
}
