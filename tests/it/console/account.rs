//! The own account.

use axum::http::{Method, StatusCode, header};
use http_body_util::Full;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

async fn ann() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("ann", "password of ann").await;
    (rollbook, browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn prf_14_people_change_what_is_theirs_and_are_offered_nothing_else() {
    let (rollbook, mut browser) = ann().await;
    assert_eq!(browser.address, "/account");
    browser.submit("/account", &[("mobilePhone", "0171 1"), ("signature", "<b>Ann</b>\r\nNorth")]).await;
    assert!(browser.html.contains("Saved."), "{}", browser.html);
    assert!(browser.html.contains("&lt;b&gt;Ann&lt;/b&gt;"));
    for field in ["email", "username", "displayName", "accessProfile", "roles"] {
        assert!(!browser.html.contains(&format!("name=\"{field}\"")), "{field}");
    }
    let user = rollbook.admin.data("{ user(by: {id: \"user_9\"}) { mobilePhone } }", json!({})).await;
    assert_eq!(user["user"]["mobilePhone"], "0171 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn prf_08_a_language_holds_from_the_next_page_on() {
    let (_rollbook, mut browser) = ann().await;
    browser.open("/account/preferences").await;
    browser
        .submit("/account/preferences", &[("language", "de"), ("dateOrder", "YMD"), ("timeZone", "nowhere")])
        .await;
    assert!(browser.html.contains("id=\"timeZone-flaw\""), "{}", browser.html);
    let given = [("language", "de"), ("dateOrder", "YMD"), ("timeZone", ""), ("accessibilityMode", "true")];
    browser.submit("/account/preferences", &given).await;
    assert!(
        browser.html.contains("Gespeichert.") && browser.html.contains("lang=\"de\""),
        "{}",
        browser.html
    );
    assert!(browser.html.contains("data-access"), "UI-14");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_ended_where_it_is_shown() {
    let (rollbook, mut browser) = ann().await;
    let mut other = Browser::of(&rollbook);
    other.sign_in("ann", "password of ann").await;
    browser.open("/account/security").await;
    assert!(browser.html.contains("This session"));
    let token = browser.token();
    browser.post("/account/sessions", &[("token", &token), ("others", "true")]).await;
    assert!(browser.address.starts_with("/account/security"), "{}", browser.address);
    other.open("/account").await;
    assert!(other.address.starts_with("/sign-in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn aut_01_the_own_password_is_changed_with_the_current_one() {
    let (rollbook, mut browser) = ann().await;
    browser.open("/account/security").await;
    let new = "a quite new password";
    let fields = |current| [("currentPassword", current), ("password", new), ("again", new)];
    browser.submit("/account/password", &fields("wrong")).await;
    assert!(browser.html.contains("id=\"currentPassword-flaw\""));
    browser.submit("/account/password", &fields("password of ann")).await;
    assert!(browser.html.contains("Your password was changed"), "{} {}", browser.address, browser.html);
    rollbook.sign_in("ann", new).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_16_the_own_history_needs_no_right() {
    let (_rollbook, mut browser) = ann().await;
    assert!(browser.open("/account/history").await.contains("created ann"), "{}", browser.html);
}

/// A form with a file, as browsers send it.
async fn upload(browser: &mut Browser, rollbook: &Rollbook, token: &str, image: &[u8]) -> StatusCode {
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--edge\r\n\
         Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(image);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = rollbook
        .anonymous()
        .request(Method::POST, "/account/picture")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::COOKIE, format!("rollbook={}", browser.cookies["rollbook"]))
        .body(Full::from(body))
        .unwrap();
    let answer = rollbook.anonymous().send(request).await;
    browser.html = answer.text();
    answer.status
}

/// The smallest PNG there is.
const PNG: [u8; 67] = [
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0,
    1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0, 1, 0,
    0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

#[tokio::test(flavor = "multi_thread")]
async fn pro_15_ui_17_a_picture_counts_when_it_is_saved_and_not_before() {
    let (rollbook, mut browser) = ann().await;
    let html = browser.open("/account").await.to_owned();
    assert!(html.contains("type=\"file\"") && html.contains("data-tint"), "initials, and a field");
    assert_eq!(
        rollbook.admin.data("{ user(by: {id: \"user_9\"}) { avatarUrl } }", json!({})).await["user"]["avatarUrl"],
        json!(null)
    );
    let token = browser.token();
    assert_eq!(upload(&mut browser, &rollbook, "0", &PNG).await, StatusCode::FORBIDDEN);
    assert_eq!(upload(&mut browser, &rollbook, &token, b"<svg/>").await, StatusCode::OK);
    assert!(browser.html.contains("id=\"image-flaw\""), "{}", browser.html);
    assert_eq!(upload(&mut browser, &rollbook, &token, &PNG).await, StatusCode::SEE_OTHER);
    let html = browser.open("/account").await.to_owned();
    let address = html.split("src=\"/console/avatars/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let address = format!("/console/avatars/{address}");
    browser.open(&address).await;
    assert_eq!((browser.status, browser.header("content-type")), (StatusCode::OK, "image/png"));
    let mut nobody = Browser::of(&rollbook);
    nobody.open(&address).await;
    assert_ne!(nobody.header("content-type"), "image/png");
}
