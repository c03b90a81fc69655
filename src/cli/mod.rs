//! The command line: one file per subcommand. Each speaks to the façade, and ends with an [`Exit`].

mod api;
mod arguments;
mod audit;
mod backup;
mod backup_words;
mod bench;
mod exit;
mod ids;
mod import;
mod log;
mod output;
mod person;
mod progress;
mod rebuild;
mod remote;
mod replay;
mod restore;
mod schema;
mod serve;
mod until;

pub use exit::{Exit, Failure};

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::config::{CONFIG, Layers, SETTINGS, environment, log_settings};
use crate::telemetry;

/// How calls become words, open to tests that ask for every one.
pub mod words {
    pub use super::api::words::*;
}

/// Reading rows and files, open to tests that feed it anything.
pub mod reading {
    pub use super::import::reading::*;
}

/// Runs the program: arguments with the program's name first, and all variables.
pub fn main(
    arguments: impl IntoIterator<Item = OsString>,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> ExitCode {
    let matches = match arguments::command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(answer) => {
            // Help goes to standard output, complaints to standard error; a closed pipe needs neither.
            let _ = answer.print();
            return if answer.use_stderr() { Exit::Usage } else { Exit::Done }.into();
        }
    };
    match run(&matches, variables) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if let Some(sentence) = failure.sentence() {
                let _ = writeln!(std::io::stderr(), "rollbook: {sentence}");
            }
            failure.exit().into()
        }
    }
}

fn run(
    matches: &ArgMatches,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("query", matches)) => return api::run_query(matches, variables),
        Some((name, matches)) if !arguments::OURS.contains(&name) => {
            return api::run(name, matches, variables);
        }
        _ => {}
    }
    if let Some(("import", matches)) = matches.subcommand()
        && matches.contains_id("server")
    {
        // A session is found as other calls find it, by variables that are not ours too.
        return import::run_served(matches, variables);
    }
    if let Some(("backup", matches)) = matches.subcommand() {
        return run_backup(matches, variables);
    }
    let variables = environment(variables)?;
    let Some((name, matches)) = matches.subcommand() else {
        // `rollbook` alone serves.
        return serve::run(&layers(None, variables)?);
    };
    match name {
        "serve" => serve::run(&layers(Some(matches), variables)?),
        "import" => import::run(matches, &layers(Some(matches), variables)?),
        "log" => log::run(matches, &layers(Some(matches), variables)?),
        "replay" => replay::run(matches, &layers(Some(matches), variables)?),
        "rebuild" => rebuild::run(&layers(Some(matches), variables)?),
        "audit" => {
            let Some((name, matches)) = matches.subcommand() else {
                return Err(Failure::new(Exit::Usage, "say what to audit"));
            };
            audit::run(name, matches, &layers(Some(matches), variables)?)
        }
        "person" => {
            let Some((_, matches)) = matches.subcommand() else {
                return Err(Failure::new(Exit::Usage, "say what of the person"));
            };
            person::run(matches, &layers(Some(matches), variables)?)
        }
        "restore" => restore::run(matches, &layers(Some(matches), variables)?),
        "bench" => bench::run(matches),
        _ => schema::run(),
    }
}

/// A server's session is found by variables that are not ours too.
fn run_backup(
    matches: &ArgMatches,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Exit, Failure> {
    if let Some((_, matches)) = matches.subcommand() {
        return backup::verify(matches);
    }
    let variables: Vec<(OsString, OsString)> = variables.into_iter().collect();
    let layers = layers(Some(matches), environment(variables.iter().cloned())?)?;
    backup::run(matches, &layers, variables)
}

/// What was said, by flags, variables and the file; starts logging as it says.
fn layers(
    matches: Option<&ArgMatches>,
    variables: BTreeMap<String, zeroize::Zeroizing<String>>,
) -> Result<Layers, Failure> {
    let names = SETTINGS.iter().map(|setting| setting.name).chain([CONFIG]);
    let flag = |name| matches?.try_get_one::<String>(name).ok().flatten().cloned();
    let flags = names.filter_map(|name| Some((name, flag(name)?))).collect();
    let layers = Layers::gather(flags, variables)?;
    telemetry::start(log_settings(&layers)?);
    Ok(layers)
}
