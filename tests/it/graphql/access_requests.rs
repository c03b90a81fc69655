//! Access requests from receipt to answer, and restricted processing.

use std::slice;

use serde_json::{Value, json};

use super::proxies::me;
use super::{agent, history, member, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const FIELDS: &str =
    "accessRequest { id state extended overdue dueAt openedAt openedById answeredById userId file }";

async fn opened(olga: &Client, id: &str) -> String {
    let input = json!({ "userId": id, "ticket": "letter 7" });
    let payload = olga.accept("openAccessRequest", input, FIELDS).await;
    assert_eq!(payload["accessRequest"]["state"], "WAITING");
    payload["accessRequest"]["id"].as_str().unwrap().to_owned()
}

async fn found(client: &Client, arguments: &str) -> Vec<String> {
    let document = format!("{{ accessRequests{arguments} {{ nodes {{ id }} pageInfo {{ hasNextPage }} }} }}");
    let nodes = client.data(&document, json!({})).await["accessRequests"]["nodes"].clone();
    nodes.as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn his_03_a_request_is_answered_with_a_file_that_was_fetched() {
    let rollbook = Rollbook::start().await;
    let olga = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let id = opened(&olga, &ann).await;
    assert_eq!(olga.refuse("fulfilAccessRequest", json!({ "requestId": id })).await, ["FILE_NOT_FETCHED"]);
    let path = format!("/people/{ann}/file.json?ticket=letter%207");
    assert_eq!(olga.get(&path).await.status.as_u16(), 200);
    let payload = olga.accept("fulfilAccessRequest", json!({ "requestId": id }), FIELDS).await;
    let request = &payload["accessRequest"];
    assert_eq!((&request["state"], &request["answeredById"]), (&json!("FULFILLED"), &json!(me(&olga).await)));
    let told = history(&olga, &ann, "type summary").await;
    assert_eq!(told.last().unwrap()["summary"], "olga answered the access request of ann");
}

#[tokio::test]
async fn requests_are_due_in_a_month_extended_once_refused_with_a_reason_and_found() {
    let rollbook = Rollbook::start().await;
    let olga = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let (first, second) = (opened(&olga, &ann).await, opened(&olga, &bob).await);
    let input = json!({ "userId": ann, "ticket": "again" });
    assert_eq!(olga.refuse("openAccessRequest", input).await, ["ACCESS_REQUEST_WAITS"]);
    let longer = json!({ "requestId": first, "reason": "many requests" });
    let payload = olga.accept("extendAccessRequest", longer.clone(), FIELDS).await;
    assert_eq!(payload["accessRequest"]["extended"], true);
    assert_eq!(olga.refuse("extendAccessRequest", longer).await, ["ALREADY_EXTENDED"]);
    assert_eq!(olga.refuse("refuseAccessRequest", json!({ "requestId": second })).await, ["REQUIRED"]);
    let refusal = json!({ "requestId": second, "reason": "not the person" });
    olga.accept("refuseAccessRequest", refusal, "").await;
    assert_eq!(found(&olga, "").await, [first.clone(), second.clone()]);
    assert_eq!(found(&olga, "(filter: { state: WAITING, overdue: false })").await, slice::from_ref(&first));
    assert_eq!(found(&olga, "(filter: { overdue: true })").await, Vec::<String>::new());
    assert_eq!(found(&olga, &format!("(filter: {{ userId: \"{bob}\" }})")).await, slice::from_ref(&second));
    let document = "{ accessRequests(first: 1) { pageInfo { endCursor hasNextPage } } }";
    let page = olga.data(document, json!({})).await["accessRequests"]["pageInfo"].clone();
    assert_eq!(page["hasNextPage"], true);
    let after = page["endCursor"].as_str().unwrap();
    assert_eq!(found(&olga, &format!("(first: 5, after: \"{after}\")")).await, slice::from_ref(&second));
    assert_eq!(found(&olga, &format!("(last: 5, before: \"{after}\")")).await, Vec::<String>::new());
    assert_eq!(found(&olga, "(last: 1)").await, [second]);
}

async fn listed(client: &Client) -> Vec<Value> {
    let document = "{ users { nodes { id } totalCount } }";
    let data = client.data(document, json!({})).await["users"].clone();
    let nodes = data["nodes"].as_array().unwrap().clone();
    assert_eq!(data["totalCount"], nodes.len());
    nodes.into_iter().map(|node| node["id"].clone()).collect()
}

async fn in_table(client: &Client) -> bool {
    client.get("/users.csv").await.text().contains("ann@example.org")
}

#[tokio::test]
async fn a_restricted_person_exists_for_compliance_and_auditors_and_themselves_only() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let olga = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let alma = member(&rollbook, "AUDITOR", "alma").await;
    let mut input = agent("ann");
    input["fullName"] = json!("Ann Arbor");
    let payload = admin.accept("createUser", input, "user { id }").await;
    let ann = payload["user"]["id"].as_str().unwrap().to_owned();
    let own = rollbook.sign_in("ann", "password of ann").await;
    let restrict = json!({ "userId": ann, "reason": "contested" });
    assert_eq!(admin.refuse("restrictProcessing", restrict.clone()).await, ["FORBIDDEN"]);
    let payload = olga.accept("restrictProcessing", restrict, "user { processingRestricted }").await;
    assert_eq!(payload["user"]["processingRestricted"], true);
    let id = json!(ann);
    for (client, sees) in [(admin, false), (&olga, true), (&alma, true)] {
        assert_eq!(listed(client).await.contains(&id), sees);
        assert_eq!(user(client, &ann, "id").await.is_null(), !sees);
    }
    assert_eq!((in_table(admin).await, in_table(&olga).await), (false, true));
    let table = alma.get("/users.csv").await.text();
    assert!(!table.contains(&format!("\r\n{},", ann.strip_prefix("user_").unwrap())), "{table}");
    let looked_up = admin.data("{ lookupUsers(text: \"ann\") { id } }", json!({})).await;
    assert_eq!(looked_up["lookupUsers"], json!([]));
    assert_eq!(
        admin.refuse("startProxy", json!({ "userId": ann, "acknowledged": true })).await,
        ["FORBIDDEN"]
    );
    assert_eq!(admin.get(&format!("/users/{ann}")).await.status.as_u16(), 404);
    assert_eq!(user(&own, &ann, "fullName").await["fullName"], "Ann Arbor");
    rollbook.sign_in("ann", "password of ann").await;
    let told = history(&alma, &ann, "type").await;
    assert!(told.iter().any(|entry| entry["type"] == "PROCESSING_RESTRICTED"));
    olga.accept("liftRestriction", json!({ "userId": ann, "reason": "settled" }), "").await;
    assert!(listed(admin).await.contains(&id));
    assert_eq!(user(admin, &ann, "fullName").await["fullName"], "Ann Arbor");
}

#[tokio::test]
async fn an_emergency_lock_reaches_a_restricted_person_too() {
    let rollbook = Rollbook::start().await;
    let olga = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    olga.accept("restrictProcessing", json!({ "userId": ann, "reason": "contested" }), "").await;
    let payload = rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "user { id }").await;
    assert_eq!(payload["user"], Value::Null);
    assert_eq!(user(&olga, &ann, "locked").await["locked"], true);
}
