//! The history of the whole directory: filters that are the address, sentences, and ways to the records.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;
use crate::support::sse::{Event, EventStream};

/// Ann and Bob, `user_9` and `user_10`; a role that Ann was given by the administrator, and its name.
async fn with_a_role() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    for name in ["ann", "bob"] {
        rollbook.admin.create("AGENT", name).await;
    }
    let seats = json!({ "type": "READ_WRITE", "owned": 1 });
    rollbook.admin.accept("sizeLicensePool", seats, "").await;
    let role = json!({ "name": "Pilot", "kind": "AGENT", "surfaces": ["LISTS"] });
    let role = rollbook.admin.accept("defineRole", role, "role { id }").await["role"]["id"].clone();
    let given = json!({ "userId": "user_9", "roleId": role, "license": "READ_WRITE", "reason": "ticket 44" });
    rollbook.admin.accept("assignRole", given, "").await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn his_03_who_gave_a_role_is_found_with_the_reason_and_the_record() {
    let (_rollbook, mut browser) = with_a_role().await;
    browser.open("/history?user=ann&type=ROLE_ASSIGNED").await;
    let html = browser.html.clone();
    assert!(
        html.contains("1 events") && html.contains("Pilot") && html.contains("Reason: ticket 44"),
        "{html}"
    );
    assert!(html.contains("value=\"user_9\""), "a name is turned into an id");
    let record = html.split("href=\"/events/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(browser.open(&format!("/events/{record}")).await.contains("role.assigned@1"));
    for other in ["by=user_9", "user=bob", "until=2001-01-01T00:00"] {
        browser.open(&format!("/history?type=ROLE_ASSIGNED&{other}")).await;
        assert!(browser.html.contains("Nothing is recorded here."), "{other}: {}", browser.html);
    }
    browser.open("/history?type=ROLE_ASSIGNED&by=admin&since=2001-01-01T00:00").await;
    assert!(browser.html.contains("ticket 44"), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_is_said_at_its_field() {
    let (_rollbook, mut browser) = with_a_role().await;
    browser.open("/history?by=nobody-there&since=yesterday").await;
    assert_eq!(browser.status, StatusCode::OK);
    for field in ["by", "since"] {
        assert!(browser.html.contains(&format!("id=\"{field}-flaw\"")), "{field}: {}", browser.html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_history_go_back_to_the_first_event_and_show_each_once() {
    let (rollbook, mut browser) = with_a_role().await;
    for count in 0..60 {
        let change = json!({ "userId": "user_9", "title": format!("T{count}") });
        rollbook.admin.accept("changeProfile", change, "").await;
    }
    let head = rollbook.admin.data("{ head }", json!({})).await["head"].as_u64().unwrap();
    let (mut address, mut seen) = ("/history".to_owned(), Vec::new());
    loop {
        let html = browser.open(&address).await.to_owned();
        seen.extend(
            html.split("href=\"/events/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()),
        );
        let next =
            html.split("<a class=\"button small\" href=\"").find(|rest| rest.starts_with("/history?after="));
        let Some(next) = next else { break };
        address = next.split('"').next().unwrap().replace("&amp;", "&");
    }
    let mut wanted: Vec<String> = (1..=head).map(|position| position.to_string()).collect();
    wanted.reverse();
    // Opening the history is itself recorded, so there may be newer ones by now.
    assert!(seen.ends_with(&wanted), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_for_who_may_see_it() {
    let (rollbook, _) = with_a_role().await;
    let mut ann = Browser::of(&rollbook);
    ann.sign_in("ann", "password of ann").await;
    ann.open("/history").await;
    assert_eq!(ann.status, StatusCode::FORBIDDEN);
    assert!(!ann.html.contains("href=\"/history\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_is_told_that_the_log_went_on_as_long_as_its_session() {
    let (rollbook, browser) = with_a_role().await;
    let cookie = format!("rollbook={}", browser.cookies["rollbook"]);
    let mut events = EventStream::follow(&rollbook.anonymous(), "/console/live", &cookie).await;
    let head = |event: Event| event.text.parse::<u64>().unwrap();
    let before = head(events.next().await.unwrap());
    rollbook.admin.accept("disableUser", json!({ "userId": "user_10" }), "").await;
    assert!(head(events.next().await.unwrap()) > before);
    // A session that is over is told nothing more.
    rollbook.admin.accept("endSessions", json!({ "userId": "user_8" }), "").await;
    assert_eq!(events.next().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn history_is_filtered_by_what_it_is_about_and_by_a_proxy_session() {
    let (_rollbook, mut browser) = with_a_role().await;
    browser.open("/history?kind=ROLE").await;
    assert!(browser.html.contains("1 events") && browser.html.contains("Pilot"), "{}", browser.html);
    assert!(browser.html.contains("<option value=\"ROLE\" selected>"), "{}", browser.html);
    // A kind that there is not is no filter, as with types.
    browser.open("/history?kind=NOTHING").await;
    assert!(!browser.html.contains("1 events"), "{}", browser.html);
    browser.open("/history?proxy=01ARZ3NDEKTSV4RRFFQ69G5FAV").await;
    assert!(browser.html.contains("Nothing is recorded here."), "{}", browser.html);
}
