//! What came back: on standard output what was asked for, on standard error why not, and an exit code.

use std::io::{IsTerminal as _, Write as _};

use clap::ArgMatches;
use serde_json::Value;

use super::schema::Call;
use super::{request, table};
use crate::cli::output;
use crate::cli::remote::{Answer, Told};
use crate::cli::{Exit, Failure};

/// Codes of errors that say nothing about what was asked: trying again may help.
const FAULTS: [&str; 3] = ["BUSY", "INTERNAL", "UNAVAILABLE"];

/// The payload, and whether it was accepted.
pub(super) fn of_mutation(answer: Answer, field: &str) -> Result<Exit, Failure> {
    let payload = &answer.data[field];
    if !payload.is_null() {
        print(payload)?;
    }
    match tell(&answer.errors) {
        Exit::Done => Ok(judged(payload)),
        exit => Ok(exit),
    }
}

/// What was asked for, with a table for a person who looks at it.
pub(super) fn of_query(answer: Answer, call: &Call, matches: &ArgMatches) -> Result<Exit, Failure> {
    let told = tell(&answer.errors);
    let found = &answer.data[&call.field];
    let is_table = match matches.get_one::<String>("format").map(String::as_str) {
        Some(format) => format == "table",
        None => std::io::stdout().is_terminal(),
    };
    let rows = if call.answer.is_pages() { &found["nodes"] } else { found };
    match rows.as_array().filter(|_| call.answer.is_rows()) {
        Some(rows) if is_table => {
            let chosen = matches.try_get_one::<String>("select").ok().flatten();
            let chosen = chosen.map(|chosen| request::inner(chosen)).transpose()?;
            table::print(rows, &call.answer.columns(chosen))?;
        }
        Some(rows) => {
            let mut out = output::standard();
            rows.iter().try_for_each(|row| writeln!(out, "{row}"))?;
            out.flush()?;
        }
        None if told == Exit::Done => print(found)?,
        None => {}
    }
    if let (Some(true), Some(cursor)) =
        (found["pageInfo"]["hasNextPage"].as_bool(), found["pageInfo"]["endCursor"].as_str())
    {
        let _ = writeln!(std::io::stderr(), "more follow: --after {cursor}");
    }
    Ok(told)
}

/// All that a document asked for.
pub(super) fn of_document(answer: Answer) -> Result<Exit, Failure> {
    if !answer.data.is_null() {
        print(&answer.data)?;
    }
    let told = tell(&answer.errors);
    let fields = answer.data.as_object().into_iter().flat_map(|data| data.values());
    let judged = fields.map(judged).find(|exit| *exit != Exit::Done);
    Ok(if told == Exit::Done { judged.unwrap_or(told) } else { told })
}

/// One line for a program, several for a person.
fn print(value: &Value) -> Result<(), Failure> {
    let mut out = output::standard();
    if std::io::stdout().is_terminal() {
        writeln!(out, "{value:#}")?;
    } else {
        writeln!(out, "{value}")?;
    }
    Ok(out.flush()?)
}

/// Errors of the request as a whole.
pub(super) fn tell(errors: &[Told]) -> Exit {
    let mut exit = Exit::Done;
    for Told { code, message } in errors {
        let _ = writeln!(std::io::stderr(), "rollbook: {code}: {message}");
        if code == "UNAUTHENTICATED" {
            let way = "sign in: ROLLBOOK_TOKEN=$(rollbook session start --login LOGIN), or with --keep";
            let _ = writeln!(std::io::stderr(), "{way}");
        }
        exit = if FAULTS.contains(&code.as_str()) { Exit::Fault } else { Exit::Refused };
    }
    exit
}

/// Refusals in a payload, told on standard error too.
pub(super) fn judged(payload: &Value) -> Exit {
    let errors = payload["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    for error in errors {
        let text = |name: &str| error[name].as_str().unwrap_or_default();
        let path = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let path = path.collect::<Vec<_>>().join(".");
        let _ = writeln!(std::io::stderr(), "refused: {} at {path}: {}", text("code"), text("message"));
    }
    if !errors.is_empty() {
        return Exit::Refused;
    }
    let lists =
        payload.as_object().into_iter().flat_map(|fields| fields.values()).filter_map(Value::as_array);
    let refused = |one: &Value| one["errors"].as_array().is_some_and(|errors| !errors.is_empty());
    if lists.flatten().any(refused) { Exit::RowsRefused } else { Exit::Done }
}
