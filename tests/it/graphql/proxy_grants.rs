//! As whom somebody may act.

use serde_json::json;

use super::proxies::{act_as, grant, me, refused};
use super::teams::{join, team};
use super::{history, member, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn pxy_10_granting_is_a_right_of_its_own() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let mia = me(&manager).await;
    let input = json!({ "userId": mia, "scope": "ALL" });
    assert_eq!(manager.refuse("changeProxyGrant", input).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn pxy_12_pxy_13_by_default_all_are_granted_and_that_is_said() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let fields = "proxyGrant { scope label isDefault users { id } teams { id } }";
    let found = user(&rollbook.admin, &me(&manager).await, fields).await["proxyGrant"].clone();
    let all = json!({
        "scope": "ALL", "label": "All users and teams", "isDefault": true, "users": [], "teams": [],
    });
    assert_eq!(found, all);
}

#[tokio::test]
async fn pxy_11_pxy_14_pxy_17_when_some_are_selected_only_those() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let world = team(admin, "World", None).await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let mia = me(&manager).await;
    let mut ids = Vec::new();
    for name in ["ann", "bob", "cid"] {
        ids.push(admin.create("AGENT", name).await);
    }
    join(admin, &ids[1], &world).await;
    grant(admin, &mia, &[&ids[0]], &[&world]).await;
    let found = user(admin, &mia, "proxyGrant { scope users { label } teams { name } }").await;
    let selected =
        json!({ "scope": "SELECTED", "users": [{ "label": "ann" }], "teams": [{ "name": "World" }] });
    assert_eq!(found["proxyGrant"], selected);
    act_as(&rollbook, &manager, &ids[0]).await;
    act_as(&rollbook, &manager, &ids[1]).await;
    assert_eq!(refused(&manager, &ids[2]).await, ["PROXY_NOT_GRANTED"]);
}

#[tokio::test]
async fn pxy_15_an_empty_list_is_never_everybody() {
    let rollbook = Rollbook::start().await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let mia = me(&manager).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    grant(&rollbook.admin, &mia, &[&ann], &[]).await;
    let mut last = json!({ "userId": mia, "users": [] });
    assert_eq!(rollbook.admin.refuse("changeProxyGrant", last.clone()).await, ["REQUIRED"]);
    last["scope"] = json!("SELECTED");
    assert_eq!(rollbook.admin.refuse("changeProxyGrant", last.clone()).await, ["CONFIRMATION_NEEDED"]);
    last["confirmed"] = json!(true);
    let payload = rollbook.admin.accept("changeProxyGrant", last, "user { proxyGrant { label } }").await;
    assert_eq!(payload["user"]["proxyGrant"]["label"], "Nobody");
    assert_eq!(refused(&manager, &ann).await, ["PROXY_NOT_GRANTED"]);
}

#[tokio::test]
async fn pxy_16_pxy_19_tea_08_teams_cover_their_members_and_names_follow_the_person() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (world, moon) = (team(admin, "World", None).await, team(admin, "Moon", None).await);
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let mia = me(&manager).await;
    let (ann, bob) = (admin.create("AGENT", "ann").await, admin.create("AGENT", "bob").await);
    grant(admin, &mia, &[&ann], &[&world]).await;
    for id in [&ann, &bob] {
        join(admin, id, &world).await;
        act_as(&rollbook, &manager, id).await;
        join(admin, id, &moon).await;
        admin.accept("removeTeamMember", json!({ "userId": id, "teamId": world }), "").await;
    }
    act_as(&rollbook, &manager, &ann).await;
    assert_eq!(refused(&manager, &bob).await, ["PROXY_NOT_GRANTED"]);
}

#[tokio::test]
async fn pxy_20_history_shows_the_grant_before_and_after() {
    let rollbook = Rollbook::start().await;
    let mia = me(&member(&rollbook, "USER_MANAGER", "mia").await).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    grant(&rollbook.admin, &mia, &[&ann], &[]).await;
    let entries = history(&rollbook.admin, &mia, "type changes { field from to }").await;
    let changes = json!([
        { "field": "scope", "from": "ALL", "to": "SELECTED" },
        { "field": "users", "from": "", "to": ann },
        { "field": "teams", "from": "", "to": "" },
    ]);
    assert_eq!(*entries.last().unwrap(), json!({ "type": "PROXY_GRANT_CHANGED", "changes": changes }));
}

#[tokio::test]
async fn pxy_25_whom_a_grant_names_is_not_deleted() {
    let rollbook = Rollbook::start().await;
    let mia = me(&member(&rollbook, "USER_MANAGER", "mia").await).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    grant(&rollbook.admin, &mia, &[&ann], &[]).await;
    let deleting = json!({ "userId": ann });
    assert_eq!(
        rollbook.admin.refuse("deleteUser", deleting.clone()).await,
        ["REFERENCED", "NAMED_IN_PROXY_GRANT"]
    );
    rollbook.admin.accept("changeProxyGrant", json!({ "userId": mia, "scope": "ALL" }), "").await;
    rollbook.admin.accept("deleteUser", deleting, "").await;
}
