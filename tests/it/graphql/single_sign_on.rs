//! Users who are kept elsewhere, and the fields of single sign-on. No protocol is spoken yet.

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::UserId;
use rollbook_schema::command::ChangeProfile;
use rollbook_schema::value::{PersonField, PersonText};
use serde_json::{Value, json};

use super::{history, member, own_seats, role, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn kept_in_ldap(client: &Client, name: &str) -> String {
    let user = client.create("AGENT", name).await;
    client.accept("changeSource", json!({ "userId": user, "source": "LDAP" }), "").await;
    user
}

async fn mode(client: &Client, mode: &str) {
    client.accept("changeSettings", json!({ "ssoMode": mode }), "").await;
}

#[tokio::test]
async fn sso_01_of_an_ldap_user_only_teams_and_roles_are_changed_here() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 1).await;
    let ann = kept_in_ldap(admin, "ann").await;
    let shown = user(admin, &ann, "source managedElsewhere").await;
    assert_eq!(shown, json!({ "source": "LDAP", "managedElsewhere": true }));
    let role = role(admin, "Support", "AGENT", &["LISTS"]).await;
    admin.accept("createTeam", json!({ "name": "World" }), "").await;
    admin.accept("addTeamMember", json!({ "userId": ann, "teamId": "team_1" }), "").await;
    admin.accept("assignRole", json!({ "userId": ann, "roleId": role }), "").await;
    let input = json!({ "userId": ann, "title": "Dr", "email": "new@example.org" });
    let payload = admin.mutate("changeProfile", input, "").await;
    let errors = payload["errors"].as_array().unwrap().iter();
    let told: Vec<Value> =
        errors.map(|error| json!([error["code"], error["message"], error["path"]])).collect();
    let expected = |field: &str| json!(["MANAGED_IN_LDAP", "managed in LDAP", ["input", field]]);
    assert_eq!(told, [expected("email"), expected("title")]);
    for (mutation, extra) in [
        ("forcePasswordChange", json!({})),
        ("changeChatLimit", json!({ "maxChats": 3 })),
        ("changePreferences", json!({ "timeFormat": "H12" })),
        ("setAttributes", json!({ "attributes": [] })),
    ] {
        let mut input = extra;
        input["userId"] = json!(ann);
        assert_eq!(admin.refuse(mutation, input).await, ["MANAGED_IN_LDAP"], "{mutation}");
    }
    admin.accept("changeSource", json!({ "userId": ann, "source": "LOCAL" }), "").await;
    admin.accept("changeProfile", json!({ "userId": ann, "title": "Dr" }), "").await;
}

#[tokio::test]
async fn aut_16_an_ldap_user_is_locked_and_disabled_here_at_once() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = kept_in_ldap(admin, "ann").await;
    admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    admin.accept("unlockAccount", json!({ "userId": ann }), "").await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    assert_eq!(user(admin, &ann, "active locked").await, json!({ "active": false, "locked": false }));
    admin.accept("enableUser", json!({ "userId": ann }), "").await;
}

#[tokio::test]
async fn sso_02_the_automation_updates_an_ldap_user_as_user_3() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = kept_in_ldap(admin, "ann").await;
    let number = ann.strip_prefix("user_").unwrap().parse().unwrap();
    let title = (PersonField::Title, Some(PersonText::parse("Dr").unwrap()));
    let synced = ChangeProfile { user: UserId(number), username: None, email: None, person: vec![title] };
    rollbook.directory.ask(Asking::by(Caller::System), synced).await.unwrap();
    assert_eq!(user(admin, &ann, "title").await["title"], "Dr");
    let entry = history(admin, &ann, "type actor { id kind }").await.pop().unwrap();
    assert_eq!(entry["actor"], json!({ "id": "user_3", "kind": "AUTOMATION" }));
}

#[tokio::test]
async fn sso_03_aut_09_an_ldap_users_password_is_not_reset_and_they_are_no_candidate() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = kept_in_ldap(admin, "ann").await;
    admin.create("AGENT", "bob").await;
    let payload = admin.mutate("resetPassword", json!({ "userId": ann }), "").await;
    assert_eq!(payload["errors"][0]["code"], "MANAGED_IN_LDAP");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "userId"]));
    let input = json!({ "userId": ann, "password": "another of many" });
    assert_eq!(admin.refuse("setPassword", input).await, ["MANAGED_IN_LDAP"]);
    let document = "{ users(filter: { resettable: true }) { totalCount nodes { username } } }";
    let data = admin.data(document, json!({})).await;
    let expected = json!({ "totalCount": 2, "nodes": [{ "username": "admin" }, { "username": "bob" }] });
    assert_eq!(data["users"], expected);
    admin.accept("changeSource", json!({ "userId": ann, "source": "LOCAL" }), "").await;
    assert_eq!(admin.data(document, json!({})).await["users"]["totalCount"], 3);
}

