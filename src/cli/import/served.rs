//! Rows asked of a server: several at once, but never before a row that they compete with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::Shared;
use rollbook_schema::value::{RoleName, UserKind};
use rollbook_schema::{RejectionCode, RoleId, UserId};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, oneshot};

use super::columns::Field;
use super::flight::{Pending, ROWS_IN_FLIGHT_MAX};
use super::new_user::NewUser;
use super::outcome::Fate;
use super::row::RowError;
use super::stopped;
use crate::cli::remote::{Connection, RemoteFault, Server};
use crate::cli::{Exit, Failure};

/// Connections, each with one row: enough for the writer to gather a batch.
const CONNECTIONS_MAX: usize = 16;
/// Names that are remembered, before those of rows that landed are let go.
const AWAITED_MAX: usize = 8 * ROWS_IN_FLIGHT_MAX;

const ROLES: &str = "{ roles { id name } }";
const CREATE: &str = "mutation($input: CreateUserInput!) { createUser(input: $input) \
                      { user { id } repeated errors { code message path } } }";

/// A directory that a server serves.
pub(super) struct ServedDirectory {
    pool: Arc<Pool>,
    /// By the form in which names are compared.
    roles: HashMap<String, RoleId>,
    /// The last row that stands for a name or takes a seat: the file's order decides who wins.
    awaited: Mutex<HashMap<Claim, Landed>>,
}

/// What two rows can both want.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Claim {
    Email(String),
    Username(String),
    Seat,
}

/// Done when the row's fate is known, or never will be.
type Landed = Shared<oneshot::Receiver<()>>;

impl ServedDirectory {
    /// Asks for the roles, and thereby whether the token opens anything.
    pub(super) async fn find(server: Server) -> Result<ServedDirectory, Failure> {
        let answer = server.ask(ROLES, &json!({})).await?;
        if let Some(told) = answer.errors.first() {
            return Err(Failure::new(Exit::Refused, format!("{}: {}", told.code, told.message)));
        }
        let role = |role: &Value| {
            let name = RoleName::parse(role["name"].as_str()?).ok()?;
            Some((name.key(), RoleId(number(&role["id"], "role_")?)))
        };
        Ok(ServedDirectory {
            roles: answer.data["roles"].as_array().into_iter().flatten().filter_map(role).collect(),
            pool: Arc::new(Pool {
                server,
                places: Semaphore::new(CONNECTIONS_MAX),
                idle: Mutex::new(Vec::new()),
            }),
            awaited: Mutex::default(),
        })
    }

    pub(super) fn role(&self, name: &RoleName) -> Option<RoleId> {
        self.roles.get(&name.key()).copied()
    }

    /// Asks for a user, once all rows before it landed that want the same.
    pub(super) fn ask(&self, key: &str, user: &NewUser, roles: &[RoleId]) -> Pending {
        let (landing, landed) = oneshot::channel();
        let before = self.follow(user, &landed.shared());
        let variables = json!({ "input": input(key, user, roles) });
        let pool = Arc::clone(&self.pool);
        let row = tokio::spawn(async move {
            futures_util::future::join_all(before).await;
            let fate = pool.create(&variables).await;
            // Nobody may follow.
            let _ = landing.send(());
            fate
        });
        Box::pin(async move { row.await.map_err(stopped)? })
    }

    /// Whom the row has to follow; it is what the next ones follow.
    fn follow(&self, user: &NewUser, landed: &Landed) -> Vec<Landed> {
        let mut awaited = self.awaited.lock().unwrap_or_else(PoisonError::into_inner);
        if awaited.len() > AWAITED_MAX {
            awaited.retain(|_, landed| landed.peek().is_none());
        }
        let names = [Claim::Email(user.login.email.key()), Claim::Username(user.login.username.key())];
        let takes_seat = user.kind == UserKind::Agent && (user.license.is_some() || !user.roles.is_empty());
        let claims = names.into_iter().chain(takes_seat.then_some(Claim::Seat));
        claims.filter_map(|claim| awaited.insert(claim, landed.clone())).collect()
    }
}

/// Connections to one server.
struct Pool {
    server: Server,
    places: Semaphore,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    async fn create(&self, variables: &Value) -> Result<Fate, Failure> {
        let _place = self.places.acquire().await.map_err(stopped)?;
        let mut connection = self.connection().await.map_err(stopped)?;
        let answer = connection.ask(&self.server, CREATE, variables).await.map_err(stopped)?;
        self.idle().push(connection);
        match answer.errors.first() {
            Some(told) => Err(stopped(format!("the server said {}: {}", told.code, told.message))),
            None => fate(&answer.data["createUser"]),
        }
    }

    async fn connection(&self) -> Result<Connection, RemoteFault> {
        let idle = self.idle().pop().filter(|connection| !connection.is_closed());
        match idle {
            Some(connection) => Ok(connection),
            None => Connection::to(&self.server).await,
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The input of `createUser`, with the name of the request that an import of a directory gives it too.
fn input(key: &str, user: &NewUser, roles: &[RoleId]) -> Value {
    let NewUser { kind, login, person, license, roles: _ } = user;
    let roles: Vec<String> = roles.iter().map(|role| format!("role_{role}")).collect();
    let mut input = json!({
        "kind": kind, "email": login.email.as_str(), "username": login.username.as_str(),
        "roles": roles, "license": license, "idempotencyKey": key,
    });
    for (field, text) in &person.0 {
        input[field.name()] = json!(text.as_str());
    }
    input
}

fn fate(payload: &Value) -> Result<Fate, Failure> {
    let errors = payload["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !errors.is_empty() {
        return Ok(Fate::Refused(errors.iter().map(row_error).collect()));
    }
    let user = number(&payload["user"]["id"], "user_").map(UserId);
    let user = user.ok_or_else(|| stopped("the token may not see whom it creates"))?;
    Ok(if payload["repeated"] == true { Fate::Repeated(user) } else { Fate::Created(user) })
}

fn row_error(error: &Value) -> RowError {
    let (code, message) = (error["code"].as_str().unwrap_or_default(), error["message"].as_str());
    let known = RejectionCode::ALL.iter().map(|known| known.as_str()).find(|known| *known == code);
    let field = error["path"][1].as_str();
    let message = message.unwrap_or_default();
    RowError {
        code: known.unwrap_or(RejectionCode::Invalid.as_str()),
        field: Field::all().map(Field::name).find(|name| Some(*name) == field),
        // A newer server may know more codes.
        message: if known.is_some() { message.to_owned() } else { format!("{code}: {message}") },
    }
}

/// The number in an id that says its type.
fn number<N: std::str::FromStr>(id: &Value, prefix: &str) -> Option<N> {
    id.as_str()?.strip_prefix(prefix)?.parse().ok()
}
