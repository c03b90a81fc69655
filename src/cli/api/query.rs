//! `rollbook query`: any document, for what no command gives.

use std::ffi::OsString;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::flags::{server, value};
use super::{Surroundings, answer, ask, request};
use crate::cli::{Exit, Failure};

pub(in crate::cli) fn command() -> Command {
    Command::new("query")
        .about("Asks a server by a GraphQL document, and prints the data as JSON")
        .arg(
            Arg::new("DOCUMENT")
                .help("The document, such as '{ users { totalCount } }'; - reads standard input"),
        )
        .arg(value("file", "FILE", "The file with the document").conflicts_with("DOCUMENT"))
        .arg(value("variables", "JSON", "The variables, an object. Secrets belong in a file"))
        .arg(
            value("variables-file", "FILE", "The file with the variables; - reads standard input")
                .conflicts_with("variables"),
        )
        .args(server())
        .after_help("`rollbook schema` prints what can be asked.")
}

pub(in crate::cli) fn run(
    matches: &ArgMatches,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Exit, Failure> {
    let around = Surroundings::of(variables, matches)?;
    let text = |name| matches.get_one::<String>(name).map(String::as_str);
    let document = match (text("DOCUMENT"), text("file")) {
        (Some("-"), _) => request::text("-")?,
        (Some(document), _) => document.to_owned().into(),
        (None, Some(file)) => request::text(file)?,
        (None, None) => return Err(Failure::new(Exit::Usage, "say a document, or --file")),
    };
    let variables = match (text("variables"), text("variables-file")) {
        (Some(variables), _) => object(variables)?,
        (None, Some(file)) => object(&request::text(file)?)?,
        (None, None) => json!({}),
    };
    answer::of_document(ask(&around.server_as_signed_in(matches)?, &document, &variables)?)
}

fn object(text: &str) -> Result<Value, Failure> {
    let value: Option<Value> = serde_json::from_str(text).ok().filter(Value::is_object);
    value.ok_or_else(|| Failure::new(Exit::Usage, "the variables must be one JSON object"))
}
