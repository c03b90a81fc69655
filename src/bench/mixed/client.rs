//! One client: makes people of its own, changes them, and holds every answer against what it knows.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};

use super::super::connection::Connection;
use super::super::fault::BenchFault;
use super::super::population::{Person, Seeded};
use super::super::served::body;
use super::super::server::PASSWORD;
use super::expected::{Expected, Standing};
use super::step::Step;
use super::tally::{Ended, Tally};

const USER: &str = "query($id: ID!) { user(by: { id: $id }) \
    { id username email title active locked deleted masked license roles { id name } } }";
const CREATE: &str = "mutation($input: CreateUserInput!) { outcome: createUser(input: $input) \
    { position user { id } errors { code } } }";
const CHANGE: &str = "mutation($input: ChangeProfileInput!) { outcome: changeProfile(input: $input) \
    { position errors { code } } }";
const LOCK: &str = "mutation($input: LockAccountInput!) { outcome: lockAccount(input: $input) \
    { position errors { code } } }";
const UNLOCK: &str = "mutation($input: UnlockAccountInput!) { outcome: unlockAccount(input: $input) \
    { position errors { code } } }";
const DELETE: &str = "mutation($input: DeleteUserInput!) { outcome: deleteUser(input: $input) \
    { position errors { code } } }";
const MASK: &str = "mutation($input: MaskPiiInput!) { outcome: maskPii(input: $input) \
    { position errors { code } } }";
const LIST: &str = "{ users(filter: { kind: AGENT, active: true }, orderBy: { field: DISPLAY_NAME }, first: 50) \
    { totalCount pageInfo { endCursor } nodes { id displayName email active license } } }";
const SEARCH: &str = "query($text: String!) { users(filter: { text: $text }, first: 50) \
    { totalCount nodes { id label active } } }";
const HISTORY: &str = "query($id: ID!) { history(filter: { user: $id }, first: 10) \
    { totalCount nodes { position at summary changes { field } } } }";

/// As whom something is asked: by their places among the tokens.
#[derive(Clone, Copy)]
enum As {
    Administrator,
    /// Masking is the duty of another.
    Officer,
}

/// A client with its people.
pub(super) struct Client {
    connection: Connection,
    tokens: Arc<[String; 2]>,
    own: Vec<Expected>,
    tally: Arc<Mutex<Tally>>,
    begun: Instant,
    /// Which part of the run it is.
    part: usize,
}

impl Client {
    pub async fn connect(
        address: SocketAddr,
        tokens: Arc<[String; 2]>,
        tally: Arc<Mutex<Tally>>,
        begun: Instant,
    ) -> Result<Self, BenchFault> {
        let administrator = Some(tokens[As::Administrator as usize].clone());
        let connection = Connection::open(address, administrator).await?;
        Ok(Client { connection, tokens, own: Vec::new(), tally, begun, part: 0 })
    }

    /// Takes the step of a number, in a part of the run. Whoever is created has the next of the strangers' numbers.
    pub async fn step(&mut self, number: u64, strangers: &AtomicU64, part: usize) -> Result<(), BenchFault> {
        self.part = part;
        let mut seeded = Seeded(number);
        let step = Step::drawn(seeded.draw());
        if self.own.is_empty() || step == Step::Create {
            return self.create(strangers.fetch_add(1, Ordering::Relaxed)).await;
        }
        let at = seeded.below(self.own.len());
        match (step, self.own[at].standing) {
            (Step::List, _) => self.list().await,
            (Step::Search, _) => self.search(at).await,
            (Step::History, _) => self.history(at).await,
            (Step::Mask, Standing::Deleted) => self.mask(at).await,
            (Step::Change, Standing::There) => self.change(at, number).await,
            (Step::Lock, Standing::There) => self.lock(at).await,
            // Masked are those who were deleted, so both delete.
            (Step::Delete | Step::Mask, Standing::There) => self.delete(at).await,
            _ => self.read_back(at).await,
        }
    }

    async fn create(&mut self, stranger: u64) -> Result<(), BenchFault> {
        let person = Person::numbered(stranger);
        let input = json!({
            "kind": "AGENT",
            "email": person.email,
            "username": person.username,
            "fullName": person.full_name,
            "password": PASSWORD,
        });
        let Some(outcome) = self.mutate(Step::Create, As::Administrator, CREATE, input).await? else {
            return Ok(());
        };
        let Some(id) = outcome["user"]["id"].as_str() else {
            self.note(Step::Create, Ended::Wrong);
            return Ok(());
        };
        self.own.push(Expected {
            id: id.to_owned(),
            username: person.username,
            email: person.email,
            title: None,
            locked: false,
            standing: Standing::There,
            position: outcome["position"].as_u64().unwrap_or(0),
        });
        self.read_back(self.own.len() - 1).await
    }

    async fn change(&mut self, at: usize, number: u64) -> Result<(), BenchFault> {
        let title = format!("Title {number}");
        let input = json!({ "userId": self.own[at].id, "title": title });
        let outcome = self.mutate(Step::Change, As::Administrator, CHANGE, input).await?;
        self.left(at, outcome, |own| own.title = Some(title)).await
    }

