//! Sessions: who sees them, what ends them, and with which rights they run.

use serde_json::{Value, json};

use super::{head, history, member, own_seats, password, role, user};
use crate::support::clock::rollbook_with_clock;
use crate::support::rollbook::Rollbook;

const ENDED: &str = "lastSignOutAt lastSignOutReason";

async fn reason(rollbook: &Rollbook, id: &str) -> Value {
    let found = user(&rollbook.admin, id, ENDED).await;
    assert_eq!(found["lastSignOutAt"].is_string(), found["lastSignOutReason"].is_string());
    found["lastSignOutReason"].clone()
}

#[tokio::test]
async fn ses_01_people_see_their_sessions_and_end_any_of_them() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let one = rollbook.sign_in("ann", &password("ann")).await;
    let two = rollbook.sign_in("ann", &password("ann")).await;
    let document = "{ me { sessions { id startedAt expiresAt current clientAddress userAgent } } }";
    let listed = two.data(document, json!({})).await["me"]["sessions"].clone();
    let current: Vec<_> = listed.as_array().unwrap().iter().map(|session| &session["current"]).collect();
    assert_eq!(current, [true, false], "newest first");
    assert_eq!(listed[1]["clientAddress"], "127.0.0.1");
    two.accept("endSession", json!({ "sessionId": listed[1]["id"] }), "").await;
    assert_eq!(one.graphql("{ me { id } }").await.status, 401);
    assert_eq!(two.data(document, json!({})).await["me"]["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(reason(&rollbook, &ann).await, "SIGNED_OUT");
    let before = head(&rollbook.admin).await;
    two.accept("endSession", json!({ "sessionId": listed[1]["id"] }), "").await;
    assert_eq!(head(&rollbook.admin).await, before, "it ended once");
}

#[tokio::test]
async fn sessions_of_others_are_seen_and_ended_by_right_only() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let document = "query($id: ID!) { user(by: { id: $id }) { sessions { id clientAddress } } }";
    let of_ann = json!({ "id": ann });
    let seen = rollbook.admin.data(document, of_ann.clone()).await["user"]["sessions"].clone();
    assert_eq!(seen[0]["clientAddress"], "127.0.0.1");
    let auditor = member(&rollbook, "AUDITOR", "auditor").await;
    let seen_by_auditor = auditor.data(document, of_ann.clone()).await["user"]["sessions"].clone();
    assert_eq!(seen_by_auditor, json!([{ "id": seen[0]["id"], "clientAddress": null }]));
    let officer = member(&rollbook, "COMPLIANCE_OFFICER", "officer").await;
    assert_eq!(officer.graphql_with(document, of_ann).await.code(), "FORBIDDEN");
    let nobody = member(&rollbook, "STANDARD", "nobody").await;
    for client in [&auditor, &officer, &nobody] {
        let ended = client.refuse("endSession", json!({ "sessionId": seen[0]["id"] })).await;
        assert_eq!(ended, ["FORBIDDEN"]);
        assert_eq!(client.refuse("endSessions", json!({ "userId": ann })).await, ["FORBIDDEN"]);
    }
    for id in ["session_9", "session_09_01ARZ3NDEKTSV4RRFFQ69G5FAV", "user_9"] {
        assert_eq!(rollbook.admin.refuse("endSession", json!({ "sessionId": id })).await, ["NOT_FOUND"]);
    }
    herself.data("{ me { id } }", json!({})).await;
}

#[tokio::test]
async fn ses_01_whatever_ends_a_session_dates_the_sign_out_and_says_why() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    assert_eq!(reason(&rollbook, &ann).await, Value::Null);
    let of_ann = json!({ "userId": ann });
    let ends = [
        ("endSessions", of_ann.clone(), "REVOKED"),
        ("lockAccount", of_ann.clone(), "LOCKED"),
        ("setPassword", json!({ "userId": ann, "password": password("ann") }), "PASSWORD_CHANGED"),
        ("disableUser", of_ann.clone(), "DISABLED"),
        ("deleteUser", of_ann.clone(), "DELETED"),
    ];
    for (mutation, input, expected) in ends {
        admin.accept("unlockAccount", of_ann.clone(), "").await;
        admin.accept("enableUser", of_ann.clone(), "").await;
        let herself = rollbook.sign_in("ann", &password("ann")).await;
        admin.accept(mutation, input, "").await;
        assert_eq!(herself.graphql("{ me { id } }").await.status, 401, "{mutation}");
        assert_eq!(reason(&rollbook, &ann).await, expected);
    }
    let types = history(admin, &ann, "type summary").await;
    let revoked = types.iter().find(|entry| entry["type"] == "SESSIONS_ENDED").unwrap();
    assert_eq!(revoked["summary"], "Administrator ended ann's sessions");
}

