//! Who asks, and what is asked about.

use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// A PNG of one pixel.
const ONE_PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// Somebody who asks.
pub struct Actor {
    pub name: &'static str,
    pub client: Client,
    opening: Opening,
}

/// How a session of an actor begins.
enum Opening {
    SignIn,
    Proxy {
        user: String,
    },
    /// There is none, or it has ended and no other can be had.
    Never,
}

/// The people, the targets, and what stands still.
pub struct World {
    pub rollbook: Rollbook,
    pub actors: Vec<Actor>,
    moon: String,
    held: String,
    made: usize,
}

impl World {
    pub async fn start() -> World {
        let rollbook = Rollbook::start().await;
        let admin = &rollbook.admin;
        for kind in ["READ_WRITE", "READ_ONLY"] {
            admin.accept("sizeLicensePool", json!({ "type": kind, "owned": 9000 }), "").await;
        }
        let moon = made(admin, "createTeam", json!({ "name": "Moon" }), "team").await;
        let east = made(admin, "createTeam", json!({ "name": "East" }), "team").await;
        let role = json!({ "name": "Support", "kind": "AGENT", "surfaces": [] });
        let held = made(admin, "defineRole", role, "role").await;
        let mut world = World { rollbook, actors: Vec::new(), moon, held, made: 0 };
        world.cast(&east).await;
        world
    }

    async fn cast(&mut self, east: &str) {
        let bound = json!({ "team": east });
        self.add("anonymous", None).await;
        self.add("client", Some(json!({ "kind": "CLIENT" }))).await;
        self.add("agent", Some(json!({}))).await;
        let read_only = json!({ "accessProfile": "ADMINISTRATOR", "license": "READ_ONLY" });
        self.add("read-only", Some(read_only)).await;
        for (name, profile) in [
            ("manager", "USER_MANAGER"),
            ("bound-man", "USER_MANAGER"),
            ("auditor", "AUDITOR"),
            ("officer", "COMPLIANCE_OFFICER"),
            ("admin", "ADMINISTRATOR"),
            ("bound-adm", "ADMINISTRATOR"),
            ("disabled", "ADMINISTRATOR"),
            ("deleted", "ADMINISTRATOR"),
            ("must-chng", "ADMINISTRATOR"),
        ] {
            let mut input = if name.starts_with("bound") { bound.clone() } else { json!({}) };
            input["accessProfile"] = json!(profile);
            self.add(name, Some(input)).await;
        }
        for (mutation, name) in [("disableUser", "disabled"), ("deleteUser", "deleted")] {
            let actor = self.actors.iter_mut().find(|actor| actor.name == name).unwrap();
            let id = own_id(&actor.client).await;
            actor.opening = Opening::Never;
            self.rollbook.admin.accept(mutation, json!({ "userId": id }), "").await;
        }
        let restricted = self.actors.iter().find(|actor| actor.name == "must-chng").unwrap();
        let id = own_id(&restricted.client).await;
        self.rollbook.admin.accept("forcePasswordChange", json!({ "userId": id }), "").await;
        self.open_again("must-chng").await;
        let user = self.person("proxied", json!({ "accessProfile": "USER_MANAGER" })).await;
        let opening = Opening::Proxy { user };
        self.actors.push(Actor { name: "proxy", client: self.rollbook.anonymous(), opening });
        self.open_again("proxy").await;
    }

    async fn add(&mut self, name: &'static str, input: Option<Value>) {
        let (client, opening) = match input {
            None => (self.rollbook.anonymous(), Opening::Never),
            Some(input) => {
                self.person(&login(name), input).await;
                (self.sign_in(&login(name)).await, Opening::SignIn)
            }
        };
        self.actors.push(Actor { name, client, opening });
    }

    async fn sign_in(&self, name: &str) -> Client {
        self.rollbook.sign_in(name, &format!("password of {name}")).await
    }

    async fn person(&self, name: &str, mut input: Value) -> String {
        if input["kind"].is_null() {
            input["kind"] = json!("AGENT");
        }
        input["username"] = json!(name);
        input["email"] = json!(format!("{name}@example.org"));
        input["fullName"] = json!(name);
        input["password"] = json!(format!("password of {name}"));
        made(&self.rollbook.admin, "createUser", input, "user").await
    }

