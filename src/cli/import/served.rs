//! Rows asked of a server: several at once, but never before a row that they compete with.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::Shared;
use rollbook_schema::value::{AttributeKey, BusinessUnitName, RoleName, TeamName, UserKind, UserSource};
use rollbook_schema::{BusinessUnitId, RejectionCode, RoleId, TeamId, UserId};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, oneshot};

use super::columns::Field;
use super::flight::{Pending, ROWS_IN_FLIGHT_MAX};
use super::new_user::{Named, NewUser, Superior};
use super::outcome::Fate;
use super::row::RowError;
use super::stopped;
use crate::cli::remote::{Connection, RemoteFault, Server};
use crate::cli::{Exit, Failure};

/// Connections, each with one row: enough for the writer to gather a batch.
const CONNECTIONS_MAX: usize = 16;
/// Names that are remembered, before those of rows that landed are let go.
const AWAITED_MAX: usize = 8 * ROWS_IN_FLIGHT_MAX;

/// Superiors that are remembered, before they are asked for anew.
const SUPERIORS_MAX: usize = 10_000;

const NAMES: &str = "{ roles { id name } teams { id name deleted } businessUnits { id name deleted } }";
const SUPERIOR: &str = "query($login: String!) { byUsername: user(by: { username: $login }) { id } \
                        byEmail: user(by: { email: $login }) { id } }";
/// The field of custom attributes in the API.
const ATTRIBUTES: &str = "attributes";
const CREATE: &str = "mutation($input: CreateUserInput!) { createUser(input: $input) \
                      { user { id } repeated errors { code message path } } }";

