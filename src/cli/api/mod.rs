//! Commands to a running server: every mutation and every field of the query, as the schema has them.
//!
//! `rollbook license grant` is the mutation `grantLicense`. Absent on purpose: a list of commands, rules,
//! and anything that the GraphQL API does not give everybody else.

mod answer;
mod flags;
mod query;
mod request;
mod schema;
mod secret;
mod selection;
mod session;
mod surroundings;
mod table;
pub mod words;

pub(super) use flags::{commands, names};
pub(super) use query::{command as query_command, run as run_query};
use schema::{Call, Root, published};
pub(super) use surroundings::Surroundings;

use std::ffi::OsString;

use clap::ArgMatches;
use serde_json::Value;

use super::remote::{Answer, Server};
use super::{Exit, Failure};

/// Runs the command `name`, which is a noun, or a verb that stands alone.
pub(super) fn run(
    name: &str,
    matches: &ArgMatches,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Exit, Failure> {
    let (noun, verb, matches) = match matches.subcommand() {
        Some((verb, matches)) => (Some(name), verb, matches),
        None => (None, name, matches),
    };
    let around = Surroundings::of(variables, matches)?;
    if (noun, verb) == (Some(session::NOUN), session::VERB) {
        return session::run(matches, &around);
    }
    let is_meant = |call: &&Call| call.words.noun.as_deref() == noun && call.words.verb == verb;
    let Some(call) = published().iter().find(is_meant) else {
        // Commands are made of the very same list.
        return Err(Failure::new(Exit::Usage, "there is no such command"));
    };
    carry_out(call, matches, &around)
}

fn carry_out(call: &Call, matches: &ArgMatches, around: &Surroundings) -> Result<Exit, Failure> {
    let variables = request::variables(call, matches, around)?;
    let chosen = matches.try_get_one::<String>("select").ok().flatten();
    let document = request::document(call, &variables, chosen.map(String::as_str))?;
    let server = match call.field.as_str() {
        // An old token would only be in the way of a new one.
        session::SIGN_IN => around.server(matches)?,
        _ => around.server_as_signed_in(matches)?,
    };
    let answer = ask(&server, &document, &Value::Object(variables))?;
    match call.root {
        Root::Mutation => answer::of_mutation(answer, &call.field),
        Root::Query => answer::of_query(answer, call, matches),
    }
}

/// Asks once.
fn ask(server: &Server, document: &str, variables: &Value) -> Result<Answer, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime
        .map_err(|fault| Failure::new(Exit::Fault, format!("the system refused a runtime: {fault}")))?;
    runtime.block_on(server.ask(document, variables))
}
