//! Proxy login: acting as somebody else, and what is left of it.

use serde_json::{Value, json};

use super::teams::{join, team};
use super::{agent, history, member, password, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// Acts as a user; gives the client that does, and the proxy session.
pub async fn act_as(rollbook: &Rollbook, client: &Client, user: &str) -> (Client, String) {
    let input = json!({ "userId": user, "acknowledged": true, "reason": "ticket 7" });
    let payload = client.accept("startProxy", input, "token session").await;
    let session = payload["session"].as_str().unwrap().to_owned();
    (rollbook.anonymous().bearer(payload["token"].as_str().unwrap()), session)
}

pub async fn refused(client: &Client, user: &str) -> Vec<String> {
    client.refuse("startProxy", json!({ "userId": user, "acknowledged": true })).await
}

pub async fn me(client: &Client) -> String {
    client.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned()
}

pub async fn grant(client: &Client, holder: &str, users: &[&str], teams: &[&str]) {
    let input = json!({ "userId": holder, "users": users, "teams": teams });
    client.accept("changeProxyGrant", input, "").await;
}

#[tokio::test]
async fn pxy_01_acting_as_another_needs_the_right_to() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for profile in ["STANDARD", "AUDITOR", "COMPLIANCE_OFFICER"] {
        let somebody = member(&rollbook, profile, &profile.to_lowercase()).await;
        assert_eq!(refused(&somebody, &ann).await, ["FORBIDDEN"], "{profile}");
    }
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    act_as(&rollbook, &manager, &ann).await;
}

#[tokio::test]
async fn pxy_02_whom_one_can_act_as_is_said_beside_each_user() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    rollbook.admin.create("AGENT", "ann").await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let cid = rollbook.admin.create("AGENT", "cid").await;
    rollbook.admin.accept("disableUser", json!({ "userId": bob }), "").await;
    let mia = me(&manager).await;
    rollbook.admin.accept("changeProxyGrant", json!({ "userId": mia, "users": [bob, cid] }), "").await;
    let found =
        manager.data("{ users { nodes { label mayProxy } } }", json!({})).await["users"]["nodes"].clone();
    let may: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .filter(|user| user["mayProxy"] == true)
        .map(|user| user["label"].as_str().unwrap())
        .collect();
    assert_eq!(may, ["cid"]);
}

#[tokio::test]
async fn pxy_03_cancelling_starts_nothing_and_leaves_nothing() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let before = history(&rollbook.admin, &ann, "type").await.len();
    let input = json!({ "userId": ann, "acknowledged": false });
    let payload = rollbook.admin.mutate("startProxy", input, "token session").await;
    assert_eq!(payload["errors"][0]["code"], "ACKNOWLEDGEMENT_NEEDED");
    assert_eq!((&payload["token"], &payload["session"]), (&Value::Null, &Value::Null));
    assert_eq!(history(&rollbook.admin, &ann, "type").await.len(), before);
}

