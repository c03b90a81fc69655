//! The settings of the company.

use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

async fn administrator() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_setting_of_the_schema_has_a_control() {
    let (rollbook, mut browser) = administrator().await;
    let document = "{ __type(name: \"Settings\") { fields { name } } }";
    let fields = rollbook.admin.data(document, json!({})).await["__type"]["fields"].clone();
    let html = browser.open("/settings").await;
    let names = fields.as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap());
    for name in names {
        assert!(html.contains(&format!(" name=\"{name}\"")), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_touched_is_changed_and_the_rest_stays() {
    let (rollbook, mut browser) = administrator().await;
    browser.open("/settings").await;
    let before = rollbook.admin.data("{ settings { sessionMinutes version } }", json!({})).await;
    let touched = [("passwordMinLength", "12"), ("unlockAfterMinutes", "30"), ("languages", "en, de")];
    browser.submit("/settings", &touched).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    let fields = "{ settings { passwordMinLength unlockAfterMinutes languages sessionMinutes } }";
    let after = rollbook.admin.data(fields, json!({})).await["settings"].clone();
    let wanted = json!({ "passwordMinLength": 12, "unlockAfterMinutes": 30, "languages": ["en", "de"],
        "sessionMinutes": before["settings"]["sessionMinutes"] });
    assert_eq!(after, wanted);
    // A switch that is on is left out of a form that was sent with it off.
    browser.open("/settings").await;
    assert!(browser.form("/settings").unwrap().iter().any(|(name, _)| name == "refuseCommonPasswords"));
    let token = browser.token();
    browser.post("/settings", &[("token", &token), ("what", "settings")]).await;
    assert!(browser.html.contains("id=\"passwordMinLength-flaw\""), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let (rollbook, mut browser) = administrator().await;
    browser.open("/settings").await;
    rollbook.admin.accept("changeSettings", json!({ "lockAfterFailures": 9 }), "").await;
    browser.submit("/settings", &[("passwordMinLength", "12")]).await;
    assert!(browser.html.contains("role=\"alert\""), "{}", browser.html);
    let after = rollbook.admin.data("{ settings { lockAfterFailures passwordMinLength } }", json!({})).await;
    assert_eq!(after["settings"]["lockAfterFailures"], 9);
    assert_ne!(after["settings"]["passwordMinLength"], 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_both_changed_is_shown_as_a_difference_and_saving_again_takes_only_what_is_ones_own() {
    let (rollbook, mut browser) = administrator().await;
    browser.open("/settings").await;
    let theirs = json!({ "lockAfterFailures": 9, "passwordMinLength": 15, "refuseCommonPasswords": false });
    rollbook.admin.accept("changeSettings", theirs, "").await;
    browser.submit("/settings", &[("passwordMinLength", "12")]).await;
    let html = browser.html.clone();
    let rows: Vec<String> = html
        .split("conflict")
        .nth(1)
        .and_then(|rest| rest.split("</section>").next())
        .unwrap_or_default()
        .split("<tr>")
        .skip(2)
        .map(|row| row.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect())
        .collect();
    let both = rows.iter().find(|row| row.contains("15")).unwrap_or_else(|| panic!("{rows:?}"));
    assert!(both.ends_with("12"), "theirs, then mine: {both}");
    let alone = rows.iter().find(|row| row.contains("9")).unwrap_or_else(|| panic!("{rows:?}"));
    assert!(alone.ends_with("not touched by you: stays as it is now"), "{alone}");
    assert!(rows.iter().any(|row| row.contains("YesNo")), "a switch, in words: {rows:?}");
    assert_eq!(rows.len(), 3, "{rows:?}");
    // Sent as it stands now: mine holds, and what I left alone stays theirs.
    browser.submit("/settings", &[]).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    let fields = "{ settings { lockAfterFailures passwordMinLength refuseCommonPasswords } }";
    let after = rollbook.admin.data(fields, json!({})).await["settings"].clone();
    let wanted = json!({ "lockAfterFailures": 9, "passwordMinLength": 12, "refuseCommonPasswords": false });
    assert_eq!(after, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_change_settings_reads_them() {
    let (rollbook, _) = administrator().await;
    rollbook.admin.create("AGENT", "ann").await;
    let profile = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    assert!(browser.open("/settings").await.contains("name=\"passwordMinLength\""));
    assert!(
        !browser.has_form("/settings")
            && browser.html.contains("<fieldset")
            && browser.html.contains(" disabled")
    );
}
