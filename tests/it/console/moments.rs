//! The time machine, evidence, and the state of the directory.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

/// Ann, who is `user_9`, was called and placed otherwise before; gives the position of the change, too.
async fn with_a_past() -> (Rollbook, Browser, u64) {
    let rollbook = Rollbook::start().await;
    let seats = json!({ "type": "READ_WRITE", "owned": 5 });
    rollbook.admin.accept("sizeLicensePool", seats, "").await;
    rollbook.admin.create("AGENT", "ann").await;
    let role = json!({ "name": "Pilot", "kind": "AGENT", "surfaces": ["LISTS"] });
    let role = rollbook.admin.accept("defineRole", role, "role { id }").await["role"]["id"].clone();
    let before = rollbook.admin.data("{ head }", json!({})).await["head"].as_u64().unwrap();
    let change = json!({ "userId": "user_9", "displayName": "Ann Later" });
    rollbook.admin.accept("changeProfile", change, "").await;
    let given = json!({ "userId": "user_9", "roleId": role, "license": "READ_WRITE" });
    rollbook.admin.accept("assignRole", given, "").await;
    rollbook.admin.create("AGENT", "bob").await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser, before)
}

#[tokio::test(flavor = "multi_thread")]
async fn list_seats_and_one_person_are_shown_as_they_were() {
    let (_rollbook, mut browser, before) = with_a_past().await;
    let html = browser.open(&format!("/moments?at={before}")).await.to_owned();
    assert!(html.contains("0 / 5") && html.contains("2 users") && !html.contains("Ann Later"), "{html}");
    assert!(html.contains("Administrator defined the role Pilot"), "what had just happened: {html}");
    let html = browser.open("/moments").await.to_owned();
    assert!(html.contains("1 / 5") && html.contains("3 users") && html.contains("Ann Later"), "{html}");
    let then = browser.open(&format!("/moments/people/user_9?at={before}")).await.to_owned();
    assert!(then.contains("<h1><bdi>ann</bdi></h1>") && !then.contains("Pilot"), "{then}");
    let now = browser.open("/moments/people/user_9").await.to_owned();
    assert!(now.contains("Ann Later") && now.contains("Pilot"), "{now}");
    // Before somebody was created, nobody was there.
    assert!(browser.open("/moments/people/user_10?at=3").await.contains("Nobody of this id"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_is_a_record_or_a_time_and_anything_else_is_said_to_be_none() {
    let (_rollbook, mut browser, _) = with_a_past().await;
    for text in ["0", "2001-01-01", "2001-01-01T12:00", "2001-01-01T12:00:00Z"] {
        browser.open(&format!("/moments?at={text}")).await;
        assert!(browser.html.contains("This is before everything."), "{text}: {}", browser.html);
    }
    for text in ["999999", "soon"] {
        browser.open(&format!("/moments?at={text}")).await;
        assert_eq!(browser.status, StatusCode::OK);
        assert!(browser.html.contains("id=\"at-flaw\""), "{text}: {}", browser.html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_moments_stand_side_by_side() {
    let (_rollbook, mut browser, before) = with_a_past().await;
    let html = browser.open(&format!("/moments/changes?from={before}")).await.to_owned();
    for text in ["Ann Later", "Pilot", "<strong>1</strong><span class=\"small soft\">came</span>"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    browser.open("/moments/changes?from=9&to=3").await;
    assert!(browser.html.contains("The earlier moment comes first."), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_review_names_who_gave_a_right_and_is_taken_along() {
    let (_rollbook, mut browser, before) = with_a_past().await;
    let html = browser.open("/moments/review?right=ROLE").await.to_owned();
    assert!(
        html.contains("1 rights held") && html.contains("Pilot") && html.contains("Administrator"),
        "{html}"
    );
    browser.open(&format!("/moments/review?right=ROLE&at={before}")).await;
    assert!(browser.html.contains("0 rights held"), "{}", browser.html);
    let csv = browser.open("/moments/review.csv").await.to_owned();
    assert!(csv.starts_with("user,user_name,") && csv.contains("user_9,Ann Later,true,ROLE,"), "{csv}");
    browser.open(&format!("/moments/review.json?at={before}")).await;
    assert_eq!(browser.header("content-type"), "application/json");
    assert!(browser.html.starts_with('[') && !browser.html.contains("\"ROLE\""), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn checkpoints_are_signed_downloaded_and_proved_to_continue_each_other() {
    let (rollbook, mut browser, _) = with_a_past().await;
    browser.open("/moments/evidence").await;
    browser.submit("/moments/evidence/sign", &[]).await;
    assert!(browser.html.contains("A checkpoint is signed."), "{}", browser.html);
    rollbook.admin.create("AGENT", "cleo").await;
    browser.submit("/moments/evidence/sign", &[]).await;
    let html = browser.html.clone();
    let proof = html.split("href=\"/moments/evidence/consistency").nth(1).unwrap().split('"').next().unwrap();
    let note = html.split("class=\"button primary\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(browser.open(note).await.contains("\n— "), "{}", browser.html);
    let proof = format!("/moments/evidence/consistency{}", proof.replace("&amp;", "&"));
    assert!(browser.open(&proof).await.contains("\"hashes\""), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_views_are_held_against_the_log_on_request() {
    let (rollbook, mut browser, _) = with_a_past().await;
    let html = browser.open("/health").await.to_owned();
    assert!(html.contains("records in the log") && !html.contains("users</td>"), "{html}");
    browser.submit("/health/prove", &[]).await;
    assert!(browser.html.contains("As the log says"), "{}", browser.html);
    assert!(browser.open("/health?digests").await.contains(">users</td>"), "{}", browser.html);
    let mut ann = Browser::of(&rollbook);
    ann.sign_in("ann", "password of ann").await;
    for page in [
        "/health",
        "/moments",
        "/moments/changes",
        "/moments/review",
        "/moments/evidence",
        "/moments/review.csv",
    ] {
        ann.open(page).await;
        assert_eq!(ann.status, StatusCode::FORBIDDEN, "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_of_the_directory_says_when_backups_were_given() {
    let (rollbook, mut browser, _) = with_a_past().await;
    let never = "none since the server started";
    assert_eq!(browser.open("/health").await.matches(never).count(), 2, "{}", browser.html);
    assert_eq!(rollbook.admin.get("/backup/keys").await.status, 200);
    assert_eq!(browser.open("/health").await.matches(never).count(), 1, "{}", browser.html);
    let read = rollbook.admin.data("{ backups { recordsAt keysAt } }", json!({})).await["backups"].clone();
    assert!(read["recordsAt"].is_null() && read["keysAt"].is_string(), "{read}");
}