#[tokio::test]
async fn sso_01_where_a_user_is_kept_is_said_by_administrators_and_seen_in_history() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = kept_in_ldap(admin, "ann").await;
    let entry = history(admin, &ann, "changes { field from to }").await.pop().unwrap();
    assert_eq!(entry["changes"], json!([{ "field": "source", "from": "LOCAL", "to": "LDAP" }]));
    let mia = member(&rollbook, "USER_MANAGER", "mia").await;
    let input = json!({ "userId": ann, "source": "LOCAL" });
    assert_eq!(mia.refuse("changeSource", input).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn sso_06_sso_09_a_federation_id_is_taken_and_shown_with_saml_only_and_unique() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    let of = |user: &str| json!({ "userId": user, "federationId": "f-1" });
    assert_eq!(admin.refuse("changeProfile", of(&ann)).await, ["SSO_MODE_MISMATCH"]);
    mode(admin, "SAML").await;
    admin.accept("changeProfile", of(&ann), "").await;
    assert_eq!(user(admin, &ann, "federationId").await["federationId"], "f-1");
    let payload = admin.mutate("changeProfile", of(&bob), "").await;
    assert_eq!(payload["errors"][0]["code"], "FEDERATION_ID_TAKEN");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "federationId"]));
    let auditor = member(&rollbook, "AUDITOR", "otto").await;
    assert_eq!(user(&auditor, &ann, "federationId").await["federationId"], json!(null));
    mode(admin, "DELEGATED").await;
    assert_eq!(user(admin, &ann, "federationId").await["federationId"], json!(null));
}

#[tokio::test]
async fn sso_10_the_second_federation_id_is_a_field_of_its_own() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let input = json!({ "kind": "AGENT", "email": "ann@example.org", "fullName": "Ann",
        "ccaFederationId": "c-1" });
    assert_eq!(admin.refuse("createUser", input.clone()).await, ["SSO_MODE_MISMATCH"]);
    mode(admin, "SAML").await;
    let fields = "user { id federationId ccaFederationId }";
    let payload = admin.accept("createUser", input, fields).await;
    assert_eq!(payload["user"]["ccaFederationId"], "c-1");
    assert_eq!(payload["user"]["federationId"], json!(null));
    mode(admin, "OFF").await;
    let ann = payload["user"]["id"].as_str().unwrap();
    assert_eq!(user(admin, ann, "ccaFederationId").await["ccaFederationId"], json!(null));
}

#[tokio::test]
async fn pro_06_employee_numbers_are_unique_if_the_tenant_says_so() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    let of = |user: &str, number: &str| json!({ "userId": user, "employeeNumber": number });
    admin.accept("changeProfile", of(&ann, "E1"), "").await;
    admin.accept("changeProfile", of(&bob, "E1"), "").await;
    let fields = "settings { uniqueEmployeeNumbers ssoMode }";
    let payload = admin.accept("changeSettings", json!({ "uniqueEmployeeNumbers": true }), fields).await;
    assert_eq!(payload["settings"], json!({ "uniqueEmployeeNumbers": true, "ssoMode": "OFF" }));
    admin.accept("changeProfile", of(&bob, "E2"), "").await;
    let payload = admin.mutate("changeProfile", of(&bob, "E1"), "").await;
    assert_eq!(payload["errors"][0]["code"], "EMPLOYEE_NUMBER_TAKEN");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "employeeNumber"]));
    admin.accept("changeProfile", of(&bob, ""), "").await;
}

#[tokio::test]
async fn sso_01_a_user_is_created_as_kept_elsewhere() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "kind": "AGENT", "email": "bob@example.com", "fullName": "Bob", "source": "LDAP" });
    let fields = "user { id source managedElsewhere }";
    let bob = rollbook.admin.accept("createUser", input.clone(), fields).await["user"].clone();
    assert_eq!((&bob["source"], &bob["managedElsewhere"]), (&json!("LDAP"), &json!(true)));
    let title = json!({ "userId": bob["id"], "title": "Dr" });
    assert_eq!(rollbook.admin.refuse("changeProfile", title).await, ["MANAGED_IN_LDAP"]);
    let mut again = input;
    again["email"] = json!("cid@example.com");
    again["password"] = json!("correct horse");
    assert_eq!(rollbook.admin.refuse("createUser", again.clone()).await, ["MANAGED_IN_LDAP"]);
    again.as_object_mut().unwrap().remove("password");
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    assert_eq!(manager.refuse("createUser", again).await, ["FORBIDDEN"]);
}