#[tokio::test]
async fn pxy_04_rights_are_those_of_the_user() {
    let rollbook = Rollbook::start().await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &ann).await;
    assert_eq!(as_ann.refuse("lockAccount", json!({ "userId": bob })).await, ["FORBIDDEN"]);
    assert_eq!(user(&as_ann, &bob, "id").await, Value::Null);
    let phone = json!({ "userId": ann, "mobilePhone": "+43 1 234" });
    as_ann.accept("changeProfile", phone, "").await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let (as_mia, _) = act_as(&rollbook, &rollbook.admin, &me(&manager).await).await;
    as_mia.accept("lockAccount", json!({ "userId": bob }), "").await;
    assert_eq!(as_mia.refuse("createTeam", json!({ "name": "World" })).await, ["FORBIDDEN"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pxy_04_neither_password_nor_proxy_grants_are_changed_as_another() {
    let rollbook = Rollbook::start().await;
    let other = member(&rollbook, "ADMINISTRATOR", "ada").await;
    let (ada, admin) = (me(&other).await, me(&rollbook.admin).await);
    let (as_ada, _) = act_as(&rollbook, &rollbook.admin, &ada).await;
    for id in [&ada, &admin] {
        let mut input = json!({ "userId": id, "password": "my new password" });
        assert_eq!(as_ada.refuse("setPassword", input.clone()).await, ["FORBIDDEN"]);
        input["currentPassword"] = json!(password("ada"));
        assert_eq!(as_ada.refuse("setPassword", input).await, ["FORBIDDEN"]);
        let grant = json!({ "userId": id, "scope": "ALL" });
        assert_eq!(as_ada.refuse("changeProxyGrant", grant).await, ["FORBIDDEN"]);
    }
    let mut automated = agent("new");
    automated["automation"] = json!("Onboarding");
    assert_eq!(as_ada.refuse("createUser", automated).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn pxy_05_every_event_carries_both_and_one_filter_lists_them() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let (mia, admin) = (me(&manager).await, me(&rollbook.admin).await);
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let (as_mia, session) = act_as(&rollbook, &rollbook.admin, &mia).await;
    as_mia.accept("lockAccount", json!({ "userId": bob }), "").await;
    as_mia.refuse("deleteUser", json!({ "userId": bob })).await;
    as_mia.accept("endProxy", json!({}), "").await;
    rollbook.admin.accept("unlockAccount", json!({ "userId": bob }), "").await;
    let document = "query($s: ID!) { history(filter: { proxySession: $s }, newestFirst: false) \
                    { totalCount nodes { type actor { id } onBehalfOf proxySession } } }";
    let found = rollbook.admin.data(document, json!({ "s": session })).await["history"].clone();
    let entry = |of: &str| json!({ "type": of, "actor": { "id": admin }, "onBehalfOf": mia, "proxySession": session });
    let mut started = entry("PROXY_STARTED");
    (started["onBehalfOf"], started["proxySession"]) = (Value::Null, Value::Null);
    let expected = json!([started, entry("ACCOUNT_LOCKED"), entry("ATTEMPT_DENIED"), entry("PROXY_ENDED")]);
    assert_eq!(found, json!({ "totalCount": 4, "nodes": expected }));
}

#[tokio::test]
async fn pxy_06_it_is_said_who_acts_as_whom() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let (as_ann, session) = act_as(&rollbook, &rollbook.admin, &ann).await;
    let document = "{ me { label } actingAs { session userId byId byLabel } }";
    let found = as_ann.data(document, json!({})).await;
    let acting = json!({
        "session": session, "userId": ann, "byId": me(&rollbook.admin).await, "byLabel": "Administrator",
    });
    assert_eq!(found, json!({ "me": { "label": "ann" }, "actingAs": acting }));
    assert_eq!(rollbook.admin.data("{ actingAs { session } }", json!({})).await["actingAs"], Value::Null);
}

#[tokio::test]
async fn pxy_07_hierarchy_and_grant_must_both_hold() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (world, moon) = (team(admin, "World", None).await, team(admin, "Moon", None).await);
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let mia = me(&manager).await;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    for (user, team) in [(&mia, &world), (&ann, &world), (&bob, &moon)] {
        join(admin, user, team).await;
    }
    grant(admin, &mia, &[&bob], &[]).await;
    assert_eq!(refused(&manager, &bob).await, ["FORBIDDEN"], "beyond the hierarchy");
    assert_eq!(refused(&manager, &ann).await, ["PROXY_NOT_GRANTED"], "beyond the grant");
    join(admin, &bob, &world).await;
    act_as(&rollbook, &manager, &bob).await;
}

#[tokio::test]
async fn ses_04_pxy_09_pxy_24_switching_back_returns_to_the_own_session() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &ann).await;
    assert_eq!(me(&rollbook.admin).await, "user_8", "the own session goes on meanwhile");
    let payload = as_ann.accept("endProxy", json!({}), "user { id label }").await;
    assert_eq!(payload["user"], json!({ "id": "user_8", "label": "Administrator" }));
    assert_eq!(as_ann.graphql("{ me { id } }").await.status, 401);
    assert_eq!(me(&rollbook.admin).await, "user_8");
    assert_eq!(rollbook.admin.refuse("endProxy", json!({})).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn pxy_23_the_user_sees_it_in_the_own_history() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let id = me(&ann).await;
    let (as_ann, session) = act_as(&rollbook, &rollbook.admin, &id).await;
    as_ann.accept("changeProfile", json!({ "userId": id, "mobilePhone": "+43 1 234" }), "").await;
    as_ann.accept("endProxy", json!({}), "").await;
    let own = history(&ann, &id, "type actor { name } summary").await;
    let last: Vec<&Value> = own[own.len() - 3..].iter().collect();
    let types: Vec<&str> = last.iter().map(|entry| entry["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["PROXY_STARTED", "PROFILE_CHANGED", "PROXY_ENDED"]);
    assert!(last.iter().all(|entry| entry["actor"]["name"] == "Administrator"), "{last:?}");
    assert_eq!(last[0]["summary"], "Administrator began to act as ann");
    let document = "query($s: ID!) { history(filter: { proxySession: $s }) { totalCount } }";
    assert_eq!(ann.data(document, json!({ "s": session })).await["history"]["totalCount"], 3);
    let bob = member(&rollbook, "STANDARD", "bob").await;
    assert_eq!(bob.graphql_with(document, json!({ "s": session })).await.code(), "FORBIDDEN");
}

#[tokio::test]
async fn pxy_26_refused_and_recorded() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let officer = me(&member(&rollbook, "COMPLIANCE_OFFICER", "olga").await).await;
    let (bob, cid) = (admin.create("AGENT", "bob").await, admin.create("AGENT", "cid").await);
    admin.accept("disableUser", json!({ "userId": bob }), "").await;
    admin.accept("deleteUser", json!({ "userId": cid }), "").await;
    let own = me(admin).await;
    let cases = [
        ("user_3", "RESERVED_USER"),
        (&*bob, "USER_DISABLED"),
        (&*cid, "NOT_FOUND"),
        (&*officer, "FORBIDDEN"),
        (&*own, "OWN_ACCOUNT"),
    ];
    for (user, code) in cases {
        assert_eq!(refused(admin, user).await, [code]);
    }
    let document = "{ history(filter: { types: [ATTEMPT_DENIED] }, newestFirst: false) \
                    { nodes { subject { id } changes { field to } } } }";
    let found = admin.data(document, json!({})).await["history"]["nodes"].clone();
    let expected: Vec<Value> = cases
        .iter()
        .map(|(user, code)| {
            let changes =
                json!([{ "field": "command", "to": "StartProxy" }, { "field": "code", "to": code }]);
            json!({ "subject": { "id": user }, "changes": changes })
        })
        .collect();
    assert_eq!(found, json!(expected));
}

#[tokio::test]
async fn pxy_26_nobody_acts_as_a_second_from_the_first() {
    let rollbook = Rollbook::start().await;
    let mia = me(&member(&rollbook, "USER_MANAGER", "mia").await).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let (as_mia, _) = act_as(&rollbook, &rollbook.admin, &mia).await;
    assert_eq!(refused(&as_mia, &ann).await, ["NESTED_PROXY"]);
    assert_eq!(user(&as_mia, &ann, "mayProxy").await["mayProxy"], false);
}

#[tokio::test]
async fn pxy_26_whoever_administers_beyond_ones_reach_is_not_acted_as() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (world, moon) = (team(admin, "World", None).await, team(admin, "Moon", None).await);
    let (eve, mia) =
        (member(&rollbook, "ADMINISTRATOR", "eve").await, member(&rollbook, "USER_MANAGER", "mia").await);
    let mia = me(&mia).await;
    join(admin, &me(&eve).await, &world).await;
    join(admin, &mia, &world).await;
    act_as(&rollbook, &eve, &mia).await;
    join(admin, &mia, &moon).await;
    assert_eq!(refused(&eve, &mia).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn pxy_26_it_is_over_when_the_user_rises_above_or_the_actor_falls() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let (as_ann, _) = act_as(&rollbook, &manager, &ann).await;
    let profile = |user: &str, profile| json!({ "userId": user, "accessProfile": profile });
    rollbook.admin.accept("assignAccessProfile", profile(&ann, "ADMINISTRATOR"), "").await;
    assert_eq!(as_ann.graphql("{ me { id } }").await.status, 401);
    rollbook.admin.accept("assignAccessProfile", profile(&ann, "STANDARD"), "").await;
    assert_eq!(me(&as_ann).await, ann);
    rollbook.admin.accept("assignAccessProfile", profile(&me(&manager).await, "STANDARD"), "").await;
    assert_eq!(as_ann.graphql("{ me { id } }").await.status, 401);
}

#[tokio::test]
async fn a_proxy_session_ends_with_the_own_one_and_with_the_users_access() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let (ann, bob) =
        (rollbook.admin.create("AGENT", "ann").await, rollbook.admin.create("AGENT", "bob").await);
    let (as_ann, _) = act_as(&rollbook, &manager, &ann).await;
    let (as_bob, _) = act_as(&rollbook, &manager, &bob).await;
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    assert_eq!(as_ann.graphql("{ me { id } }").await.status, 401);
    assert_eq!(me(&as_bob).await, bob);
    manager.accept("signOut", json!({}), "").await;
    assert_eq!(as_bob.graphql("{ me { id } }").await.status, 401);
}

#[tokio::test]
async fn signing_out_as_another_switches_back_and_signs_nobody_out() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "STANDARD", "ann").await;
    let id = me(&ann).await;
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &id).await;
    as_ann.accept("signOut", json!({}), "").await;
    assert_eq!(as_ann.graphql("{ me { id } }").await.status, 401);
    assert_eq!((me(&ann).await, me(&rollbook.admin).await), (id.clone(), "user_8".to_owned()));
    assert_eq!(history(&ann, &id, "type").await.last().unwrap()["type"], "PROXY_ENDED");
}

#[tokio::test]
async fn sta_03_under_a_proxy_neither_of_both_is_disabled() {
    let rollbook = Rollbook::start().await;
    let ada = me(&member(&rollbook, "ADMINISTRATOR", "ada").await).await;
    let own = me(&rollbook.admin).await;
    let (as_ada, _) = act_as(&rollbook, &rollbook.admin, &ada).await;
    for id in [&ada, &own] {
        assert_eq!(as_ada.refuse("disableUser", json!({ "userId": id })).await, ["OWN_ACCOUNT"]);
        assert_eq!(as_ada.refuse("deleteUser", json!({ "userId": id })).await, ["OWN_ACCOUNT"]);
    }
}
