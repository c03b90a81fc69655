//! What the tenant chooses.

use serde_json::{Value, json};

use super::{head, member};
use crate::support::rollbook::{Rollbook, options};

const FIELDS: &str = "settings { lockAfterFailures unlockAfterMinutes endSessionsOnPasswordChange sessionMinutes \
                      passwordMinLength refuseCommonPasswords temporaryPasswordMinutes version }";

async fn settings(rollbook: &Rollbook) -> Value {
    rollbook.admin.data(&format!("{{ {FIELDS} }}"), json!({})).await["settings"].clone()
}

#[tokio::test]
async fn the_settings_are_as_configured_until_the_tenant_chooses() {
    let rollbook = Rollbook::start().await;
    let expected = json!({
        "lockAfterFailures": 5, "unlockAfterMinutes": null, "endSessionsOnPasswordChange": true,
        "sessionMinutes": 720, "passwordMinLength": 6, "refuseCommonPasswords": true,
        "temporaryPasswordMinutes": 1440, "version": 0,
    });
    assert_eq!(settings(&rollbook).await, expected);
    let input = json!({ "unlockAfterMinutes": 15, "sessionMinutes": 60 });
    let payload = rollbook.admin.accept("changeSettings", input, FIELDS).await;
    assert_eq!(payload["settings"]["unlockAfterMinutes"], 15);
    assert_eq!(payload["settings"]["version"], 1);
    assert_eq!(settings(&rollbook).await, payload["settings"]);
}

#[tokio::test]
async fn rsv_08_the_tenant_changes_its_settings_on_behalf_of_whoever_asked() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "lockAfterFailures": 3, "unlockAfterMinutes": 10, "sessionMinutes": 720 });
    rollbook.admin.accept("changeSettings", input, "").await;
    rollbook.admin.accept("changeSettings", json!({ "unlockAfterMinutes": null }), "").await;
    let document = "{ history(filter: { types: [SETTINGS_CHANGED] }, newestFirst: false) { nodes { summary \
                    subject { kind } actor { id kind } onBehalfOf changes { field from to } } } }";
    let data = rollbook.admin.data(document, json!({})).await;
    let entries = &data["history"]["nodes"];
    assert_eq!(entries[0]["actor"], json!({ "id": "user_5", "kind": "AUTOMATION" }));
    assert_eq!(entries[0]["onBehalfOf"], "user_8");
    assert_eq!(entries[0]["subject"]["kind"], "TENANT");
    assert_eq!(entries[0]["summary"], "Tenant manager changed the settings");
    let both = json!([
        { "field": "lockAfterFailures", "from": "5", "to": "3" },
        { "field": "unlockAfterMinutes", "from": null, "to": "10" },
    ]);
    assert_eq!(entries[0]["changes"], both);
    assert_eq!(entries[1]["changes"], json!([{ "field": "unlockAfterMinutes", "from": "10", "to": null }]));
}

#[tokio::test]
async fn his_09_choosing_what_is_so_already_makes_no_event() {
    let rollbook = Rollbook::start().await;
    let before = head(&rollbook.admin).await;
    rollbook.admin.accept("changeSettings", json!({ "passwordMinLength": 6 }), "").await;
    rollbook.admin.accept("changeSettings", json!({}), "").await;
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn every_setting_out_of_its_bounds_is_refused_by_its_name() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "passwordMinLength": 5, "lockAfterFailures": -1, "sessionMinutes": 60 });
    let payload = rollbook.admin.mutate("changeSettings", input, "").await;
    assert_eq!(payload["errors"][0]["path"], json!(["input", "lockAfterFailures"]));
    let input = json!({ "passwordMinLength": 5, "sessionMinutes": null });
    let payload = rollbook.admin.mutate("changeSettings", input, "").await;
    let found: Vec<_> = payload["errors"].as_array().unwrap().iter().map(|error| &error["path"][1]).collect();
    assert_eq!(found, ["sessionMinutes", "passwordMinLength"]);
    assert_eq!(settings(&rollbook).await["version"], 0);
}

#[tokio::test]
async fn a_variable_that_is_left_out_leaves_its_setting() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "unlockAfterMinutes": 15 }), "").await;
    let document = "mutation($unlock: Int, $session: Int) { changeSettings(input: \
                    { unlockAfterMinutes: $unlock, sessionMinutes: $session }) { errors { code } } }";
    rollbook.admin.data(document, json!({ "session": 30 })).await;
    let found = settings(&rollbook).await;
    assert_eq!((&found["unlockAfterMinutes"], &found["sessionMinutes"]), (&json!(15), &json!(30)));
}

#[tokio::test]
async fn a_version_that_is_not_that_of_now_is_refused() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "sessionMinutes": 30, "expectedVersion": 0 }), "").await;
    let late = json!({ "sessionMinutes": 60, "expectedVersion": 0 });
    assert_eq!(rollbook.admin.refuse("changeSettings", late).await, ["VERSION_CONFLICT"]);
}

#[tokio::test]
async fn only_an_administrator_chooses() {
    let rollbook = Rollbook::start().await;
    for profile in ["USER_MANAGER", "AUDITOR", "COMPLIANCE_OFFICER", "STANDARD"] {
        let somebody = member(&rollbook, profile, &profile.to_lowercase().replace('_', "-")).await;
        assert_eq!(somebody.refuse("changeSettings", json!({ "sessionMinutes": 5 })).await, ["FORBIDDEN"]);
        let reading = somebody.graphql("{ settings { sessionMinutes } }").await;
        assert_eq!(profile == "STANDARD", reading.json()["data"].is_null(), "{profile}");
    }
    assert_eq!(rollbook.anonymous().graphql("{ settings { version } }").await.code(), "UNAUTHENTICATED");
}

#[tokio::test]
async fn settings_outlive_a_restart() {
    let rollbook = Rollbook::start().await;
    rollbook
        .admin
        .accept("changeSettings", json!({ "sessionMinutes": 45, "lockAfterFailures": 2 }), "")
        .await;
    let folder = rollbook.stop().await;
    let options = options(&folder);
    let rollbook = Rollbook::start_with(folder, options).await;
    let found = settings(&rollbook).await;
    assert_eq!((&found["sessionMinutes"], &found["lockAfterFailures"]), (&json!(45), &json!(2)));
}
