//! What a deletion leaves, what it refuses, and who comes back.

use serde_json::{Value, json};

use super::{history, own_seats, password, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn delete(client: &Client, id: &str) {
    client.accept("deleteUser", json!({ "userId": id }), "").await;
}

#[tokio::test]
async fn del_08_the_administrator_created_with_the_directory_is_not_deleted() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let first = admin.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let input = json!({ "kind": "AGENT", "username": "second", "email": "second@example.org",
                        "fullName": "Second", "password": password("second"),
                        "accessProfile": "ADMINISTRATOR" });
    admin.accept("createUser", input, "").await;
    let second = rollbook.sign_in("second", &password("second")).await;
    let named = json!({ "userId": first });
    assert_eq!(second.refuse("deleteUser", named.clone()).await, ["FIRST_ADMINISTRATOR"]);
    second.accept("disableUser", named, "").await;
}

#[tokio::test]
async fn del_15_a_tenant_can_choose_that_nobody_is_deleted() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let named = json!({ "userId": ann });
    assert_eq!(
        admin.data("{ settings { deletionAllowed } }", json!({})).await["settings"]["deletionAllowed"],
        true
    );
    admin.accept("changeSettings", json!({ "deletionAllowed": false }), "").await;
    assert_eq!(admin.refuse("deleteUser", named).await, ["DELETION_NOT_ALLOWED"]);
    admin.accept("changeSettings", json!({ "deletionAllowed": true }), "").await;
    delete(admin, &ann).await;
}

#[tokio::test]
async fn del_07_history_keeps_what_a_deleted_user_was_and_others_keep_their_texts() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    admin.accept("changeProfile", json!({ "userId": bob, "title": "Deputy of ann" }), "").await;
    delete(admin, &ann).await;
    let created = &history(admin, &ann, "type changes { field to }").await[0];
    let of = |field: &str| {
        let changes = created["changes"].as_array().unwrap();
        changes.iter().find(|change| change["field"] == field).map(|change| change["to"].clone())
    };
    assert_eq!(of("username"), Some(json!("ann")));
    assert_eq!(of("email"), Some(json!("ann@example.org")));
    assert_eq!(of("fullName"), Some(json!("ann")));
    assert_eq!(user(admin, &bob, "title").await["title"], "Deputy of ann");
}

#[tokio::test]
async fn del_11_a_deleted_clients_contact_data_are_gone_but_for_history() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let cid = admin.create("CLIENT", "cid").await;
    let contact = json!({ "userId": cid, "mobilePhone": "+43 1 234567", "landLinePhone": "+43 1 7654321",
                          "streetAddress": "Ring 1", "postalCode": "1010", "title": "Dr" });
    admin.accept("changeProfile", contact, "").await;
    delete(admin, &cid).await;
    let fields = "mobilePhone landLinePhone streetAddress postalCode username";
    assert_eq!(
        user(admin, &cid, fields).await,
        json!({ "mobilePhone": null, "landLinePhone": null,
        "streetAddress": null, "postalCode": null, "username": "cid" })
    );
    let told = history(admin, &cid, "changes { field to }").await;
    assert!(told.iter().any(|entry| entry["changes"].to_string().contains("Ring 1")));
}

#[tokio::test]
async fn del_13_there_is_no_way_back_from_a_deletion() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    delete(admin, &ann).await;
    for mutation in ["enableUser", "unlockAccount", "deleteUser"] {
        assert_eq!(admin.refuse(mutation, json!({ "userId": ann })).await, ["NOT_FOUND"], "{mutation}");
    }
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
}

/// As DEL-09 and DEL-10 want it of whoever comes by single sign-on or from LDAP.
#[tokio::test]
async fn who_was_deleted_and_comes_back_is_somebody_new() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 2).await;
    let before = admin.create("AGENT", "ann").await;
    delete(admin, &before).await;
    let again = admin.create("AGENT", "ann").await;
    assert_ne!(again, before);
    assert_eq!(history(admin, &again, "type").await.len(), history(admin, &before, "type").await.len() - 1);
    let previous = async |id: &str| user(admin, id, "previousSubjects").await["previousSubjects"].clone();
    assert_eq!(previous(&again).await, json!([before]));
    assert_eq!(previous(&before).await, json!([]));
    let bob = admin.create("AGENT", "bob").await;
    assert_eq!(previous(&bob).await, json!([]));
}

#[tokio::test]
async fn sta_17_what_an_offboarded_user_still_holds_is_told_in_one_request() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let input = json!({ "kind": "AGENT", "username": "mia", "email": "mia@example.org", "fullName": "Mia",
                        "password": password("mia"), "accessProfile": "USER_MANAGER" });
    let mia = admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    rollbook.sign_in("mia", &password("mia")).await;
    admin.accept("changeReportingLine", json!({ "userId": ann, "reportsTo": mia }), "").await;
    let grant = json!({ "userId": mia, "users": [ann] });
    admin.accept("changeProxyGrant", grant, "").await;
    let document = "query($id: ID!) {
        user(by: { id: $id }) { sessions { id } proxyGrant { scope users { id } } applications { roles { id } } }
        userReferences(id: $id) { kind link } }";
    let held = admin.data(document, json!({ "id": mia })).await;
    assert_eq!(held["user"]["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(held["user"]["proxyGrant"], json!({ "scope": "SELECTED", "users": [{ "id": ann }] }));
    assert_eq!(
        held["userReferences"],
        json!([
            { "kind": "REPORTING_LINE", "link": ann },
            { "kind": "PROXY_GRANT", "link": mia },
        ])
    );
    let held = admin.data(document, json!({ "id": ann })).await;
    assert_eq!(held["userReferences"], json!([{ "kind": "PROXY_GRANT", "link": mia }]));
}
