//! What bulk reaches: every command about a user, or there is a reason.

use apollo_compiler::Schema;
use apollo_compiler::schema::ExtendedType;
use serde_json::{Value, json};

use super::bulk::{bulk, codes, create_all};
use super::{member, own_seats, role, user};
use crate::support::post::Post;
use crate::support::rollbook::Rollbook;

/// Commands about a user that are not asked of many at once, each with its reason.
const NOT_IN_BULK: &[(&str, &str)] = &[
    ("maskPii", "the three keys of each person are told: requestMaskings"),
    ("requestMasking", "the three keys of each person are told: requestMaskings"),
    ("resendMail", "a mail is one user's"),
    ("setAvatar", "a picture is one person's"),
    ("setPassword", "a password that several people have is none: RESET_PASSWORD"),
    ("startProxy", "one acts as one other"),
    ("retryUserRule", "it is about one call that was given up"),
    ("startSupport", "one acts as one other"),
];

fn fields(schema: &Schema, input: &str) -> Vec<String> {
    match &schema.types[input] {
        ExtendedType::InputObject(input) => input.fields.keys().map(ToString::to_string).collect(),
        ExtendedType::Enum(plain) => plain.values.keys().map(|name| camel(name)).collect(),
        _ => panic!("{input} is neither told nor chosen"),
    }
}

/// `LOCK_ACCOUNT` is `lockAccount`.
fn camel(name: &str) -> String {
    let mut words = name.split('_').map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    let upper = |word: String| word[..1].to_uppercase() + &word[1..];
    first + &words.map(upper).collect::<String>()
}

#[test]
fn every_command_about_a_user_is_in_bulk_or_says_why_not() {
    let schema = Schema::parse(rollbook::graphql::sdl(), "rollbook.graphql").unwrap();
    let ExtendedType::Object(mutation) = &schema.types["Mutation"] else { panic!("no mutations") };
    let about_a_user = mutation.fields.values().filter(|field| {
        let inputs = field.arguments.iter().map(|argument| argument.ty.inner_named_type());
        inputs.into_iter().any(|input| fields(&schema, input).iter().any(|field| field == "userId"))
    });
    let mut about_a_user: Vec<String> = about_a_user.map(|field| field.name.to_string()).collect();
    about_a_user.sort();
    assert!(about_a_user.contains(&"lockAccount".to_owned()));
    let mut reached = fields(&schema, "BulkCommand");
    reached.retain(|field| field != "plain");
    reached.extend(fields(&schema, "PlainCommand"));
    reached.extend(NOT_IN_BULK.iter().map(|(field, _)| (*field).to_owned()));
    reached.sort();
    // Alone, or with the team to stay in.
    reached.dedup_by(|a, b| a == b && a == "disableUser");
    assert_eq!(reached, about_a_user);
}

#[tokio::test]
async fn acc_20_applications_are_granted_and_revoked_in_bulk() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    own_seats(admin, "READ_WRITE", 2).await;
    let reader = role(admin, "Reader", "AGENT", &["LISTS"]).await;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    let input = json!({ "name": "Sales", "roleIds": [reader] });
    let defined = admin.accept("defineApplication", input, "application { id }").await;
    let sales = &defined["application"]["id"];
    admin.accept("assignRole", json!({ "userId": ids[0], "roleId": reader }), "").await;
    let access = json!([{ "applicationId": sales, "roleIds": [reader] }]);
    let grant = json!({ "command": { "grantApplicationAccess": { "access": access } }, "userIds": ids });
    let payload = bulk(admin, grant.clone()).await;
    assert_eq!(codes(&payload), ["", "ROLE_NOT_HELD"]);
    assert_eq!(payload["outcomes"][1]["errors"][0]["path"], json!(["input", "access"]));
    admin.accept("assignRole", json!({ "userId": ids[1], "roleId": reader }), "").await;
    assert_eq!(codes(&bulk(admin, grant).await), ["", ""]);
    let runs = "applications { application { id } roles { id } }";
    for id in &ids {
        let shown = user(admin, id, runs).await["applications"].clone();
        assert_eq!(shown, json!([{ "application": { "id": sales }, "roles": [{ "id": reader }] }]));
    }
    let revoke = json!({ "revokeApplicationAccess": { "applicationIds": [sales] } });
    assert_eq!(codes(&bulk(admin, json!({ "command": revoke, "userIds": ids })).await), ["", ""]);
    assert_eq!(user(admin, &ids[1], runs).await["applications"], json!([]));
    let unknown = json!({ "revokeApplicationAccess": { "applicationIds": ["application_9"] } });
    let payload = bulk(admin, json!({ "command": unknown, "userIds": ids })).await;
    assert_eq!(codes(&payload), ["NOT_FOUND", "NOT_FOUND"]);
    assert_eq!(payload["outcomes"][0]["errors"][0]["path"], json!(["input", "applicationIds"]));
}

