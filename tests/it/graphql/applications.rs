//! Applications: who runs them in which roles, which role is in force, and where a session begins.

use serde_json::{Value, json};

use super::{head, history, member, own_seats, password, role, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const RUNS: &str = "applications { application { id name } roles { id } activeRoles { id } access }";
const ACTIVE: &str = "{ me { session { activeRoles { application { name } role { name } } } } }";

async fn application(client: &Client, name: &str, roles: &[&String]) -> String {
    let input = json!({ "name": name, "roleIds": roles });
    let payload = client.accept("defineApplication", input, "application { id }").await;
    payload["application"]["id"].as_str().unwrap().to_owned()
}

async fn grant(client: &Client, user: &str, application: &str, roles: &[&String]) {
    let access = json!([{ "applicationId": application, "roleIds": roles }]);
    client.accept("grantApplicationAccess", json!({ "userId": user, "access": access }), "").await;
}

/// Ann, an agent with two roles that read lists and charts, in an application that offers both.
struct Sales {
    rollbook: Rollbook,
    ann: String,
    reader: String,
    drawer: String,
    application: String,
}

impl Sales {
    async fn start() -> Sales {
        let rollbook = Rollbook::start().await;
        let admin = &rollbook.admin;
        own_seats(admin, "READ_WRITE", 1).await;
        let ann = admin.create("AGENT", "ann").await;
        let reader = role(admin, "Reader", "AGENT", &["LISTS"]).await;
        let drawer = role(admin, "Drawer", "AGENT", &["CHARTS"]).await;
        // Not in the order of creation: that is what counts all the same.
        for role in [&drawer, &reader] {
            admin.accept("assignRole", json!({ "userId": ann, "roleId": role }), "").await;
        }
        let application = application(admin, "Sales", &[&drawer, &reader]).await;
        grant(admin, &ann, &application, &[&drawer, &reader]).await;
        Sales { rollbook, ann, reader, drawer, application }
    }

    async fn one_at_a_time(&self) {
        let input = json!({ "applicationId": self.application, "rolePolicy": "ACTIVE_ONE" });
        self.rollbook.admin.accept("changeApplication", input, "").await;
    }

    async fn sign_in(&self) -> Client {
        self.rollbook.sign_in("ann", &password("ann")).await
    }

    async fn prefer(&self, client: &Client, preferences: Value) -> Value {
        let mut input = preferences;
        input["userId"] = json!(self.ann);
        client.mutate("changePreferences", input, "").await["errors"].clone()
    }

    fn choice(&self, role: &str) -> Value {
        json!({ "applicationId": self.application, "roleId": role })
    }
}

async fn runs(client: &Client) -> Value {
    client.data(&format!("{{ me {{ {RUNS} }} }}"), json!({})).await["me"]["applications"].clone()
}

/// The name of the one role in force in the one application.
async fn active(client: &Client) -> Value {
    client.data(ACTIVE, json!({})).await["me"]["session"]["activeRoles"][0]["role"]["name"].clone()
}

#[tokio::test]
async fn acc_20_rol_08_access_is_pairs_of_an_application_and_roles() {
    let sales = Sales::start().await;
    let admin = &sales.rollbook.admin;
    let expected = json!([{
        "application": { "id": sales.application, "name": "Sales" },
        "roles": [{ "id": sales.reader }, { "id": sales.drawer }],
        "activeRoles": [{ "id": sales.reader }, { "id": sales.drawer }],
        "access": ["LISTS", "CHARTS"],
    }]);
    assert_eq!(user(admin, &sales.ann, RUNS).await["applications"], expected);
    assert_eq!(runs(&sales.sign_in().await).await, expected);
    let input = json!({ "userId": sales.ann, "applicationIds": [sales.application] });
    let payload = admin.accept("revokeApplicationAccess", input, &format!("user {{ {RUNS} }}")).await;
    assert_eq!(payload["user"]["applications"], json!([]));
}

#[tokio::test]
async fn acc_20_a_user_without_any_pair_can_run_no_application() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 1).await;
    let support = role(&rollbook.admin, "Support", "AGENT", &["LISTS"]).await;
    let application = application(&rollbook.admin, "Sales", &[&support]).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("assignRole", json!({ "userId": ann, "roleId": support }), "").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(runs(&herself).await, json!([]), "a role alone opens no application");
    let document = "query($id: ID!) { application(id: $id) { name } }";
    let found = herself.data(document, json!({ "id": application })).await;
    assert_eq!(found["application"], Value::Null);
    let choice = json!({ "applicationId": application, "roleId": support });
    assert_eq!(herself.refuse("chooseActiveRole", choice).await, ["NO_APPLICATION_ACCESS"]);
}

