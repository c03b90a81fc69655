//! Clients at once over GraphQL, who know nothing but what they are answered: seen from outside, no token
//! outlives its user, the counts are those of the list, and an acknowledged change is visible.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rollbook::bench::Seeded;
use serde_json::{Value, json};

use super::rules::Audit;
use super::{cycles, with_seeds};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const CLIENTS: u64 = 8;
const NAMES: [&str; 6] = ["ann", "ANN", "bob", "Cid", "dora", "emil"];
const PASSWORD: &str = "a password of many";

#[test]
fn clients_at_once_over_http_find_and_leave_every_invariant() {
    with_seeds(0..1, |seed| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.unwrap().block_on(run(seed, cycles()));
    });
}

/// Tokens by whom they were given for, each until an answer says that its session is over.
type Tokens = Arc<Mutex<BTreeMap<String, Vec<String>>>>;

async fn run(seed: u64, asks: u64) {
    let rollbook = Arc::new(Rollbook::start().await);
    let admin = &rollbook.admin;
    admin.accept("sizeLicensePool", json!({ "type": "READ_WRITE", "owned": 2 }), "").await;
    let role = json!({ "name": "Support", "kind": "AGENT", "surfaces": ["LISTS"] });
    admin.accept("defineRole", role, "").await;
    let tokens = Tokens::default();
    let walks = (0..CLIENTS).map(|number| {
        let (rollbook, tokens) = (Arc::clone(&rollbook), Arc::clone(&tokens));
        let seed = Seeded(seed).draw() ^ Seeded(number).draw();
        tokio::spawn(async move {
            for ask in 0..asks {
                step(&rollbook, &tokens, &mut Seeded(seed.wrapping_add(ask))).await;
            }
        })
    });
    for walk in walks.collect::<Vec<_>>() {
        walk.await.unwrap();
    }
    counts_are_those_of_the_list(admin).await;
    let mut audit = Audit::default();
    while audit.ledger.position < rollbook.directory.reached() {
        let page = rollbook.directory.events_after(audit.ledger.position).unwrap();
        page.iter().for_each(|recorded| audit.take(recorded));
    }
}

async fn step(rollbook: &Rollbook, tokens: &Tokens, seeded: &mut Seeded) {
    let name = NAMES[seeded.below(NAMES.len())];
    let admin = &rollbook.admin;
    let Some(id) = by_login(admin, name).await else { return create(admin, name, seeded).await };
    let user = json!({ "userId": id });
    match seeded.below(12) {
        0..=2 => {
            // Whoever was not told of the session yet cannot have ended it.
            let payload = rollbook.try_sign_in(name, PASSWORD).await;
            if let Some(token) = payload["token"].as_str() {
                tokens.lock().unwrap().entry(id).or_default().push(token.to_owned());
            }
        }
        3 => ended(rollbook, tokens, &id, "disableUser", user).await,
        4 => ended(rollbook, tokens, &id, "deleteUser", user).await,
        5 => ended(rollbook, tokens, &id, "lockAccount", user).await,
        6 => ended(rollbook, tokens, &id, "endSessions", user).await,
        7 => told(admin, "enableUser", user).await,
        8 => told(admin, "unlockAccount", user).await,
        9 => told(admin, "assignRole", json!({ "userId": id, "roleId": "role_1" })).await,
        10 => told(admin, "grantLicense", json!({ "userId": id, "type": "READ_WRITE" })).await,
        _ => {
            let email = format!("{}@example.org", NAMES[seeded.below(NAMES.len())]);
            told(admin, "changeProfile", json!({ "userId": id, "email": email })).await;
        }
    }
}

async fn create(admin: &Client, name: &str, seeded: &mut Seeded) {
    let roles = if seeded.below(2) == 0 { vec!["role_1"] } else { Vec::new() };
    let email = format!("{name}@example.org");
    let input = json!({ "kind": "AGENT", "username": name, "email": email, "fullName": name,
        "password": PASSWORD, "roles": roles });
    let payload = admin.mutate("createUser", input, "").await;
    if payload["errors"] == json!([]) {
        is_visible(admin, &payload["position"]).await;
    }
}

/// A change that ends sessions: from its answer on, no token opens anything that was given out before.
async fn ended(rollbook: &Rollbook, tokens: &Tokens, id: &str, mutation: &str, input: Value) {
    let before = tokens.lock().unwrap().get(id).cloned().unwrap_or_default();
    let payload = rollbook.admin.mutate(mutation, input, "").await;
    if payload["errors"] != json!([]) {
        return;
    }
    for token in &before {
        let answer = rollbook.anonymous().bearer(token).graphql("{ me { id } }").await;
        assert_eq!(answer.status, 401, "{mutation} was answered, and a session lives on");
    }
    if let Some(held) = tokens.lock().unwrap().get_mut(id) {
        held.retain(|token| !before.contains(token));
    }
}

async fn told(admin: &Client, mutation: &str, input: Value) {
    let payload = admin.mutate(mutation, input, "").await;
    if payload["errors"] == json!([]) {
        is_visible(admin, &payload["position"]).await;
    }
}

/// Read your own write: the views are at least where the receipt says.
async fn is_visible(admin: &Client, position: &Value) {
    let data = admin.data("{ views { position } }", json!({})).await;
    assert!(data["views"]["position"].as_u64() >= position.as_u64(), "an answer before it is visible");
}

async fn by_login(admin: &Client, name: &str) -> Option<String> {
    let document = "query($login: String!) { user(by: { username: $login }) { id } }";
    let data = admin.data(document, json!({ "login": name })).await;
    data["user"]["id"].as_str().map(str::to_owned)
}

/// LIC-01, ACC-04, ACC-12 and STA-18, as a frontend sees them.
async fn counts_are_those_of_the_list(admin: &Client) {
    let document = "{ seated: users(filter: { license: READ_WRITE }) { totalCount }
        licenses { type owned used } users(first: 100) { nodes { username email accessProfile active } } }";
    let data = admin.data(document, json!({})).await;
    assert_eq!(data["licenses"][0]["used"], data["seated"]["totalCount"]);
    assert!(data["licenses"][0]["used"].as_u64() <= data["licenses"][0]["owned"].as_u64());
    let nodes = data["users"]["nodes"].as_array().unwrap();
    let mut names: Vec<String> = nodes
        .iter()
        .flat_map(|user| [&user["username"], &user["email"]])
        .filter_map(|name| name.as_str().map(str::to_lowercase))
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "a name has one holder");
    assert!(nodes.iter().any(|user| user["accessProfile"] == "ADMINISTRATOR" && user["active"] == true));
}
