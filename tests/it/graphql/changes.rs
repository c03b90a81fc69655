//! The difference between two moments.

use serde_json::{Value, json};

use super::teams::{join, team};
use super::{agent, head, member, own_seats, role};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn changes(client: &Client, from: u64, extra: Value, fields: &str) -> Value {
    let document = format!(
        "query($from: AsOf!, $to: AsOf, $filter: ChangesFilter, $first: Int, $after: String) {{ changes(from: $from, \
         to: $to, filter: $filter, first: $first, after: $after) {{ totalCount created deleted changed from to \
         pageInfo {{ endCursor hasNextPage }} nodes {{ {fields} }} }} }}"
    );
    let mut variables = extra;
    variables["from"] = json!({ "position": from });
    client.data(&document, variables).await["changes"].clone()
}

#[tokio::test]
async fn what_was_changed_has_its_old_and_new_value() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let from = head(admin).await;
    admin.accept("changeProfile", json!({ "userId": ann, "title": "Captain", "username": "anna" }), "").await;
    admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    admin.accept("enableUser", json!({ "userId": ann }), "").await;
    let found = changes(admin, from, json!({}), "fate user { id } fields { field from to }").await;
    let fields = json!([
        { "field": "username", "from": "ann", "to": "anna" },
        { "field": "title", "from": null, "to": "Captain" },
        { "field": "locked", "from": "false", "to": "true" },
    ]);
    assert_eq!(found["nodes"], json!([{ "fate": "CHANGED", "user": { "id": ann }, "fields": fields }]));
    assert_eq!((&found["changed"], &found["to"]), (&json!(1), &json!(head(admin).await)));
}

#[tokio::test]
async fn rights_are_gained_and_lost() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 3).await;
    let (old, new) = (role(admin, "Old", "AGENT", &[]).await, role(admin, "New", "AGENT", &[]).await);
    let (east, west) = (team(admin, "East", None).await, team(admin, "West", None).await);
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("assignRole", json!({ "userId": ann, "roleId": old }), "").await;
    join(admin, &ann, &east).await;
    let from = head(admin).await;
    join(admin, &ann, &west).await;
    admin.accept("removeTeamMember", json!({ "userId": ann, "teamId": east }), "").await;
    admin.accept("assignRole", json!({ "userId": ann, "roleId": new }), "").await;
    admin.accept("unassignRole", json!({ "userId": ann, "roleId": old }), "").await;
    let proxy = json!({ "userId": "user_8", "scope": "SELECTED", "users": [ann] });
    admin.accept("changeProxyGrant", proxy, "").await;
    let fields = "rolesGained { name } rolesLost { name } teamsGained { name } teamsLost { name } \
                  fields { field from to }";
    let found = changes(admin, from, json!({}), fields).await["nodes"].clone();
    let nothing = json!([]);
    let named = |name: &str| json!([{ "name": name }]);
    let of_ann = json!({ "rolesGained": named("New"), "rolesLost": named("Old"), "teamsGained": named("West"),
        "teamsLost": named("East"), "fields": nothing });
    let proxy = json!([{ "field": "proxyGrant", "from": "ALL", "to": ann }]);
    let of_admin = json!({ "rolesGained": nothing, "rolesLost": nothing, "teamsGained": nothing,
        "teamsLost": nothing, "fields": proxy });
    assert_eq!(found, json!([of_admin, of_ann]));
}

#[tokio::test]
async fn who_came_and_went_is_counted_and_paged() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, _) = (admin.create("CLIENT", "ann").await, admin.create("CLIENT", "bob").await);
    let from = head(admin).await;
    admin.create("CLIENT", "cid").await;
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let to = head(admin).await;
    admin.create("CLIENT", "dan").await;
    let until = json!({ "to": { "position": to } });
    let all = changes(admin, from, until.clone(), "fate user { label }").await;
    let fates = json!([{ "fate": "DELETED", "user": { "label": "ann" } }, { "fate": "CREATED", "user": { "label": "cid" } }]);
    assert_eq!(all["nodes"], fates);
    assert_eq!((&all["totalCount"], &all["created"], &all["deleted"]), (&json!(2), &json!(1), &json!(1)));
    let mut first = until.clone();
    first["first"] = json!(1);
    let page = changes(admin, from, first.clone(), "fate").await;
    assert_eq!(
        (&page["nodes"], &page["pageInfo"]["hasNextPage"]),
        (&json!([{ "fate": "DELETED" }]), &json!(true))
    );
    first["after"] = page["pageInfo"]["endCursor"].clone();
    let page = changes(admin, from, first, "fate").await;
    assert_eq!(
        (&page["nodes"], &page["pageInfo"]["hasNextPage"]),
        (&json!([{ "fate": "CREATED" }]), &json!(false))
    );
    let mut created = until;
    created["filter"] = json!({ "fates": ["CREATED"] });
    assert_eq!(changes(admin, from, created, "fate").await["totalCount"], 1);
}

#[tokio::test]
async fn who_may_not_see_people_sees_that_something_changed_and_not_what() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let otto = member(&rollbook, "AUDITOR", "otto").await;
    let from = head(admin).await;
    admin.accept("changeProfile", json!({ "userId": ann, "title": "Captain" }), "").await;
    let found = changes(&otto, from, json!({}), "fields { field from to withheld }").await;
    let fields = json!([{ "field": "title", "from": null, "to": null, "withheld": true }]);
    assert_eq!(found["nodes"], json!([{ "fields": fields }]));
}

#[tokio::test]
async fn rol_13_changes_beyond_ones_reach_are_not_there() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let west = team(admin, "West", None).await;
    let mut input = agent("bound");
    input["accessProfile"] = json!("ADMINISTRATOR");
    input["team"] = json!(west);
    admin.accept("createUser", input, "").await;
    let bound = rollbook.sign_in("bound", "password of bound").await;
    let from = head(admin).await;
    admin.create("CLIENT", "ann").await;
    assert_eq!(changes(&bound, from, json!({}), "fate").await["totalCount"], 0);
}

#[tokio::test]
async fn changes_are_for_those_who_see_history_and_run_forwards() {
    let rollbook = Rollbook::start().await;
    let mona = member(&rollbook, "USER_MANAGER", "mona").await;
    let document = "{ changes(from: { position: 2 }, to: { position: 1 }) { totalCount } }";
    for (client, code) in [(&mona, "FORBIDDEN"), (&rollbook.admin, "INVALID")] {
        let answer = client.graphql(document).await.json();
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
    }
}
