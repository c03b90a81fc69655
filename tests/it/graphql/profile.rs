//! What a profile says: to whom somebody reports, how they are reached, how much work they get.

use serde_json::{Value, json};

use super::{agent, head, history, password, user};
use crate::support::rollbook::Rollbook;

fn of(id: &str, changes: Value) -> Value {
    let mut input = changes;
    input["userId"] = json!(id);
    input
}

#[tokio::test]
async fn pro_05_a_user_reports_to_another() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    let fields = "user { reportsTo { id label } }";
    let payload = admin.accept("changeReportingLine", of(&ann, json!({ "reportsTo": bob })), fields).await;
    assert_eq!(payload["user"]["reportsTo"], json!({ "id": bob, "label": "bob" }));
    let entry = history(admin, &ann, "summary changes { field from to }").await.pop().unwrap();
    assert_eq!(entry["changes"], json!([{ "field": "reportsTo", "from": null, "to": bob }]));
    assert_eq!(entry["summary"], "Administrator changed whom ann reports to");
    let nobody = admin.accept("changeReportingLine", of(&ann, json!({ "reportsTo": null })), fields).await;
    assert_eq!(nobody["user"]["reportsTo"], json!(null));
}

#[tokio::test]
async fn pro_05_nobody_stands_above_themselves() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    let above = |above: &str| json!({ "reportsTo": above });
    let payload = admin.mutate("changeReportingLine", of(&ann, above(&ann)), "").await;
    assert_eq!(payload["errors"][0]["code"], "REPORTS_TO_SELF");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "reportsTo"]));
    admin.accept("changeReportingLine", of(&ann, above(&bob)), "").await;
    let refused = admin.refuse("changeReportingLine", of(&bob, above(&ann))).await;
    assert_eq!(refused, ["REPORTING_CYCLE"]);
    let nobody = admin.refuse("changeReportingLine", of(&bob, above("role_1"))).await;
    assert_eq!(nobody, ["NOT_FOUND"]);
}

#[tokio::test]
async fn pro_05_nobody_chooses_whom_they_report_to() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let input = of(&ann, json!({ "reportsTo": "user_8" }));
    assert_eq!(herself.refuse("changeReportingLine", input).await, ["FORBIDDEN"]);
    let limit = of(&ann, json!({ "maxChats": 0 }));
    assert_eq!(herself.refuse("changeChatLimit", limit).await, ["FORBIDDEN"]);
    assert_eq!(herself.refuse("changeDefaultChatLimit", json!({ "maxChats": 0 })).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn pro_11_phones_are_kept_as_typed_with_e164_beside_them() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let fields = "user { landLinePhone landLinePhoneE164 mobilePhone mobilePhoneE164 }";
    let phones = json!({ "landLinePhone": "030 / 12 34 56", "mobilePhone": "0049 (0)171 123 45 67" });
    let payload = rollbook.admin.accept("changeProfile", of(&ann, phones), fields).await;
    let expected = json!({
        "landLinePhone": "030 / 12 34 56", "landLinePhoneE164": null,
        "mobilePhone": "0049 (0)171 123 45 67", "mobilePhoneE164": "+491711234567",
    });
    assert_eq!(payload["user"], expected);
    let alone = user(&rollbook.admin, &ann, "mobilePhoneE164").await;
    assert_eq!(alone["mobilePhoneE164"], "+491711234567");
}

#[tokio::test]
async fn pro_17_a_signature_has_lines_and_is_ones_own() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let signature = of(&ann, json!({ "signature": "Ann\r\n<b>Support</b>" }));
    let payload = herself.accept("changeProfile", signature, "user { signature }").await;
    assert_eq!(payload["user"]["signature"], "Ann\n<b>Support</b>");
    let two_lines = of(&ann, json!({ "streetAddress": "One\nTwo" }));
    assert_eq!(herself.refuse("changeProfile", two_lines).await, ["INVALID"]);
}

#[tokio::test]
async fn pro_19_a_changed_profile_is_read_right_after_the_mutation() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let change = json!({ "displayName": "Anna", "mobilePhone": "+49 171 1234567" });
    admin.accept("changeProfile", of(&ann, change), "").await;
    admin.accept("changePreferences", of(&ann, json!({ "language": "fr" })), "").await;
    admin.accept("changeChatLimit", of(&ann, json!({ "maxChats": 2 })), "").await;
    let read = user(admin, &ann, "displayName mobilePhone maxChats preferences { language }").await;
    let expected = json!({
        "displayName": "Anna", "mobilePhone": "+49 171 1234567", "maxChats": 2,
        "preferences": { "language": "fr" },
    });
    assert_eq!(read, expected);
}

