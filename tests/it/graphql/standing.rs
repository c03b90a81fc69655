//! Status: disable, enable, lock, unlock, delete.

use serde_json::{Value, json};

use super::{head, history, member, own_seats, password, role, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn sta_01_a_disabled_user_cannot_sign_in_and_is_not_told_why() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let wrong = rollbook.try_sign_in("ann", "not the password").await;
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "user { active }").await;
    let disabled = rollbook.try_sign_in("ann", &password("ann")).await;
    assert_eq!(disabled["errors"], wrong["errors"]);
    assert_eq!(disabled["errors"][0]["code"], "SIGN_IN_FAILED");
    rollbook.settled().await;
    let entries = history(&rollbook.admin, &ann, "type changes { field to }").await;
    let last = entries.last().unwrap();
    assert_eq!(last["type"], "SIGN_IN_FAILED");
    assert_eq!(last["changes"][0], json!({ "field": "code", "to": "DISABLED" }));
}

#[tokio::test]
async fn sta_03_nobody_disables_the_own_account() {
    let rollbook = Rollbook::start().await;
    let me = rollbook.admin.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    assert_eq!(rollbook.admin.refuse("disableUser", json!({ "userId": me })).await, ["OWN_ACCOUNT"]);
}

#[tokio::test]
async fn sta_05_who_is_enabled_signs_in_with_the_old_password_and_has_the_old_roles() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("assignRole", json!({ "userId": ann, "roleId": sales }), "").await;
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    let fields = "user { active license roles { id } }";
    let payload = rollbook.admin.accept("enableUser", json!({ "userId": ann }), fields).await;
    let expected = json!({ "active": true, "license": "READ_WRITE", "roles": [{ "id": sales }] });
    assert_eq!(payload["user"], expected);
    rollbook.sign_in("ann", &password("ann")).await;
}

#[tokio::test]
async fn sta_05_enabling_needs_a_free_seat() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let (ann, bob) =
        (rollbook.admin.create("AGENT", "ann").await, rollbook.admin.create("AGENT", "bob").await);
    rollbook.admin.accept("grantLicense", json!({ "userId": ann, "type": "READ_WRITE" }), "").await;
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    rollbook.admin.accept("grantLicense", json!({ "userId": bob, "type": "READ_WRITE" }), "").await;
    let payload = rollbook.admin.mutate("enableUser", json!({ "userId": ann }), "").await;
    assert_eq!(payload["errors"][0]["code"], "NO_LICENCE_AVAILABLE");
    assert_eq!(payload["errors"][0]["path"], json!(["input"]));
}

#[tokio::test]
async fn sta_06_active_and_locked_are_independent() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let fields = "user { active locked }";
    let payload = rollbook.admin.accept("lockAccount", json!({ "userId": ann }), fields).await;
    assert_eq!(payload["user"], json!({ "active": true, "locked": true }));
    let denied = rollbook.try_sign_in("ann", &password("ann")).await;
    assert_eq!(denied["errors"][0]["code"], "SIGN_IN_FAILED");
}

#[tokio::test]
async fn sta_06_five_wrong_passwords_lock_the_account() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for _ in 0..5 {
        rollbook.try_sign_in("ann", "not the password").await;
    }
    rollbook.settled().await;
    assert_eq!(user(&rollbook.admin, &ann, "active locked").await, json!({ "active": true, "locked": true }));
    let right = rollbook.try_sign_in("ann", &password("ann")).await;
    assert_eq!(right["token"], Value::Null);
}

#[tokio::test]
async fn sta_07_unlocking_lets_the_user_sign_in_with_the_old_password() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    rollbook.admin.accept("unlockAccount", json!({ "userId": ann }), "").await;
    rollbook.sign_in("ann", &password("ann")).await;
}

#[tokio::test]
async fn sta_07_unlocking_who_is_not_locked_makes_no_event() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let before = head(&rollbook.admin).await;
    rollbook.admin.accept("unlockAccount", json!({ "userId": ann }), "").await;
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn sta_08_disabling_frees_the_seat_in_the_same_step() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 3).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("grantLicense", json!({ "userId": ann, "type": "READ_WRITE" }), "").await;
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    let pools = rollbook.admin.data("{ licenses { type used } }", json!({})).await["licenses"].clone();
    assert_eq!(pools[0], json!({ "type": "READ_WRITE", "used": 0 }));
    let entries = history(&rollbook.admin, &ann, "type changes { field from to }").await;
    let seat = json!({ "field": "license", "from": "READ_WRITE", "to": null });
    assert!(entries.last().unwrap()["changes"].as_array().unwrap().contains(&seat));
}

#[tokio::test]
async fn sta_18_the_last_administrator_cannot_be_demoted() {
    let rollbook = Rollbook::start().await;
    let me = rollbook.admin.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let input = json!({ "userId": me, "accessProfile": "STANDARD" });
    let codes = rollbook.admin.refuse("assignAccessProfile", input).await;
    assert!(codes == ["LAST_ADMINISTRATOR"] || codes == ["OWN_ACCOUNT"], "{codes:?}");
}

#[tokio::test]
async fn del_05_a_deleted_user_is_in_no_list_and_is_still_known_by_id() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let payload = rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "user { deleted }").await;
    assert_eq!(payload["user"]["deleted"], true);
    let listed = rollbook.admin.data("{ users(filter: { text: \"ann\" }) { totalCount } }", json!({})).await;
    assert_eq!(listed["users"]["totalCount"], 0);
    assert_eq!(
        user(&rollbook.admin, &ann, "deleted active").await,
        json!({ "deleted": true, "active": false })
    );
}

#[tokio::test]
async fn aut_02_a_new_password_counts_at_once_and_the_old_one_no_more() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("setPassword", json!({ "userId": ann, "password": "something new" }), "").await;
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
    rollbook.sign_in("ann", "something new").await;
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let data = ann.data("mutation { signOut { errors { code } } }", json!({})).await;
    assert_eq!(data["signOut"]["errors"], json!([]));
    assert_eq!(ann.graphql("{ me { id } }").await.status, 401);
}
