//! One command over many users, with an outcome for each.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{head, member, own_seats, password, role, user};
use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

pub(super) async fn bulk(client: &Client, input: Value) -> Value {
    let document = "mutation($input: BulkInput!) { bulk(input: $input) { accepted refused \
                    errors { code path } outcomes { userId position repeated errors { code path } } } }";
    client.data(document, json!({ "input": input })).await["bulk"].clone()
}

/// The first code of each outcome; empty where it was accepted.
pub(super) fn codes(payload: &Value) -> Vec<&str> {
    let outcomes = payload["outcomes"].as_array().unwrap();
    outcomes.iter().map(|outcome| outcome["errors"][0]["code"].as_str().unwrap_or_default()).collect()
}

pub(super) async fn create_all(rollbook: &Rollbook, names: impl Iterator<Item = String>) -> Vec<String> {
    let names: Vec<String> = names.collect();
    let mut ids = Vec::new();
    for names in names.chunks(100) {
        ids.extend(join_all(names.iter().map(|name| rollbook.admin.create("AGENT", name))).await);
    }
    ids
}

#[tokio::test]
async fn del_12_several_are_deleted_together_and_the_blocked_ones_stay() {
    let rollbook = Rollbook::start().await;
    let (ann, bob) =
        (rollbook.admin.create("AGENT", "ann").await, rollbook.admin.create("CLIENT", "bob").await);
    let named = json!([ann, "user_3", "user_8", "user_99", "role_1", bob]);
    let input = json!({ "command": { "plain": "DELETE_USER" }, "userIds": named, "reason": "T-7" });
    let payload = bulk(&rollbook.admin, input).await;
    assert_eq!(codes(&payload), ["", "RESERVED_USER", "OWN_ACCOUNT", "NOT_FOUND", "NOT_FOUND", ""]);
    assert_eq!((&payload["accepted"], &payload["refused"]), (&json!(2), &json!(4)));
    assert_eq!(payload["outcomes"][3]["errors"][0]["path"], json!(["input", "userIds"]));
    for (id, deleted) in [(&ann, true), (&bob, true), (&"user_8".to_owned(), false)] {
        assert_eq!(user(&rollbook.admin, id, "deleted").await["deleted"], deleted);
    }
    let fields = "type correlationId context { reason }";
    let (of_ann, of_bob) = (
        super::history(&rollbook.admin, &ann, fields).await,
        super::history(&rollbook.admin, &bob, fields).await,
    );
    assert_eq!(of_ann.last().unwrap(), of_bob.last().unwrap());
    assert_eq!(of_ann.last().unwrap()["context"]["reason"], "T-7");
}

#[tokio::test]
async fn each_command_has_its_bulk_form_and_its_opposite() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_WRITE", 9).await;
    own_seats(&rollbook.admin, "READ_ONLY", 9).await;
    let sales = role(&rollbook.admin, "Sales", "AGENT", &["LISTS"]).await;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    let fields = "active locked license accessProfile deleted roles { name }";
    for (command, field, value) in [
        (json!({ "plain": "DISABLE_USER" }), "active", json!(false)),
        (json!({ "plain": "ENABLE_USER" }), "active", json!(true)),
        (json!({ "plain": "LOCK_ACCOUNT" }), "locked", json!(true)),
        (json!({ "plain": "UNLOCK_ACCOUNT" }), "locked", json!(false)),
        (json!({ "grantLicense": { "type": "READ_WRITE" } }), "license", json!("READ_WRITE")),
        (json!({ "plain": "REVOKE_LICENSE" }), "license", Value::Null),
        (json!({ "assignRole": { "roleId": sales, "license": "READ_ONLY" } }), "license", json!("READ_ONLY")),
        (json!({ "unassignRole": { "roleId": sales } }), "roles", json!([])),
        (json!({ "assignAccessProfile": { "accessProfile": "AUDITOR" } }), "accessProfile", json!("AUDITOR")),
        (
            json!({ "assignAccessProfile": { "accessProfile": "STANDARD" } }),
            "accessProfile",
            json!("STANDARD"),
        ),
        (json!({ "plain": "DELETE_USER" }), "deleted", json!(true)),
    ] {
        let payload = bulk(&rollbook.admin, json!({ "command": command, "userIds": ids })).await;
        assert_eq!(codes(&payload), ["", ""], "{command}");
        for id in &ids {
            assert_eq!(user(&rollbook.admin, id, fields).await[field], value, "{command}");
        }
    }
}

