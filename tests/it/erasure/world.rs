//! A directory in which a seed says what happens next.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::http::Method;
use http_body_util::Full;
use rollbook::access::Caller;
use rollbook::bench::Seeded;
use rollbook::directory::DirectoryOptions;
use rollbook::directory::erasing::{ErasurePoint, Interruptions};
use rollbook::evidence::checkpoint::Checkpoint;
use rollbook::evidence::note::Note;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::officer;
use super::people::{Forgotten, Person, word};
use super::stopped::StopAt;
use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

pub struct World {
    /// Absent only while it is restarted.
    rollbook: Option<Rollbook>,
    folder: Arc<TempDir>,
    stop: Arc<StopAt>,
    backup: Option<TempDir>,
    checkpoints: Vec<String>,
    pub olga: Client,
    pub otto: Client,
    pub people: Vec<Person>,
    pub random: Seeded,
}

fn with_stop(folder: &TempDir, stop: &Arc<StopAt>) -> DirectoryOptions {
    let mut options = options(folder);
    options.interruptions = Arc::clone(stop) as Arc<dyn Interruptions>;
    options
}

impl World {
    pub async fn begin(seed: u64) -> World {
        let folder = Arc::new(TempDir::new().unwrap());
        let stop = Arc::new(StopAt::default());
        let rollbook = Rollbook::start_with(Arc::clone(&folder), with_stop(&folder, &stop)).await;
        let attribute = json!({ "key": "shoes", "label": "Shoes", "type": "TEXT", "personal": true });
        rollbook.admin.accept("defineAttribute", attribute, "").await;
        let (olga, otto) = (officer(&rollbook, "olga").await, officer(&rollbook, "otto").await);
        let random = Seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1));
        let (backup, people, checkpoints) = (None, Vec::new(), Vec::new());
        World { rollbook: Some(rollbook), folder, stop, backup, checkpoints, olga, otto, people, random }
    }

    pub fn rollbook(&self) -> &Rollbook {
        self.rollbook.as_ref().unwrap()
    }

    pub fn forgotten_words(&self) -> Vec<String> {
        self.people.iter().flat_map(Person::forgotten_words).collect()
    }

    /// Anybody of whom this holds.
    pub fn pick(&mut self, is_wanted: impl Fn(&Person) -> bool) -> Option<usize> {
        let wanted: Vec<usize> = (0..self.people.len()).filter(|at| is_wanted(&self.people[*at])).collect();
        (!wanted.is_empty()).then(|| wanted[self.random.below(wanted.len())])
    }

    pub async fn somebody_comes(&mut self) {
        let (mut person, input) = Person::new(&mut self.random);
        let payload = self.rollbook().admin.accept("createUser", input, "user { id }").await;
        person.id = payload["user"]["id"].as_str().unwrap().to_owned();
        self.people.push(person);
    }

    pub async fn somebody_changes(&mut self) {
        let Some(index) = self.pick(|person| !person.deleted && person.forgotten == Forgotten::Not) else {
            return;
        };
        let (name, domain, title) = (word(&mut self.random), word(&mut self.random), word(&mut self.random));
        let email = format!("{name}@{domain}.example");
        let id = self.people[index].id.clone();
        let input =
            json!({ "userId": id, "username": name, "email": email, "title": title, "lastName": title });
        self.rollbook().admin.accept("changeProfile", input, "").await;
        let person = &mut self.people[index];
        person.login.extend([name.clone(), email.clone(), domain]);
        person.rest.push(title);
        (person.username, person.email) = (name, email);
    }

    /// Signs in, says something of themselves in a reason, from a program of their own, shows a picture, and goes.
    pub async fn somebody_acts(&mut self) {
        let is_able = |person: &Person| !person.deleted && person.forgotten == Forgotten::Not;
        let Some(index) = self.pick(is_able) else { return };
        let (reason, program, values) =
            (word(&mut self.random), word(&mut self.random), word(&mut self.random));
        let (email, password, id) = {
            let person = &self.people[index];
            (person.email.clone(), person.password.clone(), person.id.clone())
        };
        let payload = self.rollbook().try_sign_in(&email, &password).await;
        // Locked, or disabled.
        let Some(token) = payload["token"].as_str() else { return };
        let himself = self.rollbook().anonymous().bearer(token);
        super::show(&himself, &id).await;
        let own = json!({ "userId": id, "firstName": values, "reason": reason });
        let document = json!({
            "query": "mutation($input: ChangeProfileInput!) { changeProfile(input: $input) { position } }",
            "variables": { "input": own },
        });
        let request =
            himself.request(Method::POST, "/graphql").header("user-agent", format!("Mine/{program}"));
        let request = request.header("content-type", "application/json");
        himself.send(request.body(Full::from(document.to_string())).unwrap()).await;
        himself.accept("signOut", json!({}), "").await;
        self.people[index].rest.extend([reason, program, values]);
    }

    pub async fn somebody_is_locked(&mut self) {
        let Some(index) = self.pick(|person| !person.deleted) else { return };
        let (id, reason) = (self.people[index].id.clone(), word(&mut self.random));
        self.rollbook().admin.accept("lockAccount", json!({ "userId": id, "reason": reason }), "").await;
    }

    pub async fn somebody_leaves(&mut self) {
        if let Some(index) = self.pick(|person| !person.deleted) {
            self.delete(index).await;
        }
    }

    async fn delete(&mut self, index: usize) {
        if !self.people[index].deleted {
            let id = self.people[index].id.clone();
            self.rollbook().admin.accept("deleteUser", json!({ "userId": id }), "").await;
            self.people[index].deleted = true;
        }
    }

    pub async fn checkpoint(&mut self) {
        let signed = self.rollbook().directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
        self.checkpoints.push(signed.note.to_string());
    }

    /// Every checkpoint that was ever signed is one of the log as it is now.
    pub fn checkpoints_hold(&self) {
        let evidence = self.rollbook().directory.evidence().clone();
        for text in &self.checkpoints {
            let note: Note = text.parse().unwrap();
            let said: Checkpoint = note.text.parse().unwrap();
            assert!(evidence.keys().iter().any(|key| note.is_signed_by(key)));
            assert_eq!(evidence.tree().root_at(said.size).unwrap(), said.root, "over {} records", said.size);
        }
    }

    pub async fn mask(&mut self, index: usize) {
        self.delete(index).await;
        let person = &self.people[index];
        let input = json!({ "userId": person.id, "username": person.username, "email": person.email, "reason": "T-7" });
        self.olga.accept("maskPii", input, "").await;
        self.people[index].forgotten = Forgotten::Masked;
    }

    /// Deletes whoever it is, and asks for them to be erased.
    pub async fn request_erasure(&mut self, index: usize) -> Value {
        self.delete(index).await;
        let person = &self.people[index];
        let mut input =
            json!({ "userId": person.id, "mode": "ERASURE", "legalBasis": "OBJECTION", "ticket": "T-1" });
        if person.forgotten == Forgotten::Not {
            (input["username"], input["email"]) = (json!(person.username), json!(person.email));
        }
        let payload = self.olga.accept("requestMasking", input, "request { id }").await;
        payload["request"]["id"].clone()
    }

    pub async fn approve(&mut self, index: usize, request: &Value) {
        self.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
        self.people[index].forgotten = Forgotten::Erased;
    }

    /// The approval stops at a point, and so does the directory; then it is started again.
    pub async fn stop_at(&mut self, point: ErasurePoint, index: usize, request: &Value) {
        self.stop.arm(Some(point));
        let document =
            "mutation($input: ApproveMaskingInput!) { approveMasking(input: $input) { position } }";
        self.otto.graphql_with(document, json!({ "input": { "requestId": request } })).await;
        self.rollbook.take().unwrap().stop_stopped().await;
        self.stop.arm(None);
        self.people[index].forgotten = Forgotten::Erased;
        self.start().await;
    }

    pub async fn restart(&mut self) {
        self.rollbook.take().unwrap().stop().await;
        self.start().await;
    }

    /// Keeps the keyring as it is now.
    pub fn backup(&mut self) {
        let backup = TempDir::new().unwrap();
        copy(&self.folder.path().join("data").join("keyring"), backup.path());
        self.backup = Some(backup);
    }

    /// `false` where no keys were kept.
    pub async fn restart_with_old_keys(&mut self) -> bool {
        let Some(backup) = self.backup.take() else { return false };
        self.rollbook.take().unwrap().stop().await;
        let keyring = self.folder.path().join("data").join("keyring");
        fs::remove_dir_all(&keyring).unwrap();
        fs::create_dir(&keyring).unwrap();
        copy(backup.path(), &keyring);
        self.start().await;
        true
    }

    async fn start(&mut self) {
        let options = with_stop(&self.folder, &self.stop);
        let rollbook = Rollbook::start_with(Arc::clone(&self.folder), options).await;
        self.olga = rollbook.sign_in("olga", "password of olga").await;
        self.otto = rollbook.sign_in("otto", "password of otto").await;
        self.rollbook = Some(rollbook);
    }

    pub async fn stop(mut self) -> Arc<TempDir> {
        self.rollbook.take().unwrap().stop().await
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
