//! What every page has: its headers, its cookies, its forms that nobody else can send.

use axum::http::{Method, StatusCode, header};
use http_body_util::Full;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_forbids_inline_script_and_style_and_foreign_frames() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::administrator(&rollbook).await;
    for address in ["/sign-in", "/agents", "/clients", "/agents/choose-nothing"] {
        browser.open(address).await;
        let answer = browser.answer.as_ref().unwrap();
        if answer.status == StatusCode::NOT_FOUND {
            continue;
        }
        let policy = answer.header("content-security-policy");
        for part in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!browser.html.contains(" style="), "{address} has inline style");
        assert!(!browser.html.contains("<script>") && !browser.html.contains(" onclick"), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn assets_stand_at_addresses_of_their_content_and_are_known_again() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::of(&rollbook);
    browser.open("/sign-in").await;
    let assets: Vec<String> = browser
        .html
        .split('"')
        .filter(|text| text.starts_with("/console/assets/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(assets.len(), 3, "{assets:?}");
    for asset in assets {
        let answer = rollbook.anonymous().get(&asset).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("cache-control").contains("immutable"));
        let again = rollbook.anonymous().request(Method::GET, &asset);
        let again = again.header(header::IF_NONE_MATCH, answer.header("etag")).body(Full::default()).unwrap();
        assert_eq!(rollbook.anonymous().send(again).await.status, StatusCode::NOT_MODIFIED);
    }
    let other = rollbook.anonymous().get("/console/assets/rollbook-0000000000000000.css").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_token_of_the_session_changes_nothing() {
    let rollbook = Rollbook::start().await;
    let (mut browser, mut other) =
        (Browser::administrator(&rollbook).await, Browser::administrator(&rollbook).await);
    let foreign = {
        other.open("/agents").await;
        other.token()
    };
    for token in ["", "0", foreign.as_str()] {
        browser.post("/sign-out", &[("token", token)]).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN, "{token}");
    }
    browser.open("/agents").await;
    assert_eq!(browser.status, StatusCode::OK);
    assert!(browser.address.starts_with("/agents"), "still signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_another_site_sent_changes_nothing_though_it_has_the_token() {
    let rollbook = Rollbook::start().await;
    for (name, value) in
        [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
    {
        let mut browser = Browser::administrator(&rollbook).await;
        browser.open("/agents").await;
        browser.headers.push((name, value.to_owned()));
        browser.submit("/sign-out", &[]).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_cookie_is_out_of_reach_of_scripts_and_bound_to_tls_where_there_is_tls() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("admin", crate::support::rollbook::ADMIN_PASSWORD).await;
    let cookie = browser.header("set-cookie").to_owned();
    assert!(cookie.starts_with("rollbook="), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"),
        "{cookie}"
    );

    let mut browser = Browser::of(&rollbook);
    browser.headers.push(("x-forwarded-proto", "https".to_owned()));
    browser.sign_in("admin", crate::support::rollbook::ADMIN_PASSWORD).await;
    let cookie = browser.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-rollbook="), "{cookie}");
    assert!(cookie.contains("; Secure") && cookie.contains("Path=/;"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_looks_like_markup_is_a_name() {
    let rollbook = Rollbook::start().await;
    let name = "<img src=x onerror=alert(1)>";
    let input = json!({
        "kind": "AGENT", "username": "markup", "email": "markup@example.org", "fullName": name,
        "displayName": name, "password": "password of markup", "accessProfile": "ADMINISTRATOR",
    });
    rollbook.admin.accept("createUser", input, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("markup", "password of markup").await;
    for address in ["/agents", "/agents?q=%3Cimg%20src", "/agents?q=%22%3E%3Cscript%3E"] {
        let html = browser.open(address).await;
        assert!(!html.contains("<img src=x"), "{address}");
        assert!(!html.contains("<script>"), "{address}");
        assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reader_is_spoken_to_in_their_language() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::of(&rollbook);
    browser.headers.push(("accept-language", "fr, de-CH;q=0.8, en;q=0.5".to_owned()));
    let html = browser.open("/sign-in").await;
    assert!(html.contains("lang=\"de\"") && html.contains("Anmelden"), "{html}");
    // What somebody chose holds more than what the browser asks for.
    rollbook.admin.accept("changePreferences", json!({ "userId": "user_8", "language": "en" }), "").await;
    browser.sign_in("admin", crate::support::rollbook::ADMIN_PASSWORD).await;
    assert!(browser.open("/agents").await.contains("lang=\"en\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn brightness_is_chosen_without_script_and_kept() {
    let rollbook = Rollbook::start().await;
    let mut browser = Browser::of(&rollbook);
    assert!(browser.open("/sign-in").await.contains("data-theme=\"machine\""));
    browser.submit("/theme", &[("theme", "dark")]).await;
    assert!(browser.html.contains("data-theme=\"dark\""), "{}", browser.html);
    assert_eq!(browser.address, "/sign-in");
    let token = browser.token();
    browser.post("/theme", &[("token", &token), ("theme", "light"), ("to", "//evil.example")]).await;
    assert_eq!(browser.status, StatusCode::OK);
    assert!(browser.html.contains("data-theme=\"light\""));
}
