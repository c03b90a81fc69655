//! `rollbook person file`: all that is known of one person, from a directory that nobody serves. Recorded there first,
//! like any fetch.

use std::io::Write as _;

use clap::ArgMatches;
use rollbook_schema::UserId;
use rollbook_schema::event::FileForm;
use rollbook_schema::value::Reason;

use super::serve::runtime;
use super::{Exit, Failure, output};
use crate::access::Caller;
use crate::config::{Layers, directory_options};
use crate::directory::offline::require_directory;
use crate::directory::{Asking, Directory, PersonFileFault};
use crate::person_file::page;
use crate::writer::CommandError;

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let user = *matches.get_one::<UserId>("USER").ok_or_else(|| Failure::new(Exit::Usage, "whose?"))?;
    let ticket = matches.get_one::<String>("ticket").map(String::as_str).unwrap_or_default();
    let ticket =
        Reason::parse(ticket).map_err(|flaw| Failure::new(Exit::Usage, format!("--ticket {flaw}")))?;
    let form = match matches.get_one::<String>("format").map(String::as_str) {
        Some("html") => FileForm::Html,
        _ => FileForm::Json,
    };
    let options = directory_options(layers)?;
    require_directory(&options)?;
    let directory = Directory::open(options)?;
    let mut asking = Asking::by(Caller::Operator);
    asking.context.reason = Some(ticket);
    let runtime = runtime()?;
    let file = runtime.block_on(directory.person_file(asking, user, form));
    let closed = runtime.block_on(directory.close());
    let file = file.map_err(failure)?;
    closed.map_err(|stop| Failure::new(Exit::Fault, stop.to_string()))?;
    let mut out = output::standard();
    match form {
        FileForm::Json => {
            writeln!(out, "{}", serde_json::to_string_pretty(&file).map_err(std::io::Error::other)?)?;
        }
        FileForm::Html => write!(out, "{}", page(&file))?,
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn failure(fault: PersonFileFault) -> Failure {
    let exit = match &fault {
        PersonFileFault::Asked(CommandError::Refused(_)) => Exit::Absent,
        PersonFileFault::Asked(CommandError::Stopped(_)) | PersonFileFault::Read(_) => Exit::Fault,
    };
    Failure::new(exit, fault.to_string())
}
