//! Password policy on every path, and passwords that must be changed.

use serde_json::{Value, json};

use super::{agent, history, password, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn change_own(client: &Client, id: &str, current: &str, new: &str) -> Vec<String> {
    let input = json!({ "userId": id, "password": new, "currentPassword": current });
    let payload = client.mutate("setPassword", input, "").await;
    let errors = payload["errors"].as_array().unwrap();
    errors.iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

/// Signs in where a new password is demanded.
async fn restricted(rollbook: &Rollbook, login: &str, password: &str) -> Client {
    let payload = rollbook.try_sign_in(login, password).await;
    assert_eq!(payload["mustChangePassword"], true, "{payload}");
    rollbook.anonymous().bearer(payload["token"].as_str().unwrap())
}

#[tokio::test]
async fn aut_06_a_password_that_many_use_is_refused_on_every_path() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let mut input = agent("bob");
    input["password"] = json!("Passw0rd");
    let payload = rollbook.admin.mutate("createUser", input, "").await;
    assert_eq!(payload["errors"][0]["code"], "PASSWORD_TOO_COMMON");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "password"]));
    let typed = json!({ "userId": ann, "password": "QWERTY123" });
    assert_eq!(rollbook.admin.refuse("setPassword", typed).await, ["PASSWORD_TOO_COMMON"]);
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(change_own(&herself, &ann, &password("ann"), "iloveyou").await, ["PASSWORD_TOO_COMMON"]);
}

#[tokio::test]
async fn aut_06_by_setting_a_password_that_many_use_is_taken() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "refuseCommonPasswords": false }), "").await;
    let mut input = agent("bob");
    input["password"] = json!("123456");
    rollbook.admin.accept("createUser", input, "").await;
}

#[tokio::test]
async fn aut_06_a_direct_reset_skips_the_length_of_the_policy_but_not_the_floor() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "passwordMinLength": 12 }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let floor = json!({ "userId": ann, "password": "k7q2w" });
    assert_eq!(rollbook.admin.refuse("setPassword", floor).await, ["TOO_SHORT"]);
    rollbook.admin.accept("setPassword", json!({ "userId": ann, "password": "k7q-2w" }), "").await;
    let herself = rollbook.sign_in("ann", "k7q-2w").await;
    assert_eq!(change_own(&herself, &ann, "k7q-2w", "elevenchars").await, ["TOO_SHORT"]);
    assert_eq!(change_own(&herself, &ann, "k7q-2w", "twelve chars").await, [""; 0]);
}

#[tokio::test]
async fn aut_12_the_policy_holds_when_an_account_is_created() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "passwordMinLength": 12 }), "").await;
    for automation in [Value::Null, json!("nightly hires")] {
        let mut input = agent("ann");
        input["password"] = json!("elevenchars");
        input["automation"] = automation;
        let payload = rollbook.admin.mutate("createUser", input, "").await;
        assert_eq!(payload["errors"][0]["code"], "TOO_SHORT");
        assert_eq!(payload["errors"][0]["message"], "password must have at least 12 characters");
    }
}

