//! Preferences, and what they do to dates.

use serde_json::{Value, json};

use super::{head, history, own_seats, password, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn signed_in(rollbook: &Rollbook, kind: &str, name: &str) -> (String, Client) {
    let id = rollbook.admin.create(kind, name).await;
    (id, rollbook.sign_in(name, &password(name)).await)
}

fn of(id: &str, changes: Value) -> Value {
    let mut input = changes;
    input["userId"] = json!(id);
    input
}

async fn formatted(client: &Client, date: &str) -> String {
    let document = "query($date: DateTime!) { formatted(date: $date) }";
    let data = client.data(document, json!({ "date": date })).await;
    data["formatted"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn prf_01_prf_02_prf_03_new_users_have_the_defaults() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let fields = "preferences { dateOrder dateSeparator timeFormat timeZone locale language \
                  signOffNotificationsDisabled mobileAccess accessibilityMode }";
    let expected = json!({
        "dateOrder": "DMY", "dateSeparator": "SLASH", "timeFormat": "H24", "timeZone": null, "locale": null,
        "language": null, "signOffNotificationsDisabled": false, "mobileAccess": true, "accessibilityMode": false,
    });
    assert_eq!(user(&ann, &id, fields).await["preferences"], expected);
    assert_eq!(formatted(&ann, "2026-12-31T23:59:00Z").await, "31/12/2026 23:59");
}

#[tokio::test]
async fn prf_01_prf_02_prf_03_prf_04_dates_are_written_as_their_reader_wants_them() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let wanted = json!({
        "dateOrder": "MDY", "dateSeparator": "DOT", "timeFormat": "H12", "timeZone": "Asia/Tokyo",
    });
    ann.accept("changePreferences", of(&id, wanted), "").await;
    assert_eq!(formatted(&ann, "2026-12-31T03:05:00Z").await, "12.31.2026 12:05 PM");
    let document = "query($of: ID!) { formatted(date: \"2026-12-31T03:05:00Z\", user: $of) }";
    let for_ann = rollbook.admin.data(document, json!({ "of": id })).await;
    assert_eq!(for_ann["formatted"], "12.31.2026 12:05 PM");
    let hidden = ann.graphql_with(document, json!({ "of": "user_8" })).await;
    assert_eq!(hidden.code(), "NOT_FOUND");
}

#[tokio::test]
async fn prf_04_a_zone_is_one_of_the_list() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let payload = ann.mutate("changePreferences", of(&id, json!({ "timeZone": "Mars/Olympus" })), "").await;
    assert_eq!(payload["errors"][0]["code"], "INVALID");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "timeZone"]));
    let zones = ann.data("{ timeZones }", json!({})).await["timeZones"].clone();
    assert!(zones.as_array().unwrap().contains(&json!("Europe/Berlin")));
}

#[tokio::test]
async fn prf_05_prf_06_a_locale_changes_no_date() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let refused = ann.refuse("changePreferences", of(&id, json!({ "locale": "de_CH" }))).await;
    assert_eq!(refused, ["INVALID"]);
    let fields = "user { preferences { locale } }";
    let payload = ann.accept("changePreferences", of(&id, json!({ "locale": "DE-ch" })), fields).await;
    assert_eq!(payload["user"]["preferences"]["locale"], "de-CH");
    assert_eq!(formatted(&ann, "2026-12-31T23:59:00Z").await, "31/12/2026 23:59");
}

#[tokio::test]
async fn prf_08_a_language_is_read_back_at_once_and_emptied_with_null() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let fields = "user { preferences { language } }";
    for (given, read) in [(json!("pt-br"), json!("pt-BR")), (json!(null), json!(null))] {
        let payload = ann.accept("changePreferences", of(&id, json!({ "language": given })), fields).await;
        assert_eq!(payload["user"]["preferences"]["language"], read);
    }
}

