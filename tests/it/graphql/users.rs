//! Lists of users.

use serde_json::{Value, json};

use super::{agent, own_seats, role};
use crate::support::rollbook::Rollbook;

async fn list(rollbook: &Rollbook, arguments: &str) -> Value {
    let document = format!(
        "{{ users({arguments}) {{ totalCount nodes {{ username }} edges {{ cursor node {{ username }} }} \
         pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    rollbook.admin.data(&document, json!({})).await["users"].clone()
}

async fn names(rollbook: &Rollbook, arguments: &str) -> Vec<String> {
    let page = list(rollbook, arguments).await;
    let nodes = page["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["username"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_list_runs_by_display_name_if_nothing_is_said() {
    let rollbook = Rollbook::start().await;
    for name in ["zoe", "bob", "Carl"] {
        rollbook.admin.create("AGENT", name).await;
    }
    assert_eq!(names(&rollbook, "first: 10").await, ["admin", "bob", "Carl", "zoe"]);
    let ordered = names(&rollbook, "orderBy: { field: CREATED_AT, direction: DESC }, first: 2").await;
    assert_eq!(ordered, ["Carl", "bob"]);
}

#[tokio::test]
async fn pages_meet_without_gap_forwards_and_backwards() {
    let rollbook = Rollbook::start().await;
    for name in ["bob", "carl", "dora"] {
        rollbook.admin.create("AGENT", name).await;
    }
    let first = list(&rollbook, "first: 2").await;
    assert_eq!((&first["totalCount"], &first["pageInfo"]["hasNextPage"]), (&json!(4), &json!(true)));
    let end = first["pageInfo"]["endCursor"].as_str().unwrap();
    let second = list(&rollbook, &format!("first: 2, after: \"{end}\"")).await;
    assert_eq!(second["nodes"], json!([{ "username": "carl" }, { "username": "dora" }]));
    assert_eq!(second["pageInfo"]["hasNextPage"], false);
    let start = second["pageInfo"]["startCursor"].as_str().unwrap();
    let back = list(&rollbook, &format!("last: 2, before: \"{start}\"")).await;
    assert_eq!(back["edges"], first["edges"]);
    assert_eq!(names(&rollbook, "last: 1").await, ["dora"]);
}

#[tokio::test]
async fn a_page_has_at_most_100_entries_and_one_direction() {
    let rollbook = Rollbook::start().await;
    for arguments in ["first: 101", "first: -1", "first: 1, last: 1"] {
        let answer = rollbook.admin.graphql(&format!("{{ users({arguments}) {{ totalCount }} }}")).await;
        assert_eq!(answer.code(), "INVALID", "{arguments}");
    }
}

#[tokio::test]
async fn a_cursor_that_is_not_of_this_list_is_refused() {
    let rollbook = Rollbook::start().await;
    let by_name = list(&rollbook, "first: 1").await["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    let history = rollbook.admin.data("{ history(first: 1) { pageInfo { endCursor } } }", json!({})).await;
    let of_history = history["history"]["pageInfo"]["endCursor"].as_str().unwrap();
    for arguments in [
        "after: \"?\"".to_owned(),
        "after: \"AAAA\"".to_owned(),
        format!("after: \"{of_history}\""),
        format!("orderBy: {{ field: EMAIL }}, after: \"{by_name}\""),
    ] {
        let answer = rollbook.admin.graphql(&format!("{{ users({arguments}) {{ totalCount }} }}")).await;
        assert_eq!(answer.code(), "INVALID_CURSOR", "{arguments}");
    }
    let answer =
        rollbook.admin.graphql(&format!("{{ history(after: \"{by_name}\") {{ totalCount }} }}")).await;
    assert_eq!(answer.code(), "INVALID_CURSOR");
}

#[tokio::test]
async fn acc_01_a_list_is_filtered_by_kind() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("CLIENT", "carl").await;
    assert_eq!(names(&rollbook, "filter: { kind: CLIENT }").await, ["carl"]);
    assert_eq!(names(&rollbook, "filter: { kind: AGENT }").await, ["admin"]);
}

#[tokio::test]
async fn a_list_is_filtered_by_state_and_every_filter_must_hold() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": bob }), "").await;
    rollbook.admin.accept("disableUser", json!({ "userId": bob }), "").await;
    assert_eq!(names(&rollbook, "filter: { locked: true }").await, ["ann", "bob"]);
    assert_eq!(names(&rollbook, "filter: { locked: true, active: true }").await, ["ann"]);
    assert_eq!(names(&rollbook, "filter: { active: false }").await, ["bob"]);
    assert_eq!(names(&rollbook, "filter: { accessProfile: ADMINISTRATOR }").await, ["admin"]);
    assert_eq!(list(&rollbook, "filter: { masked: true }").await["totalCount"], 0);
}

#[tokio::test]
async fn a_list_is_filtered_by_role_and_by_license() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("assignRole", json!({ "userId": ann, "roleId": sales }), "").await;
    assert_eq!(names(&rollbook, &format!("filter: {{ role: \"{sales}\" }}")).await, ["ann"]);
    assert_eq!(
        names(&rollbook, &format!("filter: {{ roles: {{ anyOf: [\"{sales}\", \"role_7\"] }} }}")).await,
        ["ann"]
    );
    assert!(names(&rollbook, "filter: { role: \"user_8\" }").await.is_empty());
    assert_eq!(names(&rollbook, "filter: { license: READ_WRITE }").await, ["ann"]);
    assert_eq!(names(&rollbook, "filter: { license: NONE }").await, ["admin"]);
}

