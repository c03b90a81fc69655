//! The words of `rollbook backup` and `rollbook restore`.

use clap::{Arg, ArgAction, Command, value_parser};

use super::arguments::{settings, value};

/// Settings that a backup knows.
const SETTINGS: [&str; 6] =
    ["data", "log-level", "log-format", "log-cache-bytes", "log-origin", "keyring-backup-days"];
/// Settings that a restore knows.
const OFFLINE: [&str; 3] = ["data", "log-level", "log-format"];

pub(super) fn backup() -> Command {
    let verify = Command::new("verify")
        .about("Reads a backup whole: chain, tree against signed checkpoints, end marks. Needs no key")
        .arg(
            Arg::new("DIR")
                .required(true)
                .help("The folder of the backup, or the file of a stream; - reads standard input"),
        )
        .arg(pinned());
    Command::new("backup")
        .about("Copies records, still sealed, and apart from them keys; adds what came since the last time")
        .after_help(BACKUP_HELP)
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .subcommand(verify)
        .arg(
            value("to", "DIR", "The folder of the backup; - writes a whole one to standard output")
                .required(true),
        )
        .arg(value("keys", "DIR", "Copies the wrapped keys too, into a folder that is kept apart"))
        .arg(value(
            "forgotten",
            "FILE",
            "Writes which keys of people are gone, for a restore of an older state",
        ))
        .arg(value("server", "URL", "Asks a server, such as http://127.0.0.1:7420, in a session"))
        .arg(
            value(
                "token-file",
                "FILE",
                "The token of the session [ROLLBOOK_TOKEN; what `session start --keep` kept]",
            )
            .requires("server"),
        )
        .args(settings(&SETTINGS))
}

pub(super) fn restore() -> Command {
    Command::new("restore")
        .about("Makes a directory out of a backup, in a new folder")
        .after_help(RESTORE_HELP)
        .arg(
            value(
                "from",
                "DIR",
                "The folder of the backup, or the file of a stream; - reads one from standard input",
            )
            .required(true),
        )
        .arg(value("keys", "DIR", "The folder of copied keys, or one copy").required(true))
        .arg(value("master-key-file", "FILE", "The master key, to be put beside the keyring"))
        .arg(
            value("until", "POSITION", "The last event to restore; else all of them")
                .value_parser(value_parser!(u64)),
        )
        .arg(
            value("forgotten", "FILE", "What `backup --forgotten` of a later state wrote; may be repeated")
                .action(ArgAction::Append),
        )
        .arg(pinned())
        .args(settings(&OFFLINE))
}

fn pinned() -> Arg {
    value("key", "KEY", "A verifier key to trust, NAME+ID+KEY, and no other; may be repeated")
        .action(ArgAction::Append)
}

const BACKUP_HELP: &str = "\
Without --server no server may have the directory in use. With --server the session needs the rights to back up
records and keys, which administrators have; the server goes on meanwhile.

A folder that holds a backup gets only what came since, in a new file. Everything in it is read back and checked each
time, so old files that went bad are found while there is still a log.

Keys are copied before the records, and stand apart, since a copy of keys brings back whoever was forgotten after it
was made: copies older than keyring-backup-days are overwritten and removed. No copy holds the master key, or a key
that signs.";

const RESTORE_HELP: &str = "\
--data must be empty or absent. The newest copy of the keys that is not newer than the last event is taken.

Whoever was forgotten after the last event is not known to the restored log. Give --forgotten of the latest backup:
those keys are destroyed again at every start, before anything is read. What a backup itself holds beyond --until is
taken into account without it.

Keys that sign are in no backup: the first start makes another and records that, so that nothing is signed twice in
one name.";
