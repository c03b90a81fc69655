//! As of any moment: over random histories, a moment is what a replay up to it gives, with what was
//! forgotten since; and one user alone is as in the whole.

use std::cell::Cell;
use std::sync::Arc;

use rollbook::bench::Seeded;
use rollbook::directory::{Directory, MOMENTS_KEPT_MAX, Moment, Moments};
use rollbook_projections::access_review::{AccessReview, Right};
use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::{Position, UserId};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

const HISTORIES: u64 = 2;
const COMMANDS: u64 = 160;
const PEOPLE: u64 = 8;
const STEP: usize = 7;
/// Short enough that folds begin at checkpoints.
const STRIDE: u64 = 32;

/// Somebody does something; often it is refused, which is as good.
async fn something(admin: &Client, officer: &Client, mut seeded: Seeded) {
    let mut below = |number: u64| seeded.draw() % number;
    let user = json!(format!("user_{}", 10 + below(PEOPLE + 1)));
    let (role, team) = (format!("role_{}", 1 + below(3)), format!("team_{}", 1 + below(3)));
    let number = below(1000);
    let of_user = |mut extra: Value| {
        extra["userId"] = user.clone();
        extra
    };
    let (mutation, input) = match below(20) {
        0 => ("changeProfile", of_user(json!({ "title": format!("Title {number}") }))),
        1 => ("changeProfile", of_user(json!({ "username": format!("name{number}") }))),
        2 | 3 => ("assignRole", of_user(json!({ "roleId": role }))),
        4 => ("unassignRole", of_user(json!({ "roleId": role }))),
        5 | 6 => ("addTeamMember", of_user(json!({ "teamId": team }))),
        7 => ("removeTeamMember", of_user(json!({ "teamId": team }))),
        8 => ("renameTeam", json!({ "teamId": team, "name": format!("Team {number}") })),
        9 => ("disableUser", of_user(json!({}))),
        10 => ("enableUser", of_user(json!({}))),
        11 => ("lockAccount", of_user(json!({}))),
        12 => ("unlockAccount", of_user(json!({}))),
        13 => ("grantLicense", of_user(json!({ "type": "READ_WRITE" }))),
        14 => ("revokeLicense", of_user(json!({}))),
        15 => ("changeReportingLine", of_user(json!({ "reportsTo": "user_12" }))),
        16 => ("changeProxyGrant", of_user(json!({ "scope": "SELECTED", "teams": [team] }))),
        17 => ("changePreferences", of_user(json!({ "timeFormat": "H12" }))),
        18 => ("deleteUser", of_user(json!({}))),
        _ => return mask(officer, &user).await,
    };
    admin.mutate(mutation, input, "").await;
}

async fn mask(officer: &Client, user: &Value) {
    let document = "query($id: ID!) { user(by: { id: $id }) { username email } }";
    let known = officer.data(document, json!({ "id": user })).await["user"].clone();
    if known["username"].is_string() && known["email"].is_string() {
        let input = json!({ "userId": user, "username": known["username"], "email": known["email"] });
        officer.mutate("maskPii", input, "").await;
    }
}

async fn a_random_history(seed: u64) -> Rollbook {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.checkpoint_stride = STRIDE;
    let rollbook = Rollbook::start_with(folder, options).await;
    let admin = &rollbook.admin;
    admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 5 }), "").await;
    for number in 1..=3 {
        let role = json!({ "name": format!("Role {number}"), "kind": "AGENT", "surfaces": ["LISTS"] });
        admin.accept("defineRole", role, "").await;
        admin.accept("createTeam", json!({ "name": format!("Team {number}") }), "").await;
    }
    let officer = json!({ "kind": "AGENT", "username": "officer", "email": "officer@example.org",
        "fullName": "Officer", "password": "password of officer", "accessProfile": "COMPLIANCE_OFFICER" });
    admin.accept("createUser", officer, "").await;
    let officer = rollbook.sign_in("officer", "password of officer").await;
    for number in 0..PEOPLE {
        admin.create("AGENT", &format!("person{number}")).await;
    }
    for number in 0..COMMANDS {
        something(admin, &officer, Seeded(seed * 1_000_003 + number)).await;
    }
    rollbook
}

/// The views as a replay up to a position gives them, read event by event.
fn replayed(directory: &Directory, until: Position) -> Views {
    let mut views = Views::default();
    for position in 1..=until.0 {
        views.fold(&directory.recorded(Position(position)).unwrap().unwrap());
    }
    views
}

/// A user with all that is shown of them; the login and its mask as of `login`.
fn picture(views: &Views, row: &UserRow, login: &UserRow) -> String {
    let team = |team| views.teams.get(team).map(|row| (row.parent, row.deleted, row.name.clone()));
    let standing = (row.kind, row.active, row.locked, row.deleted, row.email_verified, row.access_profile);
    let logins = (login.masked, login.username().map(str::to_owned), login.email().map(str::to_owned));
    let times = (row.created_at, row.created_by, row.last_sign_in, row.last_sign_out, row.version);
    let groups: Vec<_> = views.teams.of(row.id).iter().map(|id| (*id, team(*id))).collect();
    let person: Vec<_> = row.person_fields().map(|(field, text)| (field, text.to_owned())).collect();
    let roles: Vec<_> =
        row.roles().iter().map(|id| views.roles.get(*id).map(|row| row.name.clone())).collect();
    let sessions = (views.sessions.last_end(row.id), views.sessions.is_pending(row.id));
    let others = (views.reporting.above(row.id), views.proxy_grants.of(row.id));
    format!(
        "{standing:?} {logins:?} {times:?} {:?} {:?} {groups:?} {person:?} {roles:?} {sessions:?} {others:?} {:?}",
        row.changed_at,
        row.license,
        views.preferences.of(row.id),
    )
}

