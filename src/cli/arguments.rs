//! The words of the command line. Flags that are settings come from the table of settings.

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command, value_parser};

use super::exit::Exit;
use super::ids;
use crate::config::{CONFIG, SECRETS, SETTINGS, variable};
use crate::export::ExportFormat;

/// Settings of commands that open a directory and serve nothing.
const OFFLINE: [&str; 4] = ["data", "log-level", "log-format", "log-cache-bytes"];

/// Commands that are no call to a server by the schema. Their names win.
pub(super) const OURS: [&str; 13] = [
    "serve", "import", "log", "replay", "rebuild", "backup", "restore", "audit", "person", "bench", "schema",
    "query", "help",
];
/// Those, and the name that is signed under.
const SIGNING: [&str; 5] = ["data", "log-level", "log-format", "log-cache-bytes", "log-origin"];

pub(super) fn command() -> Command {
    let calls = super::api::commands(&OURS);
    let calls_help = calls_help(&super::api::names(&calls));
    Command::new("rollbook")
        .version(env!("CARGO_PKG_VERSION"))
        .about("An event-sourced directory of users")
        .after_help(format!("{calls_help}\n\n{}", exit_codes()))
        .subcommand(serve())
        .subcommand(import())
        .subcommand(log())
        .subcommand(replay())
        .subcommand(rebuild())
        .subcommand(super::backup_words::backup())
        .subcommand(super::backup_words::restore())
        .subcommand(audit())
        .subcommand(person())
        .subcommand(super::bench::command())
        .subcommand(Command::new("schema").about("Prints the GraphQL schema"))
        .subcommand(super::api::query_command())
        .subcommands(calls)
}

fn calls_help(names: &str) -> String {
    format!(
        "To a running server, with a session (`rollbook session start`), by the words of its API: \
         `grantLicense` is `rollbook license grant`, `users` is `rollbook user list`. Each has --help:\n  {names}"
    )
}

fn serve() -> Command {
    let all: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    Command::new("serve")
        .about("Serves a directory; `rollbook` alone does the same")
        .args(settings(&all))
        .after_help(precedence())
}

fn import() -> Command {
    Command::new("import")
        .about("Creates a user for every row of a CSV or NDJSON file")
        .after_help(IMPORT_HELP)
        .arg(Arg::new("FILE").required(true).help("The file; - reads standard input"))
        .arg(
            value("format", "FORMAT", "csv or ndjson; else the file's ending decides")
                .value_parser(["csv", "ndjson"]),
        )
        .arg(
            value("kind", "KIND", "Kind of users whose row names none")
                .value_parser(["agent", "client"])
                .default_value("agent"),
        )
        .arg(
            value(
                "column",
                "FIELD=HEADER",
                "Takes a field from the column with this header; may be repeated",
            )
            .action(ArgAction::Append),
        )
        .arg(value("email-column", "HEADER", "The same as --column email=HEADER"))
        .arg(flag("dry-run", "Judges every row, and creates nobody"))
        .arg(
            value("server", "URL", "Asks a server, such as http://127.0.0.1:7420, in a session")
                .conflicts_with("dry-run"),
        )
        .arg(
            value(
                "token-file",
                "FILE",
                "The token of the session [ROLLBOOK_TOKEN; what `session start --keep` kept]",
            )
            .requires("server"),
        )
        .arg(value("outcomes", "FILE", "Writes the outcome of every row there, one JSON object a line"))
        .args(settings(&OFFLINE))
}

fn log() -> Command {
    let number = || ValueParser::new(value_parser!(u64));
    Command::new("log")
        .about("Prints events, one JSON object a line")
        .after_help(LOG_HELP)
        .arg(
            value("after", "POSITION", "Only events after this position")
                .value_parser(number())
                .default_value("0"),
        )
        .arg(value("limit", "EVENTS", "At most so many").value_parser(number()))
        .arg(
            value("format", "FORMAT", "How they are written; with --server, ndjson only")
                .value_parser(ExportFormat::NAMES)
                .default_value("ndjson"),
        )
        .arg(value("user", "ID", "Only events about this user, such as user_9").value_parser(ids::user))
        .arg(value("type", "TYPE", "Only events of this type, such as license.granted"))
        .arg(flag(
            "reveal",
            "Shows personal parts: by the keys of the directory, or by the rights of the token",
        ))
        .arg(value(
            "server",
            "URL",
            "Asks a server, such as http://127.0.0.1:7420, with the token in ROLLBOOK_TOKEN",
        ))
        .arg(flag("follow", "Goes on with events as they come; needs --server"))
        .args(settings(&OFFLINE))
}

