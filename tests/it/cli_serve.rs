//! `rollbook serve`: the real program, started, asked and told to end.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use crate::cli_program::Place;
use crate::support::http::Client;

/// A server that is ready, and what it said before.
pub struct Serving {
    child: Child,
    said: Vec<String>,
    pub address: SocketAddr,
}

impl Serving {
    pub fn start(command: &mut Command) -> Serving {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut said = Vec::new();
        let address = loop {
            let line = lines.next().expect("a server says where it serves");
            let address = line.split_once("http://").and_then(|(_, rest)| rest.split('/').next());
            if let Some(address) = address {
                break address.parse().unwrap();
            }
            said.push(line);
        };
        Serving { child, said, address }
    }

    /// Ends it as an init system does. Gives the exit code and what was logged.
    pub fn stop(mut self) -> (Option<i32>, String) {
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let mut logged = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut logged).unwrap();
        (self.child.wait().unwrap().code(), logged)
    }
}

pub fn cheap(command: &mut Command) -> &mut Command {
    command.env("ROLLBOOK_HASHING_MEMORY_KIB", "64").env("ROLLBOOK_HASHING_PASSES", "1")
}

/// The `nice` of each thread of a program, by the thread's name.
fn nice_of_threads(program: u32) -> Vec<(String, i32)> {
    let threads = std::fs::read_dir(format!("/proc/{program}/task")).unwrap();
    let stats = threads.map(|thread| std::fs::read_to_string(thread.unwrap().path().join("stat")).unwrap());
    let nice = |stat: String| {
        let (name, fields) = stat.split_once('(').unwrap().1.rsplit_once(") ").unwrap();
        (name.to_owned(), fields.split(' ').nth(16).unwrap().parse().unwrap())
    };
    stats.map(nice).collect()
}

#[test]
fn who_serves_steps_back_behind_those_that_every_command_waits_for() {
    let place = Place::empty();
    let mut command = place.program(&["serve", "--listen", "127.0.0.1:0"]);
    let serving = Serving::start(cheap(&mut command));
    let threads = nice_of_threads(serving.child.id());
    let nice = |name: &str| {
        let found: Vec<i32> =
            threads.iter().filter(|(n, _)| n.starts_with(name)).map(|(_, nice)| *nice).collect();
        assert!(!found.is_empty(), "no {name} in {threads:?}");
        found
    };
    let in_front = [nice("rollbook-writer"), nice("rollbook-projec"), nice("rollbook-eraser")].concat();
    let behind = [nice("tokio-"), nice("rollbook-shadow")].concat();
    assert!(in_front.iter().max() < behind.iter().min(), "{threads:?}");
    serving.stop();
}

#[test]
fn alone_it_serves_as_variables_say() {
    let place = Place::empty();
    let mut command = place.program(&[]);
    cheap(&mut command).env("ROLLBOOK_LISTEN", "127.0.0.1:0").env("ROLLBOOK_DATA", "elsewhere");
    let serving = Serving::start(&mut command);
    let (code, logged) = serving.stop();
    assert_eq!((code, logged.as_str()), (Some(0), ""));
    assert_eq!(place.names("."), ["elsewhere"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_sets_everything_and_its_secrets_open_the_first_account() {
    let place = Place::empty();
    let settings =
        "listen = \"127.0.0.1:0\"\nadmin-email = \"ada@example.org\"\nadmin-password = \"correct horse\"";
    place.write("rollbook.toml", settings);
    let serving = Serving::start(cheap(&mut place.program(&["serve", "--config", "rollbook.toml"])));
    assert!(!serving.said.concat().contains("correct horse"));
    let mutation =
        "mutation { signIn(input: {login: \"ada@example.org\", password: \"correct horse\"}) { token } }";
    let answer = Client::new(serving.address).graphql(mutation).await;
    assert!(answer.data()["signIn"]["token"].is_string());
    assert_eq!(serving.stop().0, Some(0));
}

#[test]
fn the_first_start_shows_a_password_once() {
    let place = Place::empty();
    let arguments = ["serve", "--listen", "127.0.0.1:0"];
    let first = Serving::start(cheap(&mut place.program(&arguments)));
    assert!(first.said.iter().any(|line| line.contains("password")), "{:?}", first.said);
    first.stop();
    let second = Serving::start(cheap(&mut place.program(&arguments)));
    assert_eq!(second.said, Vec::<String>::new());
    second.stop();
}

#[test]
fn a_served_directory_that_ended_in_good_order_rebuilds_equal() {
    let place = Place::empty();
    Serving::start(cheap(&mut place.program(&["serve", "--listen", "127.0.0.1:0"]))).stop();
    let rebuilt = place.run(&["rebuild"]);
    assert_eq!(rebuilt.code, 0);
    assert!(rebuilt.out.contains("every view is as it was served"), "{}", rebuilt.out);
}

#[test]
fn an_address_in_use_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let ran = Place::with_directory().run(&["serve", "--listen", &listen]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with(&format!("rollbook: could not listen on {listen}: ")), "{}", ran.err);
}

#[test]
fn what_is_logged_as_json_is_one_object_a_line() {
    let place = Place::with_directory();
    // A password given for an account that exists already, at the most talkative level.
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--log-level", "trace"];
    let mut command = place.program(&arguments);
    let serving = Serving::start(cheap(&mut command).env("ROLLBOOK_ADMIN_PASSWORD", "correct horse"));
    let (_, logged) = serving.stop();
    for line in logged.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok_and(|line| line.is_object()), "{line}");
    }
    assert!(!logged.contains("correct horse"));
}
