//! `rollbook log`: events as JSON, one a line; of a directory that nobody serves, or of a server.

mod offline;
mod served;
mod wanted;

use clap::ArgMatches;

use super::remote::Server;
use super::serve::runtime;
use super::{Exit, Failure, output};
use crate::config::{Layers, TOKEN};
use crate::export::ExportFormat;
use wanted::Wanted;

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let wanted = Wanted::from(matches)?;
    let follow = matches.get_flag("follow");
    let mut out = output::standard();
    match matches.get_one::<String>("server") {
        Some(_) if wanted.format != ExportFormat::NdJson => {
            let sentence =
                "with --server events are ndjson; a server gives others at /history/export?format=…";
            return Err(Failure::new(Exit::Usage, sentence));
        }
        Some(url) => {
            let server = Server::new(url, layers.text(TOKEN).map(|(token, _)| token))?;
            runtime()?.block_on(served::print(&server, &wanted, follow, &mut out))?;
        }
        None if follow => {
            let sentence = "--follow needs --server: while a server runs, the log is its own";
            return Err(Failure::new(Exit::Usage, sentence));
        }
        None => offline::print(layers, &wanted, &mut out)?,
    }
    Ok(Exit::Done)
}