fn replay() -> Command {
    Command::new("replay")
        .about("Tells history event by event, one a line, and what it came to")
        .after_help(REPLAY_HELP)
        .arg(value(
            "until",
            "POSITION|TIME",
            "Up to this moment, such as 2026-01-31T12:00:00Z; else to the end",
        ))
        .arg(flag("step", "Waits after each event: Enter goes on, a number by as many, q stops"))
        .arg(flag("json", "One JSON object a line, counts last"))
        .arg(flag("reveal", "Shows names, by the keys of the directory; else ids, which need no key"))
        .args(settings(&OFFLINE))
}

fn rebuild() -> Command {
    Command::new("rebuild")
        .about("Folds the log again from zero, and compares each view with what was served last")
        .args(settings(&OFFLINE))
}

fn audit() -> Command {
    let position = || ValueParser::new(value_parser!(u64));
    let verify = Command::new("verify")
        .about(
            "Checks that the log is whole and the one that was signed: positions, digests, the chain, checkpoints. \
             Needs no key",
        )
        .after_help(VERIFY_HELP)
        .arg(value("export", "FILE", "Checks an export in the place of a directory"))
        .arg(
            value("key", "KEY", "A verifier key to trust, NAME+ID+KEY, and no other; may be repeated")
                .action(ArgAction::Append),
        )
        .arg(flag("records", "Prints a line for every record"))
        .args(settings(&OFFLINE));
    let checkpoint = Command::new("checkpoint")
        .about("Signs a checkpoint over the whole log, unless there is one, and prints it")
        .args(settings(&SIGNING));
    let prove = Command::new("prove")
        .about("Prints a proof (C2SP tlog-proof) that an event is covered by a checkpoint")
        .arg(Arg::new("POSITION").required(true).value_parser(ids::position).help("The event"))
        .arg(
            value("size", "RECORDS", "By the checkpoint over so many records; else by the last one")
                .value_parser(position()),
        )
        .args(settings(&SIGNING));
    let export = Command::new("export")
        .about("Writes records, checkpoints and verifier keys into one file, to be verified anywhere")
        .arg(Arg::new("FILE").required(true).help("The file; - writes standard output"))
        .arg(flag("sealed", "Takes the sealed bytes along; else their hashes, which prove as much"))
        .args(settings(&SIGNING));
    let review = Command::new("review")
        .about(
            "Prints who held which role, license, access profile, team and proxy right, and who had given it",
        )
        .arg(value("as-of", "POSITION|TIME", "At this moment, such as 2026-01-31T12:00:00Z; else now"))
        .arg(
            value("format", "FORMAT", "csv, or json: one object a line")
                .value_parser(["csv", "json"])
                .default_value("csv"),
        )
        .arg(flag("reveal", "Shows names, by the keys of the directory; else ids, which need no key"))
        .args(settings(&OFFLINE));
    let receipt = Command::new("receipt")
        .about("Checks the signed receipt of an erasure, and prints what it says")
        .arg(Arg::new("FILE").required(true).help("The receipt; - reads standard input"))
        .arg(
            value(
                "key",
                "KEY",
                "A verifier key to trust, NAME+ID+KEY; may be repeated; else those of --data",
            )
            .action(ArgAction::Append),
        )
        .args(settings(&OFFLINE));
    let register = Command::new("register")
        .about(
            "Prints what personal data exists where, under which key, and what ends it. Needs no directory",
        )
        .arg(value("format", "FORMAT", "text, or json").value_parser(["text", "json"]).default_value("text"));
    let all = [verify, checkpoint, prove, export, review, receipt, register];
    Command::new("audit").about("Proofs about the log").subcommand_required(true).subcommands(all)
}

