//! Pages of the client portal, access profiles, and business units in force.

use serde_json::{Value, json};

use super::{own_seats, password, role, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn may_open(client: &Client, page: &str) -> Value {
    let document = "query($page: String!) { mayOpenPortalPage(page: $page) }";
    client.data(document, json!({ "page": page })).await["mayOpenPortalPage"].clone()
}

#[tokio::test]
async fn rol_05_a_page_that_no_client_role_lists_is_not_reachable() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let (guest, buyer) =
        (role(admin, "Guest", "CLIENT", &[]).await, role(admin, "Buyer", "CLIENT", &[]).await);
    for (role, pages) in [(&guest, json!(["/welcome", "/faq"])), (&buyer, json!(["/orders", "/welcome"]))] {
        let input = json!({ "roleId": role, "pages": pages });
        admin.accept("setRolePortalPages", input, "role { portalPages }").await;
    }
    let cid = admin.create("CLIENT", "cid").await;
    let nobody = rollbook.sign_in("cid", &password("cid")).await;
    assert_eq!(may_open(&nobody, "/welcome").await, false, "no role, no page");
    for role in [&guest, &buyer] {
        admin.accept("assignRole", json!({ "userId": cid, "roleId": role }), "").await;
    }
    let listed = user(admin, &cid, "portalPages roles { portalPages }").await;
    assert_eq!(listed["portalPages"], json!(["/faq", "/orders", "/welcome"]));
    assert_eq!(listed["roles"][1]["portalPages"], json!(["/orders", "/welcome"]));
    assert_eq!(may_open(&nobody, "/welcome").await, false, "roles wait for the next sign-in");
    let himself = rollbook.sign_in("cid", &password("cid")).await;
    assert_eq!(may_open(&himself, "/orders").await, true);
    assert_eq!(may_open(&himself, "/admin").await, false);
    admin.accept("setRolePortalPages", json!({ "roleId": buyer, "pages": [] }), "").await;
    assert_eq!(may_open(&himself, "/orders").await, false, "pages of a role change at once");
}

#[tokio::test]
async fn rol_05_acc_01_agents_reach_no_portal_page() {
    let rollbook = Rollbook::start().await;
    let support = role(&rollbook.admin, "Support", "AGENT", &["LISTS"]).await;
    let input = json!({ "roleId": support, "pages": ["/welcome"] });
    assert_eq!(rollbook.admin.refuse("setRolePortalPages", input).await, ["CLIENTS_ONLY"]);
    assert_eq!(may_open(&rollbook.admin, "/welcome").await, false);
}

#[tokio::test]
async fn rol_07_every_user_has_one_profile_that_names_its_capabilities() {
    let rollbook = Rollbook::start().await;
    let listed = rollbook.admin.data("{ accessProfiles { profile capabilities } }", json!({})).await;
    let listed = listed["accessProfiles"].as_array().unwrap();
    let of = |profile: &str| {
        let found = listed.iter().find(|it| it["profile"] == profile).unwrap();
        found["capabilities"].as_array().unwrap().clone()
    };
    for capability in ["MANAGE_USERS", "PROXY_LOGIN", "CONFIGURE_PROXY_LOGIN"] {
        assert!(of("ADMINISTRATOR").contains(&json!(capability)), "{capability}");
    }
    assert!(of("USER_MANAGER").contains(&json!("MANAGE_USERS")));
    assert!(!of("USER_MANAGER").contains(&json!("CONFIGURE_PROXY_LOGIN")));
    assert_eq!(of("STANDARD"), Vec::<Value>::new());
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let input = json!({ "userId": ann, "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", input, "").await;
    let shown = user(&rollbook.admin, &ann, "accessProfile capabilities").await;
    assert_eq!(shown, json!({ "accessProfile": "AUDITOR", "capabilities": of("AUDITOR") }));
}

#[tokio::test]
async fn rol_14_the_profile_of_the_deleted_grants_nothing_and_is_neither_listed_nor_assigned() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let input = json!({ "userId": ann, "accessProfile": "DELETED_USER" });
    admin.refuse("assignAccessProfile", input).await;
    let listed = admin.data("{ accessProfiles { profile } }", json!({})).await;
    assert!(!listed["accessProfiles"].as_array().unwrap().contains(&json!({ "profile": "DELETED_USER" })));
    admin.accept("assignAccessProfile", json!({ "userId": ann, "accessProfile": "AUDITOR" }), "").await;
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let gone = user(admin, &ann, "accessProfile capabilities access").await;
    assert_eq!(gone, json!({ "accessProfile": "DELETED_USER", "capabilities": [], "access": [] }));
}

async fn routed(client: &Client, unit: &str) -> Value {
    let document = "query($unit: ID!) { assignableAgents(businessUnit: $unit) { nodes { id } } }";
    client.data(document, json!({ "unit": unit })).await["assignableAgents"]["nodes"].clone()
}

#[tokio::test]
async fn tea_05_a_business_unit_takes_effect_at_the_next_sign_in() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 1).await;
    let payload = admin.accept("createBusinessUnit", json!({ "name": "Sales" }), "businessUnit { id }").await;
    let unit = payload["businessUnit"]["id"].as_str().unwrap().to_owned();
    let ann = admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let member = json!({ "userId": ann, "businessUnitId": unit });
    let pending = "pendingUntilNextSignIn businessUnits { id }";
    admin.accept("addToBusinessUnit", member.clone(), "").await;
    let waits = json!({ "pendingUntilNextSignIn": true, "businessUnits": [{ "id": unit }] });
    assert_eq!(user(admin, &ann, pending).await, waits);
    assert_eq!(routed(admin, &unit).await, json!([]), "she is signed in without it");
    let in_force = "{ me { session { businessUnits { id } } } }";
    assert_eq!(herself.data(in_force, json!({})).await["me"]["session"]["businessUnits"], json!([]));

    admin.accept("endSessions", json!({ "userId": ann }), "").await;
    assert_eq!(user(admin, &ann, pending).await["pendingUntilNextSignIn"], false, "applied now");
    assert_eq!(routed(admin, &unit).await, json!([{ "id": ann }]));
    let again = rollbook.sign_in("ann", &password("ann")).await;
    let units = again.data(in_force, json!({})).await["me"]["session"]["businessUnits"].clone();
    assert_eq!(units, json!([{ "id": unit }]));

    admin.accept("removeFromBusinessUnit", member, "").await;
    assert_eq!(routed(admin, &unit).await, json!([{ "id": ann }]), "she has it until the next sign-in");
    assert_eq!(user(admin, &ann, pending).await["pendingUntilNextSignIn"], true);
    again.accept("signOut", json!({}), "").await;
    assert_eq!(routed(admin, &unit).await, json!([]));
}