#[tokio::test]
async fn rol_08_an_application_offers_roles_that_its_users_hold() {
    let sales = Sales::start().await;
    let admin = &sales.rollbook.admin;
    let client_role = role(admin, "Guest", "CLIENT", &["LISTS"]).await;
    let other = role(admin, "Other", "AGENT", &["LISTS"]).await;
    let input =
        json!({ "applicationId": sales.application, "roleIds": [sales.reader, sales.drawer, client_role] });
    admin.accept("changeApplication", input, "").await;
    for (roles, code) in [
        (json!([other]), "ROLE_NOT_OFFERED"),
        (json!([client_role]), "KIND_MISMATCH"),
        (json!([]), "REQUIRED"),
        (json!(["role_99"]), "ROLE_NOT_OFFERED"),
        (json!(["user_8"]), "NOT_FOUND"),
    ] {
        let access = json!([{ "applicationId": sales.application, "roleIds": roles }]);
        let input = json!({ "userId": sales.ann, "access": access });
        let payload = admin.mutate("grantApplicationAccess", input, "").await;
        assert_eq!(payload["errors"][0]["code"], code);
        assert_eq!(payload["errors"][0]["path"], json!(["input", "access"]));
    }
    let bob = admin.create("AGENT", "bob").await;
    let access = json!([{ "applicationId": sales.application, "roleIds": [sales.reader] }]);
    let input = json!({ "userId": bob, "access": access });
    assert_eq!(admin.refuse("grantApplicationAccess", input).await, ["ROLE_NOT_HELD"]);
}

#[tokio::test]
async fn rol_08_applications_are_defined_renamed_and_deleted_by_administrators() {
    let sales = Sales::start().await;
    let admin = &sales.rollbook.admin;
    let manager = member(&sales.rollbook, "USER_MANAGER", "mia").await;
    let of_sales = json!({ "applicationId": sales.application });
    for (mutation, input) in [
        ("defineApplication", json!({ "name": "Mine", "roleIds": [] })),
        ("changeApplication", json!({ "applicationId": sales.application, "name": "Mine" })),
        ("deleteApplication", of_sales.clone()),
    ] {
        assert_eq!(manager.refuse(mutation, input).await, ["FORBIDDEN"]);
    }
    assert_eq!(
        admin.refuse("defineApplication", json!({ "name": "SALES", "roleIds": [] })).await,
        ["APPLICATION_NAME_TAKEN"]
    );
    assert_eq!(admin.refuse("deleteApplication", of_sales.clone()).await, ["APPLICATION_IN_USE"]);
    let rename = json!({ "applicationId": sales.application, "name": "Selling", "expectedVersion": 1 });
    let payload = admin.accept("changeApplication", rename.clone(), "application { name }").await;
    assert_eq!(payload["application"]["name"], "Selling");
    assert_eq!(admin.refuse("changeApplication", rename).await, ["VERSION_CONFLICT"]);
    let listed = "{ applications { name rolePolicy effectiveRolePolicy roles { name } } }";
    let expected = json!([{
        "name": "Selling",
        "rolePolicy": null,
        "effectiveRolePolicy": "UNION",
        "roles": [{ "name": "Reader" }, { "name": "Drawer" }],
    }]);
    assert_eq!(manager.data(listed, json!({})).await["applications"], expected);
    let nobody = member(&sales.rollbook, "STANDARD", "nobody").await;
    assert_eq!(nobody.graphql(listed).await.code(), "FORBIDDEN");
    let revoke = json!({ "userId": sales.ann, "applicationIds": [sales.application] });
    manager.accept("revokeApplicationAccess", revoke, "").await;
    admin.accept("deleteApplication", of_sales, "application { deleted }").await;
    assert_eq!(admin.data(listed, json!({})).await["applications"], json!([]));
}