fn person() -> Command {
    let file = Command::new("file")
        .about("Prints all that is known of one person, and records that it was asked for")
        .arg(Arg::new("USER").required(true).value_parser(ids::user).help("Whose, such as user_9"))
        .arg(value("ticket", "TICKET", "The ticket or letter that asks for it").required(true))
        .arg(
            value("format", "FORMAT", "json, or html: a page to read and print")
                .value_parser(["json", "html"])
                .default_value("json"),
        )
        .args(settings(&OFFLINE));
    Command::new("person").about("What is known of one person").subcommand_required(true).subcommand(file)
}

pub(super) fn settings(names: &[&str]) -> Vec<Arg> {
    let named = SETTINGS.iter().filter(|setting| names.contains(&setting.name));
    let args = named.map(|setting| {
        let help = format!("{} [{}; {}]", setting.help, variable(setting.name), setting.default);
        Arg::new(setting.name).long(setting.name).value_name(setting.value).help(help)
    });
    let help =
        format!("A TOML file of settings, whose keys are the flags without dashes [{}]", variable(CONFIG));
    args.chain([Arg::new(CONFIG).long(CONFIG).value_name("FILE").help(help)]).collect()
}

pub(super) fn value(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

pub(super) fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

fn exit_codes() -> String {
    let lines = Exit::ALL.map(|exit| format!("\n  {}  {}", exit as u8, exit.meaning()));
    format!("`rollbook` alone is `rollbook serve`.\n\nExit codes:{}", lines.concat())
}

fn precedence() -> String {
    let secrets =
        SECRETS.iter().map(|secret| format!("\n  {}\n      {}", variable(secret.name), secret.help));
    format!(
        "A flag wins over a variable, a variable over the file, the file over the default.\n\n\
         Secrets have no flag, since flags can be seen by everybody on the machine. They are variables, or \
         keys of the file (admin-email, admin-password, master-key):{}",
        secrets.collect::<String>()
    )
}

const IMPORT_HELP: &str = "\
The first line of CSV names the columns. Known, in any case and with any of ` _-.` or nothing between the
words: email, mail, username, login, first name, given name, last name, surname, full name, name, display
name, title, job title, employee number, phone, mobile, street, postal code, kind, roles (names, parted by
semicolons), license (RW, RO), access profile, team (name of the primary one), business units (names, parted by
semicolons), reports to (username or email, of an earlier line too), max chats, send welcome email (yes, no), user
source (LOCAL, LDAP, SAML), and
attr.KEY for each custom attribute, as its type is written: -12.5, true, 2026-12-31, the name of a choice. Other
columns are left aside. Commas, semicolons or tabs part the columns.
A line of NDJSON is an object with the fields of the mutation createUser; roles, team and business units are given
by their names, and attributes as fields such as \"attr.badge\".

A row without a username takes the email. Nobody gets a password, so nobody can sign in until one is set.
A required attribute is required of every row. Each refused row is reported with its line, field and code, and stops
no other. The same file again creates nobody twice: rows that are done are `repeated`, so whatever was interrupted
is simply run again.

With --server the rows are asked of a running server, by the rights of the session: rules are those of
`createUser`, so that where mail goes out and the tenant wants it, a first password is mailed. A dry run needs
the directory itself.";

const LOG_HELP: &str = "\
Personal parts of an event are `sealed` unless --reveal opens them; what was masked or erased then reads
`erased`. Without --server the records are printed as they are stored, and no server may have the directory
in use. With --server they are printed as the history shows them to the owner of the token, which
`signIn` of the API gives: ROLLBOOK_TOKEN=… rollbook log --server http://127.0.0.1:7420 --follow
--format csv is a table (RFC 4180), cloudevents one CloudEvent 1.0 a line; of a server, both are at
/history/export?format=… with the rights of the token.";

const VERIFY_HELP: &str = "\
Says `intact` and how many records are erased (their keys were destroyed, so nobody can read them, and they still
verify), or BROKEN and the first position that does not hold, and ends with code 4.

Checkpoints are judged by the keys in the directory or the export, unless --key names others: whoever could rewrite
the log could rewrite those too. A key that was noted down elsewhere, at any time before, finds that.";

const REPLAY_HELP: &str = "\
A time means the last event recorded at or before it; where the clock was set back, an event counts as recorded
with the latest one before it. Names are those of that moment, as far as they can be read today. No server may
have the directory in use.";