#[tokio::test]
async fn people_are_moved_about_in_bulk_and_back() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    for name in ["World", "East"] {
        admin.accept("createTeam", json!({ "name": name }), "").await;
    }
    admin.accept("createBusinessUnit", json!({ "name": "Sales" }), "").await;
    let fields = "teams { name } businessUnits { name } reportsTo { id } maxChats";
    let both = json!([{ "name": "World" }, { "name": "East" }]);
    for (command, field, value) in [
        (json!({ "addTeamMember": { "teamId": "team_1" } }), "teams", json!([{ "name": "World" }])),
        (json!({ "addTeamMember": { "teamId": "team_2" } }), "teams", both),
        (json!({ "removeTeamMember": { "teamId": "team_1" } }), "teams", json!([{ "name": "East" }])),
        (
            json!({ "addToBusinessUnit": { "businessUnitId": "unit_1" } }),
            "businessUnits",
            json!([{ "name": "Sales" }]),
        ),
        (json!({ "removeFromBusinessUnit": { "businessUnitId": "unit_1" } }), "businessUnits", json!([])),
        (json!({ "changeReportingLine": { "reportsTo": "user_8" } }), "reportsTo", json!({ "id": "user_8" })),
        (json!({ "changeReportingLine": {} }), "reportsTo", Value::Null),
        (json!({ "changeChatLimit": { "maxChats": 0 } }), "maxChats", json!(0)),
        (json!({ "changeChatLimit": {} }), "maxChats", Value::Null),
    ] {
        let payload = bulk(admin, json!({ "command": command, "userIds": ids })).await;
        assert_eq!(codes(&payload), ["", ""], "{command}");
        for id in &ids {
            assert_eq!(user(admin, id, fields).await[field], value, "{command}");
        }
    }
}

#[tokio::test]
async fn ses_06_sessions_end_in_bulk_and_aut_05_changes_are_forced_in_bulk() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for (command, mine) in [("FORCE_PASSWORD_CHANGE", true), ("CANCEL_PASSWORD_CHANGE", false)] {
        let input = json!({ "command": { "plain": command }, "userIds": [ann] });
        assert_eq!(codes(&bulk(&rollbook.admin, input).await), [""]);
        let found = user(&rollbook.admin, &ann, "mustChangePassword").await;
        assert_eq!(found["mustChangePassword"], mine, "{command}");
    }
    rollbook.sign_in("ann", "password of ann").await;
    let input = json!({ "command": { "plain": "END_SESSIONS" }, "userIds": [ann] });
    assert_eq!(codes(&bulk(&rollbook.admin, input).await), [""]);
    assert_eq!(user(&rollbook.admin, &ann, "sessions { id }").await["sessions"], json!([]));
}

#[tokio::test]
async fn a_repeated_bulk_gives_the_same_receipts() {
    let rollbook = Rollbook::start().await;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    for key in ["leavers", "01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
        let command = if key == "leavers" { "DISABLE_USER" } else { "LOCK_ACCOUNT" };
        let input = json!({ "command": { "plain": command }, "userIds": ids, "idempotencyKey": key });
        let first = bulk(&rollbook.admin, input.clone()).await;
        let before = head(&rollbook.admin).await;
        let again = bulk(&rollbook.admin, input).await;
        assert_eq!(head(&rollbook.admin).await, before);
        for (first, again) in
            first["outcomes"].as_array().unwrap().iter().zip(again["outcomes"].as_array().unwrap())
        {
            assert_eq!((&first["repeated"], &again["repeated"]), (&json!(false), &json!(true)));
            assert_eq!((&first["userId"], &first["position"]), (&again["userId"], &again["position"]));
        }
    }
    let other = json!({ "command": { "plain": "ENABLE_USER" }, "userIds": ids, "idempotencyKey": "leavers" });
    assert_eq!(codes(&bulk(&rollbook.admin, other).await), ["IDEMPOTENCY_CONFLICT", "IDEMPOTENCY_CONFLICT"]);
}

