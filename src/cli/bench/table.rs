//! `rollbook bench table`: the figures to reach, measured on this machine, as a table.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{Exit, Failure, USERS_MAX, disk, disk_of, number, output, program, run_until_interrupted, say};
use crate::bench::{Table, TableSizes, splice};

const EVENTS_MAX: u64 = 100_000_000;
const ROUNDS_MAX: u64 = 100;
/// Ten times as thorough as on a quiet machine.
const PERCENT_MAX: u64 = 1_000;

pub(super) fn command() -> Command {
    Command::new("table")
        .about("Measures every figure that one machine can, each beside its limit, and writes a table")
        .after_help(HELP)
        .arg(number("users", "USERS", "Users of the larger directory", 1..=USERS_MAX).default_value("20000"))
        .arg(number("events", "EVENTS", "Its events, at least", 1..=EVENTS_MAX).default_value("200000"))
        .arg(number("rounds", "ROUNDS", "Rounds of what takes turns", 1..=ROUNDS_MAX).default_value("5"))
        .arg(
            number("percent", "PERCENT", "How much is asked in a round", 1..=PERCENT_MAX)
                .default_value("100"),
        )
        .arg(disk())
        .arg(
            Arg::new("readme")
                .long("readme")
                .value_name("FILE")
                .help("Writes the table into this file, between its markers, besides printing it")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Prints JSON"))
}

pub(super) fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let number = |name| matches.get_one::<u64>(name).copied().unwrap_or(1);
    let sizes = TableSizes {
        program: program()?,
        disk: disk_of(matches),
        users: number("users"),
        events: number("events"),
        rounds: usize::try_from(number("rounds")).unwrap_or(1),
        percent: u32::try_from(number("percent")).unwrap_or(100),
    };
    let readme = matches.get_one::<PathBuf>("readme");
    // Before minutes of measuring: whether there is a place for what comes of it.
    readme.map_or(Ok(()), |file| write(file, "", Write::OnlyTry))?;
    let table = run_until_interrupted(async move { Table::measure(&sizes, &mut say).await })?;
    let mut out = output::standard();
    if matches.get_flag("json") {
        let json = serde_json::to_string_pretty(&table).map_err(std::io::Error::other)?;
        writeln!(out, "{json}")?;
    } else {
        write!(out, "{table}")?;
    }
    out.flush()?;
    readme.map_or(Ok(()), |file| write(file, &table.to_string(), Write::Really))?;
    Ok(Exit::Done)
}

/// Whether a file is only looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Write {
    OnlyTry,
    Really,
}

fn write(file: &Path, table: &str, write: Write) -> Result<(), Failure> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|fault| Failure::new(Exit::Absent, format!("could not read {name}: {fault}")))?;
    let text = splice(&text, table).map_err(|fault| Failure::new(Exit::Usage, format!("{name}: {fault}")))?;
    match write {
        Write::OnlyTry => Ok(()),
        Write::Really => std::fs::write(file, text)
            .map_err(|fault| Failure::new(Exit::Fault, format!("could not write {name}: {fault}"))),
    }
}

const HELP: &str = "\
Two directories are generated (`rollbook bench generate`), the other with a tenth of the users and the events, and
measured: durable commands beside a file that is written and synced, replay beside reading, requests beside an empty
one, and so on. Everything is removed afterwards. Ratios are taken round by round, so that what disturbs both cancels
out; the last column says how many cores other programs kept busy: above 0.2 the line is about them.

The defaults take a few minutes. All of it, on a quiet machine, with 10 GB of memory and 20 GB of disk:
  rollbook bench table --users 1000000 --events 10000000 --rounds 3 --readme README.md";