#[tokio::test]
async fn rol_09_one_role_is_in_force_and_switching_it_is_an_event() {
    let sales = Sales::start().await;
    sales.one_at_a_time().await;
    let herself = sales.sign_in().await;
    assert_eq!(active(&herself).await, "Reader", "the first by creation");
    assert_eq!(runs(&herself).await[0]["access"], json!(["LISTS"]));
    herself.accept("chooseActiveRole", sales.choice(&sales.drawer), "").await;
    assert_eq!(active(&herself).await, "Drawer");
    assert_eq!(runs(&herself).await[0]["access"], json!(["CHARTS"]));
    let entry = history(&herself, &sales.ann, "type summary changes { field from to }").await.pop().unwrap();
    assert_eq!(entry["type"], "ACTIVE_ROLE_CHOSEN");
    assert_eq!(entry["summary"], "ann chose the role Drawer in Sales");
    let session = herself.data("{ me { session { id } } }", json!({})).await["me"]["session"]["id"].clone();
    let changes = json!([
        { "field": "session", "from": null, "to": session },
        { "field": "activeRole", "from": sales.reader, "to": sales.drawer },
    ]);
    assert_eq!(entry["changes"], changes);
    let before = head(&herself).await;
    herself.accept("chooseActiveRole", sales.choice(&sales.drawer), "").await;
    assert_eq!(head(&herself).await, before, "it is in force already");
}

#[tokio::test]
async fn rol_09_with_a_union_all_roles_are_in_force_and_none_is_chosen() {
    let sales = Sales::start().await;
    let herself = sales.sign_in().await;
    assert_eq!(active(&herself).await, Value::Null);
    let refused = herself.refuse("chooseActiveRole", sales.choice(&sales.drawer)).await;
    assert_eq!(refused, ["ALL_ROLES_IN_FORCE"]);
    let admin = &sales.rollbook.admin;
    admin.accept("changeSettings", json!({ "rolePolicy": "ACTIVE_ONE" }), "settings { rolePolicy }").await;
    assert_eq!(active(&herself).await, "Reader", "the tenant decides where the application does not");
    let input = json!({ "applicationId": sales.application, "rolePolicy": "UNION" });
    admin.accept("changeApplication", input, "").await;
    assert_eq!(runs(&herself).await[0]["access"], json!(["LISTS", "CHARTS"]));
}