#[tokio::test]
async fn aut_05_after_a_forced_change_nothing_but_the_change_is_allowed() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook
        .admin
        .accept("assignAccessProfile", json!({ "userId": ann, "accessProfile": "ADMINISTRATOR" }), "")
        .await;
    let fields = "user { mustChangePassword }";
    let payload = rollbook.admin.accept("forcePasswordChange", json!({ "userId": ann }), fields).await;
    assert_eq!(payload["user"]["mustChangePassword"], true);
    let herself = restricted(&rollbook, "ann", &password("ann")).await;
    for query in [
        "{ users { totalCount } }",
        "{ roles { id } }",
        "{ settings { version } }",
        "{ head }",
        "{ node(id: \"user_8\") { id } }",
        "{ user(by: { id: \"user_9\" }) { id } }",
        "{ history(filter: { user: \"user_9\" }) { totalCount } }",
        "{ licenses { owned } }",
        "{ views { position } }",
        "{ me { history { totalCount } } }",
        "{ me { sessions { id } } }",
    ] {
        assert_eq!(herself.graphql(query).await.code(), "PASSWORD_CHANGE_REQUIRED", "{query}");
    }
    let required = ["PASSWORD_CHANGE_REQUIRED"];
    assert_eq!(herself.refuse("lockAccount", json!({ "userId": "user_8" })).await, required);
    assert_eq!(herself.refuse("createUser", agent("bob")).await, required);
    assert_eq!(herself.refuse("changeProfile", json!({ "userId": ann, "mobilePhone": "1" })).await, required);
    assert_eq!(herself.refuse("endSessions", json!({ "userId": ann })).await, required);
    assert_eq!(herself.refuse("resetPassword", json!({ "userId": "user_8" })).await, required);
    assert_eq!(
        herself.refuse("setPassword", json!({ "userId": "user_8", "password": "taken over" })).await,
        required
    );
    let me = herself.data("{ me { id mustChangePassword } }", json!({})).await["me"].clone();
    assert_eq!(me, json!({ "id": ann, "mustChangePassword": true }));

    assert_eq!(change_own(&herself, &ann, &password("ann"), "one of my own").await, [""; 0]);
    herself.data("{ users { totalCount } }", json!({})).await;
    assert_eq!(user(&rollbook.admin, &ann, "mustChangePassword").await["mustChangePassword"], false);
    assert_eq!(rollbook.try_sign_in("ann", "one of my own").await["mustChangePassword"], false);
}

#[tokio::test]
async fn aut_05_whoever_must_change_the_password_can_still_sign_out() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("forcePasswordChange", json!({ "userId": ann }), "").await;
    restricted(&rollbook, "ann", &password("ann")).await.accept("signOut", json!({}), "").await;
}

#[tokio::test]
async fn aut_05_the_new_password_is_not_the_old_one() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("forcePasswordChange", json!({ "userId": ann }), "").await;
    let herself = restricted(&rollbook, "ann", &password("ann")).await;
    assert_eq!(change_own(&herself, &ann, &password("ann"), &password("ann")).await, ["PASSWORD_UNCHANGED"]);
}

#[tokio::test]
async fn aut_05_a_running_session_goes_on_until_the_next_sign_in() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    rollbook.admin.accept("forcePasswordChange", json!({ "userId": ann }), "").await;
    herself.data("{ me { history { totalCount } } }", json!({})).await;
    let new = restricted(&rollbook, "ann", &password("ann")).await;
    assert_eq!(new.graphql("{ head }").await.code(), "PASSWORD_CHANGE_REQUIRED");
}

#[tokio::test]
async fn aut_05_a_demand_that_was_taken_back_is_none() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("forcePasswordChange", json!({ "userId": ann }), "").await;
    let herself = restricted(&rollbook, "ann", &password("ann")).await;
    rollbook.admin.accept("cancelPasswordChange", json!({ "userId": ann }), "").await;
    herself.data("{ head }", json!({})).await;
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["mustChangePassword"], false);
    let entries = history(&rollbook.admin, &ann, "type changes { field from to }").await;
    let demanded = json!({ "field": "mustChangePassword", "from": "false", "to": "true" });
    let entry = entries.iter().find(|entry| entry["type"] == "PASSWORD_CHANGE_FORCED").unwrap();
    assert_eq!(entry["changes"], json!([demanded]));
    assert!(entries.iter().any(|entry| entry["type"] == "PASSWORD_CHANGE_CANCELLED"));
}

#[tokio::test]
async fn aut_05_a_user_manager_demands_it_of_ordinary_users_only() {
    let rollbook = Rollbook::start().await;
    let manager = super::member(&rollbook, "USER_MANAGER", "manager").await;
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    manager.accept("forcePasswordChange", json!({ "userId": ann }), "").await;
    assert_eq!(manager.refuse("forcePasswordChange", json!({ "userId": "user_8" })).await, ["FORBIDDEN"]);
}