#[tokio::test]
async fn who_is_named_twice_is_changed_once() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let before = head(&rollbook.admin).await;
    let input = json!({ "command": { "plain": "LOCK_ACCOUNT" }, "userIds": [ann, ann] });
    let payload = bulk(&rollbook.admin, input).await;
    assert_eq!(payload["outcomes"][0]["position"], payload["outcomes"][1]["position"]);
    assert_eq!(payload["outcomes"][1]["repeated"], true);
    assert_eq!(head(&rollbook.admin).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_users_are_changed_in_one_request_and_seats_are_never_oversold() {
    let rollbook = Rollbook::start().await;
    own_seats(&rollbook.admin, "READ_ONLY", 300).await;
    let ids = create_all(&rollbook, (0..500).map(|number| format!("agent{number}"))).await;
    let input = json!({ "command": { "grantLicense": { "type": "READ_ONLY" } }, "userIds": ids });
    let payload = bulk(&rollbook.admin, input).await;
    assert_eq!((&payload["accepted"], &payload["refused"]), (&json!(300), &json!(200)));
    let used = rollbook.admin.data("{ licenses { used } }", json!({})).await["licenses"][1]["used"].clone();
    assert_eq!(used, 300);
    let input = json!({ "command": { "plain": "DELETE_USER" }, "userIds": ids });
    assert_eq!(bulk(&rollbook.admin, input).await["accepted"], 500);
}

#[tokio::test]
async fn too_many_users_and_none_are_refused_as_a_whole() {
    let rollbook = Rollbook::start().await;
    let ids: Vec<String> = (0..501).map(|number| format!("user_{}", number + 8)).collect();
    let before = head(&rollbook.admin).await;
    for (ids, code) in [(json!(ids), "TOO_MANY"), (json!([]), "REQUIRED")] {
        let payload =
            bulk(&rollbook.admin, json!({ "command": { "plain": "LOCK_ACCOUNT" }, "userIds": ids })).await;
        assert_eq!(payload["errors"], json!([{ "code": code, "path": ["input", "userIds"] }]));
        assert_eq!(payload["outcomes"], json!([]));
    }
    let input = json!({ "command": { "unassignRole": { "roleId": "user_8" } }, "userIds": ["user_8"] });
    let payload = bulk(&rollbook.admin, input).await;
    assert_eq!(payload["errors"], json!([{ "code": "NOT_FOUND", "path": ["input", "roleId"] }]));
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn a_bulk_gives_no_right_that_the_single_command_does_not() {
    let rollbook = Rollbook::start().await;
    let ids = create_all(&rollbook, ["ann", "bob"].into_iter().map(str::to_owned)).await;
    let manager = member(&rollbook, "USER_MANAGER", "mia").await;
    let input = json!({ "command": { "plain": "LOCK_ACCOUNT" }, "userIds": [ids[0], "user_8", ids[1]] });
    assert_eq!(codes(&bulk(&manager, input).await), ["", "FORBIDDEN", ""]);
    let delete = json!({ "command": { "plain": "DELETE_USER" }, "userIds": ids });
    assert_eq!(codes(&bulk(&manager, delete.clone()).await), ["FORBIDDEN", "FORBIDDEN"]);
    let nobody = bulk(&rollbook.anonymous(), delete).await;
    assert_eq!((&nobody["errors"][0]["code"], &nobody["outcomes"]), (&json!("UNAUTHENTICATED"), &json!([])));
    let denied = super::history(&rollbook.admin, &ids[0], "type").await;
    assert_eq!(denied.last().unwrap()["type"], "ATTEMPT_DENIED");
}

#[tokio::test]
async fn sta_18_a_bulk_leaves_an_administrator() {
    let rollbook = Rollbook::start().await;
    let second = member(&rollbook, "ADMINISTRATOR", "second").await;
    let id = second.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    let input = json!({ "command": { "plain": "DISABLE_USER" }, "userIds": ["user_8", id] });
    assert_eq!(codes(&bulk(&second, input).await), ["", "OWN_ACCOUNT"]);
    rollbook.sign_in("second", &password("second")).await;
}

#[tokio::test]
async fn a_bulk_larger_than_the_queue_is_not_told_busy() {
    let folder = std::sync::Arc::new(tempfile::TempDir::new().unwrap());
    let mut options = options(&folder);
    options.queue_commands_max = 4;
    let rollbook = Rollbook::start_with(folder, options).await;
    let mut ids = Vec::new();
    for number in 0..20 {
        ids.push(rollbook.admin.create("AGENT", &format!("agent{number}")).await);
    }
    let input = json!({ "command": { "plain": "LOCK_ACCOUNT" }, "userIds": ids });
    assert_eq!(bulk(&rollbook.admin, input).await["accepted"], 20);
}