#[tokio::test]
async fn ses_01_a_session_that_ran_out_is_dated_when_it_did() {
    let (rollbook, clock) = rollbook_with_clock().await;
    rollbook.admin.accept("changeSettings", json!({ "sessionMinutes": 60 }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    clock.pass_minutes(60);
    assert_eq!(herself.graphql("{ me { id } }").await.status, 401);
    rollbook.admin.create("AGENT", "bob").await;
    let found = user(&rollbook.admin, &ann, ENDED).await;
    let expected = json!({ "lastSignOutAt": "2026-01-01T01:00:00.000Z", "lastSignOutReason": "EXPIRED" });
    assert_eq!(found, expected);
}

#[tokio::test]
async fn ses_02_a_self_change_ends_the_other_devices_and_a_reset_ends_all() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let one = rollbook.sign_in("ann", &password("ann")).await;
    let two = rollbook.sign_in("ann", &password("ann")).await;
    let own = json!({ "userId": ann, "password": "one of my own", "currentPassword": password("ann") });
    two.accept("setPassword", own, "").await;
    assert_eq!(one.graphql("{ me { id } }").await.status, 401);
    two.data("{ me { id } }", json!({})).await;
    rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "").await;
    assert_eq!(two.graphql("{ me { id } }").await.status, 401);
}

#[tokio::test]
async fn ses_02_aut_04_by_setting_sessions_outlive_a_password() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "endSessionsOnPasswordChange": false }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    rollbook.admin.accept("setPassword", json!({ "userId": ann, "password": "something new" }), "").await;
    rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "").await;
    herself.data("{ me { id } }", json!({})).await;
    assert_eq!(reason(&rollbook, &ann).await, Value::Null);
}

#[tokio::test]
async fn rol_12_a_role_change_waits_for_the_next_sign_in() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 1).await;
    let sales = role(admin, "Sales", "AGENT", &["LISTS"]).await;
    let reports = role(admin, "Reports", "AGENT", &["REPORTS"]).await;
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("assignRole", json!({ "userId": ann, "roleId": sales }), "").await;
    let running = rollbook.sign_in("ann", &password("ann")).await;
    let opened_at = head(admin).await;
    let fields = "user { access pendingUntilNextSignIn }";
    let payload = admin.accept("assignRole", json!({ "userId": ann, "roleId": reports }), fields).await;
    let assigned = json!({ "access": ["LISTS", "REPORTS"], "pendingUntilNextSignIn": true });
    assert_eq!(payload["user"], assigned);
    admin.accept("unassignRole", json!({ "userId": ann, "roleId": sales }), "").await;

    let me = "{ me { access pendingUntilNextSignIn roles { name } } }";
    let found = running.data(me, json!({})).await["me"].clone();
    let roles = json!([{ "name": "Reports" }]);
    assert_eq!(found, json!({ "access": ["LISTS"], "pendingUntilNextSignIn": true, "roles": roles }));
    let next = rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(next.data(me, json!({})).await["me"]["access"], json!(["REPORTS"]));
    assert_eq!(running.data(me, json!({})).await["me"]["access"], json!(["LISTS"]), "SES-03");
    let versions = running.data("{ me { sessions { current rightsVersion } } }", json!({})).await;
    assert_eq!(versions["me"]["sessions"][1], json!({ "current": true, "rightsVersion": opened_at }));
}

#[tokio::test]
async fn rol_12_ending_the_sessions_applies_a_role_change_now() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 1).await;
    let sales = role(admin, "Sales", "AGENT", &["LISTS"]).await;
    let ann = admin.create("AGENT", "ann").await;
    let running = rollbook.sign_in("ann", &password("ann")).await;
    admin.accept("assignRole", json!({ "userId": ann, "roleId": sales }), "").await;
    let fields = "user { pendingUntilNextSignIn }";
    let payload = admin.accept("endSessions", json!({ "userId": ann }), fields).await;
    assert_eq!(payload["user"]["pendingUntilNextSignIn"], false);
    assert_eq!(running.graphql("{ me { id } }").await.status, 401);
}

#[tokio::test]
async fn people_end_all_their_other_sessions() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let one = rollbook.sign_in("ann", &password("ann")).await;
    let two = rollbook.sign_in("ann", &password("ann")).await;
    two.accept("endSessions", json!({ "userId": ann, "keepCurrent": true }), "").await;
    assert_eq!(one.graphql("{ me { id } }").await.status, 401);
    two.data("{ me { id } }", json!({})).await;
    two.accept("endSessions", json!({ "userId": ann }), "").await;
    assert_eq!(two.graphql("{ me { id } }").await.status, 401);
}

#[tokio::test]
async fn ses_06_aut_16_disabled_means_no_access_by_any_means() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let sessions = [
        rollbook.sign_in("ann", &password("ann")).await,
        rollbook.sign_in("ann@example.org", &password("ann")).await,
    ];
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    for session in sessions {
        assert_eq!(session.graphql("{ me { id } }").await.status, 401);
        assert_eq!(session.graphql("mutation { signOut { errors { code } } }").await.status, 401);
    }
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
    let reset = rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "temporaryPassword").await;
    let temporary = reset["temporaryPassword"].as_str().unwrap();
    assert_eq!(rollbook.try_sign_in("ann", temporary).await["token"], Value::Null);
}
