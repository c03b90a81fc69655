//! A server that the system refuses: no file descriptors, no writes beyond a size, a folder that is not its own.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::cli_program::Place;
use crate::support::http::Client;
use crate::support::rollbook::ADMIN_PASSWORD;

/// Nobody, as most systems number them.
const NOBODY: u32 = 65_534;
/// File descriptors of a server: enough to start.
const DESCRIPTORS: usize = 64;
/// More than it has.
const CONNECTIONS: usize = 100;
/// Bytes by which the log's file may still grow, about.
const GROWTH_KIB: u64 = 640;

struct Limited {
    child: Child,
    address: SocketAddr,
}

impl Limited {
    /// Serves under what the shell limits.
    fn start(place: &Place, limits: &str) -> Limited {
        let program = env!("CARGO_BIN_EXE_rollbook");
        let script = format!("{limits}; exec {program} serve --data rollbook-data --listen 127.0.0.1:0");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(place.folder.path()).stdin(Stdio::null());
        command.env("ROLLBOOK_HASHING_MEMORY_KIB", "64").env("ROLLBOOK_HASHING_PASSES", "1");
        command.env("ROLLBOOK_ADMIN_PASSWORD", ADMIN_PASSWORD);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let served = lines.find_map(|line| line.split("http://").nth(1).map(str::to_owned));
        let address = served.expect("it serves").split('/').next().unwrap().parse().unwrap();
        Limited { child, address }
    }

    async fn signed_in(&self) -> Client {
        let client = Client::new(self.address);
        let input = json!({ "login": "admin", "password": ADMIN_PASSWORD });
        let document = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
        let data = client.data(document, json!({ "input": input })).await;
        client.bearer(data["signIn"]["token"].as_str().unwrap())
    }

    fn told(&mut self) -> (Option<i32>, String) {
        let mut logged = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut logged).unwrap();
        (self.child.wait().unwrap().code(), logged)
    }

    fn terminate(&self) {
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn is_there(client: &Client, email: &str) -> bool {
    let document = format!("{{ user(by: {{ email: \"{email}\" }}) {{ id }} }}");
    !client.data(&document, json!({})).await["user"].is_null()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_file_descriptors_waits_and_serves_again() {
    let place = Place::empty();
    let mut limited = Limited::start(&place, &format!("ulimit -n {DESCRIPTORS}"));
    let client = limited.signed_in().await;
    client.create("CLIENT", "zebulon").await;
    let held: Vec<TcpStream> =
        (0..CONNECTIONS).map_while(|_| TcpStream::connect(limited.address).ok()).collect();
    assert!(held.len() > DESCRIPTORS, "the system took {} connections", held.len());
    drop(held);
    assert!(is_there(&client, "zebulon@example.org").await);
    client.create("CLIENT", "zara").await;
    limited.terminate();
    let (code, logged) = limited.told();
    assert_eq!(code, Some(0), "{logged}");
    assert!(!logged.contains("zebulon"), "{logged}");
}

/// Creates people until the server does not answer; gives the emails that were acknowledged.
async fn until_refused(client: &Client) -> Vec<String> {
    let document = "mutation($input: CreateUserInput!) { createUser(input: $input) { position } }";
    let mut acknowledged = Vec::new();
    for turn in 0.. {
        let email = format!("z{turn}@example.org");
        let name = "zebulon ".repeat(20);
        let input = json!({ "kind": "CLIENT", "email": email, "fullName": name.trim() });
        let body = json!({ "query": document, "variables": { "input": input } });
        let Some(answer) = client.try_post(body).await else { break };
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if answer.status != StatusCode::OK || body["data"]["createUser"]["position"].is_null() {
            assert!(!answer.text().contains("zebulon"), "{}", answer.text());
            break;
        }
        acknowledged.push(email);
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_fails_ends_the_server_and_loses_nobody() {
    let place = Place::empty();
    let mut first = Limited::start(&place, "true");
    first.terminate();
    assert_eq!(first.told().0, Some(0));
    let bytes = fs::metadata(place.data().join("log/db")).unwrap().len();
    // Blocks of 512 bytes (POSIX); a shell that counts in KiB permits twice as much.
    let blocks = (bytes / 1024 + GROWTH_KIB) * 2;
    let mut limited = Limited::start(&place, &format!("trap '' XFSZ; ulimit -f {blocks}"));
    let client = limited.signed_in().await;
    let acknowledged = until_refused(&client).await;
    assert!(!acknowledged.is_empty());
    let (code, logged) = limited.told();
    assert_eq!(code, Some(1), "{logged}");
    let last = logged.lines().last().unwrap_or_default();
    assert!(last.starts_with("rollbook: stopped serving: ") && !logged.contains("zebulon"), "{logged}");
    let again = Limited::start(&place, "true");
    let client = again.signed_in().await;
    for email in &acknowledged {
        assert!(is_there(&client, email).await, "{email} was acknowledged and is gone");
    }
}

/// Whether whoever runs the tests may write wherever they like.
fn runs_as_root(place: &Place) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(place.folder.path()).unwrap().uid() == 0
}

fn permit(path: &Path, mode_of_folders: u32, mode_of_files: u32) {
    let is_folder = path.is_dir();
    if is_folder {
        for entry in fs::read_dir(path).unwrap() {
            permit(&entry.unwrap().path(), mode_of_folders, mode_of_files);
        }
    }
    let mode = if is_folder { mode_of_folders } else { mode_of_files };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_by_name_and_works_once_it_can() {
    let place = Place::with_directory();
    let is_root = runs_as_root(&place);
    // The program itself must be within reach of whoever runs it.
    let program = place.path("rollbook");
    fs::copy(env!("CARGO_BIN_EXE_rollbook"), &program).unwrap();
    permit(place.folder.path(), 0o555, 0o555);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(place.folder.path()).env_clear();
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["log"], &["audit", "verify"]] {
        let (code, said) = run(arguments);
        assert_eq!(code, 1, "{arguments:?}: {said}");
        assert!(said.contains("ermission") && said.starts_with("rollbook: "), "{said}");
    }
    permit(place.folder.path(), 0o755, 0o755);
    assert_eq!(place.run(&["audit", "verify"]).code, 0);
}
