//! Support by the provider: as an administrator, for a reason, for a time, and never unnoticed.

use rollbook::mail::deliver_due;
use serde_json::{Value, json};

use super::provider::provided;
use super::proxies::me;
use super::{agent, history, member};
use crate::support::http::Client;
use crate::support::post::relay;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};
use crate::support::smtp::MailServer;

/// Support in the place of the first administrator; gives the client that acts, and the session.
async fn support(rollbook: &Rollbook, provider: &Client) -> (Client, String) {
    let input = json!({ "acknowledged": true, "reason": "ticket 7" });
    let payload = provider.accept("startSupport", input, "token session user { id }").await;
    assert_eq!(payload["user"]["id"], "user_8");
    let session = payload["session"].as_str().unwrap().to_owned();
    (rollbook.anonymous().bearer(payload["token"].as_str().unwrap()), session)
}

async fn notices(client: &Client, arguments: &str) -> Vec<Value> {
    let document =
        format!("{{ me {{ notices{arguments} {{ id kind text session endedAt running dismissed }} }} }}");
    client.data(&document, json!({})).await["me"]["notices"].as_array().unwrap().clone()
}

#[tokio::test]
async fn pxy_21_only_the_provider_and_only_as_an_administrator() {
    let (rollbook, provider) = provided().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let ada = member(&rollbook, "ADMINISTRATOR", "ada").await;
    let asked = |user: &str| json!({ "userId": user, "acknowledged": true, "reason": "ticket 7" });
    assert_eq!(rollbook.admin.refuse("startSupport", asked(&me(&ada).await)).await, ["FORBIDDEN"]);
    assert_eq!(provider.refuse("startSupport", asked(&ann)).await, ["ADMINISTRATORS_ONLY"]);
    let payload = provider.accept("startSupport", asked(&me(&ada).await), "user { label }").await;
    assert_eq!(payload["user"]["label"], "ada", "a named administrator");
    support(&rollbook, &provider).await;
}

#[tokio::test]
async fn pxy_21_it_takes_an_acknowledgement_and_a_reason() {
    let (rollbook, provider) = provided().await;
    let unread = json!({ "acknowledged": false, "reason": "ticket 7" });
    assert_eq!(provider.refuse("startSupport", unread).await, ["ACKNOWLEDGEMENT_NEEDED"]);
    let payload = provider.mutate("startSupport", json!({ "acknowledged": true, "reason": " " }), "").await;
    let error = &payload["errors"][0];
    assert_eq!((&error["code"], &error["path"]), (&json!("REQUIRED"), &json!(["input", "reason"])));
    assert_eq!(notices(&rollbook.admin, "").await, Vec::<Value>::new());
}

#[tokio::test]
async fn pxy_22_the_provider_finds_the_administrators_of_the_tenant() {
    let (rollbook, provider) = provided().await;
    rollbook.admin.create("AGENT", "ann").await;
    let document = "{ users(filter: { accessProfile: ADMINISTRATOR, active: true }) { nodes { id label } } }";
    let found = provider.data(document, json!({})).await["users"]["nodes"].clone();
    assert_eq!(found, json!([{ "id": "user_8", "label": "User 8" }]), "whom to act as, and no name");
}

#[tokio::test]
async fn pxy_23_the_tenant_sees_start_end_actor_reason_and_all_that_was_done() {
    let (rollbook, provider) = provided().await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let (as_admin, session) = support(&rollbook, &provider).await;
    as_admin.accept("lockAccount", json!({ "userId": bob }), "").await;
    as_admin.accept("changeSettings", json!({ "sessionMinutes": 60 }), "").await;
    as_admin.accept("endSupport", json!({}), "").await;
    let document = "query($s: ID!) { history(filter: { proxySession: $s }, newestFirst: false) \
                    { nodes { type summary actor { id kind } onBehalfOf context { reason clientAddress } } } }";
    let found = rollbook.admin.data(document, json!({ "s": session })).await["history"]["nodes"].clone();
    let provider = json!({ "id": "user_5", "kind": "PROVIDER" });
    let entry = |of: &str, summary: &str, as_whom: Value, reason: Value| {
        json!({ "type": of, "summary": summary, "actor": provider, "onBehalfOf": as_whom,
                "context": { "reason": reason, "clientAddress": null } })
    };
    let began = "The provider began a support login as Administrator";
    let ended = "The provider ended a support login as Administrator";
    let as_whom = json!("user_8");
    let expected = json!([
        entry("SUPPORT_STARTED", began, Value::Null, json!("ticket 7")),
        entry("ACCOUNT_LOCKED", "The provider locked bob's account", as_whom.clone(), Value::Null),
        entry("SETTINGS_CHANGED", "The provider changed the settings", as_whom.clone(), Value::Null),
        entry("SUPPORT_ENDED", ended, as_whom, Value::Null),
    ]);
    assert_eq!(found, expected);
    let own = history(&rollbook.admin, "user_8", "type").await;
    let types: Vec<&str> = own.iter().map(|entry| entry["type"].as_str().unwrap()).collect();
    assert!(types.ends_with(&["SUPPORT_STARTED", "SUPPORT_ENDED"]), "in the own history: {types:?}");
}

