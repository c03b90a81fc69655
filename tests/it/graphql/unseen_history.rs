//! ROL-13 in history, read and followed: no entry about, and no word of, whom one does not reach.

use serde_json::{Value, json};

use super::hierarchy::{Company, company};
use super::teams::join;
use super::{history, user};
use crate::support::websocket::GraphQlSocket;

/// Words that tell of whom and what eve does not reach.
fn telling(company: &Company) -> Vec<String> {
    let [world, _, _, moon] = &company.teams;
    let ids = [&company.moe, &company.noa, world, moon].map(|id| format!("\"{id}\""));
    ids.into_iter().chain(["moe", "noa", "Moon", "World", "Crater"].map(str::to_owned)).collect()
}

fn tells_nothing(company: &Company, shown: &Value) {
    let text = shown.to_string();
    for word in telling(company) {
        assert!(!text.contains(&word), "{word} in {text}");
    }
}

const ENTRY: &str = "id position type typeName subject { kind id name user { id } } actor { id name user { id } } \
                     onBehalfOf proxySession changes { field from to withheld } summary withheld";

/// Something of each kind that concerns whom and what eve does not reach.
async fn life_beyond(company: &Company) {
    let admin = &company.rollbook.admin;
    let [_, east, far_east, moon] = &company.teams;
    let crater = json!({ "name": "Crater", "parentId": moon });
    let crater = admin.accept("createTeam", crater, "team { id }").await["team"]["id"].clone();
    admin.accept("renameTeam", json!({ "teamId": crater, "name": "Crater Two" }), "").await;
    admin.accept("deleteTeam", json!({ "teamId": crater }), "").await;
    admin.accept("lockAccount", json!({ "userId": company.moe }), "").await;
    let line = json!({ "userId": company.ann, "reportsTo": company.moe });
    admin.accept("changeReportingLine", line, "").await;
    let me = company.eve.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    for holder in [&json!(company.ann), &me] {
        let grant = json!({ "userId": holder, "users": [company.moe, company.bob], "teams": [moon, east] });
        admin.accept("changeProxyGrant", grant, "").await;
    }
    join(admin, &company.ann, moon).await;
    admin.accept("moveTeam", json!({ "teamId": far_east, "parentId": moon }), "").await;
    admin.accept("moveTeam", json!({ "teamId": far_east, "parentId": east }), "").await;
    admin.accept("lockAccount", json!({ "userId": company.ann }), "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_13_no_entry_of_history_tells_of_whom_one_does_not_reach() {
    let company = company("ADMINISTRATOR").await;
    life_beyond(&company).await;
    let last = company.rollbook.admin.data("{ head }", json!({})).await["head"].as_u64().unwrap();
    let document = format!("{{ history(first: 100) {{ totalCount nodes {{ {ENTRY} }} }} }}");
    let shown = company.eve.data(&document, json!({})).await["history"].clone();
    assert_eq!(shown["totalCount"], shown["nodes"].as_array().unwrap().len());
    tells_nothing(&company, &shown);
    // Entry by entry, each by its id.
    let node = format!("query($id: ID!) {{ node(id: $id) {{ ... on HistoryEntry {{ {ENTRY} }} }} }}");
    let mut nodes = Vec::new();
    for position in 1..=last {
        let found = company.eve.data(&node, json!({ "id": format!("event_{position}") })).await;
        nodes.extend(Some(found["node"].clone()).filter(|node| !node.is_null()));
    }
    tells_nothing(&company, &json!(nodes));
    let in_history: Vec<Value> = shown["nodes"].as_array().unwrap().iter().rev().cloned().collect();
    assert_eq!(nodes, in_history);
}

#[tokio::test]
async fn rol_13_values_that_name_whom_one_does_not_reach_are_withheld() {
    let company = company("ADMINISTRATOR").await;
    life_beyond(&company).await;
    let entries =
        history(&company.eve, &company.ann, "type summary withheld changes { field from to withheld }").await;
    let last = |of: &str| entries.iter().rfind(|entry| entry["type"] == of).unwrap();
    let line = last("REPORTING_LINE_CHANGED");
    let withheld = json!([{ "field": "reportsTo", "from": null, "to": null, "withheld": true }]);
    assert_eq!((&line["changes"], &line["withheld"]), (&withheld, &json!(true)));
    let joined = last("TEAM_MEMBER_ADDED");
    let withheld = json!([{ "field": "teams", "from": null, "to": null, "withheld": true }]);
    assert_eq!(joined["changes"], withheld);
    assert_eq!(joined["summary"], "user_8 added ann to a team");
    let grant = &last("PROXY_GRANT_CHANGED")["changes"];
    assert_eq!(grant[1], json!({ "field": "users", "from": "", "to": company.bob, "withheld": true }));
    let shown = user(
        &company.eve,
        &company.ann,
        "reportsTo { id } teams { name } proxyGrant { users { id } teams { name } }",
    )
    .await;
    tells_nothing(&company, &shown);
}

#[tokio::test]
async fn rol_13_a_deleted_team_is_read_of_by_whoever_reached_it() {
    let company = company("ADMINISTRATOR").await;
    let [_, east, ..] = &company.teams;
    let new = json!({ "name": "Inner East", "parentId": east });
    let team = company.eve.accept("createTeam", new, "team { id }").await["team"]["id"].clone();
    company.eve.accept("deleteTeam", json!({ "teamId": team }), "").await;
    let document = "{ history(filter: { types: [TEAM_DELETED] }) { nodes { summary } } }";
    let found = company.eve.data(document, json!({})).await;
    assert_eq!(found["history"]["nodes"], json!([{ "summary": "eve deleted the team Inner East" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_13_whoever_follows_the_log_hears_nothing_of_whom_they_do_not_reach() {
    let company = company("ADMINISTRATOR").await;
    life_beyond(&company).await;
    let mut socket = GraphQlSocket::connect(&company.eve).await;
    socket.subscribe("all", &format!("subscription {{ events(after: 0) {{ {ENTRY} }} }}")).await;
    for (id, user) in [("hidden", company.moe.as_str()), ("unknown", "user_999")] {
        let filter = format!("events(after: 0, filter: {{ user: \"{user}\" }}) {{ id }}");
        socket.subscribe(id, &format!("subscription {{ {filter} }}")).await;
    }
    for user in [&company.moe, &company.ann] {
        company.rollbook.admin.accept("unlockAccount", json!({ "userId": user }), "").await;
    }
    let mut heard = Vec::new();
    loop {
        let message = socket.hear().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!("all")), "{message}");
        let entry = message["payload"]["data"]["events"].clone();
        let is_last = entry["type"] == "ACCOUNT_UNLOCKED";
        heard.push(entry);
        if is_last {
            break;
        }
    }
    tells_nothing(&company, &json!(heard));
    let document = format!("{{ history(first: 100, newestFirst: false) {{ nodes {{ {ENTRY} }} }} }}");
    let shown = company.eve.data(&document, json!({})).await["history"]["nodes"].clone();
    assert_eq!(json!(heard), shown, "following shows what reading does");
}
