//! `rollbook session start`: signs in, and gives the token to whoever asked.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::flags::{secret, server, value};
use super::secret::{STANDARD_INPUT, Source};
use super::{Surroundings, answer, ask};
use crate::cli::{Exit, Failure};

pub(super) const NOUN: &str = "session";
pub(super) const VERB: &str = "start";
/// The mutation that gives a token.
pub(super) const SIGN_IN: &str = "signIn";
/// For the owner only.
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

pub(super) fn start() -> Command {
    let keep = Arg::new("keep").long("keep").action(ArgAction::SetTrue);
    Command::new(VERB)
        .about("Signs in, and prints the token of the session")
        .arg(value("login", "LOGIN", "Username or email").required(true))
        .args(secret("password-file", "password-env", "", true))
        .arg(keep.help("Keeps the token in a file that only you can read, and prints nothing"))
        .args(server())
        .after_help(HELP)
}

pub(super) fn run(matches: &ArgMatches, around: &Surroundings) -> Result<Exit, Failure> {
    let text = |name| matches.get_one::<String>(name).map(String::as_str);
    let server = around.server(matches)?;
    let keep = matches.get_flag("keep").then(|| around.place_to_keep(&server)).transpose()?;
    let source = match (text("password-file"), text("password-env")) {
        (_, Some(name)) => Source::Variable(name),
        (file, None) => Source::File(file.unwrap_or(STANDARD_INPUT)),
    };
    let password = source.read("password", around)?;
    let variables = json!({ "input": { "login": text("login"), "password": password.as_str() } });
    let answered = ask(&server, DOCUMENT, &variables)?;
    let payload = &answered.data[SIGN_IN];
    let Some(token) = payload["token"].as_str() else {
        let told = answer::tell(&answered.errors);
        return Ok(if told == Exit::Done { answer::judged(payload) } else { told });
    };
    if payload["mustChangePassword"] == true {
        let sentence = "a new password must be set before anything else: rollbook password set";
        let _ = writeln!(std::io::stderr(), "{sentence}");
    }
    match keep {
        Some(file) => store(&file, token)?,
        None => writeln!(std::io::stdout(), "{token}")?,
    }
    Ok(Exit::Done)
}

/// Writes the token whole, in a file that nobody else could ever open.
fn store(file: &Path, token: &str) -> Result<(), Failure> {
    let unwritable =
        |fault| Failure::new(Exit::Fault, format!("could not write {}: {fault}", file.display()));
    if let Some(folder) = file.parent() {
        DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder).map_err(unwritable)?;
    }
    let mut new = file.as_os_str().to_owned();
    new.push(".new");
    // A file that was left there keeps its mode; a new one gets ours.
    let _ = std::fs::remove_file(&new);
    let mut opened =
        OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(&new).map_err(unwritable)?;
    writeln!(opened, "{token}").map_err(unwritable)?;
    std::fs::rename(&new, file).map_err(unwritable)
}

const DOCUMENT: &str = "mutation($input: SignInInput!) { signIn(input: $input) \
                        { token mustChangePassword errors { code message path } } }";

const HELP: &str = "\
Nothing is stored, unless --keep says so. For a shell: export ROLLBOOK_TOKEN=$(rollbook session start --login admin).
With --keep, commands that are told no token take the one that was kept for their server, in
$XDG_STATE_HOME/rollbook (else ~/.local/state/rollbook), a file that only its owner can read.
`rollbook sign-out` ends the session.";
