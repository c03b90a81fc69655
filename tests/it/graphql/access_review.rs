//! The access review: who held which right at a moment, and who had given it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::teams::{join, team};
use super::{agent, head, member, own_seats, role};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// Ann with a role, a license and a team; gives her id.
async fn ann(admin: &Client) -> String {
    own_seats(admin, "READ_WRITE", 3).await;
    let (support, east) = (role(admin, "Support", "AGENT", &[]).await, team(admin, "East", None).await);
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("assignRole", json!({ "userId": ann, "roleId": support }), "").await;
    join(admin, &ann, &east).await;
    ann
}

async fn review(client: &Client, variables: Value, fields: &str) -> Value {
    let document = format!(
        "query($asOf: AsOf, $filter: AccessReviewFilter, $first: Int, $after: String) {{ accessReview(asOf: $asOf, \
         filter: $filter, first: $first, after: $after) {{ totalCount asOf pageInfo {{ endCursor hasNextPage }} \
         nodes {{ {fields} }} }} }}"
    );
    client.data(&document, variables).await["accessReview"].clone()
}

#[tokio::test]
async fn a_review_says_what_was_held_at_a_date_and_who_gave_it() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = ann(admin).await;
    let then = head(admin).await;
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let fields = "right license role { name } team { name } user { label } grantedBy grantedByKind";
    let variables = json!({ "asOf": { "position": then }, "filter": { "user": ann } });
    let found = review(admin, variables, fields).await;
    let held = |right, license: Value, role: Value, team: Value| {
        json!({ "right": right, "license": license, "role": role, "team": team, "user": { "label": "ann" },
            "grantedBy": "user_8", "grantedByKind": "PERSON" })
    };
    let (role, team) = (json!({ "name": "Support" }), json!({ "name": "East" }));
    let expected = [
        held("LICENSE", json!("READ_WRITE"), Value::Null, Value::Null),
        held("ROLE", Value::Null, role, Value::Null),
        held("TEAM", Value::Null, Value::Null, team),
    ];
    assert_eq!((&found["nodes"], &found["asOf"]), (&json!(expected), &json!(then)));
    let today = review(admin, json!({ "filter": { "user": ann } }), "right").await;
    assert_eq!(today["totalCount"], 0);
}

#[tokio::test]
async fn pxy_05_a_review_names_who_really_gave_it_and_as_whom() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mut input = agent("boss");
    input["accessProfile"] = json!("USER_MANAGER");
    let boss = admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    let ann = ann(admin).await;
    let payload = admin.accept("startProxy", json!({ "userId": boss, "acknowledged": true }), "token").await;
    let proxied = rollbook.anonymous().bearer(payload["token"].as_str().unwrap());
    own_seats(admin, "READ_ONLY", 3).await;
    admin.accept("unassignRole", json!({ "userId": ann, "roleId": "role_1" }), "").await;
    proxied.accept("assignRole", json!({ "userId": ann, "roleId": "role_1" }), "").await;
    let variables = json!({ "filter": { "user": ann, "rights": ["ROLE"] } });
    let found = review(admin, variables, "grantedBy grantedOnBehalfOf").await;
    assert_eq!(found["nodes"], json!([{ "grantedBy": "user_8", "grantedOnBehalfOf": boss }]));
}

#[tokio::test]
async fn proxy_rights_are_held_by_whose_profile_permits_them() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    admin.create("AGENT", "ann").await;
    let found = review(admin, json!({ "filter": { "rights": ["PROXY"] } }), "user { id } proxyScope").await;
    assert_eq!(found["nodes"], json!([{ "user": { "id": "user_8" }, "proxyScope": "ALL" }]));
}

#[tokio::test]
async fn a_review_is_paged_and_counted() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    ann(admin).await;
    let all = review(admin, json!({}), "right user { id }").await;
    let total = usize::try_from(all["totalCount"].as_u64().unwrap()).unwrap();
    let (mut walked, mut after) = (Vec::new(), Value::Null);
    for _ in 0..total {
        let page = review(admin, json!({ "first": 1, "after": after }), "right user { id }").await;
        walked.push(page["nodes"][0].clone());
        assert_eq!(page["pageInfo"]["hasNextPage"], walked.len() < total);
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(json!(walked), all["nodes"]);
}

#[tokio::test]
async fn auditors_read_pseudonyms_over_http() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = ann(admin).await;
    let otto = member(&rollbook, "AUDITOR", "otto").await;
    let then = head(admin).await;
    admin.accept("unassignRole", json!({ "userId": ann, "roleId": "role_1" }), "").await;
    let path = format!("/review/access.json?asOf={then}");
    let lines = otto.get(&path).await.json();
    let role = lines.as_array().unwrap().iter().find(|line| line["right"] == "ROLE").unwrap();
    assert_eq!((&role["user"], &role["userName"]), (&json!(ann), &Value::Null));
    assert_eq!(
        (&role["which"], &role["name"], &role["grantedBy"]),
        (&json!("role_1"), &json!("Support"), &json!("user_8"))
    );
    let csv = admin.get(&path.replace("json", "csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        csv.text().contains(&format!("\r\n{ann},ann,true,ROLE,role_1,Support,user_8,PERSON,,")),
        "{}",
        csv.text()
    );
}

#[tokio::test]
async fn a_review_is_for_those_who_see_history() {
    let rollbook = Rollbook::start().await;
    let mona = member(&rollbook, "USER_MANAGER", "mona").await;
    for path in ["/review/access.csv", "/review/access.json"] {
        assert_eq!(mona.get(path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(rollbook.anonymous().get(path).await.status, StatusCode::UNAUTHORIZED);
        let admin = |query: &str| format!("{path}?{query}");
        assert_eq!(rollbook.admin.get(&admin("asOf=yesterday")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(rollbook.admin.get(&admin("asOf=99999")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(rollbook.admin.get(&admin("asOf=2999-01-01T00%3A00%3A00Z")).await.status, StatusCode::OK);
    }
    let answer = mona.graphql("{ accessReview { totalCount } }").await.json();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn rol_13_a_review_ends_at_ones_reach() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    ann(admin).await;
    let west = team(admin, "West", None).await;
    let mut input = agent("bound");
    input["accessProfile"] = json!("ADMINISTRATOR");
    input["team"] = json!(west);
    let bound = admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    let client = rollbook.sign_in("bound", "password of bound").await;
    let found = review(&client, json!({}), "user { id }").await;
    assert!(found["nodes"].as_array().unwrap().iter().all(|node| node["user"]["id"] == bound), "{found}");
    assert_eq!(found["totalCount"], 3);
}

#[tokio::test]
async fn a_cell_of_csv_is_no_formula_and_breaks_no_line() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mut input = agent("ann");
    input["displayName"] = json!("=HYPERLINK(\"x\"), 1");
    input["accessProfile"] = json!("AUDITOR");
    admin.accept("createUser", input, "").await;
    let csv = admin.get("/review/access.csv").await.text();
    assert!(csv.contains(",\"'=HYPERLINK(\"\"x\"\"), 1\",true,ACCESS_PROFILE,AUDITOR,"), "{csv}");
}
