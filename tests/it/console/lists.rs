//! The lists of agents and clients.

use serde_json::json;

use super::browser::Browser;
use crate::support::rollbook::Rollbook;

/// A company of a few, and the administrator's browser.
async fn company() -> (Rollbook, Browser) {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 1200 }), "").await;
    for name in ["ann", "bob", "cyd"] {
        admin.create("AGENT", name).await;
    }
    admin.create("CLIENT", "dora").await;
    let browser = Browser::administrator(&rollbook).await;
    (rollbook, browser)
}

fn heads(html: &str) -> Vec<String> {
    let head = html.split("<thead>").nth(1).unwrap().split("</thead>").next().unwrap();
    let cells = head.split("<th ").skip(1).filter(|cell| cell.contains("data-column"));
    cells.map(|cell| text(cell.split_once('>').unwrap().1.split("</th>").next().unwrap())).collect()
}

fn text(html: &str) -> String {
    let parts = html.split('<').enumerate();
    parts
        .map(|(place, part)| if place == 0 { part } else { part.split_once('>').map_or("", |it| it.1) })
        .collect()
}

fn names(html: &str) -> Vec<String> {
    let cells = html.split("<a class=\"who\"").skip(1);
    cells.map(|cell| cell.split("<bdi>").nth(1).unwrap().split("</bdi>").next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_01_lst_01_there_are_agents_and_clients_and_a_way_to_create_new_ones() {
    let (_rollbook, mut browser) = company().await;
    let html = browser.open("/agents").await;
    assert_eq!(names(html), ["Administrator", "ann", "bob", "cyd"]);
    for link in ["href=\"/agents\"", "href=\"/clients\"", "href=\"/agents/new\""] {
        assert!(html.contains(link), "{link}");
    }
    assert_eq!(names(browser.open("/clients").await), ["dora"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_04_what_is_shown_is_saved_as_a_view_chosen_again_and_removed() {
    let (_rollbook, mut browser) = company().await;
    browser.open("/agents?view=all&q=ann&sel=user_9").await;
    let named = [("what", "save"), ("name", "All <b>Anns</b>"), ("audience", "COMPANY")];
    let html = browser.submit("/agents/views", &named).await;
    assert!(html.contains("The view was saved.") && html.contains("All &lt;b&gt;Anns&lt;/b&gt;"), "{html}");
    let html = browser.open("/agents").await;
    let there = "href=\"/agents?view=all&amp;q=ann\"";
    assert!(html.contains(there) && html.contains("Of the company"), "neither the page nor who was selected");
    let html = browser.open("/agents?view=all&q=ann").await;
    assert!(html.contains(&format!("{there} aria-current=\"true\"")), "the view that is shown is marked");
    let view = html.split("name=\"of\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let html = browser.submit("/agents/views", &named).await;
    assert!(html.contains("Another view has this name."), "{html}");
    let html = browser.submit("/agents/views", &[("what", "remove"), ("of", &view)]).await;
    assert!(html.contains("The view was removed.") && !html.contains("Anns"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_02_lst_10_ten_columns_and_the_seats_at_the_top() {
    let (rollbook, mut browser) = company().await;
    rollbook.admin.accept("changePreferences", json!({ "userId": "user_8", "locale": "en-GB" }), "").await;
    let html = browser.open("/agents").await;
    let all =
        ["AgentID", "Username", "Name", "Email", "Role", "BU", "Active", "Locked", "Logged in", "Logged out"];
    assert_eq!(heads(html), all);
    let seats = html.find("class=\"seats\"").unwrap();
    assert!(text(&html[seats..]).contains("1,200 of 1,200 free"), "{}", text(&html[seats..seats + 600]));
    assert!(seats < html.find("<table").unwrap());
    let html = browser.open("/agents?col=name&col=locked").await;
    assert_eq!(heads(html), ["Name", "Locked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_07_lst_04_active_users_first_and_views_of_the_others() {
    let (rollbook, mut browser) = company().await;
    rollbook.admin.accept("disableUser", json!({ "userId": "user_9" }), "").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": "user_10" }), "").await;
    assert_eq!(names(browser.open("/agents").await), ["Administrator", "bob", "cyd"]);
    assert_eq!(names(browser.open("/agents?view=inactive").await), ["ann"]);
    assert_eq!(names(browser.open("/agents?view=locked").await), ["bob"]);
    assert_eq!(names(browser.open("/agents?view=all").await), ["Administrator", "ann", "bob", "cyd"]);
    assert_eq!(names(browser.open("/agents?view=all&q=bo&sort=email&dir=desc").await), ["bob"]);
    assert_eq!(names(browser.open("/agents?sort=username&dir=desc").await), ["cyd", "bob", "Administrator"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lst_07_a_selection_survives_paging_and_each_has_an_outcome() {
    let (rollbook, mut browser) = company().await;
    for number in 0..60 {
        rollbook.admin.create("AGENT", &format!("agent{number:02}")).await;
    }
    browser.open("/agents").await;
    assert_eq!(names(&browser.html).len(), 50);
    let next = browser.html.split("value=\"after:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let turn = format!("after:{next}");
    // The administrator themselves, and the first that was made.
    browser.submit("/agents/choose", &[("sel", "user_8"), ("sel", "user_13"), ("turn", &turn)]).await;
    assert!(!names(&browser.html).contains(&"agent00".to_owned()));
    assert!(browser.html.contains("and 2 more on other pages"), "{}", browser.address);
    browser.submit("/agents/choose", &[("action", "disable")]).await;
    assert!(browser.html.contains("Disable: 2 users?"), "{}", browser.html);
    assert_eq!(
        rollbook.admin.data("{ user(by: {id: \"user_13\"}) { active } }", json!({})).await["user"]["active"],
        true
    );
    browser.submit("/agents/bulk", &[("action", "disable")]).await;
    assert!(browser.html.contains("Disable: 1 done, 1 refused"), "{}", browser.html);
    assert!(browser.html.contains("You cannot do this to your own account."), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_is_downloaded_as_it_is_filtered() {
    let (_rollbook, mut browser) = company().await;
    let csv = browser.open("/agents.csv?q=bob&view=all").await.to_owned();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].starts_with("AgentID,") && lines[1].contains("bob@example.org") && lines.len() == 2,
        "{csv}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ui_11_whoever_may_not_is_shown_no_button_and_no_list() {
    let (rollbook, _) = company().await;
    let input = json!({ "userId": "user_9", "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", input, "").await;
    let mut auditor = Browser::of(&rollbook);
    auditor.sign_in("ann", "password of ann").await;
    let html = auditor.open("/agents").await;
    assert!(
        !html.contains("Create new") && !html.contains("type=\"search\"") && !html.contains("bob"),
        "{html}"
    );
    assert!(!html.contains("name=\"action\""));
    let mut nobody = Browser::of(&rollbook);
    nobody.sign_in("cyd", "password of cyd").await;
    assert_eq!(nobody.address, "/account");
    assert!(!nobody.html.contains("href=\"/agents\""));
    nobody.open("/agents").await;
    assert_eq!(nobody.status.as_u16(), 403);
}