/// The rights of a user in a review are those that the views show.
fn reviewed(review: &AccessReview, views: &Views, row: &UserRow) {
    let (mut roles, mut teams, mut license) = (Vec::new(), Vec::new(), None);
    for holding in review.of(row.id) {
        assert_eq!(holding.active, row.active);
        match holding.right {
            Right::Role(role) => roles.push(role),
            Right::Team(team) => teams.push(team),
            Right::License(held) => license = Some(held),
            Right::AccessProfile(profile) => assert_eq!(profile, row.access_profile),
            Right::Proxy(grant) => assert_eq!(*grant, views.proxy_grants.of(row.id)),
        }
    }
    assert_eq!((roles.as_slice(), teams.as_slice()), (row.roles(), views.teams.of(row.id)));
    assert_eq!(license.filter(|_| row.active), row.license);
}

/// Digests of all views but the list, which knows who is masked today.
fn digests(views: &Views) -> Vec<(&'static str, [u8; 32])> {
    views.digests().into_iter().filter(|(view, _)| *view != "users").collect()
}

fn holds_at(directory: &Directory, position: Position) {
    let moment = directory.moment(position).unwrap();
    let expected = replayed(directory, position);
    assert_eq!(digests(&moment.views), digests(&expected), "at {position}");
    assert_eq!(moment.views.users.known(), expected.users.known(), "at {position}");
    for row in expected.users.iter() {
        let today = directory.views();
        let login = today.users.get(row.id).filter(|row| row.masked).unwrap_or(row);
        let expected = picture(&expected, row, login);
        let in_whole = moment.views.users.get(row.id).unwrap();
        assert_eq!(picture(&moment.views, in_whole, in_whole), expected, "user {} at {position}", row.id);
        drop(today);
        reviewed(&moment.rights, &moment.views, in_whole);
        let alone = directory.moment_of(row.id, position).unwrap().views;
        let row = alone.users.get(row.id).unwrap();
        assert_eq!(picture(&alone, row, row), expected, "user {} alone at {position}", row.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_is_what_a_replay_up_to_it_gives_and_the_last_one_is_today() {
    for seed in 0..HISTORIES {
        let rollbook = a_random_history(seed).await;
        let directory = rollbook.directory.clone();
        let head = directory.reached();
        let today = directory.views().digests();
        assert!(directory.views().users.iter().any(|row| row.masked), "a history in which nobody is masked");
        let checked = tokio::task::spawn_blocking(move || {
            let positions: Vec<u64> = (0..=head.0).step_by(STEP).collect();
            // Upwards, laying checkpoints; and downwards, from them.
            for position in positions.iter().chain(positions.iter().rev()) {
                holds_at(&directory, Position(*position));
            }
            assert!(directory.checkpoints() > 1, "folds that begin at checkpoints");
            directory.moment(head).unwrap()
        });
        assert_eq!(checked.await.unwrap().views.digests(), today);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_in_a_moment_before_they_came() {
    let rollbook = Rollbook::start().await;
    let before = rollbook.directory.reached();
    rollbook.admin.create("AGENT", "ann").await;
    let directory = rollbook.directory.clone();
    let ann = UserId(9);
    let alone = tokio::task::spawn_blocking(move || directory.moment_of(ann, before).unwrap()).await.unwrap();
    assert!(alone.views.users.get(ann).is_none());
}

fn moment(position: u64) -> Moment {
    Moment { position: Position(position), views: Views::default(), rights: AccessReview::new(|_| false) }
}

#[test]
fn a_moment_is_folded_once_while_it_is_kept() {
    let (moments, folds) = (Moments::default(), Cell::new(0));
    let ask = |position: u64| {
        let fold = || {
            folds.set(folds.get() + 1);
            Ok(moment(position))
        };
        moments.get(Position(position), fold).unwrap();
    };
    (0..MOMENTS_KEPT_MAX as u64).chain(0..MOMENTS_KEPT_MAX as u64).for_each(ask);
    assert_eq!(folds.get(), MOMENTS_KEPT_MAX);
    // One more takes the place of the one that was asked for longest ago.
    [99, 1, 0].into_iter().for_each(ask);
    assert_eq!(folds.get(), MOMENTS_KEPT_MAX + 2);
}

#[test]
fn what_was_folded_while_somebody_was_forgotten_is_folded_again() {
    let (moments, folds) = (Moments::default(), Cell::new(0));
    let fold = || {
        if folds.replace(folds.get() + 1) == 0 {
            moments.forget();
        }
        Ok(moment(1))
    };
    moments.get(Position(1), fold).unwrap();
    assert_eq!(folds.get(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_05_no_checkpoint_outlives_an_erasure() {
    let rollbook = a_random_history(7).await;
    let (directory, head) = (rollbook.directory.clone(), rollbook.directory.reached());
    let folded = tokio::task::spawn_blocking(move || drop(directory.moment(head).unwrap()));
    folded.await.unwrap();
    assert!(rollbook.directory.checkpoints() > 0, "the history is long enough to leave some");
    let officer = rollbook.sign_in("officer", "password of officer").await;
    rollbook.admin.create("AGENT", "somebody").await;
    let id = rollbook.directory.views().users.by_username("somebody").unwrap().0;
    let input =
        json!({ "userId": format!("user_{id}"), "username": "somebody", "email": "somebody@example.org" });
    rollbook.admin.accept("disableUser", json!({ "userId": format!("user_{id}") }), "").await;
    officer.accept("maskPii", input, "").await;
    assert_eq!(rollbook.directory.checkpoints(), 0);
}
