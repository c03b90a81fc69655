//! `rollbook bench generate`: a directory that has lived, to measure with.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::progress::Progress;
use super::{Exit, Failure, USERS_MAX, number, output};
use crate::bench::{BenchFault, PASSWORD, Volume, generate};

/// A log of a hundred million events takes some 50 GB.
const EVENTS_MAX: u64 = 100_000_000;

pub(super) fn command() -> Command {
    Command::new("generate")
        .about("Writes a directory of made-up people with a history, the same for the same seed")
        .after_help(HELP)
        .arg(
            Arg::new("DIR")
                .required(true)
                .help("Where: a folder that holds no directory yet")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            number("users", "USERS", "People, besides the administrator", 1..=USERS_MAX)
                .default_value("10000"),
        )
        .arg(
            number("events", "EVENTS", "Records of the log, at least", 1..=EVENTS_MAX)
                .default_value("100000"),
        )
        .arg(number("seed", "SEED", "What everything is drawn from", 0..=u64::MAX).default_value("1"))
}

pub(super) fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let number = |name| matches.get_one::<u64>(name).copied().unwrap_or(1);
    let volume = Volume { users: number("users"), events: number("events"), seed: number("seed") };
    let folder = matches.get_one::<PathBuf>("DIR").cloned().unwrap_or_default();
    let mut progress = Progress::towards(volume.events);
    let generated = generate(&folder, volume, &mut |records| progress.reached(records));
    progress.end();
    let generated = match generated {
        Err(BenchFault::Occupied) => return Err(Failure::new(Exit::Usage, BenchFault::Occupied.to_string())),
        generated => generated?,
    };
    let mut out = output::standard();
    let (users, head, digest) = (generated.users, generated.head, generated.digest);
    writeln!(out, "{users} users, {head} records, head digest {digest}")?;
    writeln!(out, "the administrator `admin` and everybody else sign in with the password: {PASSWORD}")?;
    out.flush()?;
    Ok(Exit::Done)
}

const HELP: &str = "\
Through the real rules, keys and log. People have names in eight scripts, arrive over the whole of the year 2025,
and a few of them do most of what is done (Zipf). Three of four are agents, with a role, a seat and a team. Creating
somebody leaves up to five records, so many users need as many records, whatever --events says.

Keys, ids and times are drawn from the seed too: the digest is the same on every machine, and nothing in it is
secret. It is for measuring; keep nobody in it.";