#[tokio::test]
async fn pxy_24_switching_back_ends_the_session_and_the_provider_goes_on() {
    let (rollbook, provider) = provided().await;
    for back in ["endSupport", "endProxy", "signOut"] {
        let (as_admin, session) = support(&rollbook, &provider).await;
        let acting = as_admin.data("{ actingAs { session userId byId byLabel } }", json!({})).await;
        let expected =
            json!({ "session": session, "userId": "user_8", "byId": "user_5", "byLabel": "The provider" });
        assert_eq!(acting["actingAs"], expected);
        as_admin.accept(back, json!({}), "").await;
        assert_eq!(as_admin.graphql("{ me { id } }").await.status, 401, "{back}");
    }
    provider.data("{ licenses { owned } }", json!({})).await;
    assert_eq!(me(&rollbook.admin).await, "user_8");
    assert_eq!(provider.refuse("endSupport", json!({})).await, ["FORBIDDEN"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pxy_21_support_neither_nests_nor_changes_passwords_grants_seats_or_notices() {
    let (rollbook, provider) = provided().await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let (as_admin, _) = support(&rollbook, &provider).await;
    let started = json!({ "userId": bob, "acknowledged": true });
    assert_eq!(as_admin.refuse("startProxy", started).await, ["NESTED_PROXY"]);
    let again = json!({ "acknowledged": true, "reason": "again" });
    assert_eq!(as_admin.refuse("startSupport", again).await, ["NESTED_PROXY"]);
    let password = json!({ "userId": "user_8", "password": "my new password" });
    assert_eq!(as_admin.refuse("setPassword", password).await, ["FORBIDDEN"]);
    let grant = json!({ "userId": "user_8", "scope": "ALL" });
    assert_eq!(as_admin.refuse("changeProxyGrant", grant).await, ["FORBIDDEN"]);
    let seats = json!({ "type": "READ_WRITE", "owned": 9 });
    assert_eq!(as_admin.refuse("sizeLicensePool", seats).await, ["SEATS_SIZED_BY_PROVIDER"]);
    let notice = notices(&rollbook.admin, "").await[0]["id"].clone();
    assert_eq!(as_admin.refuse("dismissNotice", json!({ "noticeId": notice })).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn pxy_21_it_is_over_when_the_person_administers_no_longer_or_ends_it() {
    let (rollbook, provider) = provided().await;
    let mut ada = agent("ada");
    ada["accessProfile"] = json!("ADMINISTRATOR");
    let ada = rollbook.admin.accept("createUser", ada, "user { id }").await["user"]["id"].clone();
    let input = json!({ "userId": ada, "acknowledged": true, "reason": "ticket 7" });
    let payload = provider.accept("startSupport", input, "token").await;
    let as_ada = rollbook.anonymous().bearer(payload["token"].as_str().unwrap());
    let standard = json!({ "userId": ada, "accessProfile": "STANDARD" });
    rollbook.admin.accept("assignAccessProfile", standard, "").await;
    assert_eq!(as_ada.graphql("{ me { id } }").await.status, 401);
    let (as_admin, session) = support(&rollbook, &provider).await;
    let sessions =
        rollbook.admin.data("{ me { sessions { id } } }", json!({})).await["me"]["sessions"].clone();
    let ids = sessions.as_array().unwrap().iter().map(|session| session["id"].as_str().unwrap().to_owned());
    let supports = ids.into_iter().find(|id| id.ends_with(&session)).unwrap();
    rollbook.admin.accept("endSession", json!({ "sessionId": supports }), "").await;
    assert_eq!(as_admin.graphql("{ me { id } }").await.status, 401);
}

#[tokio::test]
async fn not_05_a_notice_is_seen_in_the_product_until_it_is_dismissed() {
    let (rollbook, provider) = provided().await;
    let (as_admin, session) = support(&rollbook, &provider).await;
    let seen = notices(&rollbook.admin, "").await;
    let text = "The support of your provider acts as you.";
    let expected = json!({ "id": seen[0]["id"], "kind": "SUPPORT_LOGIN", "text": text, "session": session,
                           "endedAt": null, "running": true, "dismissed": false });
    assert_eq!(seen, [expected]);
    as_admin.accept("endSupport", json!({}), "").await;
    let seen = notices(&rollbook.admin, "").await;
    assert_eq!(seen[0]["running"], false);
    assert!(seen[0]["endedAt"].is_string());
    let notice = json!({ "noticeId": seen[0]["id"] });
    let bob = member(&rollbook, "STANDARD", "bob").await;
    assert_eq!(bob.refuse("dismissNotice", notice.clone()).await, ["NOT_FOUND"]);
    rollbook.admin.accept("dismissNotice", notice.clone(), "").await;
    rollbook.admin.accept("dismissNotice", notice, "").await;
    assert_eq!(notices(&rollbook.admin, "").await, Vec::<Value>::new());
    assert_eq!(notices(&rollbook.admin, "(withDismissed: true)").await[0]["dismissed"], true);
    let nobody = rollbook.admin.refuse("dismissNotice", json!({ "noticeId": "user_8" })).await;
    assert_eq!(nobody, ["NOT_FOUND"]);
}

#[tokio::test]
async fn not_05_a_mail_too_where_the_tenant_wants_it() {
    let (rollbook, provider) = provided().await;
    let mail =
        async || rollbook.admin.data("{ me { mail { template } } }", json!({})).await["me"]["mail"].clone();
    support(&rollbook, &provider).await;
    assert_eq!(mail().await, json!([]));
    rollbook.admin.accept("changeSettings", json!({ "mailSupportLogin": true }), "").await;
    support(&rollbook, &provider).await;
    assert_eq!(mail().await, json!([{ "template": "SUPPORT_LOGIN" }]));
}

#[tokio::test]
async fn not_05_the_mail_tells_where_to_see_it_and_end_it_and_opens_nothing() {
    let (rollbook, provider) = provided().await;
    rollbook.admin.accept("changeSettings", json!({ "mailSupportLogin": true }), "").await;
    let (_, session) = support(&rollbook, &provider).await;
    let server = MailServer::start().await;
    assert_eq!(deliver_due(&rollbook.directory, &relay(&server)).await, None);
    let taken = server.taken();
    assert_eq!((taken.len(), &taken[0].to), (1, &vec!["admin@example.com".to_owned()]));
    for part in ["Subject: Support works in your account", "in your history", "https://people.example.org/"] {
        assert!(taken[0].message.contains(part), "{part} in {}", taken[0].message);
    }
    for kept in [session.as_str(), "ticket 7", "Password:"] {
        assert!(!taken[0].message.contains(kept), "{kept} in {}", taken[0].message);
    }
}

#[tokio::test]
async fn ses_01_a_session_of_support_is_not_one_of_the_administrators_own() {
    let (rollbook, provider) = provided().await;
    rollbook.admin.accept("changeSettings", json!({ "sessionsPerUserMax": 1 }), "").await;
    let (as_admin, _) = support(&rollbook, &provider).await;
    assert_eq!(me(&rollbook.admin).await, "user_8", "support ended no session");
    rollbook.sign_in("admin", ADMIN_PASSWORD).await;
    assert_eq!(rollbook.admin.graphql("{ me { id } }").await.status, 401, "the next own one did");
    assert_eq!(me(&as_admin).await, "user_8", "and left support alone");
}