#[tokio::test]
async fn pro_20_the_default_holds_for_whoever_has_no_limit_alone() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    let cid = admin.create("CLIENT", "cid").await;
    admin.accept("changeChatLimit", of(&bob, json!({ "maxChats": 0 })), "").await;
    let payload = admin.accept("changeDefaultChatLimit", json!({ "maxChats": 9 }), "defaultMaxChats").await;
    assert_eq!(payload["defaultMaxChats"], 9);
    let chats = "maxChats effectiveMaxChats";
    let limits = |own: Value, effective: Value| json!({ "maxChats": own, "effectiveMaxChats": effective });
    assert_eq!(user(admin, &ann, chats).await, limits(json!(null), json!(9)));
    assert_eq!(user(admin, &bob, chats).await, limits(json!(0), json!(0)));
    assert_eq!(user(admin, &cid, chats).await, limits(json!(null), json!(null)));
    admin.accept("changeChatLimit", of(&bob, json!({ "maxChats": null })), "").await;
    assert_eq!(user(admin, &bob, chats).await, limits(json!(null), json!(9)));
    for chats in [-1, 1_001] {
        assert_eq!(
            admin.refuse("changeChatLimit", of(&bob, json!({ "maxChats": chats }))).await,
            ["INVALID"]
        );
    }
}

#[tokio::test]
async fn pro_21_a_new_agent_may_have_a_lower_limit_from_the_start() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["maxChats"] = json!(1);
    let fields = "user { maxChats effectiveMaxChats }";
    let payload = rollbook.admin.accept("createUser", input, fields).await;
    assert_eq!(payload["user"], json!({ "maxChats": 1, "effectiveMaxChats": 1 }));
    let mut client = agent("cid");
    client["kind"] = json!("CLIENT");
    client["maxChats"] = json!(1);
    assert_eq!(rollbook.admin.refuse("createUser", client).await, ["AGENTS_ONLY"]);
}

#[tokio::test]
async fn pro_22_an_empty_field_is_null_however_it_was_emptied() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for empty in [json!(null), json!(""), json!("  ")] {
        rollbook.admin.accept("changeProfile", of(&ann, json!({ "title": "Dr" })), "").await;
        let emptied = of(&ann, json!({ "title": empty }));
        let payload = rollbook.admin.accept("changeProfile", emptied, "user { title }").await;
        assert_eq!(payload["user"]["title"], json!(null));
    }
}

#[tokio::test]
async fn pro_23_administrators_change_a_full_name_and_history_has_both() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let renamed = of(&ann, json!({ "fullName": "Ann Smith" }));
    rollbook.admin.accept("changeProfile", renamed, "").await;
    let entry = history(&rollbook.admin, &ann, "changes { field from to }").await.pop().unwrap();
    assert_eq!(entry["changes"], json!([{ "field": "fullName", "from": "ann", "to": "Ann Smith" }]));
}

#[tokio::test]
async fn pro_24_a_changed_email_frees_the_old_one_and_is_not_verified() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mut input = agent("ann");
    input["emailVerified"] = json!(true);
    let created = admin.accept("createUser", input, "user { id emailVerified }").await;
    assert_eq!(created["user"]["emailVerified"], true);
    let ann = created["user"]["id"].as_str().unwrap();
    let moved = of(ann, json!({ "email": "ann@elsewhere.example" }));
    let payload = admin.accept("changeProfile", moved, "user { email emailVerified }").await;
    assert_eq!(payload["user"], json!({ "email": "ann@elsewhere.example", "emailVerified": false }));
    let mut heir = agent("heir");
    heir["email"] = json!("ann@example.org");
    admin.accept("createUser", heir, "").await;
    let before = head(admin).await;
    let back = of(ann, json!({ "email": "Ann@Example.org" }));
    assert_eq!(admin.refuse("changeProfile", back).await, ["EMAIL_TAKEN"]);
    assert_eq!(admin.refuse("changeProfile", of(ann, json!({ "email": " " }))).await, ["REQUIRED"]);
    assert_eq!(head(admin).await, before);
}
