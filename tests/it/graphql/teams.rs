//! Teams and business units.

use serde_json::{Value, json};

use super::{agent, head, history, member, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// A team; gives its id.
pub async fn team(client: &Client, name: &str, parent: Option<&str>) -> String {
    let input = json!({ "name": name, "parentId": parent });
    let payload = client.accept("createTeam", input, "team { id }").await;
    payload["team"]["id"].as_str().unwrap().to_owned()
}

pub async fn join(client: &Client, user: &str, team: &str) {
    client.accept("addTeamMember", json!({ "userId": user, "teamId": team }), "").await;
}

async fn unit(client: &Client, name: &str) -> String {
    let payload = client.accept("createBusinessUnit", json!({ "name": name }), "businessUnit { id }").await;
    payload["businessUnit"]["id"].as_str().unwrap().to_owned()
}

async fn labels(client: &Client, filter: Value) -> Value {
    let document = "query($filter: UserFilter) { users(filter: $filter) { totalCount nodes { label } } }";
    client.data(document, json!({ "filter": filter })).await["users"].clone()
}

#[tokio::test]
async fn tea_01_membership_is_asked_both_ways() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (world, east) = (team(admin, "World", None).await, team(admin, "East", None).await);
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("CLIENT", "bob").await);
    for (user, team) in [(&ann, &world), (&ann, &east), (&bob, &east)] {
        join(admin, user, team).await;
    }
    assert_eq!(
        user(admin, &ann, "teams { name }").await["teams"],
        json!([{ "name": "World" }, { "name": "East" }])
    );
    let document = "query($id: ID!) { team(id: $id) { name members { totalCount nodes { label } } } }";
    let found = admin.data(document, json!({ "id": east })).await["team"].clone();
    let members = json!({ "totalCount": 2, "nodes": [{ "label": "ann" }, { "label": "bob" }] });
    assert_eq!(found, json!({ "name": "East", "members": members }));
}

#[tokio::test]
async fn tea_01_users_are_listed_by_team_with_those_below_it() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let world = team(admin, "World", None).await;
    let east = team(admin, "East", Some(&world)).await;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("CLIENT", "bob").await);
    join(admin, &ann, &world).await;
    join(admin, &bob, &east).await;
    let listed = |filter| labels(admin, filter);
    assert_eq!(listed(json!({ "team": world })).await["totalCount"], 2);
    assert_eq!(
        listed(json!({ "team": world, "withSubteams": false })).await["nodes"],
        json!([{ "label": "ann" }])
    );
    assert_eq!(
        listed(json!({ "team": world, "kind": "CLIENT" })).await["nodes"],
        json!([{ "label": "bob" }])
    );
    assert_eq!(listed(json!({ "team": "team_99" })).await["totalCount"], 0);
}

#[tokio::test]
async fn tea_02_the_primary_team_is_given_when_adding() {
    let rollbook = Rollbook::start().await;
    let world = team(&rollbook.admin, "World", None).await;
    let mut input = agent("ann");
    input["team"] = json!(world);
    let payload = rollbook.admin.accept("createUser", input, "user { teams { id } }").await;
    assert_eq!(payload["user"]["teams"], json!([{ "id": world }]));
    let mut input = agent("bob");
    input["team"] = json!("team_99");
    let payload = rollbook.admin.mutate("createUser", input, "").await;
    assert_eq!(payload["errors"][0]["code"], "NOT_FOUND");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "team"]));
}

#[tokio::test]
async fn tea_03_the_last_team_is_not_left() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (world, east) = (team(admin, "World", None).await, team(admin, "East", None).await);
    let ann = admin.create("AGENT", "ann").await;
    join(admin, &ann, &world).await;
    let leaving = json!({ "userId": ann, "teamId": world });
    assert_eq!(admin.refuse("removeTeamMember", leaving.clone()).await, ["LAST_TEAM"]);
    join(admin, &ann, &east).await;
    let payload = admin.accept("removeTeamMember", leaving, "user { teams { name } }").await;
    assert_eq!(payload["user"]["teams"], json!([{ "name": "East" }]));
}

