//! `rollbook bench`: a load over HTTP against a server of its own, on a directory that is then removed. Below it,
//! one file for each of its own subcommands.

mod generate;
mod mixed;
mod overload;
mod plots;
mod table;

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, RangedU64ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::serve::runtime;
use super::{Exit, Failure, output, progress};
use crate::bench::{BenchFault, Bound, Course, Mix, run as measure};

/// More than the server hashes passwords for at once would be refused as `BUSY`.
const CLIENTS_MAX: u64 = 256;
/// An hour.
const SECONDS_MAX: u64 = 3600;
const REQUESTS_MAX: u64 = 100_000_000;
const USERS_MAX: u64 = 10_000_000;

/// A number in bounds.
fn number(
    name: &'static str,
    value: &'static str,
    help: &'static str,
    range: std::ops::RangeInclusive<u64>,
) -> Arg {
    let arg = Arg::new(name).long(name).value_name(value).help(help);
    arg.value_parser(RangedU64ValueParser::<u64>::new().range(range))
}

/// The disk to measure.
fn disk() -> Arg {
    Arg::new("disk")
        .long("disk")
        .value_name("DIR")
        .help("A directory on the disk to measure; else the system's temporary one")
        .value_parser(value_parser!(PathBuf))
}

fn disk_of(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("disk").cloned().unwrap_or_else(std::env::temp_dir)
}

pub(super) fn command() -> Command {
    let mixes = PossibleValuesParser::new(Mix::ALL.map(Mix::name));
    Command::new("bench")
        .about("Measures this machine: a load over HTTP against a server of its own")
        .after_help(HELP)
        .arg(
            Arg::new("mix")
                .long("mix")
                .value_name("MIX")
                .help("What is asked; mixed: of ten requests 1 create, 6 read, 3 list")
                .value_parser(mixes)
                .default_value("mixed"),
        )
        .arg(
            number("clients", "CLIENTS", "Connections, each with one request at a time", 1..=CLIENTS_MAX)
                .default_value("64"),
        )
        .arg(number("users", "USERS", "Users who are there before", 1..=USERS_MAX).default_value("10000"))
        .arg(number("seconds", "SECONDS", "How long to ask", 1..=SECONDS_MAX).default_value("10"))
        .arg(
            number("requests", "REQUESTS", "How much to ask, however long it takes", 1..=REQUESTS_MAX)
                .conflicts_with("seconds"),
        )
        .arg(disk())
        .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Prints JSON"))
        .args_conflicts_with_subcommands(true)
        .subcommand(generate::command())
        .subcommand(table::command())
        .subcommand(plots::command())
        .subcommand(mixed::command())
        .subcommand(overload::command())
}

pub(super) fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("generate", matches)) => generate::run(matches),
        Some(("table", matches)) => table::run(matches),
        Some(("plots", matches)) => plots::run(matches),
        Some(("overload", matches)) => overload::run(matches),
        Some((_, matches)) => mixed::run(matches),
        None => run_load(matches),
    }
}

fn run_load(matches: &ArgMatches) -> Result<Exit, Failure> {
    let course = course(matches)?;
    let report = run_until_interrupted(measure(course))?;
    let mut out = output::standard();
    if matches.get_flag("json") {
        let json = serde_json::to_string_pretty(&report).map_err(std::io::Error::other)?;
        writeln!(out, "{json}")?;
    } else {
        write!(out, "{report}")?;
    }
    out.flush()?;
    match report.errors() {
        0 => Ok(Exit::Done),
        errors => Err(Failure::new(Exit::Fault, format!("{errors} requests were refused or failed"))),
    }
}

/// Measures to the end. Dropping the run ends its servers and removes its directories.
fn run_until_interrupted<T>(run: impl Future<Output = Result<T, BenchFault>>) -> Result<T, Failure> {
    runtime()?.block_on(async {
        tokio::select! {
            found = run => found.map_err(Failure::from),
            _ = tokio::signal::ctrl_c() => Err(Failure::new(Exit::Fault, "interrupted")),
        }
    })
}

/// Tells whoever waits what comes next.
fn say(step: &str) {
    // Who cannot be told waits all the same.
    let _ = writeln!(std::io::stderr(), "{step} …");
}

/// This program, to be started as the server.
fn program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|fault| BenchFault::Start(fault).into())
}

fn course(matches: &ArgMatches) -> Result<Course, Failure> {
    let number = |name| matches.get_one::<u64>(name).copied();
    let mix = matches.get_one::<String>("mix");
    let mix = Mix::ALL.into_iter().find(|known| mix.is_some_and(|mix| mix == known.name()));
    let bound = match number("requests") {
        Some(requests) => Bound::Requests(requests),
        None => Bound::Time(Duration::from_secs(number("seconds").unwrap_or(1))),
    };
    Ok(Course {
        program: program()?,
        disk: disk_of(matches),
        mix: mix.unwrap_or(Mix::Mixed),
        clients: number("clients").and_then(|clients| usize::try_from(clients).ok()).unwrap_or(1),
        users: number("users").unwrap_or(1),
        bound,
    })
}

impl From<BenchFault> for Failure {
    fn from(fault: BenchFault) -> Self {
        match fault {
            BenchFault::Open(fault) => fault.into(),
            BenchFault::Read(fault) => fault.into(),
            fault => Failure::new(Exit::Fault, fault.to_string()),
        }
    }
}

const HELP: &str = "\
The server is this program, started anew on a temporary directory and a free port of this machine. Both are
gone afterwards. Passwords are hashed at the least cost there is, so hashing is left out of the figures.
The clients run on the same machine and take their share of its cores: the server's own CPU time per request
is what to compare between machines.

Load and a bare file, written and synced by one thread, take turns. `ratio` is what a load of creations gets
of what the bare disk would take, were as many creations in each write as there are clients.";
