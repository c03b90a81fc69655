//! Golden logs: whole directories as they were written once. Each must open, verify and replay to the
//! same views for ever.
//!
//! `tests/golden/directory-N/` is a data directory, keys included, of made-up people. A new one is
//! written with `ROLLBOOK_TEST_NEW_LOCKS=1` under the next number when the stored form grows; an old one
//! is never touched. A view that folds something new changes the digests: then, and only then,
//! `digests.json` beside it is written anew with `UPDATE_EXPECT=1`, and the change log says so.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rollbook::directory::DirectoryOptions;
use rollbook::directory::digests::rebuild_offline;
use rollbook::directory::offline::{OfflineDirectory, OfflineFault};
use rollbook_schema::Position;
use rollbook_schema::event::EventType;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::golden_log_evidence::another_key_signs;
use crate::golden_log_passwords::{rollbook_that_mails, secrets_come_and_go};
use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

const NEWEST: u32 = 5;
/// Events that take a clock or a mail server to happen: locked by `schema/golden`, and in no directory yet.
const NOT_YET: [&str; 7] = [
    "account.lock_expired",
    "mail.failed",
    "mail.sent",
    "retention.applied",
    "retention_run.ended",
    "retention_run.started",
    "sign_in_context.shredded",
];
/// A PNG of one pixel.
const ONE_PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn golden(number: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/directory-{number}"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, target).unwrap();
        }
    }
}

/// A golden directory in a folder that may be written to.
fn copied(number: u32) -> (TempDir, DirectoryOptions) {
    let folder = TempDir::new().unwrap();
    let options = options(&folder);
    copy(&golden(number).join("data"), &options.data);
    (folder, options)
}

#[test]
fn every_golden_log_replays_to_the_views_it_had() {
    for number in 1..=NEWEST {
        let (_folder, options) = copied(number);
        let rebuilt = rebuild_offline(&options).unwrap();
        let digests = serde_json::to_string_pretty(&rebuilt.rebuilt).unwrap() + "\n";
        expect_test::expect_file![golden(number).join("digests.json")].assert_eq(&digests);
    }
}

#[test]
fn every_golden_log_verifies() {
    for number in 1..=NEWEST {
        let (_folder, options) = copied(number);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_rollbook"))
            .args(["audit", "verify", "--data"])
            .arg(&options.data)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn the_golden_logs_hold_every_event_there_is() {
    let mut seen = BTreeSet::new();
    for number in 1..=NEWEST {
        let (_folder, options) = copied(number);
        let directory = OfflineDirectory::open(options).unwrap();
        let read = directory.records::<OfflineFault>(Position::START, |record| {
            seen.insert(record.header.event_type.clone());
            Ok(ControlFlow::Continue(()))
        });
        read.unwrap();
        directory.close().unwrap();
    }
    let all = EventType::ALL.iter().map(|known| known.name().to_owned());
    let all: BTreeSet<String> = all.filter(|name| !NOT_YET.contains(&name.as_str())).collect();
    assert_eq!(seen, all, "write the next golden directory");
}

/// Writes the newest golden directory if it is not there: a life in which everything happens once.
#[tokio::test(flavor = "multi_thread")]
async fn the_newest_golden_log_is_there() {
    let target = golden(NEWEST);
    if !target.exists() && std::env::var_os("ROLLBOOK_TEST_NEW_LOCKS").is_some() {
        let folder = a_life_in_which_everything_happens().await;
        copy(&folder.path().join("data"), &target.join("data"));
    }
    assert!(target.join("data/log/db").exists());
}

async fn a_life_in_which_everything_happens() -> std::sync::Arc<TempDir> {
    let rollbook = rollbook_that_mails().await;
    let admin = &rollbook.admin;
    admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 1 }), "").await;
    let role = json!({ "name": "Support", "kind": "AGENT", "surfaces": ["LISTS", "REPORTS"] });
    admin.accept("defineRole", role, "").await;
    admin.accept("defineRole", json!({ "name": "Gone", "kind": "CLIENT", "surfaces": [] }), "").await;
    admin.accept("deleteRole", json!({ "roleId": "role_2" }), "").await;
    let ada = admin.create("AGENT", "ada.byron").await;
    let of_ada = |extra: serde_json::Value| {
        let mut input = extra;
        input["userId"] = json!(ada);
        input
    };
    admin.accept("assignRole", of_ada(json!({ "roleId": "role_1" })), "").await;
    let automated = json!({ "kind": "AGENT", "email": "late@example.org", "fullName": "Too Late", "automation": "nightly",
        "password": "k7q-2w", "roles": ["role_1"] });
    assert_eq!(admin.refuse("createUser", automated).await, ["NO_LICENCE_AVAILABLE"]);
    admin.accept("unassignRole", of_ada(json!({ "roleId": "role_1" })), "").await;
    admin.accept("grantLicense", of_ada(json!({ "type": "READ_WRITE" })), "").await;
    admin.accept("revokeLicense", of_ada(json!({})), "").await;
    admin
        .accept("changeProfile", of_ada(json!({ "email": "king@example.org", "title": "Countess" })), "")
        .await;
    rollbook.try_sign_in("ada.byron", "not her password").await;
    let herself = rollbook.sign_in("ada.byron", "password of ada.byron").await;
    assert_eq!(herself.refuse("deleteUser", json!({ "userId": "user_8" })).await, ["FORBIDDEN"]);
    herself.accept("signOut", json!({}), "").await;
    admin.accept("lockAccount", of_ada(json!({ "reason": "lost laptop" })), "").await;
    admin.accept("unlockAccount", of_ada(json!({})), "").await;
    admin.accept("disableUser", of_ada(json!({})), "").await;
    admin.accept("enableUser", of_ada(json!({})), "").await;
    admin.accept("setPassword", of_ada(json!({ "password": "another one" })), "").await;
    let officer = admin.create("AGENT", "officer").await;
    admin
        .accept(
            "assignAccessProfile",
            json!({ "userId": officer, "accessProfile": "COMPLIANCE_OFFICER" }),
            "",
        )
        .await;
    let officer = rollbook.sign_in("officer", "password of officer").await;
    admin.accept("deleteUser", of_ada(json!({})), "").await;
    let request = of_ada(json!({ "username": "ada.byron", "email": "king@example.org" }));
    officer.accept("maskPii", request, "").await;
    admin.create("CLIENT", "still-here").await;
    settings_and_sessions(&rollbook).await;
    profile_and_work(admin).await;
    teams_and_proxies(&rollbook).await;
    secrets_come_and_go(&rollbook).await;
    crate::golden_log_attributes::attributes(&rollbook).await;
    crate::golden_log_applications::applications(&rollbook).await;
    another_key_signs(&rollbook).await;
    crate::golden_log_support::support(&rollbook).await;
    crate::golden_log_masking::masking(&rollbook).await;
    crate::golden_log_access_requests::access_requests(&rollbook).await;
    crate::golden_log_references::references(&rollbook).await;
    crate::golden_log_reading::reading(&rollbook).await;
    crate::golden_log_retention::retention(&rollbook).await;
    crate::golden_log_user_rules::user_rules(&rollbook).await;
    crate::golden_log_saved_views::saved_views(&rollbook).await;
    crate::golden_log_mail_wordings::mail_wordings(&rollbook).await;
    crate::golden_log_retention::sign_in_retention(&rollbook).await;
    rollbook.stop().await
}

