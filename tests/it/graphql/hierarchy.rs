//! ROL-13: an administrator in a team reaches that team and what lies below it, and nobody else is there.

use serde_json::{Value, json};

use super::teams::{join, team};
use super::{agent, member, password, role, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// World above East, and Moon beside. Eve administers East; ann is in East, bob in Far East, moe in Moon,
/// noa in no team.
pub(super) struct Company {
    pub rollbook: Rollbook,
    pub eve: Client,
    pub teams: [String; 4],
    pub ann: String,
    pub bob: String,
    pub moe: String,
    pub noa: String,
}

pub(super) async fn company(profile: &str) -> Company {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let world = team(admin, "World", None).await;
    let east = team(admin, "East", Some(&world)).await;
    let far_east = team(admin, "Far East", Some(&east)).await;
    let moon = team(admin, "Moon", None).await;
    let eve = member(&rollbook, profile, "eve").await;
    let me = eve.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned();
    let mut ids = Vec::new();
    for name in ["ann", "bob", "moe", "noa"] {
        ids.push(admin.create("AGENT", name).await);
    }
    let [ann, bob, moe, noa] = <[String; 4]>::try_from(ids).unwrap();
    for (user, team) in [(&me, &east), (&ann, &east), (&bob, &far_east), (&moe, &moon)] {
        join(admin, user, team).await;
    }
    Company { rollbook, eve, teams: [world, east, far_east, moon], ann, bob, moe, noa }
}

#[tokio::test]
async fn rol_13_lists_and_counts_hold_only_whom_one_reaches() {
    let company = company("ADMINISTRATOR").await;
    let found =
        company.eve.data("{ users { totalCount nodes { label } } }", json!({})).await["users"].clone();
    let labels = json!([{ "label": "ann" }, { "label": "bob" }, { "label": "eve" }]);
    assert_eq!(found, json!({ "totalCount": 3, "nodes": labels }));
    let found = company.eve.data("{ users(filter: { text: \"mo\" }) { totalCount } }", json!({})).await;
    assert_eq!(found["users"]["totalCount"], 0);
    let all = company.rollbook.admin.data("{ users { totalCount } }", json!({})).await;
    assert_eq!(all["users"]["totalCount"], 6, "who is in no team reaches everybody");
}

#[tokio::test]
async fn rol_13_whom_one_does_not_reach_is_not_there_by_any_id() {
    let company = company("ADMINISTRATOR").await;
    for hidden in [&company.moe, &company.noa, &"user_999".to_owned()] {
        let document = "query($id: ID!) { user(by: { id: $id }) { id } node(id: $id) { id } \
                        history(filter: { user: $id }) { totalCount nodes { id } } }";
        let found = company.eve.data(document, json!({ "id": hidden })).await;
        let nothing = json!({ "totalCount": 0, "nodes": [] });
        assert_eq!(found, json!({ "user": null, "node": null, "history": nothing }), "{hidden}");
    }
    let by_name = company.eve.data("{ user(by: { username: \"moe\" }) { id } }", json!({})).await;
    assert_eq!(by_name["user"], Value::Null);
    assert_eq!(user(&company.eve, &company.bob, "label").await["label"], "bob");
}

#[tokio::test]
async fn rol_13_nobody_beyond_reach_is_changed() {
    let company = company("ADMINISTRATOR").await;
    let [world, east, _, moon] = &company.teams;
    for hidden in [&company.moe, &company.noa, &"user_999".to_owned()] {
        let one = json!({ "userId": hidden });
        for mutation in ["lockAccount", "disableUser", "enableUser", "deleteUser"] {
            assert_eq!(company.eve.refuse(mutation, one.clone()).await, ["FORBIDDEN"], "{mutation}");
        }
        let password = json!({ "userId": hidden, "password": "my new password" });
        assert_eq!(company.eve.refuse("setPassword", password).await, ["FORBIDDEN"]);
        let profile = json!({ "userId": hidden, "accessProfile": "ADMINISTRATOR" });
        assert_eq!(company.eve.refuse("assignAccessProfile", profile).await, ["FORBIDDEN"]);
        let joining = json!({ "userId": hidden, "teamId": east });
        assert_eq!(company.eve.refuse("addTeamMember", joining).await, ["FORBIDDEN"]);
    }
    for team in [world, moon] {
        let joining = json!({ "userId": company.ann, "teamId": team });
        assert_eq!(company.eve.refuse("addTeamMember", joining).await, ["FORBIDDEN"]);
    }
    company.eve.accept("lockAccount", json!({ "userId": company.bob }), "").await;
}

#[tokio::test]
async fn rol_13_nobody_widens_the_own_reach() {
    let company = company("ADMINISTRATOR").await;
    let [world, east, far_east, moon] = &company.teams;
    let moves = [(moon, Some(east)), (east, Some(moon)), (far_east, Some(moon)), (far_east, None)];
    for (team, parent) in moves {
        let input = json!({ "teamId": team, "parentId": parent });
        assert_eq!(company.eve.refuse("moveTeam", input).await, ["FORBIDDEN"]);
    }
    for input in [json!({ "name": "Top" }), json!({ "name": "Crater", "parentId": moon })] {
        assert_eq!(company.eve.refuse("createTeam", input).await, ["FORBIDDEN"]);
    }
    let me = company.eve.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    for (mutation, team, code) in
        [("addTeamMember", world, "FORBIDDEN"), ("removeTeamMember", east, "LAST_TEAM")]
    {
        let input = json!({ "userId": me, "teamId": team });
        assert_eq!(company.eve.refuse(mutation, input).await, [code]);
    }
    company.eve.accept("createTeam", json!({ "name": "Farthest East", "parentId": far_east }), "").await;
}

#[tokio::test]
async fn rol_13_new_users_come_into_a_team_that_one_reaches() {
    let company = company("USER_MANAGER").await;
    let [_, _, far_east, moon] = &company.teams;
    for team in [json!(null), json!(moon)] {
        let mut input = agent("new");
        input["team"] = team;
        assert_eq!(company.eve.refuse("createUser", input).await, ["FORBIDDEN"]);
    }
    let mut input = agent("new");
    input["team"] = json!(far_east);
    let payload = company.eve.accept("createUser", input, "user { label teams { id } }").await;
    assert_eq!(payload["user"], json!({ "label": "new", "teams": [{ "id": far_east }] }));
}

#[tokio::test]
async fn rol_13_history_holds_only_whom_one_reaches() {
    let company = company("ADMINISTRATOR").await;
    let admin = &company.rollbook.admin;
    admin.accept("lockAccount", json!({ "userId": company.moe }), "").await;
    admin.accept("lockAccount", json!({ "userId": company.ann }), "").await;
    let document = "{ history(filter: { types: [ACCOUNT_LOCKED] }) { totalCount nodes { subject { name } } } \
                    all: history(first: 100) { totalCount nodes { position subject { id } } } }";
    let found = company.eve.data(document, json!({})).await;
    assert_eq!(found["history"]["nodes"], json!([{ "subject": { "name": "ann" } }]));
    let all = found["all"]["nodes"].as_array().unwrap();
    assert_eq!(found["all"]["totalCount"], all.len());
    assert!(
        !all.iter()
            .any(|entry| [&company.moe, &company.noa].map(|id| json!(id)).contains(&entry["subject"]["id"]))
    );
    // By its id, too: the event before the last is moe's.
    let locked =
        admin.data("{ history(filter: { types: [ACCOUNT_LOCKED] }) { nodes { id } } }", json!({})).await;
    let ids: Vec<&str> =
        locked["history"]["nodes"].as_array().unwrap().iter().map(|n| n["id"].as_str().unwrap()).collect();
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(company.eve.data(node, json!({ "id": ids[1] })).await["node"], Value::Null);
    assert_eq!(company.eve.data(node, json!({ "id": ids[0] })).await["node"]["id"], ids[0]);
}

#[tokio::test]
async fn rol_13_who_did_it_is_not_named_beyond_reach() {
    let company = company("ADMINISTRATOR").await;
    let document = "query($id: ID!) { history(filter: { user: $id, types: [USER_CREATED] }) \
                    { nodes { actor { name user { id } } summary } } }";
    let found = company.eve.data(document, json!({ "id": company.ann })).await;
    let entry = &found["history"]["nodes"][0];
    assert_eq!(entry["actor"], json!({ "name": null, "user": null }));
    assert_eq!(entry["summary"], "user_8 created ann");
}

#[tokio::test]
async fn rol_13_teams_beyond_reach_are_not_there() {
    let company = company("ADMINISTRATOR").await;
    let [world, east, _, moon] = &company.teams;
    let found = company.eve.data("{ teams { name parent { name } } }", json!({})).await["teams"].clone();
    let east_and_below = json!([
        { "name": "East", "parent": null }, { "name": "Far East", "parent": { "name": "East" } },
    ]);
    assert_eq!(found, east_and_below);
    for hidden in [world, moon] {
        let document = "query($id: ID!) { team(id: $id) { id } node(id: $id) { id } users(filter: { team: $id }) { totalCount } }";
        let found = company.eve.data(document, json!({ "id": hidden })).await;
        assert_eq!(found, json!({ "team": null, "node": null, "users": { "totalCount": 0 } }));
    }
    // Somebody in two teams is shown in those that are there.
    join(&company.rollbook.admin, &company.ann, moon).await;
    assert_eq!(user(&company.eve, &company.ann, "teams { id }").await["teams"], json!([{ "id": east }]));
}

#[tokio::test]
async fn rol_13_a_count_of_everybody_is_not_told() {
    let company = company("ADMINISTRATOR").await;
    role(&company.rollbook.admin, "Support", "AGENT", &[]).await;
    let roles = company.eve.data("{ roles { name holders } }", json!({})).await["roles"].clone();
    assert_eq!(roles, json!([{ "name": "Support", "holders": null }]));
}

#[tokio::test]
async fn tea_06_moving_a_team_moves_the_reach_of_its_subtree() {
    let company = company("ADMINISTRATOR").await;
    let [_, east, _, moon] = &company.teams;
    company.rollbook.admin.accept("moveTeam", json!({ "teamId": moon, "parentId": east }), "").await;
    assert_eq!(user(&company.eve, &company.moe, "label").await["label"], "moe");
    company.eve.accept("lockAccount", json!({ "userId": company.moe }), "").await;
}

#[tokio::test]
async fn rol_13_auditors_and_compliance_officers_reach_everybody() {
    for profile in ["AUDITOR", "COMPLIANCE_OFFICER"] {
        let company = company(profile).await;
        let found = company.eve.data("{ users { totalCount } history { totalCount } }", json!({})).await;
        assert_eq!(found["users"]["totalCount"], 6);
        let all = company.rollbook.admin.data("{ history { totalCount } }", json!({})).await;
        // That eve read it came after.
        let total = |seen: &Value| seen["history"]["totalCount"].as_u64().unwrap();
        assert_eq!(total(&found) + 1, total(&all));
    }
}

#[tokio::test]
async fn rol_13_whoever_deleted_a_user_still_reads_what_was() {
    let company = company("ADMINISTRATOR").await;
    let deleted = json!({ "userId": company.bob });
    let payload = company.eve.accept("deleteUser", deleted, "user { deleted teams { id } }").await;
    assert_eq!(payload["user"], json!({ "deleted": true, "teams": [] }));
    company.rollbook.admin.accept("deleteUser", json!({ "userId": company.moe }), "").await;
    assert_eq!(user(&company.eve, &company.moe, "id").await, Value::Null);
}

#[tokio::test]
async fn the_own_account_and_history_are_always_there() {
    let company = company("STANDARD").await;
    let ann = company.rollbook.sign_in("ann", &password("ann")).await;
    let me = ann.data("{ me { id history { totalCount } } }", json!({})).await["me"].clone();
    assert_eq!(me["id"], json!(company.ann));
    assert!(me["history"]["totalCount"].as_u64().unwrap() >= 3);
}
