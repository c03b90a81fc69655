//! The tenant's provider: who sets the number of seats, and what else they see.

use std::sync::Arc;

use rollbook::identity::SessionToken;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{head, member, own_seats};
use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const CONTACT: &str = "licenses@provider.example";

/// A directory with a provider, and the provider.
pub async fn provided() -> (Rollbook, Client) {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.provider_token = Some(SessionToken::from_client(TOKEN).digest());
    options.license_contact = Some(CONTACT.to_owned());
    let rollbook = Rollbook::start_with(folder, options).await;
    let provider = rollbook.anonymous().bearer(TOKEN);
    (rollbook, provider)
}

async fn last_entry(client: &Client) -> Value {
    let document = "{ history(first: 1) { nodes { type summary actor { id kind name } onBehalfOf } } }";
    client.data(document, json!({})).await["history"]["nodes"][0].clone()
}

#[tokio::test]
async fn lic_13_with_a_provider_only_the_provider_sets_the_number_of_seats() {
    let (rollbook, provider) = provided().await;
    let before = head(&rollbook.admin).await;
    let size = json!({ "type": "READ_WRITE", "owned": 10 });
    let payload = rollbook.admin.mutate("sizeLicensePool", size.clone(), "licensePool { owned }").await;
    assert_eq!(payload["errors"][0]["code"], "SEATS_SIZED_BY_PROVIDER");
    let message = "the provider sets the number of seats: ask licenses@provider.example";
    assert_eq!((&payload["errors"][0]["message"], &payload["licensePool"]), (&json!(message), &Value::Null));
    assert_eq!(head(&rollbook.admin).await, before + 1, "the attempt is recorded");
    provider.accept("sizeLicensePool", size, "licensePool { owned }").await;
    let expected = json!({
        "type": "LICENSE_POOL_SIZED",
        "summary": "The provider set the read-write seats from 0 to 10",
        "actor": { "id": "user_5", "kind": "PROVIDER", "name": null },
        "onBehalfOf": null,
    });
    assert_eq!(last_entry(&rollbook.admin).await, expected);
}

#[tokio::test]
async fn lic_13_whom_to_ask_is_said_beside_the_seats() {
    let (rollbook, provider) = provided().await;
    for client in [&rollbook.admin, &provider] {
        let found =
            client.data("{ licenses { owned sizedBy contact } }", json!({})).await["licenses"].clone();
        let expected = json!({ "owned": 0, "sizedBy": "PROVIDER", "contact": CONTACT });
        assert_eq!(found, json!([expected, expected]));
    }
}

#[tokio::test]
async fn lic_13_a_company_that_hosts_itself_sizes_its_pools() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 3).await;
    let entry = last_entry(&rollbook.admin).await;
    assert_eq!((&entry["actor"]["id"], &entry["onBehalfOf"]), (&json!("user_5"), &json!("user_8")));
    let document = "{ licenses { sizedBy contact } }";
    let found = rollbook.admin.data(document, json!({})).await["licenses"][0].clone();
    assert_eq!(found, json!({ "sizedBy": "ADMINISTRATOR", "contact": null }));
    // A token that nobody configured is nobody's.
    let nobody = rollbook.anonymous().bearer(TOKEN);
    assert_eq!(nobody.graphql("{ licenses { owned } }").await.status, 401);
}

#[tokio::test]
async fn lic_13_a_provider_does_nothing_else_and_sees_nothing_personal() {
    let (rollbook, provider) = provided().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for (mutation, input) in [
        ("lockAccount", json!({ "userId": ann })),
        ("assignAccessProfile", json!({ "userId": ann, "accessProfile": "ADMINISTRATOR" })),
        ("changeSettings", json!({ "sessionMinutes": 5 })),
        ("startProxy", json!({ "userId": ann, "acknowledged": true })),
    ] {
        assert_eq!(provider.refuse(mutation, input).await, ["FORBIDDEN"], "{mutation}");
    }
    let document = "{ users(orderBy: { field: CREATED_AT, direction: ASC }) \
                    { nodes { id label username email preferences { accessibilityMode } } } }";
    let found = provider.data(document, json!({})).await["users"]["nodes"][1].clone();
    let unseen = json!({ "accessibilityMode": null });
    let expected =
        json!({ "id": ann, "label": "User 9", "username": null, "email": null, "preferences": unseen });
    assert_eq!(found, expected);
    for document in ["{ history { totalCount } }", "{ users(filter: { text: \"ann\" }) { totalCount } }"] {
        assert_eq!(provider.graphql(document).await.code(), "FORBIDDEN", "{document}");
    }
}

#[tokio::test]
async fn pro_26_the_user_license_type_is_the_providers_to_see() {
    let (rollbook, provider) = provided().await;
    rollbook.admin.create("CLIENT", "cid").await;
    let document = "{ users(orderBy: { field: CREATED_AT, direction: ASC }) { nodes { userLicenseType } } }";
    let types = |data: &Value| -> Vec<Value> {
        data["users"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["userLicenseType"].clone())
            .collect()
    };
    assert_eq!(types(&provider.data(document, json!({})).await), ["PLATFORM", "SITE"]);
    assert_eq!(types(&rollbook.admin.data(document, json!({})).await), [Value::Null, Value::Null]);
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    assert!(types(&manager.data(document, json!({})).await).iter().all(Value::is_null));
}
