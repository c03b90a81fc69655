//! ROL-13: what is the whole company's is changed by administrators whom no team binds.

use serde_json::{Value, json};

use super::hierarchy::company;
use super::member;
use super::teams::{join, team};
use crate::support::rollbook::Rollbook;

/// One change of each thing that is the whole company's.
fn changes() -> Vec<(&'static str, Value)> {
    vec![
        ("changeSettings", json!({ "lockAfterFailures": 4 })),
        ("defineRole", json!({ "name": "Sales", "kind": "AGENT", "surfaces": ["LISTS"] })),
        ("defineDashboard", json!({ "name": "Queue" })),
        ("createBusinessUnit", json!({ "name": "North" })),
        ("defineAttribute", json!({ "key": "floor", "label": "Floor", "type": "TEXT", "personal": false })),
        ("changeDefaultChatLimit", json!({ "maxChats": 3 })),
        ("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 7 })),
        ("rotateSigningKey", json!({})),
    ]
}

#[tokio::test]
async fn rol_13_whom_a_team_binds_changes_nothing_that_is_the_whole_companys() {
    let company = company("ADMINISTRATOR").await;
    for (mutation, input) in changes() {
        assert_eq!(company.eve.refuse(mutation, input).await, ["FORBIDDEN"], "{mutation}");
    }
    company.eve.accept("lockAccount", json!({ "userId": company.ann }), "").await;
    let settings = company.eve.data("{ settings { lockAfterFailures } }", json!({})).await;
    assert_ne!(settings["settings"]["lockAfterFailures"], 4, "read it they may");
    for (mutation, input) in changes() {
        company.rollbook.admin.accept(mutation, input, "").await;
    }
}

#[tokio::test]
async fn rol_13_where_teams_bind_every_administrator_they_change_it_all_the_same() {
    let company = company("ADMINISTRATOR").await;
    let admin = &company.rollbook.admin;
    let [world, ..] = &company.teams;
    join(admin, "user_8", world).await;
    for (mutation, input) in changes() {
        company.eve.accept(mutation, input, "").await;
    }
}

#[tokio::test]
async fn rol_13_locking_the_last_unbound_administrator_out_opens_nothing() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let east = team(admin, "East", None).await;
    let (eve, zoe) =
        (member(&rollbook, "ADMINISTRATOR", "eve").await, member(&rollbook, "ADMINISTRATOR", "zoe").await);
    let mine = eve.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned();
    let zoes = zoe.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned();
    admin.accept("lockAccount", json!({ "userId": zoes }), "").await;
    join(admin, &mine, &east).await;
    join(admin, "user_8", &east).await;
    let change = json!({ "lockAfterFailures": 4 });
    assert_eq!(eve.refuse("changeSettings", change).await, ["FORBIDDEN"], "a lock passes");
}

#[tokio::test]
async fn rol_13_a_company_without_teams_notices_nothing() {
    let rollbook = Rollbook::start().await;
    let eve = member(&rollbook, "ADMINISTRATOR", "eve").await;
    for (mutation, input) in changes() {
        eve.accept(mutation, input, "").await;
    }
}