#[tokio::test]
async fn tea_06_teams_form_a_tree_without_cycles() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let world = team(admin, "World", None).await;
    let east = team(admin, "East", Some(&world)).await;
    let cycle = json!({ "teamId": world, "parentId": east });
    let payload = admin.mutate("moveTeam", cycle, "").await;
    assert_eq!(payload["errors"][0]["code"], "TEAM_CYCLE");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "parentId"]));
    let document =
        "query($id: ID!) { node(id: $id) { ... on Team { name parent { name } subteams { name } } } }";
    let found = admin.data(document, json!({ "id": world })).await["node"].clone();
    assert_eq!(found, json!({ "name": "World", "parent": null, "subteams": [{ "name": "East" }] }));
    admin.accept("moveTeam", json!({ "teamId": east }), "team { parent { id } }").await;
    let found = admin.data(document, json!({ "id": east })).await["node"].clone();
    assert_eq!(found["parent"], Value::Null);
}

#[tokio::test]
async fn a_team_is_renamed_and_deleted_when_it_is_empty() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (world, east) = (team(admin, "World", None).await, team(admin, "East", None).await);
    let taken = json!({ "teamId": east, "name": "WORLD" });
    assert_eq!(admin.refuse("renameTeam", taken).await, ["TEAM_NAME_TAKEN"]);
    let input = json!({ "teamId": east, "name": "Far East" });
    let payload = admin.accept("renameTeam", input, "team { name }").await;
    assert_eq!(payload["team"]["name"], "Far East");
    let ann = admin.create("AGENT", "ann").await;
    join(admin, &ann, &east).await;
    assert_eq!(admin.refuse("deleteTeam", json!({ "teamId": east })).await, ["TEAM_IN_USE"]);
    admin.accept("deleteTeam", json!({ "teamId": world }), "team { deleted }").await;
    let teams = admin.data("{ teams { name } }", json!({})).await["teams"].clone();
    assert_eq!(teams, json!([{ "name": "Far East" }]));
}

#[tokio::test]
async fn his_01_history_tells_of_teams_by_name() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let world = team(admin, "World", None).await;
    let ann = admin.create("AGENT", "ann").await;
    join(admin, &ann, &world).await;
    let entries = history(admin, &ann, "summary changes { field from to }").await;
    let last = entries.last().unwrap();
    assert!(last["summary"].as_str().unwrap().ends_with("added ann to the team World"), "{last}");
    assert_eq!(last["changes"], json!([{ "field": "teams", "from": null, "to": world }]));
}

#[tokio::test]
async fn sta_10_who_is_in_several_teams_leaves_all_but_one_before_being_disabled() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (world, east) = (team(admin, "World", None).await, team(admin, "East", None).await);
    let ann = admin.create("AGENT", "ann").await;
    join(admin, &ann, &world).await;
    join(admin, &ann, &east).await;
    let document =
        "mutation($id: ID!) { disableUser(input: { userId: $id }) { errors { code path teams { id } } } }";
    let refused = admin.data(document, json!({ "id": ann })).await["disableUser"].clone();
    let expected = json!({
        "code": "TEAMS_LEFT", "path": ["input", "keepTeam"], "teams": [{ "id": world }, { "id": east }],
    });
    assert_eq!(refused["errors"], json!([expected]));
    let input = json!({ "userId": ann, "keepTeam": east });
    let payload = admin.accept("disableUser", input, "user { active teams { id } }").await;
    assert_eq!(payload["user"], json!({ "active": false, "teams": [{ "id": east }] }));
}

#[tokio::test]
async fn sta_10_who_is_in_one_team_or_none_is_disabled_as_before() {
    let rollbook = Rollbook::start().await;
    let world = team(&rollbook.admin, "World", None).await;
    for name in ["ann", "bob"] {
        let id = rollbook.admin.create("AGENT", name).await;
        if name == "ann" {
            join(&rollbook.admin, &id, &world).await;
        }
        let payload = rollbook.admin.accept("disableUser", json!({ "userId": id }), "user { active }").await;
        assert_eq!(payload["user"]["active"], false);
    }
}