#[tokio::test]
async fn ses_05_the_active_role_is_the_sessions_and_not_the_users() {
    let sales = Sales::start().await;
    sales.one_at_a_time().await;
    let (one, two) = (sales.sign_in().await, sales.sign_in().await);
    one.accept("chooseActiveRole", sales.choice(&sales.drawer), "").await;
    assert_eq!(active(&one).await, "Drawer");
    assert_eq!(active(&two).await, "Reader");
    assert_eq!(active(&sales.sign_in().await).await, "Reader");
    let others = json!({ "applicationId": sales.application, "roleId": "role_99" });
    assert_eq!(one.refuse("chooseActiveRole", others).await, ["NO_APPLICATION_ACCESS"]);
    let anonymous = sales.rollbook.anonymous();
    let refused = anonymous.refuse("chooseActiveRole", sales.choice(&sales.drawer)).await;
    assert_eq!(refused, ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn ses_05_an_active_role_outlives_a_restart() {
    let sales = Sales::start().await;
    sales.one_at_a_time().await;
    let herself = sales.sign_in().await;
    herself.accept("chooseActiveRole", sales.choice(&sales.drawer), "").await;
    let token = herself.token().unwrap().to_owned();
    let folder = sales.rollbook.stop().await;
    let options = crate::support::rollbook::options(&folder);
    let rollbook = Rollbook::start_with(folder, options).await;
    assert_eq!(active(&rollbook.anonymous().bearer(&token)).await, "Drawer");
}

#[tokio::test]
async fn rol_12_a_change_of_applications_waits_for_the_next_sign_in() {
    let sales = Sales::start().await;
    sales.one_at_a_time().await;
    let admin = &sales.rollbook.admin;
    let herself = sales.sign_in().await;
    grant(admin, &sales.ann, &sales.application, &[&sales.drawer]).await;
    assert_eq!(runs(&herself).await[0]["roles"], json!([{ "id": sales.reader }, { "id": sales.drawer }]));
    let pending = "pendingUntilNextSignIn";
    assert_eq!(user(admin, &sales.ann, pending).await[pending], true);
    assert_eq!(runs(&sales.sign_in().await).await[0]["roles"], json!([{ "id": sales.drawer }]));
    admin.accept("endSessions", json!({ "userId": sales.ann }), "").await;
    assert_eq!(user(admin, &sales.ann, pending).await[pending], false);
    assert_eq!(herself.graphql("{ me { id } }").await.status, 401);
}

#[tokio::test]
async fn rol_12_a_role_that_is_taken_leaves_the_applications_with_it() {
    let sales = Sales::start().await;
    let admin = &sales.rollbook.admin;
    for role in [&sales.reader, &sales.drawer] {
        let input = json!({ "userId": sales.ann, "roleId": role });
        admin.accept("unassignRole", input, "").await;
    }
    assert_eq!(user(admin, &sales.ann, RUNS).await["applications"], json!([]));
    admin.accept("deleteApplication", json!({ "applicationId": sales.application }), "").await;
}

#[tokio::test]
async fn prf_17_the_initial_application_is_one_that_the_user_may_run() {
    let sales = Sales::start().await;
    let admin = &sales.rollbook.admin;
    let other = application(admin, "Service", &[&sales.reader]).await;
    let herself = sales.sign_in().await;
    let refused = sales.prefer(&herself, json!({ "initialApplication": other })).await;
    assert_eq!(refused[0]["code"], "NO_APPLICATION_ACCESS");
    assert_eq!(refused[0]["path"], json!(["input", "initialApplication"]));
    grant(admin, &sales.ann, &other, &[&sales.reader]).await;
    let shown = "preferences { initialApplication { id } } effectiveInitial { application { id } }";
    let begins = |chosen: Value, effective: &str| {
        let application = json!({ "application": { "id": effective } });
        json!({ "preferences": { "initialApplication": chosen }, "effectiveInitial": application })
    };
    assert_eq!(user(&herself, &sales.ann, shown).await, begins(Value::Null, &sales.application));
    sales.prefer(&herself, json!({ "initialApplication": other })).await;
    assert_eq!(user(&herself, &sales.ann, shown).await, begins(json!({ "id": other }), &other));
    let revoke = json!({ "userId": sales.ann, "applicationIds": [other] });
    admin.accept("revokeApplicationAccess", revoke, "").await;
    assert_eq!(user(admin, &sales.ann, shown).await, begins(json!({ "id": other }), &sales.application));
}

#[tokio::test]
async fn prf_18_a_session_begins_with_the_initial_role() {
    let sales = Sales::start().await;
    sales.one_at_a_time().await;
    let before = sales.sign_in().await;
    let wanted = json!({ "initialApplication": sales.application, "initialRole": sales.drawer });
    assert_eq!(sales.prefer(&before, wanted).await, json!([]));
    assert_eq!(active(&before).await, "Reader", "a session that runs keeps its role");
    assert_eq!(active(&sales.sign_in().await).await, "Drawer");
    let admin = &sales.rollbook.admin;
    grant(admin, &sales.ann, &sales.application, &[&sales.reader]).await;
    assert_eq!(active(&sales.sign_in().await).await, "Reader", "what cannot be assumed is passed over");
    let refused = sales.prefer(admin, json!({ "initialRole": sales.drawer })).await;
    assert_eq!(refused[0]["code"], "NO_APPLICATION_ACCESS");
}

#[tokio::test]
async fn prf_16_without_mobile_access_a_mobile_sign_in_is_refused_neutrally() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let attempt = async |client: &str| {
        let document =
            "mutation($input: SignInInput!) { signIn(input: $input) { token errors { code message } } }";
        let input = json!({ "login": "ann", "password": password("ann"), "client": client });
        rollbook.anonymous().data(document, json!({ "input": input })).await["signIn"].clone()
    };
    assert!(attempt("MOBILE").await["token"].is_string(), "mobile access is there unless it is taken");
    rollbook.admin.accept("changePreferences", json!({ "userId": ann, "mobileAccess": false }), "").await;
    let refused = attempt("MOBILE").await;
    let wrong = rollbook.try_sign_in("ann", "not her password").await;
    assert_eq!(refused["token"], Value::Null);
    assert_eq!(refused["errors"][0]["code"], wrong["errors"][0]["code"]);
    assert_eq!(refused["errors"][0]["message"], wrong["errors"][0]["message"]);
    rollbook.settled().await;
    let entries = history(&rollbook.admin, &ann, "type changes { field to }").await;
    let told = entries.iter().any(|entry| {
        entry["type"] == "SIGN_IN_FAILED" && entry["changes"][0]["to"] == "MOBILE_ACCESS_REFUSED"
    });
    assert!(told, "{entries:?}");
    for client in ["WEB", "DESKTOP"] {
        assert!(attempt(client).await["token"].is_string(), "{client}");
    }
}
