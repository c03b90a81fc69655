//! Small rules that a setting decides.

use serde_json::{Value, json};

use super::teams::{join, team};
use super::{history, password, user};
use crate::support::http::Client;
use crate::support::post::Post;
use crate::support::rollbook::Rollbook;

async fn choose(client: &Client, input: Value) {
    client.accept("changeSettings", input, "").await;
}

async fn teams_of(client: &Client, id: &str) -> Vec<String> {
    let teams = user(client, id, "teams { id }").await["teams"].clone();
    teams.as_array().unwrap().iter().map(|team| team["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn sta_11_who_is_disabled_moves_to_the_team_for_it_and_stays_there() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let world = team(admin, "World", None).await;
    let (east, gone) = (team(admin, "East", Some(&world)).await, team(admin, "Gone", Some(&world)).await);
    let ann = admin.create("AGENT", "ann").await;
    join(admin, &ann, &world).await;
    join(admin, &ann, &east).await;
    assert_eq!(admin.refuse("changeSettings", json!({ "deactivatedTeam": "team_99" })).await, ["NOT_FOUND"]);
    let payload = admin
        .accept("changeSettings", json!({ "deactivatedTeam": gone }), "settings { deactivatedTeam }")
        .await;
    assert_eq!(payload["settings"]["deactivatedTeam"], json!(gone));
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    assert_eq!(teams_of(admin, &ann).await, std::slice::from_ref(&gone));
    admin.accept("enableUser", json!({ "userId": ann }), "").await;
    assert_eq!(teams_of(admin, &ann).await, std::slice::from_ref(&gone), "nobody is moved back");
    let bob = admin.create("AGENT", "bob").await;
    join(admin, &bob, &world).await;
    join(admin, &bob, &east).await;
    admin.accept("disableUser", json!({ "userId": bob, "keepTeam": east }), "").await;
    assert_eq!(teams_of(admin, &bob).await, [east], "it is not forced");
}

#[tokio::test]
async fn sta_11_the_team_for_deactivated_users_is_not_deleted_and_history_names_it() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let gone = team(admin, "Gone", None).await;
    choose(admin, json!({ "deactivatedTeam": gone })).await;
    assert_eq!(admin.refuse("deleteTeam", json!({ "teamId": gone })).await, ["TEAM_IN_USE"]);
    let document =
        "{ history(filter: { types: [SETTINGS_CHANGED] }) { nodes { changes { field from to } } } }";
    let found = admin.data(document, json!({})).await["history"]["nodes"][0]["changes"].clone();
    assert_eq!(found, json!([{ "field": "deactivatedTeam", "from": null, "to": gone }]));
    choose(admin, json!({ "deactivatedTeam": null })).await;
    admin.accept("deleteTeam", json!({ "teamId": gone }), "").await;
}

async fn language(client: &Client, id: &str) -> Value {
    user(client, id, "preferences { language effectiveLanguage }").await["preferences"].clone()
}

#[tokio::test]
async fn prf_07_with_one_language_configured_there_is_no_choice() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let reads = |tag: &str| json!({ "userId": ann, "language": tag });
    assert_eq!(language(admin, &ann).await, json!({ "language": null, "effectiveLanguage": null }));
    admin.accept("changePreferences", reads("fr"), "").await;
    assert_eq!(language(admin, &ann).await, json!({ "language": "fr", "effectiveLanguage": "fr" }));
    choose(admin, json!({ "languages": ["de"] })).await;
    assert_eq!(language(admin, &ann).await, json!({ "language": null, "effectiveLanguage": "de" }));
    assert_eq!(admin.refuse("changePreferences", reads("de")).await, ["LANGUAGE_NOT_OFFERED"]);
}

#[tokio::test]
async fn prf_07_prf_08_with_several_the_interface_is_in_the_one_that_is_preferred() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let himself = rollbook.sign_in("ann", &password("ann")).await;
    choose(admin, json!({ "languages": ["de", "en-gb", "fr"], "companyLanguage": "en-GB" })).await;
    let shown = admin.data("{ settings { languages companyLanguage } }", json!({})).await;
    assert_eq!(shown["settings"], json!({ "languages": ["de", "en-GB", "fr"], "companyLanguage": "en-GB" }));
    assert_eq!(language(&himself, &ann).await, json!({ "language": null, "effectiveLanguage": "en-GB" }));
    himself.accept("changePreferences", json!({ "userId": ann, "language": "fr" }), "").await;
    assert_eq!(language(&himself, &ann).await, json!({ "language": "fr", "effectiveLanguage": "fr" }));
    let payload = himself.mutate("changePreferences", json!({ "userId": ann, "language": "it" }), "").await;
    let error = &payload["errors"][0];
    assert_eq!(
        (&error["code"], &error["path"]),
        (&json!("LANGUAGE_NOT_OFFERED"), &json!(["input", "language"]))
    );
    let other = json!({ "languages": ["de", "fr"] });
    assert_eq!(admin.refuse("changeSettings", other).await, ["LANGUAGE_NOT_OFFERED"]);
}

