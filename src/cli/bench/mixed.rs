//! `rollbook bench mixed`: many clients for a long time, each answer held against what was done before.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{
    CLIENTS_MAX, Exit, Failure, REQUESTS_MAX, USERS_MAX, disk, disk_of, number, output, program,
    run_until_interrupted, say,
};
use crate::bench::{Bound, MixedCourse, MixedReport, Plot, run_mixed};

const EVENTS_MAX: u64 = 100_000_000;
/// A day.
const MINUTES_MAX: u64 = 24 * 60;
const PERCENT_MAX: u64 = 1_000;

pub(super) fn command() -> Command {
    Command::new("mixed")
        .about(
            "Many clients create, change, mask, list, search and read back; nothing may be refused or stale",
        )
        .after_help(HELP)
        .arg(
            number("clients", "CLIENTS", "Clients, each with one request at a time", 1..=CLIENTS_MAX)
                .default_value("64"),
        )
        .arg(number("users", "USERS", "Users who are there before", 1..=USERS_MAX).default_value("10000"))
        .arg(
            number("events", "EVENTS", "Records of the log before, at least", 1..=EVENTS_MAX)
                .default_value("100000"),
        )
        .arg(number("minutes", "MINUTES", "How long to ask", 1..=MINUTES_MAX).default_value("1"))
        .arg(
            number("steps", "STEPS", "How much to do, however long it takes", 1..=REQUESTS_MAX)
                .conflicts_with("minutes"),
        )
        .arg(number(
            "drift-max",
            "PERCENT",
            "Fails if throughput or p99 is worse by more in the last third than in the first, but for the machine's own pace",
            0..=PERCENT_MAX,
        ))
        .arg(
            Arg::new("plot")
                .long("plot")
                .value_name("FILE")
                .help("Draws throughput and p99 over the run, as SVG")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(disk())
        .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Prints JSON"))
}

pub(super) fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let number = |name| matches.get_one::<u64>(name).copied();
    let course = MixedCourse {
        program: program()?,
        disk: disk_of(matches),
        clients: number("clients").and_then(|clients| usize::try_from(clients).ok()).unwrap_or(1),
        users: number("users").unwrap_or(1),
        events: number("events").unwrap_or(1),
        bound: match number("steps") {
            Some(steps) => Bound::Requests(steps),
            None => Bound::Time(Duration::from_secs(60 * number("minutes").unwrap_or(1))),
        },
    };
    let report = run_until_interrupted(run_mixed(&course, &mut say))?;
    let mut out = output::standard();
    if matches.get_flag("json") {
        let json = serde_json::to_string_pretty(&report).map_err(std::io::Error::other)?;
        writeln!(out, "{json}")?;
    } else {
        write!(out, "{report}")?;
    }
    out.flush()?;
    if let Some(file) = matches.get_one::<PathBuf>("plot") {
        std::fs::write(file, Plot::over_time(&report).svg()).map_err(|fault| {
            Failure::new(Exit::Fault, format!("could not write {}: {fault}", file.display()))
        })?;
    }
    judge(&report, number("drift-max"))
}

fn judge(report: &MixedReport, drift_max: Option<u64>) -> Result<Exit, Failure> {
    let (errors, stale, drift) = (report.errors(), report.stale(), report.drift_percent());
    if !report.proof.equal {
        return Err(Failure::new(Exit::Broken, "the views are not what the log says"));
    }
    if errors > 0 || stale > 0 {
        let sentence = format!("{errors} requests were refused or failed, and {stale} answers were stale");
        return Err(Failure::new(Exit::Fault, sentence));
    }
    match drift_max {
        Some(most) if drift > most as f64 => {
            Err(Failure::new(Exit::Fault, format!("the last third was worse than the first by {drift:.0} %")))
        }
        _ => Ok(Exit::Done),
    }
}

const HELP: &str = "\
On a generated directory, served by this program. Of a thousand steps: 80 create, 120 change a title, 80 lock or
unlock, 28 delete or mask; each is read back at once, and so are 220 people who were changed before; 152 list, 170
search for somebody by username, who must be found if they are there and not if they are gone, and 150 read the newest
history of somebody, which must hold the last change. An answer that does not is stale.

At the end the log is folded again beside the live views and compared, the server is killed, and its log is proved
whole. Ends with code 1 if anything was refused or stale, with 4 if the views or the log do not hold.

The run that a release has to stand, on a quiet machine:
  rollbook bench mixed --minutes 30 --clients 200 --users 100000 --events 1000000 --drift-max 10";
