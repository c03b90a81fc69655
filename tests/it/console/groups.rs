//! Teams and business units.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

/// Teams North and, within it, Harbour; and ann in a browser's reach.
async fn company() -> (Rollbook, Browser, String, String) {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let mut browser = Browser::administrator(&rollbook).await;
    browser.open("/teams").await;
    browser.submit("/teams", &[("name", "North")]).await;
    let north = id(&rollbook, "teams", "North").await;
    browser.submit("/teams", &[("name", "Harbour"), ("parentId", &north)]).await;
    let harbour = id(&rollbook, "teams", "Harbour").await;
    (rollbook, browser, north, harbour)
}

async fn id(rollbook: &Rollbook, list: &str, name: &str) -> String {
    let found = rollbook.admin.data(&format!("{{ {list} {{ id name }} }}"), json!({})).await;
    let found = found[list].as_array().unwrap().iter().find(|one| one["name"] == name).cloned();
    found.unwrap_or_else(|| panic!("no {name}"))["id"].as_str().unwrap().to_owned()
}

/// Sends one of several small forms of the page that is open.
async fn ask(browser: &mut Browser, path: &str, what: &str, fields: &[(&str, &str)]) {
    let token = browser.token();
    let mut all = vec![("token", token.as_str()), ("what", what)];
    all.extend(fields);
    browser.post(path, &all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tea_06_teams_are_a_tree_in_which_a_team_moves_with_all_below() {
    let (rollbook, mut browser, north, harbour) = company().await;
    let html = browser.open("/teams").await;
    let (first, second) = (html.find(">North<").unwrap(), html.find(">Harbour<").unwrap());
    assert!(html.contains("data-depth=\"1\"") && first < second.max(first + 1), "{html}");
    let path = format!("/teams/{north}");
    browser.open(&path).await;
    ask(&mut browser, &path, "move", &[("parentId", &harbour)]).await;
    assert!(browser.html.contains("role=\"alert\""), "no cycles: {}", browser.html);
    let below = format!("/teams/{harbour}");
    ask(&mut browser, &below, "move", &[("parentId", "")]).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    let found = rollbook.admin.data("{ teams { parent { id } } }", json!({})).await;
    assert!(found["teams"].as_array().unwrap().iter().all(|team| team["parent"].is_null()));
    ask(&mut browser, &below, "rename", &[("name", "Port")]).await;
    assert!(browser.html.contains("Port"), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn tea_01_members_are_added_by_what_people_call_them_and_removed() {
    let (_rollbook, mut browser, north, _) = company().await;
    let path = format!("/teams/{north}");
    browser.open(&path).await;
    ask(&mut browser, &path, "add", &[("who", "nobody at all")]).await;
    assert!(browser.html.contains("id=\"who-flaw\""), "{}", browser.html);
    for who in ["ann", "ANN@example.org", "user_9"] {
        ask(&mut browser, &path, "add", &[("who", who)]).await;
        assert!(browser.html.contains("href=\"/people/user_9\""), "{who}: {}", browser.html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_is_deleted_once_it_is_empty_and_what_stands_in_the_way_is_shown() {
    let (_rollbook, mut browser, north, harbour) = company().await;
    let path = format!("/teams/{north}");
    let html = browser.open(&format!("{path}/delete")).await;
    assert!(html.contains(&format!("/teams/{harbour}")), "{html}");
    browser.submit(&path, &[]).await;
    assert!(browser.html.contains("role=\"alert\""), "{}", browser.html);
    let below = format!("/teams/{harbour}");
    browser.open(&format!("{below}/delete")).await;
    browser.submit(&below, &[]).await;
    assert!(
        browser.html.contains("It was deleted.") && !browser.html.contains("Harbour"),
        "{}",
        browser.html
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tea_04_business_units_have_names_and_members() {
    let (rollbook, mut browser, ..) = company().await;
    browser.open("/units").await;
    browser.submit("/units", &[("name", "Retail")]).await;
    let path = format!("/units/{}", id(&rollbook, "businessUnits", "Retail").await);
    browser.open(&path).await;
    ask(&mut browser, &path, "add", &[("who", "ann")]).await;
    assert!(browser.html.contains("href=\"/people/user_9\""), "{}", browser.html);
    ask(&mut browser, &path, "remove", &[("of", "user_9")]).await;
    assert!(!browser.html.contains("href=\"/people/user_9\""), "{}", browser.html);
    ask(&mut browser, &path, "rename", &[("name", "Shops")]).await;
    browser.open(&format!("{path}/delete")).await;
    browser.submit(&path, &[]).await;
    assert!(browser.html.contains("It was deleted."), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_manage_teams_sees_no_button() {
    let (rollbook, _, north, _) = company().await;
    let profile = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    browser.open("/teams").await;
    assert!(!browser.has_form("/teams") && browser.html.contains("North"), "{}", browser.html);
    browser.open(&format!("/teams/{north}")).await;
    assert!(!browser.has_form(&format!("/teams/{north}")));
    browser.open(&format!("/teams/{north}/delete")).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
}
