//! `rollbook bench overload`: requests at a multiple of what the server can bear.

use std::io::Write as _;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{
    Exit, Failure, REQUESTS_MAX, SECONDS_MAX, USERS_MAX, disk, disk_of, number, output, program,
    run_until_interrupted, say,
};
use crate::bench::{Bound, Mix, OverloadCourse, OverloadReport, overload};

/// A server takes 4,096 by default, and a few are needed beside.
const CONNECTIONS_MAX: u64 = 4_000;
const TIMES_MAX: u64 = 100;
const PERCENT_MAX: u64 = 100;

pub(super) fn command() -> Command {
    Command::new("overload")
        .about("Asks for more than the server can bear, and says how much of its best it still does")
        .after_help(HELP)
        .arg(
            Arg::new("mix")
                .long("mix")
                .value_name("MIX")
                .help("What is asked; mixed: of ten requests 1 create, 6 read, 3 list")
                .value_parser(PossibleValuesParser::new(Mix::ALL.map(Mix::name)))
                .default_value("mixed"),
        )
        .arg(
            number("times", "TIMES", "The overload, as a multiple of the best", 1..=TIMES_MAX)
                .default_value("2"),
        )
        .arg(
            number("connections", "CONNECTIONS", "Connections of the overload", 1..=CONNECTIONS_MAX)
                .default_value("4000"),
        )
        .arg(number("users", "USERS", "Users who are there before", 1..=USERS_MAX).default_value("10000"))
        .arg(number("seconds", "SECONDS", "How long each stretch is", 1..=SECONDS_MAX).default_value("10"))
        .arg(
            number(
                "requests",
                "REQUESTS",
                "How much to ask in each, however long it takes",
                1..=REQUESTS_MAX,
            )
            .conflicts_with("seconds"),
        )
        .arg(number("served-min", "PERCENT", "Fails if less of the best is served", 0..=PERCENT_MAX))
        .arg(disk())
        .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Prints JSON"))
}

pub(super) fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let number = |name| matches.get_one::<u64>(name).copied();
    let mix = matches.get_one::<String>("mix");
    let mix = Mix::ALL.into_iter().find(|known| mix.is_some_and(|mix| mix == known.name()));
    let course = OverloadCourse {
        program: program()?,
        disk: disk_of(matches),
        mix: mix.unwrap_or(Mix::Mixed),
        users: number("users").unwrap_or(1),
        connections: number("connections").and_then(|number| usize::try_from(number).ok()).unwrap_or(1),
        times: number("times").unwrap_or(1),
        bound: match number("requests") {
            Some(requests) => Bound::Requests(requests),
            None => Bound::Time(Duration::from_secs(number("seconds").unwrap_or(1))),
        },
    };
    let report = run_until_interrupted(overload(&course, &mut say))?;
    let mut out = output::standard();
    if matches.get_flag("json") {
        let json = serde_json::to_string_pretty(&report).map_err(std::io::Error::other)?;
        writeln!(out, "{json}")?;
    } else {
        write!(out, "{report}")?;
    }
    out.flush()?;
    judge(&report, number("served-min"))
}

fn judge(report: &OverloadReport, served_min: Option<u64>) -> Result<Exit, Failure> {
    if report.failed > 0 {
        let sentence = format!("{} requests failed, and not for want of room", report.failed);
        return Err(Failure::new(Exit::Fault, sentence));
    }
    let served = 100.0 * report.served_over_best.median;
    match served_min {
        Some(least) if served < least as f64 => {
            Err(Failure::new(Exit::Fault, format!("{served:.0} % of the best was served")))
        }
        _ => Ok(Exit::Done),
    }
}

const HELP: &str = "\
First the best: of 32, 64, 128 and 256 clients that wait for each answer, as many as get most answers a second. Then in
turn that best, and the overload: requests come at a multiple of it whether or not those before are answered. Whoever
finds no free connection for 100 ms goes away. `served` counts what is answered well before the end; `BUSY` is no
failure, anything else is.

Server and clients get cores of their own (by taskset), so that more clients take nothing from the server but work.";
