//! `rollbook bench plots`: what work costs as it grows, drawn.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::{
    CLIENTS_MAX, Exit, Failure, REQUESTS_MAX, SECONDS_MAX, USERS_MAX, disk, disk_of, number, output, program,
    run_until_interrupted, say,
};
use crate::bench::{Bound, PlotSizes, figure, plots};

const EVENTS_MAX: u64 = 100_000_000;

pub(super) fn command() -> Command {
    Command::new("plots")
        .about("Draws throughput and p99 over clients, users, the length of the log, and time of churn")
        .after_help(HELP)
        .arg(
            Arg::new("FOLDER")
                .required(true)
                .help("Where clients.svg, users.svg, log.svg and time.svg are written")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(number("users", "USERS", "The most users", 1..=USERS_MAX).default_value("20000"))
        .arg(
            number("events", "EVENTS", "The most records of the log", 1..=EVENTS_MAX).default_value("200000"),
        )
        .arg(number("clients", "CLIENTS", "The most clients", 1..=CLIENTS_MAX).default_value("64"))
        .arg(number("seconds", "SECONDS", "How long each point is asked", 1..=SECONDS_MAX).default_value("5"))
        .arg(number("churn", "SECONDS", "How long the churn is", 1..=SECONDS_MAX).default_value("60"))
        .arg(
            number(
                "requests",
                "REQUESTS",
                "How much is asked for each point and in the churn, however long it takes",
                1..=REQUESTS_MAX,
            )
            .conflicts_with_all(["seconds", "churn"]),
        )
        .arg(disk())
}

pub(super) fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let number = |name| matches.get_one::<u64>(name).copied();
    let bound = |name| match number("requests") {
        Some(requests) => Bound::Requests(requests),
        None => Bound::Time(Duration::from_secs(number(name).unwrap_or(1))),
    };
    let sizes = PlotSizes {
        program: program()?,
        disk: disk_of(matches),
        users: number("users").unwrap_or(1),
        events: number("events").unwrap_or(1),
        clients: number("clients").and_then(|clients| usize::try_from(clients).ok()).unwrap_or(1),
        point: bound("seconds"),
        churn: bound("churn"),
    };
    let folder = matches.get_one::<PathBuf>("FOLDER").cloned().unwrap_or_default();
    let unwritten =
        |fault| Failure::new(Exit::Fault, format!("could not write into {}: {fault}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(unwritten)?;
    let drawn = run_until_interrupted(plots(&sizes, &mut say))?;
    let mut out = output::standard();
    for (file, plot) in drawn {
        std::fs::write(folder.join(file), plot.svg()).map_err(unwritten)?;
        writeln!(out, "{file}: {}\n  {}", plot.title, plot.note)?;
        for (along, rate, p99) in &plot.points {
            let (along, rate) = (figure(*along), figure(*rate));
            writeln!(out, "  {along:>12} {}: {rate} answers/s, p99 {} ms", plot.along, figure(*p99))?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

const HELP: &str = "\
Each point is a server of its own on a generated directory, but for those over clients, which share one. The clients
run on the same machine and take their share of its cores. Where nothing grows, the lines are level.

All of it, on a quiet machine:
  rollbook bench plots docs/plots --users 1000000 --events 10000000 --seconds 30 --churn 600";