async fn settings_and_sessions(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    admin.accept("changeSettings", json!({ "sessionMinutes": 600 }), "").await;
    let eve = admin.create("AGENT", "eve").await;
    let of_eve = json!({ "userId": eve });
    for mutation in ["forcePasswordChange", "cancelPasswordChange", "resetPassword"] {
        admin.accept(mutation, of_eve.clone(), "").await;
    }
    let frank = admin.create("AGENT", "frank").await;
    let himself = rollbook.sign_in("frank", "password of frank").await;
    let sessions = himself.data("{ me { sessions { id } } }", json!({})).await;
    admin.accept("endSession", json!({ "sessionId": sessions["me"]["sessions"][0]["id"] }), "").await;
    rollbook.sign_in("frank", "password of frank").await;
    admin.accept("endSessions", json!({ "userId": frank }), "").await;
}

async fn profile_and_work(admin: &Client) {
    let gina = admin.create("AGENT", "gina").await;
    let accept = async |mutation: &str, more: Value| {
        let mut input = more;
        input["userId"] = json!(gina);
        admin.accept(mutation, input, "").await;
    };
    accept("changePreferences", json!({ "dateOrder": "YMD", "timeZone": "Europe/Berlin" })).await;
    accept("changeReportingLine", json!({ "reportsTo": "user_8" })).await;
    accept("changeChatLimit", json!({ "maxChats": 3 })).await;
    accept("setAvatar", json!({ "image": ONE_PIXEL })).await;
    accept("removeAvatar", json!({})).await;
    admin.accept("changeDefaultChatLimit", json!({ "maxChats": 7 }), "").await;
    admin.accept("defineDashboard", json!({ "name": "Today" }), "").await;
    admin.accept("setRoleDashboard", json!({ "roleId": "role_1", "dashboardId": "dashboard_1" }), "").await;
    admin.accept("deleteDashboard", json!({ "dashboardId": "dashboard_1" }), "").await;
}

async fn teams_and_proxies(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let hugo = admin.create("AGENT", "hugo").await;
    admin.accept("createTeam", json!({ "name": "World" }), "").await;
    admin.accept("createTeam", json!({ "name": "East" }), "").await;
    admin.accept("renameTeam", json!({ "teamId": "team_1", "name": "Globe" }), "").await;
    admin.accept("moveTeam", json!({ "teamId": "team_2", "parentId": "team_1" }), "").await;
    for team in ["team_1", "team_2"] {
        admin.accept("addTeamMember", json!({ "userId": hugo, "teamId": team }), "").await;
    }
    admin.accept("removeTeamMember", json!({ "userId": hugo, "teamId": "team_2" }), "").await;
    admin.accept("deleteTeam", json!({ "teamId": "team_2" }), "").await;
    for name in ["Sales", "Gone"] {
        admin.accept("createBusinessUnit", json!({ "name": name }), "").await;
    }
    admin.accept("renameBusinessUnit", json!({ "businessUnitId": "unit_1", "name": "Selling" }), "").await;
    admin.accept("addToBusinessUnit", json!({ "userId": hugo, "businessUnitId": "unit_1" }), "").await;
    admin.accept("removeFromBusinessUnit", json!({ "userId": hugo, "businessUnitId": "unit_1" }), "").await;
    admin.accept("deleteBusinessUnit", json!({ "businessUnitId": "unit_2" }), "").await;
    let grant = json!({ "userId": "user_8", "scope": "SELECTED", "users": [hugo] });
    admin.accept("changeProxyGrant", grant, "").await;
    let start = json!({ "userId": hugo, "acknowledged": true, "reason": "showing how" });
    let payload = admin.accept("startProxy", start, "token").await;
    let as_hugo = rollbook.anonymous().bearer(payload["token"].as_str().unwrap());
    as_hugo.accept("endProxy", json!({}), "").await;
    let welcome =
        json!({ "kind": "CLIENT", "email": "ida@example.org", "fullName": "Ida", "sendWelcomeEmail": true });
    admin.accept("createUser", welcome, "").await;
}
