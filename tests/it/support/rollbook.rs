//! A whole Rollbook for a test: a directory in a folder of its own, served over HTTP, and a client that
//! is signed in as its administrator.

use std::sync::Arc;

use rollbook::access::Caller;
use rollbook::directory::{Asking, Directory, DirectoryOptions, FirstAdministrator};
use rollbook::http::{EdgeLimits, Shutdown};
use rollbook::passwords::HashingCost;
use rollbook::serve::{edge, routes};
use rollbook::writer::Stop;
use rollbook_schema::UserId;
use rollbook_schema::command::UnlockAccount;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::http::Client;
use super::server::TestServer;

pub const ADMIN_PASSWORD: &str = "first-administrator";

/// A served directory.
pub struct Rollbook {
    pub directory: Directory,
    pub folder: Arc<TempDir>,
    pub admin: Client,
    server: TestServer,
}

/// Options as in production, but for hashing, which tests cannot wait for.
pub fn options(folder: &TempDir) -> DirectoryOptions {
    let mut options = DirectoryOptions::new(folder.path().join("data"));
    // So that every test that starts again starts from a snapshot.
    options.snapshot_after = Some(1);
    options.hashing = HashingCost { memory_kib: 64, passes: 1, lanes: 1 };
    options
}

impl Rollbook {
    /// On a fresh folder.
    pub async fn start() -> Self {
        let folder = Arc::new(TempDir::new().unwrap());
        let options = options(&folder);
        Self::start_with(folder, options).await
    }

    /// With options of the test's own, on a folder that may have a directory already.
    pub async fn start_with(folder: Arc<TempDir>, options: DirectoryOptions) -> Self {
        Self::start_within(folder, options, EdgeLimits::default()).await
    }

    /// With limits of the test's own besides.
    pub async fn start_within(folder: Arc<TempDir>, options: DirectoryOptions, limits: EdgeLimits) -> Self {
        let directory = tokio::task::spawn_blocking(move || Directory::open(options)).await.unwrap().unwrap();
        let first = FirstAdministrator { email: None, password: Some(ADMIN_PASSWORD.to_owned().into()) };
        directory.first_start(first).await.unwrap();
        directory.complete_erasures().await.unwrap();
        directory.end_lost_rule_runs().await.unwrap();
        let mut this = Self::serve(folder, directory, limits).await;
        this.admin = this.sign_in("admin", ADMIN_PASSWORD).await;
        this
    }

    /// One that may take no commands yet, with an administrator's session of before.
    pub async fn start_reading(folder: Arc<TempDir>, options: DirectoryOptions, session: &str) -> Self {
        let directory = tokio::task::spawn_blocking(move || Directory::open(options)).await.unwrap().unwrap();
        let mut this = Self::serve(folder, directory, EdgeLimits::default()).await;
        this.admin = this.anonymous().bearer(session);
        this
    }

    async fn serve(folder: Arc<TempDir>, directory: Directory, limits: EdgeLimits) -> Self {
        let shutdown = Shutdown::default();
        let edge = edge(&directory, limits.clone(), shutdown.clone()).unwrap();
        let server = TestServer::start(routes(&directory, &edge, &limits), limits, shutdown).await;
        Self { directory, folder, admin: server.client(), server }
    }

    /// Nobody signed in.
    pub fn anonymous(&self) -> Client {
        self.server.client()
    }

    /// Somebody signed in.
    pub async fn sign_in(&self, login: &str, password: &str) -> Client {
        let payload = self.try_sign_in(login, password).await;
        let token = payload["token"].as_str().unwrap_or_else(|| panic!("{}", payload["errors"]));
        self.anonymous().bearer(token)
    }

    /// The payload of a sign-in.
    pub async fn try_sign_in(&self, login: &str, password: &str) -> Value {
        let mutation = "mutation($input: SignInInput!) { signIn(input: $input) \
                        { token expiresAt mustChangePassword user { id } errors { code message path } } }";
        let input = json!({ "login": login, "password": password });
        self.anonymous().data(mutation, json!({ "input": input })).await["signIn"].clone()
    }

    /// Waits until everything that was asked before is judged and visible: refused sign-ins are not waited
    /// for by whoever tries.
    pub async fn settled(&self) {
        let nothing = UnlockAccount { user: UserId::FIRST_PERSON };
        self.directory.ask(Asking::by(Caller::System), nothing).await.unwrap();
    }

    /// Stops serving a directory that has stopped by itself; tells why it had.
    pub async fn stop_stopped(self) -> (Arc<TempDir>, Stop) {
        self.server.stop().await.unwrap();
        let stop = self.directory.close().await.unwrap_err();
        (self.folder, stop)
    }

    /// Stops serving and closes the directory; the folder stays.
    pub async fn stop(self) -> Arc<TempDir> {
        self.server.stop().await.unwrap();
        self.directory.close().await.unwrap();
        self.folder
    }
}

impl Client {
    /// The data of a document that must have no errors.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let answer = self.graphql_with(query, variables).await;
        let mut body: Value = serde_json::from_slice(&answer.body).unwrap();
        assert!(body["errors"].is_null(), "{}", body["errors"]);
        body["data"].take()
    }

    /// Runs a mutation with an input, asking for `fields` of its payload besides position and errors.
    pub async fn mutate(&self, mutation: &str, input: Value, fields: &str) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) \
             {{ position repeated errors {{ code message path }} {fields} }} }}"
        );
        self.data(&document, json!({ "input": input })).await[mutation].clone()
    }

    /// A mutation that must be accepted.
    pub async fn accept(&self, mutation: &str, input: Value, fields: &str) -> Value {
        let payload = self.mutate(mutation, input, fields).await;
        assert_eq!(payload["errors"], json!([]), "{mutation}");
        payload
    }

    /// A mutation that must be refused; gives its codes.
    pub async fn refuse(&self, mutation: &str, input: Value) -> Vec<String> {
        let payload = self.mutate(mutation, input, "").await;
        let errors = payload["errors"].as_array().unwrap();
        assert!(!errors.is_empty(), "{mutation} was accepted");
        errors.iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
    }

    /// Creates an agent with a name and password made from `name`; gives its id.
    pub async fn create(&self, kind: &str, name: &str) -> String {
        let input = json!({
            "kind": kind,
            "username": name,
            "email": format!("{name}@example.org"),
            "fullName": name,
            "password": format!("password of {name}"),
        });
        let payload = self.accept("createUser", input, "user { id }").await;
        payload["user"]["id"].as_str().unwrap().to_owned()
    }
}