#[tokio::test]
async fn tea_04_a_user_belongs_to_several_business_units() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (sales, service) = (unit(admin, "Sales").await, unit(admin, "Service").await);
    let ann = admin.create("AGENT", "ann").await;
    for unit in [&service, &sales, &sales] {
        admin.accept("addToBusinessUnit", json!({ "userId": ann, "businessUnitId": unit }), "").await;
    }
    let both = json!([{ "name": "Sales" }, { "name": "Service" }]);
    assert_eq!(user(admin, &ann, "businessUnits { name }").await["businessUnits"], both);
    assert_eq!(labels(admin, json!({ "businessUnit": sales })).await["nodes"], json!([{ "label": "ann" }]));
    let input = json!({ "userId": ann, "businessUnitId": sales });
    let payload = admin.accept("removeFromBusinessUnit", input, "user { businessUnits { name } }").await;
    assert_eq!(payload["user"]["businessUnits"], json!([{ "name": "Service" }]));
}

#[tokio::test]
async fn a_business_unit_is_renamed_and_deleted_when_nobody_belongs_to_it() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let sales = unit(admin, "Sales").await;
    let again = json!({ "name": "SALES" });
    assert_eq!(admin.refuse("createBusinessUnit", again).await, ["BUSINESS_UNIT_NAME_TAKEN"]);
    let input = json!({ "businessUnitId": sales, "name": "Selling" });
    let payload = admin.accept("renameBusinessUnit", input, "businessUnit { name }").await;
    assert_eq!(payload["businessUnit"]["name"], "Selling");
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("addToBusinessUnit", json!({ "userId": ann, "businessUnitId": sales }), "").await;
    let named = json!({ "businessUnitId": sales });
    assert_eq!(admin.refuse("deleteBusinessUnit", named.clone()).await, ["BUSINESS_UNIT_IN_USE"]);
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let payload = admin.accept("deleteBusinessUnit", named, "businessUnit { deleted }").await;
    assert_eq!(payload["businessUnit"]["deleted"], true);
    assert_eq!(admin.data("{ businessUnits { id } }", json!({})).await["businessUnits"], json!([]));
}

#[tokio::test]
async fn tea_07_work_is_routed_to_enabled_agents_only() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let sales = unit(admin, "Sales").await;
    for (kind, name) in [("AGENT", "ann"), ("AGENT", "bob"), ("CLIENT", "cid"), ("AGENT", "dan")] {
        let id = admin.create(kind, name).await;
        if name != "dan" {
            admin.accept("addToBusinessUnit", json!({ "userId": id, "businessUnitId": sales }), "").await;
        }
        if name == "bob" {
            admin.accept("disableUser", json!({ "userId": id }), "").await;
        }
    }
    let document =
        "query($id: ID!) { assignableAgents(businessUnit: $id) { totalCount nodes { label assignable } } }";
    let found = admin.data(document, json!({ "id": sales })).await["assignableAgents"].clone();
    assert_eq!(found, json!({ "totalCount": 1, "nodes": [{ "label": "ann", "assignable": true }] }));
    let document = "query($id: ID!) { businessUnit(id: $id) { members { totalCount } } }";
    let found = admin.data(document, json!({ "id": sales })).await["businessUnit"].clone();
    assert_eq!(found["members"]["totalCount"], 3);
}

#[tokio::test]
async fn teams_are_made_by_administrators_and_shown_to_their_members() {
    let rollbook = Rollbook::start().await;
    let world = team(&rollbook.admin, "World", None).await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let id = ann.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned();
    let before = head(&rollbook.admin).await;
    join(&manager, &id, &world).await;
    assert_eq!(head(&rollbook.admin).await, before + 1);
    assert_eq!(manager.refuse("createTeam", json!({ "name": "East" })).await, ["FORBIDDEN"]);
    assert_eq!(ann.refuse("deleteTeam", json!({ "teamId": world })).await, ["FORBIDDEN"]);
    let me = ann.data("{ me { teams { name } } }", json!({})).await["me"].clone();
    assert_eq!(me, json!({ "teams": [{ "name": "World" }] }));
    assert_eq!(ann.graphql("{ teams { id } }").await.code(), "FORBIDDEN");
    let document = "query($id: ID!) { team(id: $id) { id } node(id: $id) { id } }";
    let found = ann.data(document, json!({ "id": world })).await;
    assert_eq!(found, json!({ "team": null, "node": null }));
}