#[tokio::test]
async fn prf_13_not_04_prf_15_sign_off_notifications_are_switched_off_by_agents_only() {
    let rollbook = Rollbook::start().await;
    let (ann_id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let (cid_id, cid) = signed_in(&rollbook, "CLIENT", "cid").await;
    let off = json!({ "signOffNotificationsDisabled": true });
    let fields = "user { preferences { signOffNotificationsDisabled } }";
    let payload = ann.accept("changePreferences", of(&ann_id, off.clone()), fields).await;
    assert_eq!(payload["user"]["preferences"]["signOffNotificationsDisabled"], true);
    assert_eq!(cid.refuse("changePreferences", of(&cid_id, off)).await, ["AGENTS_ONLY"]);
}

#[tokio::test]
async fn prf_14_one_chooses_the_own_preferences_and_nobody_elses() {
    let rollbook = Rollbook::start().await;
    let (_, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let (bob_id, _) = signed_in(&rollbook, "AGENT", "bob").await;
    let dots = json!({ "dateSeparator": "DOT" });
    assert_eq!(ann.refuse("changePreferences", of(&bob_id, dots.clone())).await, ["FORBIDDEN"]);
    rollbook.admin.accept("changePreferences", of(&bob_id, dots), "").await;
}

#[tokio::test]
async fn prf_14_prf_16_access_from_mobile_programs_is_given_not_chosen() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let denied = of(&id, json!({ "mobileAccess": false }));
    rollbook.admin.accept("changePreferences", denied, "").await;
    let allowed = of(&id, json!({ "mobileAccess": true, "dateOrder": "YMD" }));
    assert_eq!(ann.refuse("changePreferences", allowed).await, ["FORBIDDEN"]);
    let read = user(&ann, &id, "preferences { mobileAccess dateOrder }").await;
    assert_eq!(read["preferences"], json!({ "mobileAccess": false, "dateOrder": "DMY" }));
}

#[tokio::test]
async fn lic_05_a_read_only_agent_changes_the_own_preferences() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_ONLY", 1).await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    rollbook.admin.accept("grantLicense", json!({ "userId": id, "type": "READ_ONLY" }), "").await;
    ann.accept("changePreferences", of(&id, json!({ "dateOrder": "YMD" })), "").await;
    let mobile = of(&id, json!({ "mobileAccess": false }));
    assert_eq!(ann.refuse("changePreferences", mobile).await, ["READ_ONLY_LICENCE"]);
    let phone = json!({ "userId": id, "mobilePhone": "+49 30 1" });
    assert_eq!(ann.refuse("changeProfile", phone).await, ["READ_ONLY_LICENCE"]);
}

#[tokio::test]
async fn prf_19_changes_of_preferences_are_in_the_history_with_old_and_new_value() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let wanted = of(&id, json!({ "dateOrder": "YMD", "timeZone": "Asia/Tokyo" }));
    ann.accept("changePreferences", wanted.clone(), "").await;
    let before = head(&ann).await;
    ann.accept("changePreferences", wanted, "").await;
    assert_eq!(head(&ann).await, before, "what is so already is no change");
    let entry = history(&ann, &id, "type summary changes { field from to }").await.pop().unwrap();
    assert_eq!(entry["type"], "PREFERENCES_CHANGED");
    assert_eq!(entry["summary"], "ann changed their own preferences");
    let expected = json!([
        { "field": "dateOrder", "from": "DMY", "to": "YMD" },
        { "field": "timeZone", "from": null, "to": "Asia/Tokyo" },
    ]);
    assert_eq!(entry["changes"], expected);
}

#[tokio::test]
async fn pro_07_accessibility_mode_is_shown_only_to_those_who_see_people() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let auditor = super::member(&rollbook, "AUDITOR", "otto").await;
    ann.accept("changePreferences", of(&id, json!({ "accessibilityMode": true })), "").await;
    let fields = "preferences { accessibilityMode }";
    assert_eq!(user(&ann, &id, fields).await["preferences"]["accessibilityMode"], true);
    assert_eq!(user(&auditor, &id, fields).await["preferences"]["accessibilityMode"], json!(null));
    let entry = history(&auditor, &id, "changes { field to withheld }").await.pop().unwrap();
    let expected = json!([{ "field": "accessibilityMode", "to": null, "withheld": true }]);
    assert_eq!(entry["changes"], expected);
}

#[tokio::test]
async fn prf_06_numbers_and_percentages_are_written_by_the_locale_and_dates_are_not() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "AGENT", "ann").await;
    let document = "query($of: ID) { number: formattedNumber(value: \"-1234567.5\", user: $of)
                    money: formattedNumber(value: \"1234.125\", fractionDigits: 2, user: $of)
                    share: formattedPercentage(value: \"0.125\", user: $of)
                    date: formatted(date: \"2026-12-31T23:59:00Z\", user: $of) }";
    for (locale, number, money, share) in [
        (json!(null), "-1234567.5", "1234.13", "12.5%"),
        (json!("en-IN"), "-12,34,567.5", "1,234.13", "12.5%"),
        (json!("de-CH"), "-1'234'567.5", "1'234.13", "12.5%"),
        (json!("es-ES"), "-1.234.567,5", "1234,13", "12,5\u{a0}%"),
    ] {
        ann.accept("changePreferences", of(&id, json!({ "locale": locale })), "").await;
        let written = json!({ "number": number, "money": money, "share": share, "date": "31/12/2026 23:59" });
        assert_eq!(ann.data(document, json!({})).await, written, "{locale}");
        assert_eq!(rollbook.admin.data(document, json!({ "of": id })).await, written, "{locale}");
    }
    assert_eq!(ann.graphql_with(document, json!({ "of": "user_8" })).await.code(), "NOT_FOUND");
    for wrong in ["(value: \"1,5\")", "(value: \"1e3\")", "(value: \"1\", fractionDigits: 19)"] {
        for field in ["formattedNumber", "formattedPercentage"] {
            assert_eq!(ann.graphql(&format!("{{ {field}{wrong} }}")).await.code(), "INVALID", "{wrong}");
        }
    }
}