    /// Opens another session for an actor, after one was used up.
    pub async fn open_again(&mut self, name: &str) {
        let at = self.actors.iter().position(|actor| actor.name == name).unwrap();
        let client = match &self.actors[at].opening {
            Opening::Never => return,
            Opening::SignIn => self.sign_in(&login(name)).await,
            Opening::Proxy { user } => {
                let input = json!({ "userId": user, "acknowledged": true });
                let payload = self.rollbook.admin.accept("startProxy", input, "token").await;
                self.rollbook.anonymous().bearer(payload["token"].as_str().unwrap())
            }
        };
        self.actors[at].client = client;
    }

    /// Words for one attempt, each for what the texts mention.
    pub async fn words_for(&mut self, texts: &str) -> Vec<(&'static str, String)> {
        self.made += 1;
        let new = format!("new{}", self.made);
        let name = format!("target-{}", self.made);
        let admin = self.rollbook.admin.clone();
        let mut words = vec![
            ("$moon", self.moon.clone()),
            ("$held", self.held.clone()),
            ("$image", ONE_PIXEL.to_owned()),
            ("$new", new.clone()),
            ("$name", name.clone()),
        ];
        if ["$user", "$name", "$session"].iter().any(|word| texts.contains(word)) {
            let user = self.person(&name, json!({ "team": self.moon, "roles": [self.held] })).await;
            words.push(("$user", user));
        }
        if texts.contains("$session") {
            let theirs = self.sign_in(&name).await;
            let found = theirs.data("{ me { sessions { id } } }", json!({})).await;
            words.push(("$session", found["me"]["sessions"][0]["id"].as_str().unwrap().to_owned()));
        }
        let named = json!({ "name": new });
        for (word, mutation, field) in [
            ("$team", "createTeam", "team"),
            ("$unit", "createBusinessUnit", "businessUnit"),
            ("$dashboard", "defineDashboard", "dashboard"),
        ] {
            if texts.contains(word) {
                words.push((word, made(&admin, mutation, named.clone(), field).await));
            }
        }
        if texts.contains("$attribute") {
            let attribute =
                json!({ "key": new, "label": new, "type": "CHOICE", "personal": false, "choices": ["One"] });
            words.push(("$attribute", made(&admin, "defineAttribute", attribute, "attribute").await));
        }
        if texts.contains("$role") {
            let role = json!({ "name": new, "kind": "AGENT", "surfaces": [] });
            words.push(("$role", made(&admin, "defineRole", role, "role").await));
        }
        if texts.contains("$guest") {
            let role = json!({ "name": new, "kind": "CLIENT", "surfaces": [] });
            words.push(("$guest", made(&admin, "defineRole", role, "role").await));
        }
        if texts.contains("$rule") {
            let update = json!([{ "change": "LEAVE_TEAMS" }]);
            let condition = json!([{ "accessProfile": "DELETED_USER" }]);
            let rule = json!({ "trigger": "PRE_DELETE", "name": new, "condition": condition, "action": { "updateRecord": update } });
            words.push(("$rule", made(&admin, "defineUserRule", rule, "rule").await));
        }
        if texts.contains("$view") {
            let view = json!({ "kind": "AGENT", "audience": "COMPANY", "name": new, "terms": [] });
            words.push(("$view", made(&admin, "saveView", view, "view").await));
        }
        if texts.contains("$application") {
            let offers = json!({ "name": new, "roleIds": [self.held] });
            let application = made(&admin, "defineApplication", offers, "application").await;
            words.push(("$application", application));
        }
        words
    }
}

/// The username of an actor.
fn login(name: &str) -> String {
    format!("actor-{name}")
}

async fn own_id(client: &Client) -> String {
    client.data("{ me { id } }", json!({})).await["me"]["id"].as_str().unwrap().to_owned()
}

async fn made(admin: &Client, mutation: &str, input: Value, field: &str) -> String {
    let payload = admin.accept(mutation, input, &format!("{field} {{ id }}")).await;
    payload[field]["id"].as_str().unwrap().to_owned()
}
