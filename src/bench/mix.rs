//! What the clients of a load ask.

use rollbook_schema::UserId;
use serde::Serialize;
use serde_json::{Value, json};

use super::connection::Connection;
use super::fault::BenchFault;
use super::population::{Person, Seeded};

/// Users on one page, and on those that are walked to find where pages begin.
const PAGE_USERS: usize = 50;
const WALKED_PAGE_USERS: usize = 100;
/// Of ten requests of the mixed load.
const MIXED_CREATES: u64 = 1;
const MIXED_READS: u64 = 6;

const CREATE: &str = "mutation($input: CreateUserInput!) { createUser(input: $input) \
    { position user { id } errors { code } } }";
const READ: &str = "query($id: ID!) { user(by: { id: $id }) \
    { id kind displayName email active locked license roles { id name } } }";
const LIST: &str = "query($after: String, $first: Int) { users(filter: { kind: AGENT, active: true }, \
    orderBy: { field: DISPLAY_NAME }, first: $first, after: $after) { totalCount \
    pageInfo { hasNextPage endCursor } nodes { id displayName email active license } } }";

/// One kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// `createUser`, with a password: durable and visible when it is answered.
    Create,
    /// `user(by: {id})`, with roles and license.
    Read,
    /// `users`: 50 agents by name, with the exact count, from any place in the list.
    List,
}

impl Question {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Question::Create => "create",
            Question::Read => "read",
            Question::List => "list",
        }
    }
}

/// What is asked in which proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mix {
    /// Creations only.
    Create,
    /// Look-ups only.
    Read,
    /// Pages only.
    List,
    /// Of ten requests one creation, six look-ups, three pages.
    Mixed,
}

impl Mix {
    /// All, in the order of the help text.
    pub const ALL: [Mix; 4] = [Mix::Create, Mix::Read, Mix::List, Mix::Mixed];

    /// As it is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Mix::Create => "create",
            Mix::Read => "read",
            Mix::List => "list",
            Mix::Mixed => "mixed",
        }
    }

    /// What a drawn number asks.
    #[must_use]
    pub fn question(self, drawn: u64) -> Question {
        match self {
            Mix::Create => Question::Create,
            Mix::Read => Question::Read,
            Mix::List => Question::List,
            Mix::Mixed if drawn % 10 < MIXED_CREATES => Question::Create,
            Mix::Mixed if drawn % 10 < MIXED_CREATES + MIXED_READS => Question::Read,
            Mix::Mixed => Question::List,
        }
    }
}

/// What the clients know of the directory.
#[derive(Clone, Debug)]
pub struct World {
    mix: Mix,
    /// Ids of users.
    ids: Vec<String>,
    /// Where pages begin, spread evenly over the list; `null` is the first.
    cursors: Vec<Value>,
    /// Number of the first person who is not there yet.
    strangers_from: u64,
}

impl World {
    /// Learns where pages begin, by walking the list once.
    ///
    /// # Errors
    /// [`BenchFault`] when the server does not answer as it must.
    pub async fn learn(
        connection: &mut Connection,
        mix: Mix,
        users: &[UserId],
        strangers_from: u64,
    ) -> Result<Self, BenchFault> {
        let mut cursors = vec![Value::Null];
        loop {
            let variables = json!({ "after": cursors.last(), "first": WALKED_PAGE_USERS });
            let data = connection.ask("users", LIST, variables).await?;
            let page = &data["users"]["pageInfo"];
            if page["hasNextPage"] != true {
                break;
            }
            cursors.push(page["endCursor"].clone());
        }
        let ids = users.iter().map(|user| format!("user_{}", user.0)).collect();
        Ok(World { mix, ids, cursors, strangers_from })
    }

    /// The same, with other people to be created.
    #[must_use]
    pub fn with_strangers(&self, strangers_from: u64) -> Self {
        World { strangers_from, ..self.clone() }
    }

    /// The request of a number: which question, and the body that asks it.
    #[must_use]
    pub fn request(&self, number: u64) -> (Question, String) {
        let mut seeded = Seeded(number);
        let question = self.mix.question(seeded.draw());
        let (document, variables) = match question {
            Question::Create => (CREATE, self.creation(number)),
            Question::Read => (READ, json!({ "id": self.ids[seeded.below(self.ids.len())] })),
            Question::List => {
                let after = &self.cursors[seeded.below(self.cursors.len())];
                (LIST, json!({ "after": after, "first": PAGE_USERS }))
            }
        };
        (question, json!({ "query": document, "variables": variables }).to_string())
    }

    fn creation(&self, number: u64) -> Value {
        let person = Person::numbered(self.strangers_from + number);
        json!({ "input": {
            "kind": "AGENT",
            "email": person.email,
            "username": person.username,
            "fullName": person.full_name,
            "password": super::server::PASSWORD,
        } })
    }
}