#[tokio::test]
async fn a_list_is_searched_in_names_and_addresses() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("jose");
    input["fullName"] = json!("José García");
    rollbook.admin.accept("createUser", input, "").await;
    for text in ["garcia", "JOSÉ", "se@exam", "osé gar"] {
        assert_eq!(names(&rollbook, &format!("filter: {{ text: \"{text}\" }}")).await, ["jose"], "{text}");
    }
}

#[tokio::test]
async fn acc_10_a_user_is_found_by_username_or_email_without_case() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for by in ["username: \"ANN\"", "email: \"Ann@Example.org \""] {
        let found = rollbook.admin.data(&format!("{{ user(by: {{ {by} }}) {{ id }} }}"), json!({})).await;
        assert_eq!(found["user"]["id"], json!(ann));
    }
}

#[tokio::test]
async fn at_least_waits_for_what_is_there_and_refuses_what_is_not() {
    let rollbook = Rollbook::start().await;
    let payload = rollbook.admin.accept("createUser", agent("ann"), "").await;
    let position = payload["position"].as_u64().unwrap();
    assert_eq!(list(&rollbook, &format!("atLeast: {position}")).await["totalCount"], 2);
    assert_eq!(list(&rollbook, &format!("atLeast: \"{position}\"")).await["totalCount"], 2);
    let query = format!("{{ users(atLeast: {}) {{ totalCount }} }}", position + 1000);
    assert_eq!(rollbook.admin.graphql(&query).await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn views_tell_how_far_they_are_and_a_digest_each() {
    let rollbook = Rollbook::start().await;
    let document = "{ head views { position digests { view digest position } } }";
    let data = rollbook.admin.data(document, json!({})).await;
    assert_eq!(data["views"]["position"], data["head"]);
    let digests = data["views"]["digests"].as_array().unwrap();
    assert!(digests.iter().all(|digest| digest["digest"].as_str().unwrap().len() == 64));
    assert!(digests.iter().any(|digest| digest["view"] == "users"));
}

#[tokio::test]
async fn acc_02_one_query_gives_the_whole_record_and_no_field_a_password() {
    let rollbook = Rollbook::start().await;
    let mut input = super::agent("ann");
    input["title"] = json!("Engineer");
    input["mobilePhone"] = json!("+49 170 1");
    input["streetAddress"] = json!("Main Street 1");
    let id = rollbook.admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    let fields = "kind username email fullName displayName title mobilePhone streetAddress accessProfile roles { name }";
    let record = super::user(&rollbook.admin, id.as_str().unwrap(), fields).await;
    assert_eq!(record["title"], "Engineer");
    assert_eq!(record["streetAddress"], "Main Street 1");
    let introspection = "{ __type(name: \"User\") { fields { name } } }";
    let described = rollbook.admin.data(introspection, json!({})).await.to_string().to_lowercase();
    // That one must be changed is no secret.
    let described = described.replace("mustchangepassword", "");
    assert!(
        described.contains("username") && !described.contains("password") && !described.contains("verifier")
    );
}

#[tokio::test]
async fn sta_02_a_disabled_agent_is_no_longer_assignable() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    assert_eq!(super::user(&rollbook.admin, &ann, "assignable").await["assignable"], true);
    let payload = rollbook.admin.accept("disableUser", json!({ "userId": ann }), "user { assignable }").await;
    assert_eq!(payload["user"]["assignable"], false);
}
