//! Privacy: from the entry of a request to the receipt, by two people; holds, answers, rules, the register.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

/// Ann, who is `user_9` and deleted or not, and the browsers of two compliance officers, `user_10` and `user_11`.
async fn two_officers() -> (Rollbook, Browser, Browser) {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let olga = officer(&rollbook, "olga").await;
    let otto = officer(&rollbook, "otto").await;
    (rollbook, olga, otto)
}

async fn officer(rollbook: &Rollbook, name: &str) -> Browser {
    let id = rollbook.admin.create("AGENT", name).await;
    let profile = json!({ "userId": id, "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut browser = Browser::of(rollbook);
    browser.sign_in(name, &format!("password of {name}")).await;
    browser
}

const KEYS: [(&str, &str); 3] = [("userId", "user_9"), ("username", "ann"), ("email", "ann@example.org")];

/// Enters a request about Ann, and gives its address.
async fn entered(olga: &mut Browser, mode: &str) -> String {
    olga.open("/privacy/requests/new").await;
    let given = [&KEYS[..], &[("mode", mode), ("ticket", "T-17")]].concat();
    olga.submit("/privacy/requests/new", &given).await;
    assert!(olga.address.ends_with("?done=entered"), "{} {}", olga.address, olga.html);
    olga.address.split('?').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_03_a_request_whose_three_keys_disagree_is_not_entered() {
    let (_rollbook, mut olga, _) = two_officers().await;
    olga.open("/privacy/requests/new").await;
    let wrong = [("userId", "user_9"), ("username", "ann"), ("email", "olga@example.org"), ("ticket", "T-1")];
    for button in [&[("preview", "true")][..], &[]] {
        olga.submit("/privacy/requests/new", &[&wrong[..], button].concat()).await;
        assert!(olga.html.contains("do not belong to one user"), "{}", olga.html);
        assert!(olga.html.contains("value=\"olga@example.org\""), "what was typed is still there");
    }
    assert!(olga.open("/privacy/requests").await.contains("No requests here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_06_msk_10_the_preview_shows_the_masks_and_counts_what_stays() {
    let (_rollbook, mut olga, _) = two_officers().await;
    olga.open("/privacy/requests/new").await;
    let given = [&KEYS[..], &[("emailFormat", "ID"), ("preview", "true")]].concat();
    olga.submit("/privacy/requests/new", &given).await;
    for text in
        ["Unknown User (an)", "masked-9@invalid", "Becomes unreadable", "Stays as it is", "User created"]
    {
        assert!(olga.html.contains(text), "{text}: {}", olga.html);
    }
    assert!(olga.open("/privacy/requests").await.contains("No requests here"), "a preview enters nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_04_msk_12_a_masking_goes_from_entry_to_receipt_with_two_people() {
    let (rollbook, mut olga, mut otto) = two_officers().await;
    rollbook.admin.accept("disableUser", json!({ "userId": "user_9" }), "").await;
    let request = entered(&mut olga, "HISTORY").await;
    assert!(olga.html.contains("another compliance officer decides") && olga.html.contains("T-17"));
    assert!(!olga.html.contains("value=\"approve\"") && olga.html.contains("value=\"withdraw\""));
    otto.open("/privacy/requests").await;
    assert!(otto.html.contains(&format!("href=\"{request}\"")), "{}", otto.html);
    otto.open(&request).await;
    assert!(otto.html.contains("value=\"approve\"") && !otto.html.contains("value=\"withdraw\""));
    assert!(otto.html.contains("Unknown User (an)"), "the preview: {}", otto.html);
    otto.submit(&request, &[("deed", "approve"), ("reason", "checked")]).await;
    assert!(
        otto.html.contains("Approved and carried out") && otto.html.contains("Keys destroyed"),
        "{}",
        otto.html
    );
    let receipt = otto.html.split("href=\"/privacy/erasures/").nth(1).unwrap().split('"').next().unwrap();
    let receipt = format!("/privacy/erasures/{receipt}");
    otto.open(&receipt).await;
    assert!(otto.html.contains("Receipt of a masking") && otto.html.contains("data-print"), "{}", otto.html);
    assert!(otto.html.contains("Destroy backups of the keyring"), "{}", otto.html);
    assert!(!otto.html.contains("ann@example.org"), "{}", otto.html);
    otto.open(&format!("{receipt}/note")).await;
    assert!(otto.header("content-disposition").starts_with("attachment"), "{:?}", otto.status);
    assert!(otto.html.contains("\n— "), "a signed note: {}", otto.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_15_who_is_still_active_is_not_masked_and_the_page_says_so() {
    let (_rollbook, mut olga, mut otto) = two_officers().await;
    let request = entered(&mut olga, "HISTORY").await;
    otto.open(&request).await;
    assert!(otto.html.contains("Only who is disabled or deleted can be masked."), "{}", otto.html);
    otto.submit(&request, &[("deed", "approve")]).await;
    assert!(otto.html.contains("role=\"alert\"") && otto.html.contains("Disable or delete the user first"));
    olga.open(&request).await;
    olga.submit(&request, &[("deed", "extend"), ("reason", "many places")]).await;
    assert!(olga.html.contains("extended"), "{}", olga.html);
    olga.submit(&request, &[("deed", "withdraw")]).await;
    assert!(olga.html.contains("Withdrawn."), "{}", olga.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_and_restrictions_are_placed_and_lifted_on_the_page_of_a_person() {
    let (rollbook, mut olga, _) = two_officers().await;
    let page = "/people/user_9/privacy";
    olga.open("/privacy/holds?user=user_9").await;
    assert_eq!(olga.address, page);
    for (deed, shown) in [
        ("place", "nobody can mask"),
        ("lift", "Nothing keeps this person"),
        ("restrict", "is kept and not used"),
        ("use", "may be used"),
    ] {
        olga.open(page).await;
        let version = olga.form(page).unwrap().into_iter().find(|(name, _)| name == "version").unwrap().1;
        let token = olga.token();
        let fields = [("token", token.as_str()), ("version", &version), ("deed", deed), ("reason", "case 9")];
        olga.post(page, &fields).await;
        assert!(olga.html.contains(shown), "{deed}: {}", olga.html);
    }
    let happened = olga.open("/privacy/holds").await;
    assert_eq!(happened.matches("Reason: case 9").count(), 4, "{happened}");
    let mut admin = Browser::administrator(&rollbook).await;
    admin.open(page).await;
    assert_eq!(admin.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_request_is_opened_extended_answered_and_its_file_fetched_with_a_ticket() {
    let (rollbook, mut olga, _) = two_officers().await;
    olga.open("/privacy/answers").await;
    olga.submit("/privacy/answers", &[("userId", "user_9"), ("ticket", "L-3")]).await;
    let page = olga.address.split('?').next().unwrap().to_owned();
    assert!(page.starts_with("/privacy/answers/event_") && olga.html.contains("L-3"), "{page} {}", olga.html);
    let fetch = format!("{page}/file");
    olga.submit(&fetch, &[("ticket", " "), ("form", "json")]).await;
    assert!(olga.html.contains("Please say for which ticket."), "{}", olga.html);
    olga.open(&page).await;
    olga.submit(&fetch, &[("form", "json")]).await;
    assert_eq!(olga.header("content-type"), "application/json");
    assert!(olga.html.contains("ann@example.org"));
    olga.open(&page).await;
    olga.submit(&fetch, &[("form", "html")]).await;
    assert!(
        olga.header("content-disposition").contains("user-9.html") && olga.html.contains("ann@example.org")
    );
    olga.open(&page).await;
    olga.submit(&page, &[("deed", "extend"), ("reason", "many places")]).await;
    assert!(olga.html.contains("extended") && olga.html.contains("Extended by two months"), "{}", olga.html);
    olga.submit(&page, &[("deed", "fulfil")]).await;
    assert!(olga.html.contains("Answered.") && !olga.has_form(&page), "{}", olga.html);
    let types = json!({ "types": ["PERSON_FILE_FETCHED"] });
    let document = "query($filter: HistoryFilter) { history(filter: $filter) { totalCount } }";
    let told = rollbook.admin.data(document, json!({ "filter": types })).await;
    assert_eq!(told["history"]["totalCount"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retention_rule_is_made_by_one_looked_at_and_switched_on_by_another() {
    let (_rollbook, mut olga, mut otto) = two_officers().await;
    let page = "/privacy/retention";
    olga.open(page).await;
    olga.submit(page, &[("deed", "define"), ("months", "0"), ("reason", "policy")]).await;
    assert!(olga.html.contains("id=\"months-flaw\""), "{}", olga.html);
    olga.submit(page, &[("deed", "define"), ("months", "12"), ("reason", "policy")]).await;
    assert!(olga.html.contains("12 months after deletion"), "{}", olga.html);
    assert!(
        !olga.html.contains("value=\"on\"")
            && olga.html.contains("Another compliance officer switches it on")
    );
    otto.open(page).await;
    let dry =
        otto.html.split("href=\"/privacy/retention/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(otto.open(&format!("{page}/{dry}")).await.contains("0 would be erased now"), "{}", otto.html);
    otto.open(page).await;
    otto.submit(page, &[("deed", "on"), ("reason", "policy")]).await;
    assert!(otto.html.contains("value=\"off\""), "{}", otto.html);
    otto.submit(page, &[("deed", "delete"), ("reason", "policy")]).await;
    assert!(otto.html.contains("No retention rules"), "{}", otto.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retention_rule_for_sign_ins_is_made_and_looked_at() {
    let (_rollbook, mut olga, mut otto) = two_officers().await;
    let page = "/privacy/retention";
    olga.open(page).await;
    olga.submit(page, &[("deed", "define"), ("days", "0"), ("reason", "policy")]).await;
    assert!(olga.html.contains("id=\"days-flaw\""), "{}", olga.html);
    olga.submit(page, &[("deed", "define"), ("months", ""), ("days", "90"), ("reason", "policy")]).await;
    assert!(olga.html.contains("Where sign-ins came from: 90 days"), "{}", olga.html);
    otto.open(page).await;
    let dry =
        otto.html.split("href=\"/privacy/retention/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let told = otto.open(&format!("{page}/{dry}")).await;
    assert!(told.contains("Sign-ins of 0 would become unreadable now"), "{told}");
    otto.open(page).await;
    otto.submit(page, &[("deed", "on"), ("reason", "policy")]).await;
    assert!(otto.html.contains("value=\"off\""), "{}", otto.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_each_reader_is_offered_what_they_may_see_of_privacy() {
    let (rollbook, mut olga, _) = two_officers().await;
    let auditor = rollbook.admin.create("AGENT", "aud").await;
    let profile = json!({ "userId": auditor, "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut aud = Browser::of(&rollbook);
    aud.sign_in("aud", "password of aud").await;
    let mut admin = Browser::administrator(&rollbook).await;
    let mut ann = Browser::of(&rollbook);
    ann.sign_in("ann", "password of ann").await;
    olga.open("/privacy").await;
    assert_eq!(olga.address, "/privacy/requests");
    aud.open("/privacy").await;
    assert_eq!(aud.address, "/privacy/retention");
    assert!(!aud.html.contains("value=\"define\"") && aud.html.contains("href=\"/privacy/register\""));
    admin.open("/privacy").await;
    assert_eq!(admin.address, "/privacy/register");
    assert!(
        admin.html.contains("Sealed parts of events") && !admin.html.contains("href=\"/privacy/requests\"")
    );
    assert!(!ann.open("/account").await.contains("href=\"/privacy\""));
    for page in [
        "/privacy",
        "/privacy/requests",
        "/privacy/requests/new",
        "/privacy/erasures",
        "/privacy/answers",
        "/privacy/holds",
        "/privacy/retention",
        "/privacy/register",
    ] {
        ann.open(page).await;
        assert_eq!(ann.status, StatusCode::FORBIDDEN, "{page}");
    }
    for page in [
        "/privacy/requests",
        "/privacy/requests/new",
        "/privacy/erasures",
        "/privacy/answers",
        "/privacy/holds",
    ] {
        aud.open(page).await;
        assert_eq!(aud.status, StatusCode::FORBIDDEN, "{page}");
    }
}