    async fn lock(&mut self, at: usize) -> Result<(), BenchFault> {
        let locked = !self.own[at].locked;
        let document = if locked { LOCK } else { UNLOCK };
        let input = json!({ "userId": self.own[at].id });
        let outcome = self.mutate(Step::Lock, As::Administrator, document, input).await?;
        self.left(at, outcome, |own| own.locked = locked).await
    }

    async fn delete(&mut self, at: usize) -> Result<(), BenchFault> {
        let input = json!({ "userId": self.own[at].id, "reason": "measured" });
        let outcome = self.mutate(Step::Delete, As::Administrator, DELETE, input).await?;
        self.left(at, outcome, |own| own.standing = Standing::Deleted).await
    }

    async fn mask(&mut self, at: usize) -> Result<(), BenchFault> {
        let Expected { id, username, email, .. } = &self.own[at];
        let input = json!({ "userId": id, "username": username, "email": email, "reason": "measured" });
        let outcome = self.mutate(Step::Mask, As::Officer, MASK, input).await?;
        self.left(at, outcome, |own| own.standing = Standing::Masked).await
    }

    /// What a change left: noted, and read back.
    async fn left(
        &mut self,
        at: usize,
        outcome: Option<Value>,
        change: impl FnOnce(&mut Expected),
    ) -> Result<(), BenchFault> {
        let Some(outcome) = outcome else { return Ok(()) };
        change(&mut self.own[at]);
        self.own[at].position = outcome["position"].as_u64().unwrap_or(u64::MAX);
        self.read_back(at).await
    }

    async fn read_back(&mut self, at: usize) -> Result<(), BenchFault> {
        let variables = json!({ "id": self.own[at].id });
        let data = self.ask(Step::ReadBack, As::Administrator, USER, variables).await?;
        self.hold(Step::ReadBack, data, |data| self.own[at].is(&data["user"]));
        Ok(())
    }

    async fn list(&mut self) -> Result<(), BenchFault> {
        let data = self.ask(Step::List, As::Administrator, LIST, Value::Null).await?;
        let living = self.own.iter().filter(|own| own.standing == Standing::There).count() as u64;
        self.hold(Step::List, data, |data| {
            let nodes = data["users"]["nodes"].as_array();
            let all_active = nodes.is_some_and(|nodes| nodes.iter().all(|user| user["active"] == true));
            all_active && data["users"]["totalCount"].as_u64().is_some_and(|all| all >= living)
        });
        Ok(())
    }

    async fn search(&mut self, at: usize) -> Result<(), BenchFault> {
        let variables = json!({ "text": self.own[at].username });
        let data = self.ask(Step::Search, As::Administrator, SEARCH, variables).await?;
        self.hold(Step::Search, data, |data| self.own[at].is_found_in(&data["users"]));
        Ok(())
    }

    async fn history(&mut self, at: usize) -> Result<(), BenchFault> {
        let variables = json!({ "id": self.own[at].id });
        let data = self.ask(Step::History, As::Administrator, HISTORY, variables).await?;
        self.hold(Step::History, data, |data| self.own[at].is_latest_in(&data["history"]));
        Ok(())
    }

    /// Asks for a change; `None` where it was refused or failed, which is counted.
    async fn mutate(
        &mut self,
        step: Step,
        by: As,
        document: &str,
        input: Value,
    ) -> Result<Option<Value>, BenchFault> {
        let data = self.ask(step, by, document, json!({ "input": input })).await?;
        let Some(mut data) = data else { return Ok(None) };
        let outcome = data["outcome"].take();
        match outcome["errors"].as_array().map(Vec::as_slice) {
            Some([]) => Ok(Some(outcome)),
            errors => {
                let code = errors.and_then(|errors| errors.first()).and_then(|error| error["code"].as_str());
                self.note(step, Ended::Refused(code.unwrap_or("without a code").to_owned()));
                Ok(None)
            }
        }
    }

    /// Asks, and notes how long it took; `None` for a fault, which is counted.
    async fn ask(
        &mut self,
        step: Step,
        by: As,
        document: &str,
        variables: Value,
    ) -> Result<Option<Value>, BenchFault> {
        // One connection for both: one that is seldom used is closed by the server, perhaps while it is asked.
        self.connection.bear(&self.tokens[by as usize]);
        let asked = Instant::now();
        let (status, answer) = self.connection.post(body(document, &variables)).await?;
        let (took, given_at) = (asked.elapsed(), self.begun.elapsed());
        let answer: Option<Value> = serde_json::from_slice(&answer).ok();
        let answer = answer.filter(|answer| status.is_success() && answer.get("errors").is_none());
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.answered(step, self.part, took, given_at);
        if answer.is_none() {
            tally.note(step, Ended::Failed(status.as_u16()));
        }
        Ok(answer.map(|mut answer| answer["data"].take()))
    }

    /// Counts an answer that is not what was left.
    fn hold(&self, step: Step, data: Option<Value>, is_right: impl FnOnce(&Value) -> bool) {
        if data.is_some_and(|data| !is_right(&data)) {
            self.note(step, Ended::Stale);
        }
    }

    fn note(&self, step: Step, ended: Ended) {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).note(step, ended);
    }
}