/// A directory that a server serves.
pub(super) struct ServedDirectory {
    pool: Arc<Pool>,
    /// By the form in which names are compared, as all that follow.
    roles: HashMap<String, RoleId>,
    teams: HashMap<String, TeamId>,
    units: HashMap<String, BusinessUnitId>,
    /// Those that rows named so far and that there are.
    superiors: Mutex<HashMap<String, UserId>>,
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
    /// Asks for what has names, and thereby whether the token opens anything.
    pub(super) async fn find(server: Server) -> Result<ServedDirectory, Failure> {
        let data = asked(&server, NAMES, &json!({})).await?;
        let role = |name: &str| RoleName::parse(name).ok().map(|name| name.key());
        let team = |name: &str| TeamName::parse(name).ok().map(|name| name.key());
        let unit = |name: &str| BusinessUnitName::parse(name).ok().map(|name| name.key());
        let roles = numbered(&data["roles"], "role_", role);
        let teams = numbered(&data["teams"], "team_", team);
        let units = numbered(&data["businessUnits"], "unit_", unit);
        Ok(ServedDirectory {
            roles: roles.map(|(name, id)| (name, RoleId(id))).collect(),
            teams: teams.map(|(name, id)| (name, TeamId(id))).collect(),
            units: units.map(|(name, id)| (name, BusinessUnitId(id))).collect(),
            superiors: Mutex::default(),
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

    pub(super) fn team(&self, name: &TeamName) -> Option<TeamId> {
        self.teams.get(&name.key()).copied()
    }

    pub(super) fn unit(&self, name: &BusinessUnitName) -> Option<BusinessUnitId> {
        self.units.get(&name.key()).copied()
    }

    /// Somebody whom [`ServedDirectory::finds`] found.
    pub(super) fn superior(&self, login: &str) -> Option<UserId> {
        self.superiors.lock().unwrap_or_else(PoisonError::into_inner).get(login).copied()
    }

    /// Asks for a superior, unless the answer is known.
    pub(super) async fn finds(&self, Superior(login): &Superior) -> Result<bool, Failure> {
        if self.superior(login).is_some() {
            return Ok(true);
        }
        let data = asked(&self.pool.server, SUPERIOR, &json!({ "login": login })).await?;
        let found = ["byUsername", "byEmail"].iter().find_map(|by| number(&data[*by]["id"], "user_"));
        let mut superiors = self.superiors.lock().unwrap_or_else(PoisonError::into_inner);
        if superiors.len() >= SUPERIORS_MAX {
            superiors.clear();
        }
        superiors.extend(found.map(|user| (login.clone(), UserId(user))));
        Ok(found.is_some())
    }

    /// Asks for a user, once all rows before it landed that want the same.
    pub(super) fn ask(&self, key: &str, user: &NewUser, named: &Named) -> Pending {
        let (landing, landed) = oneshot::channel();
        let before = self.follow(user, &landed.shared());
        let variables = json!({ "input": input(key, user, named) });
        let keys: Vec<AttributeKey> = user.more.attributes.iter().map(|entry| entry.key.clone()).collect();
        let pool = Arc::clone(&self.pool);
        let row = tokio::spawn(async move {
            futures_util::future::join_all(before).await;
            let fate = pool.create(&variables, &keys).await;
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
    async fn create(&self, variables: &Value, keys: &[AttributeKey]) -> Result<Fate, Failure> {
        let _place = self.places.acquire().await.map_err(stopped)?;
        let mut connection = self.connection().await.map_err(stopped)?;
        let answer = connection.ask(&self.server, CREATE, variables).await.map_err(stopped)?;
        self.idle().push(connection);
        match answer.errors.first() {
            Some(told) => Err(stopped(format!("the server said {}: {}", told.code, told.message))),
            None => fate(&answer.data["createUser"], keys),
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
fn input(key: &str, user: &NewUser, named: &Named) -> Value {
    let NewUser { kind, login, person, license, roles: _, more } = user;
    let ids = |prefix: &str, ids: &mut dyn Iterator<Item = u64>| -> Vec<String> {
        ids.map(|id| format!("{prefix}{id}")).collect()
    };
    let mut input = json!({
        "kind": kind, "email": login.email.as_str(), "username": login.username.as_str(),
        "roles": ids("role_", &mut named.roles.iter().map(|role| role.0)),
        "license": license, "idempotencyKey": key, "accessProfile": more.access_profile,
        "team": named.team.map(|team| format!("team_{team}")),
        "businessUnits": ids("unit_", &mut named.business_units.iter().map(|unit| unit.0)),
        "reportsTo": named.reports_to.map(|above| format!("user_{above}")),
        "maxChats": more.max_chats, "sendWelcomeEmail": more.welcome, "attributes": more.attributes,
    });
    if more.source != UserSource::Local {
        input["source"] = json!(more.source);
    }
    for (field, text) in &person.0 {
        input[field.name()] = json!(text.as_str());
    }
    input
}

/// The data of an answer that is whole.
async fn asked(server: &Server, document: &str, variables: &Value) -> Result<Value, Failure> {
    let answer = server.ask(document, variables).await?;
    match answer.errors.first() {
        Some(told) => Err(Failure::new(Exit::Refused, format!("{}: {}", told.code, told.message))),
        None => Ok(answer.data),
    }
}

/// Names in the form in which they are compared, and the numbers of what has them.
fn numbered<'a>(
    rows: &'a Value,
    prefix: &'a str,
    key: impl Fn(&str) -> Option<String> + 'a,
) -> impl Iterator<Item = (String, u64)> + 'a {
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default().iter();
    let present = rows.filter(|row| row["deleted"] != true);
    present.filter_map(move |row| Some((key(row["name"].as_str()?)?, number(&row["id"], prefix)?)))
}

fn fate(payload: &Value, keys: &[AttributeKey]) -> Result<Fate, Failure> {
    let errors = payload["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !errors.is_empty() {
        return Ok(Fate::Refused(errors.iter().map(|error| row_error(error, keys)).collect()));
    }
    let user = number(&payload["user"]["id"], "user_").map(UserId);
    let user = user.ok_or_else(|| stopped("the token may not see whom it creates"))?;
    Ok(if payload["repeated"] == true { Fate::Repeated(user) } else { Fate::Created(user) })
}

fn row_error(error: &Value, keys: &[AttributeKey]) -> RowError {
    let (code, message) = (error["code"].as_str().unwrap_or_default(), error["message"].as_str());
    let known = RejectionCode::ALL.iter().map(|known| known.as_str()).find(|known| *known == code);
    let message = message.unwrap_or_default();
    RowError {
        code: known.unwrap_or(RejectionCode::Invalid.as_str()),
        field: error["path"][1].as_str().and_then(|field| field_named(field, &error["path"][2], keys)),
        // A newer server may know more codes.
        message: if known.is_some() { message.to_owned() } else { format!("{code}: {message}") },
    }
}

/// A field of the input; an entry of the attributes by its key.
fn field_named(field: &str, entry: &Value, keys: &[AttributeKey]) -> Option<Cow<'static, str>> {
    if field != ATTRIBUTES {
        return Field::all().map(|known| known.name()).find(|name| name == field);
    }
    // Steps of a path are texts.
    let entry = entry.as_str().and_then(|entry| entry.parse::<usize>().ok());
    let key = entry.and_then(|entry| keys.get(entry));
    Some(key.map_or(Cow::Borrowed(ATTRIBUTES), |key| Field::Attribute(key.clone()).name()))
}

/// The number in an id that says its type.
fn number<N: std::str::FromStr>(id: &Value, prefix: &str) -> Option<N> {
    id.as_str()?.strip_prefix(prefix)?.parse().ok()
}