#[tokio::test]
async fn what_people_share_is_changed_in_bulk_and_back() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    let floor = json!({ "key": "floor", "label": "Floor", "type": "NUMBER", "personal": false });
    admin.accept("defineAttribute", floor, "").await;
    let fields = "title preferences { timeZone locale } attributes { value } source proxyGrant { scope }";
    let zone = |zone: Value, locale: Value| json!({ "timeZone": zone, "locale": locale });
    for (command, field, value) in [
        (json!({ "changeProfile": { "title": "Clerk" } }), "title", json!("Clerk")),
        (json!({ "changeProfile": { "postalCode": "8001" } }), "title", json!("Clerk")),
        (json!({ "changeProfile": { "title": null } }), "title", Value::Null),
        (
            json!({ "changePreferences": { "timeZone": "Europe/Zurich", "locale": "de-CH" } }),
            "preferences",
            zone(json!("Europe/Zurich"), json!("de-CH")),
        ),
        (
            json!({ "changePreferences": { "timeZone": null } }),
            "preferences",
            zone(Value::Null, json!("de-CH")),
        ),
        (
            json!({ "setAttributes": { "attributes": [{ "key": "floor", "value": "3" }] } }),
            "attributes",
            json!([{ "value": "3" }]),
        ),
        (json!({ "setAttributes": { "attributes": [{ "key": "floor" }] } }), "attributes", json!([])),
        (
            json!({ "changeProxyGrant": { "users": ["user_8"] } }),
            "proxyGrant",
            json!({ "scope": "SELECTED" }),
        ),
        (json!({ "changeProxyGrant": { "scope": "ALL" } }), "proxyGrant", json!({ "scope": "ALL" })),
        (json!({ "changeSource": { "source": "LDAP" } }), "source", json!("LDAP")),
    ] {
        let payload = bulk(admin, json!({ "command": command, "userIds": ids })).await;
        assert_eq!((codes(&payload), &payload["errors"]), (vec!["", ""], &json!([])), "{command}");
        for id in &ids {
            assert_eq!(user(admin, id, fields).await[field], value, "{command}");
        }
    }
    let title = json!({ "command": { "changeProfile": { "title": "Boss" } }, "userIds": ids });
    assert_eq!(codes(&bulk(admin, title).await), ["MANAGED_IN_LDAP", "MANAGED_IN_LDAP"]);
}

#[tokio::test]
async fn aut_07_passwords_are_reset_in_bulk_by_mail_and_for_each_another() {
    let post = Post::start().await;
    let admin = &post.rollbook.admin;
    let ids = create_all(&post.rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    let named = json!([ids[0], "user_8", "role_1", ids[1]]);
    let input =
        json!({ "command": { "plain": "RESET_PASSWORD" }, "userIds": named, "idempotencyKey": "all" });
    assert_eq!(codes(&bulk(admin, input.clone()).await), ["", "OWN_ACCOUNT", "NOT_FOUND", ""]);
    post.pass().await;
    let again = bulk(admin, input).await;
    assert_eq!((&again["outcomes"][0]["repeated"], codes(&again)[3]), (&json!(true), ""));
    post.pass().await;
    let taken = post.server.taken();
    assert_eq!(taken.len(), 2);
    let told = |n: usize| {
        let message: &str = &taken[n].message;
        message.lines().find_map(|line| line.strip_prefix("Password:")).unwrap().trim().to_owned()
    };
    assert_ne!(told(0), told(1));
    let opened = post.rollbook.sign_in("bob", &told(1)).await;
    assert_eq!(
        opened.data("{ me { mustChangePassword } }", json!({})).await["me"]["mustChangePassword"],
        true
    );
}

#[tokio::test]
async fn aut_07_whom_mail_does_not_reach_keeps_the_password_in_bulk() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let input = json!({ "command": { "plain": "RESET_PASSWORD" }, "userIds": [ann] });
    assert_eq!(codes(&bulk(&rollbook.admin, input.clone()).await), ["MAIL_DOES_NOT_REACH"]);
    let auditor = member(&rollbook, "AUDITOR", "olga").await;
    assert_eq!(codes(&bulk(&auditor, input).await), ["FORBIDDEN"]);
    rollbook.sign_in("ann", "password of ann").await;
}

#[tokio::test]
async fn sta_10_who_is_disabled_in_bulk_may_be_told_the_team_to_stay_in() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    for (name, team) in [("East", "team_1"), ("West", "team_2")] {
        admin.accept("createTeam", json!({ "name": name }), "").await;
        let command = json!({ "addTeamMember": { "teamId": team } });
        bulk(admin, json!({ "command": command, "userIds": ids })).await;
    }
    let plain = json!({ "command": { "plain": "DISABLE_USER" }, "userIds": ids });
    assert_eq!(codes(&bulk(admin, plain).await), ["TEAMS_LEFT", "TEAMS_LEFT"]);
    let kept = json!({ "command": { "disableUser": { "keepTeam": "team_2" } }, "userIds": ids });
    assert_eq!(codes(&bulk(admin, kept).await), ["", ""]);
    let teams = user(admin, &ids[1], "active teams { name }").await;
    assert_eq!(teams, json!({ "active": false, "teams": [{ "name": "West" }] }));
}

#[tokio::test]
async fn people_are_held_in_bulk_and_let_go() {
    let rollbook = Rollbook::start().await;
    let officer = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    let ask = |plain: &str| json!({ "command": { "plain": plain }, "userIds": ids, "reason": "case 7" });
    assert_eq!(codes(&bulk(&officer, ask("PLACE_LEGAL_HOLD")).await), ["", ""]);
    assert_eq!(codes(&bulk(&rollbook.admin, ask("DELETE_USER")).await), ["LEGAL_HOLD", "LEGAL_HOLD"]);
    assert_eq!(codes(&bulk(&officer, ask("LIFT_LEGAL_HOLD")).await), ["", ""]);
    assert_eq!(codes(&bulk(&rollbook.admin, ask("DELETE_USER")).await), ["", ""]);
}