#[tokio::test]
async fn not_04_sign_off_notices_are_mailed_unless_the_agent_switched_them_off() {
    let post = Post::start().await;
    let admin = &post.rollbook.admin;
    let (ann, carl) = (admin.create("AGENT", "ann").await, admin.create("CLIENT", "carl").await);
    let notice = |user: &str| json!({ "userId": user, "notice": "ASKED" });
    let off = |is: bool| json!({ "userId": ann, "signOffNotificationsDisabled": is });
    admin.accept("changePreferences", off(true), "").await;
    let refused = admin.refuse("notifySignOff", notice(&ann)).await;
    assert_eq!(refused, ["SIGN_OFF_NOTIFICATIONS_DISABLED"]);
    post.pass().await;
    assert_eq!(post.server.taken().len(), 0, "nothing goes");
    admin.accept("changePreferences", off(false), "").await;
    admin.accept("notifySignOff", notice(&ann), "").await;
    post.pass().await;
    let taken = post.server.taken();
    assert_eq!((taken.len(), &taken[0].to), (1, &vec!["ann@example.org".to_owned()]));
    assert!(taken[0].message.contains("Subject: An approval is asked of you"), "{}", taken[0].message);
    assert_eq!(admin.refuse("notifySignOff", notice(&carl)).await, ["AGENTS_ONLY"]);
    let himself = post.rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(himself.refuse("notifySignOff", notice(&ann)).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn sso_07_the_pass_through_address_is_taken_and_shown_in_its_mode_only() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let address = |url: &str| json!({ "passThroughAddress": url });
    let url = "https://sso.example.org/login";
    assert_eq!(admin.refuse("changeSettings", address(url)).await, ["SSO_MODE_MISMATCH"]);
    choose(admin, json!({ "ssoMode": "PASS_THROUGH" })).await;
    for wrong in ["http://sso.example.org", "https://ann:secret@sso.example.org", "sso.example.org", ""] {
        assert_eq!(admin.refuse("changeSettings", address(wrong)).await, ["INVALID"], "{wrong}");
    }
    choose(admin, address(url)).await;
    let shown = "{ settings { passThroughAddress } }";
    assert_eq!(admin.data(shown, json!({})).await["settings"]["passThroughAddress"], json!(url));
    choose(admin, json!({ "ssoMode": "SAML" })).await;
    assert_eq!(admin.data(shown, json!({})).await["settings"]["passThroughAddress"], json!(null));
}

#[tokio::test]
async fn sso_08_delegated_single_sign_on_is_switched_on_for_a_user_in_its_mode_only() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let on = json!({ "userId": ann, "delegatedSso": true });
    let fields = "preferences { delegatedSso }";
    assert_eq!(admin.refuse("changePreferences", on.clone()).await, ["SSO_MODE_MISMATCH"]);
    choose(admin, json!({ "ssoMode": "DELEGATED" })).await;
    assert_eq!(user(admin, &ann, fields).await["preferences"]["delegatedSso"], json!(false));
    let himself = rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(himself.refuse("changePreferences", on.clone()).await, ["FORBIDDEN"], "given, not chosen");
    admin.accept("changePreferences", on, "").await;
    assert_eq!(user(admin, &ann, fields).await["preferences"]["delegatedSso"], json!(true));
    choose(admin, json!({ "ssoMode": "OFF" })).await;
    assert_eq!(user(admin, &ann, fields).await["preferences"]["delegatedSso"], json!(null));
}

#[tokio::test]
async fn sso_02_a_password_from_before_ldap_opens_nothing_unless_the_tenant_says_so() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    rollbook.sign_in("ann", &password("ann")).await;
    admin.accept("changeSource", json!({ "userId": ann, "source": "LDAP" }), "").await;
    let refused = rollbook.try_sign_in("ann", &password("ann")).await;
    assert_eq!(refused["errors"][0]["code"], "SIGN_IN_FAILED");
    rollbook.settled().await;
    let entry = history(admin, &ann, "type changes { field to }").await.pop().unwrap();
    assert_eq!(entry["changes"][0], json!({ "field": "code", "to": "KEPT_IN_LDAP" }));
    choose(admin, json!({ "localPasswordsForLdap": true })).await;
    rollbook.sign_in("ann", &password("ann")).await;
}
