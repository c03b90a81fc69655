//! A user's page: tabs, forms, what is asked once more.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

/// An agent called ann, who is `user_9`, and the administrator's browser.
async fn with_ann() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser)
}

async fn ann(rollbook: &Rollbook, fields: &str) -> Value {
    let document = format!("{{ user(by: {{id: \"user_9\"}}) {{ {fields} }} }}");
    rollbook.admin.data(&document, json!({})).await["user"].clone()
}

/// Links and buttons of the open page in their order.
fn buttons(html: &str) -> Vec<String> {
    let body = html.split("<main").nth(1).unwrap();
    let parts = body.split("<div class=\"buttons\">").nth(1).unwrap_or_default();
    let parts = parts.split("</div>").next().unwrap();
    parts
        .split('>')
        .skip(1)
        .filter_map(|part| part.split('<').next())
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_03_ui_06_ui_15_ui_16_one_page_has_everything_about_a_user() {
    let (_rollbook, mut browser) = with_ann().await;
    let html = browser.open("/people/user_9").await.to_owned();
    let tabs = [
        "/people/user_9",
        "/people/user_9/options",
        "/people/user_9/access",
        "/people/user_9/security",
        "/people/user_9/history",
    ];
    for tab in tabs {
        assert!(html.contains(&format!("href=\"{tab}\"")), "{tab}");
    }
    let password = html.find("/people/user_9/password").unwrap();
    assert!(password < html.find("class=\"tabs\"").unwrap(), "at the top");
    for deed in ["edit", "disable", "delete", "force"] {
        assert!(html.contains(&format!("href=\"/people/user_9/{deed}\"")), "{deed}");
    }
    for deed in ["lock", "reset", "sessions"] {
        assert!(browser.has_form(&format!("/people/user_9/{deed}")), "{deed}");
    }
    for tab in tabs {
        browser.open(tab).await;
        assert_eq!(browser.status, StatusCode::OK, "{tab}");
    }
    browser.open("/people/user_99").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn acc_19_what_the_schema_demands_is_marked_and_demanded_in_the_form() {
    let (rollbook, mut browser) = with_ann().await;
    let html = browser.open("/agents/new").await.to_owned();
    let kind = "{ __type(name: \"CreateUserInput\") { inputFields { name defaultValue type { kind } } } }";
    let fields = rollbook.admin.data(kind, json!({})).await["__type"]["inputFields"].clone();
    let demanded = fields.as_array().unwrap().iter().filter(|field| {
        field["type"]["kind"] == "NON_NULL" && field["defaultValue"].is_null() && field["name"] != "kind"
    });
    let demanded: Vec<&str> = demanded.map(|field| field["name"].as_str().unwrap()).collect();
    assert!(demanded.contains(&"email"), "{demanded:?}");
    for name in demanded.iter().copied().chain(["fullName", "password"]) {
        let input = html.split("<input").find(|input| input.contains(&format!("id=\"{name}\""))).unwrap();
        assert!(input[..input.find('>').unwrap()].contains(" required"), "{name}");
    }
    for name in ["title", "username", "firstName"] {
        let input = html.split("<input").find(|input| input.contains(&format!("id=\"{name}\""))).unwrap();
        assert!(!input[..input.find('>').unwrap()].contains(" required"), "{name}");
    }
    // A browser that does not hold people to it is answered at each field.
    browser.submit("/agents/new", &[("email", " "), ("fullName", ""), ("password", "12345")]).await;
    for name in ["email", "fullName", "password"] {
        assert!(browser.html.contains(&format!("id=\"{name}-flaw\"")), "{name}: {}", browser.html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn acc_21_an_agent_is_created_once_however_often_the_form_is_sent() {
    let (rollbook, mut browser) = with_ann().await;
    browser.open("/agents/new").await;
    let form = browser.form("/agents/new").unwrap();
    let once = form.iter().find(|(name, _)| name == "once").unwrap().1.clone();
    let token = browser.token();
    let fields = [
        ("token", token.as_str()),
        ("once", &once),
        ("email", "bob@example.org"),
        ("fullName", "Bob Built"),
        ("password", "password of bob"),
        ("accessProfile", "STANDARD"),
    ];
    for _ in 0..2 {
        browser.post("/agents/new", &fields).await;
        assert!(browser.address.starts_with("/people/user_10"), "{} {}", browser.address, browser.html);
    }
    assert_eq!(rollbook.admin.data("{ users { totalCount } }", json!({})).await["users"]["totalCount"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_09_contact_when_editing_and_team_when_adding() {
    let (rollbook, mut browser) = with_ann().await;
    rollbook.admin.accept("createTeam", json!({ "name": "North" }), "").await;
    let adding = browser.open("/agents/new").await.to_owned();
    assert!(adding.contains("name=\"team\"") && !adding.contains("name=\"mobilePhone\""));
    let editing = browser.open("/people/user_9/edit").await.to_owned();
    assert!(!editing.contains("name=\"team\"") && editing.contains("name=\"mobilePhone\""));
    assert!(!browser.open("/clients/new").await.contains("name=\"accessProfile\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_22_ui_08_what_is_empty_has_no_row_but_a_field() {
    let (_rollbook, mut browser) = with_ann().await;
    assert!(!browser.open("/people/user_9").await.contains("Mobile phone"));
    assert!(browser.open("/people/user_9/edit").await.contains("Mobile phone"));
    browser.submit("/people/user_9/edit", &[("mobilePhone", "+49 171 1234567")]).await;
    assert!(browser.html.contains("Mobile phone") && browser.html.contains("+49 171 1234567"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten() {
    let (rollbook, mut browser) = with_ann().await;
    browser.open("/people/user_9/edit").await;
    let change = json!({ "userId": "user_9", "title": "Chief", "displayName": "Ann B" });
    rollbook.admin.accept("changeProfile", change, "").await;
    browser.submit("/people/user_9/edit", &[("displayName", "Ann C")]).await;
    assert!(browser.html.contains("was changed meanwhile"), "{}", browser.html);
    assert!(browser.html.contains("Chief") && browser.html.contains("Ann B"), "{}", browser.html);
    assert_eq!(ann(&rollbook, "displayName").await["displayName"], "Ann B");
    // What was typed is still there, and saved on the second try; what was not touched stays as it is now.
    browser.submit("/people/user_9/edit", &[]).await;
    assert_eq!(
        ann(&rollbook, "displayName title").await,
        json!({ "displayName": "Ann C", "title": "Chief" })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn his_09_a_form_that_changed_nothing_appends_nothing() {
    let (rollbook, mut browser) = with_ann().await;
    browser.open("/people/user_9/edit").await;
    let before = rollbook.admin.data("{ head }", json!({})).await["head"].clone();
    browser.submit("/people/user_9/edit", &[]).await;
    assert_eq!(rollbook.admin.data("{ head }", json!({})).await["head"], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn sta_04_disabling_and_enabling_ask_by_name_and_cancelling_does_nothing() {
    let (rollbook, mut browser) = with_ann().await;
    for (deed, before) in [("disable", true), ("enable", false)] {
        let address = format!("/people/user_9/{deed}");
        let html = browser.open(&address).await.to_owned();
        assert!(html.contains("ann?</bdi></h1>"), "names the user: {html}");
        assert!(html.contains("href=\"/people/user_9\">Cancel</a>"), "{html}");
        browser.open("/people/user_9").await;
        assert_eq!(ann(&rollbook, "active").await["active"], before, "{deed}");
        browser.open(&address).await;
        browser.submit(&address, &[("reason", "ticket 7")]).await;
        assert_eq!(ann(&rollbook, "active").await["active"], !before, "{deed}");
    }
    let html = browser.open("/people/user_9/history").await;
    assert!(html.contains("Reason: ticket 7"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_04_del_02_deletion_and_a_forced_change_are_asked_about_and_locking_is_not() {
    let (rollbook, mut browser) = with_ann().await;
    browser.open("/people/user_9").await;
    assert!(!browser.has_form("/people/user_9/delete") && !browser.has_form("/people/user_9/force"));
    browser.submit("/people/user_9/lock", &[]).await;
    assert_eq!(ann(&rollbook, "locked").await["locked"], true);
    browser.submit("/people/user_9/unlock", &[]).await;
    assert_eq!(ann(&rollbook, "locked").await["locked"], false);
    browser.open("/people/user_9/force").await;
    assert_eq!(ann(&rollbook, "mustChangePassword").await["mustChangePassword"], false);
    browser.submit("/people/user_9/force", &[]).await;
    assert_eq!(ann(&rollbook, "mustChangePassword").await["mustChangePassword"], true);
    browser.open("/people/user_9/delete").await;
    assert!(browser.html.contains("permanent"), "{}", browser.html);
    assert_eq!(ann(&rollbook, "deleted").await["deleted"], false);
    browser.submit("/people/user_9/delete", &[]).await;
    assert_eq!(browser.address, "/agents?gone");
    assert!(browser.html.contains("The user was deleted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sta_15_ui_05_deletion_says_what_is_lost_and_offers_to_disable_first() {
    let (_rollbook, mut browser) = with_ann().await;
    let html = browser.open("/people/user_9/delete").await.to_owned();
    assert_eq!(buttons(&html), ["Disable instead", "Delete for good", "Cancel"]);
    assert!(html.contains("<a class=\"button primary\" href=\"/people/user_9/disable\">Disable instead"));
    assert!(html.contains("Lost:") && html.contains("What stays:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_12_a_shortage_of_seats_is_explained_at_the_role() {
    let (rollbook, mut browser) = with_ann().await;
    let role = json!({ "name": "Support", "kind": "AGENT", "surfaces": ["LISTS"] });
    rollbook.admin.accept("defineRole", role, "").await;
    browser.open("/people/user_9/access").await;
    let token = browser.token();
    let assign =
        [("token", token.as_str()), ("what", "assignRole"), ("role", "role_1"), ("license", "READ_WRITE")];
    browser.post("/people/user_9/access", &assign).await;
    assert!(browser.html.contains("No read-write license is free: 0 owned, 0 used."), "{}", browser.html);
    assert!(browser.html.contains("Ask "), "whom to ask");
    rollbook.admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 1 }), "").await;
    browser.post("/people/user_9/access", &assign).await;
    assert_eq!(
        ann(&rollbook, "roles { name } license").await,
        json!({ "roles": [{ "name": "Support" }], "license": "READ_WRITE" })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pxy_08_pxy_03_ui_13_switching_back_stands_above_signing_out_while_one_acts_as_another() {
    let (_rollbook, mut browser) = with_ann().await;
    browser.open("/people/user_9").await;
    assert!(!browser.html.contains("Switch back"));
    let html = browser.open("/people/user_9/proxy").await.to_owned();
    assert!(html.contains("A record will be made"), "{html}");
    assert_eq!(browser.cookies["rollbook"].matches('.').count(), 0, "nothing began");
    browser.submit("/people/user_9/proxy", &[("reason", "ticket 9")]).await;
    let html = browser.open("/account").await.to_owned();
    let menu = &html[html.find("class=\"sheet\"").unwrap()..];
    assert!(menu.find("Switch back").unwrap() < menu.find("Sign out").unwrap());
    assert!(html.contains("You are acting as ann. Really you are Administrator"), "{html}");
    assert!(html.contains("<span class=\"name\">ann</span>"));
    browser.submit("/switch-back", &[]).await;
    assert!(
        browser.html.contains("<span class=\"name\">Administrator</span>")
            && !browser.html.contains("Switch back")
    );
    let history = browser.open("/people/user_9/history").await;
    assert!(history.contains("ceased to act as ann"), "{history}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_pxy_02_buttons_follow_the_rights_of_the_reader() {
    let (rollbook, _) = with_ann().await;
    let input = json!({ "kind": "AGENT", "username": "olga", "email": "olga@example.org", "fullName": "Olga",
        "password": "password of olga", "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("createUser", input, "").await;
    let mut browser = Browser::of(&rollbook);
    browser.sign_in("olga", "password of olga").await;
    let html = browser.open("/people/user_9").await.to_owned();
    assert_eq!(browser.status, StatusCode::OK);
    for deed in ["edit", "password", "disable", "delete", "proxy", "lock", "reset"] {
        assert!(!html.contains(&format!("/people/user_9/{deed}\"")), "{deed}");
    }
    for deed in ["edit", "password", "disable", "delete", "proxy"] {
        browser.open(&format!("/people/user_9/{deed}")).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN, "{deed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn aut_02_a_typed_password_holds_at_once_and_a_reset_one_is_shown_once() {
    let (rollbook, mut browser) = with_ann().await;
    browser.open("/people/user_9/password").await;
    browser.submit("/people/user_9/password", &[("password", "quite new"), ("again", "quite old")]).await;
    assert!(browser.html.contains("id=\"again-flaw\""));
    browser.submit("/people/user_9/password", &[("password", "quite new"), ("again", "quite new")]).await;
    rollbook.sign_in("ann", "quite new").await;
    browser.open("/people/user_9").await;
    browser.submit("/people/user_9/reset", &[]).await;
    let secret =
        browser.html.split("class=\"secret\"><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    rollbook.sign_in("ann", &secret).await;
    assert!(!browser.open("/people/user_9/security").await.contains(&secret));
}

#[tokio::test(flavor = "multi_thread")]
async fn his_01_history_reads_as_sentences_with_old_and_new_value_and_a_way_to_the_record() {
    let (rollbook, mut browser) = with_ann().await;
    rollbook.admin.accept("changeProfile", json!({ "userId": "user_9", "title": "Dr <b>" }), "").await;
    rollbook.admin.accept("changeProfile", json!({ "userId": "user_9", "title": "Prof" }), "").await;
    let html = browser.open("/people/user_9/history").await.to_owned();
    assert!(
        html.contains("Administrator changed ann&#39;s profile")
            || html.contains("Administrator changed ann's profile"),
        "{html}"
    );
    assert!(
        html.contains("<del><bdi>Dr &lt;b&gt;</bdi></del>") && html.contains("<ins><bdi>Prof</bdi></ins>"),
        "{html}"
    );
    let record = html.split("href=\"/events/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = browser.open(&format!("/events/{record}")).await;
    assert!(page.contains("profile.changed@"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_17_pro_18_picture_and_signature_stand_under_options_and_what_is_required_does_not() {
    let (rollbook, mut browser) = with_ann().await;
    rollbook
        .admin
        .accept("changeProfile", json!({ "userId": "user_9", "signature": "Kind regards" }), "")
        .await;
    let html = browser.open("/people/user_9/options").await;
    assert!(html.contains("type=\"file\"") && html.contains("Kind regards"), "{html}");
    for name in ["username", "email", "displayName", "password"] {
        assert!(!html.contains(&format!("name=\"{name}\"")), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn del_04_sta_17_what_refers_to_the_user_is_listed_before_anything_is_done() {
    let (rollbook, mut browser) = with_ann().await;
    rollbook.admin.create("AGENT", "bob").await;
    let line = json!({ "userId": "user_10", "reportsTo": "user_9" });
    rollbook.admin.accept("changeReportingLine", line, "").await;
    for deed in ["delete", "disable"] {
        let html = browser.open(&format!("/people/user_9/{deed}")).await;
        let list = html.split("class=\"references\"").nth(1).unwrap_or_else(|| panic!("{html}"));
        assert!(list.contains("href=\"/people/user_10\""), "{list}");
    }
    browser.open("/people/user_9/delete").await;
    browser.submit("/people/user_9/delete", &[]).await;
    assert!(browser.html.contains("still named elsewhere"), "{}", browser.html);
    assert_eq!(ann(&rollbook, "deleted").await["deleted"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn del_01_deleting_is_not_offered_to_whoever_may_not() {
    let (rollbook, mut administrator) = with_ann().await;
    let link = "href=\"/people/user_9/delete\"";
    assert!(administrator.open("/people/user_9").await.contains(link));
    let mia = rollbook.admin.create("AGENT", "mia").await;
    let profile = json!({ "userId": mia, "accessProfile": "USER_MANAGER" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let mut manager = Browser::of(&rollbook);
    manager.sign_in("mia", "password of mia").await;
    let html = manager.open("/people/user_9").await;
    assert!(html.contains("href=\"/people/user_9/edit\"") && !html.contains(link), "{html}");
    let whom = "Administrators delete: ask one.";
    assert!(html.contains(whom) && !administrator.open("/people/user_9").await.contains(whom), "{html}");
}
