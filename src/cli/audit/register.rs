//! `rollbook audit register`: what personal data exists where. Needs no directory: it is said by the program.

use std::io::Write as _;

use clap::ArgMatches;

use crate::cli::{Exit, Failure, output};
use crate::register::Register;

pub(super) fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let register = Register::of_this_program();
    let mut out = output::standard();
    if matches.get_one::<String>("format").is_some_and(|format| format == "json") {
        writeln!(out, "{}", serde_json::to_string_pretty(&register).map_err(std::io::Error::other)?)?;
    } else {
        write!(out, "{register}")?;
    }
    out.flush()?;
    Ok(Exit::Done)
}
