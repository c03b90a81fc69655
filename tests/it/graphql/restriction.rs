//! Whose data is kept and not used (Article 18 GDPR) at every door that reads: nobody's reader but compliance
//! officers, auditors and the person finds them there. Lists, look-ups, the table, REST and acting as them are held
//! in `access_requests.rs`, mail in `mail.rs`.

use serde_json::{Value, json};

use super::{head, history, member};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// A word that is said of ann, and of nobody else.
const ANN: &str = "annabel";

/// Ann, restricted; bob reports to her. Who may not see her, and who may.
struct Scene {
    rollbook: Rollbook,
    ann: String,
    bob: String,
    before: u64,
    alma: Client,
    olga: Client,
}

async fn scene() -> Scene {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let olga = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let alma = member(&rollbook, "AUDITOR", "alma").await;
    let before = head(admin).await;
    let ann = admin.create("AGENT", ANN).await;
    let bob = admin.create("AGENT", "bob").await;
    admin.accept("changeReportingLine", json!({ "userId": ann, "reportsTo": bob }), "").await;
    let grant = json!({ "userId": bob, "scope": "SELECTED", "users": [ann] });
    admin.accept("changeProxyGrant", grant, "").await;
    admin.accept("assignAccessProfile", json!({ "userId": ann, "accessProfile": "USER_MANAGER" }), "").await;
    olga.accept("restrictProcessing", json!({ "userId": ann, "reason": "contested" }), "").await;
    Scene { rollbook, ann, bob, before, alma, olga }
}

async fn reviewed(client: &Client) -> (String, String) {
    let nodes = "{ accessReview(first: 100) { nodes { user { id label } right } } }";
    let rights = client.data(nodes, json!({})).await;
    (rights["accessReview"]["nodes"].to_string(), client.get("/review/access.csv").await.text())
}

#[tokio::test]
async fn a_review_of_access_leaves_restricted_people_out() {
    let Scene { rollbook, ann, alma, olga, .. } = scene().await;
    for (client, sees) in [(&rollbook.admin, false), (&alma, true), (&olga, true)] {
        let (page, table) = reviewed(client).await;
        assert_eq!((page.contains(&ann), table.contains(&ann)), (sees, sees), "{page} {table}");
        assert!(page.contains("user_8") && table.contains("user_8"), "others are there: {page} {table}");
    }
    assert!(!reviewed(&rollbook.admin).await.1.contains(ANN));
}

#[tokio::test]
async fn a_comparison_of_moments_leaves_restricted_people_out() {
    let Scene { rollbook, ann, bob, before, olga, .. } = scene().await;
    let document = "query($from: AsOf!) { changes(from: $from) { nodes { user { id } fields { to } } } }";
    let from = json!({ "from": { "position": before } });
    for (client, sees) in [(&rollbook.admin, false), (&olga, true)] {
        let told = client.data(document, from.clone()).await["changes"]["nodes"].to_string();
        assert_eq!(told.contains(&format!("{ann:?}")), sees, "{told}");
        assert!(told.contains(&bob), "{told}");
    }
}

#[tokio::test]
async fn a_moment_of_the_past_shows_no_more_than_today() {
    let Scene { rollbook, ann, olga, .. } = scene().await;
    let position = head(&rollbook.admin).await - 1;
    let document = "query($id: ID!, $asOf: AsOf!) { user(by: { id: $id }, asOf: $asOf) { username } \
                    users(asOf: $asOf) { nodes { id } } }";
    let variables = json!({ "id": ann, "asOf": { "position": position } });
    for (client, sees) in [(&rollbook.admin, false), (&olga, true)] {
        let data = client.data(document, variables.clone()).await;
        assert_eq!(data["user"]["username"] == ANN, sees, "{data}");
        assert_eq!(data["users"]["nodes"].to_string().contains(&format!("{ann:?}")), sees, "{data}");
    }
}

#[tokio::test]
async fn what_names_a_restricted_person_is_not_told_and_neither_is_whom_they_name() {
    let Scene { rollbook, ann, bob, olga, .. } = scene().await;
    let admin = &rollbook.admin;
    let parts = json!([{ "place": "condition", "content": { "text": format!("owner = '{ANN}'") } }]);
    let rule = json!({ "kind": "BUSINESS_RULE", "module": "Cases", "name": "Escalate", "parts": parts });
    admin.accept("registerArtefact", rule, "").await;
    let of = "query($id: ID!) { userReferences(id: $id) { kind name link } }";
    assert_eq!(admin.graphql_with(of, json!({ "id": ann })).await.code(), "NOT_FOUND");
    let named = "query($id: ID!) { artefacts(filter: { namesUser: $id }) { nodes { id } } }";
    for (client, count) in [(admin, 0), (&olga, 1)] {
        let data = client.data(named, json!({ "id": ann })).await;
        assert_eq!(data["artefacts"]["nodes"].as_array().unwrap().len(), count);
    }
    // That somebody reports to bob is known, since it keeps him; who it is, is not.
    let line = |references: &Value| {
        let all = references["userReferences"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["kind"] == "REPORTING_LINE").unwrap()
    };
    let told = line(&admin.data(of, json!({ "id": bob })).await);
    assert_eq!((&told["name"], &told["link"]), (&Value::Null, &Value::Null));
    let told = line(&olga.data(of, json!({ "id": bob })).await);
    assert_eq!((&told["name"], &told["link"]), (&json!(ANN), &json!(ann)));
}

#[tokio::test]
async fn history_and_its_exports_have_the_entries_and_no_value_of_a_restricted_person() {
    let Scene { rollbook, ann, olga, .. } = scene().await;
    let admin = &rollbook.admin;
    let told =
        history(admin, &ann, "type summary subject { id name } changes { field from to withheld }").await;
    assert!(told.iter().any(|entry| entry["type"] == "USER_CREATED"));
    assert!(!json!(told).to_string().contains(ANN), "{told:?}");
    for format in ["ndjson", "csv", "cloudevents"] {
        let path = format!("/history/export?format={format}");
        let (theirs, whole) = (admin.get(&path).await.text(), olga.get(&path).await.text());
        assert!(theirs.contains(&ann) && !theirs.contains(ANN), "{format}: {theirs}");
        assert!(whole.contains(ANN), "{format}: {whole}");
    }
}
