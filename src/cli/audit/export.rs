//! `rollbook audit export`: what a check needs, in one file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;

use clap::ArgMatches;
use rollbook_schema::Position;

use crate::cli::output;
use crate::cli::progress::Progress;
use crate::cli::{Exit, Failure};
use crate::config::{Layers, directory_options};
use crate::directory::offline::{OfflineDirectory, OfflineFault};
use crate::evidence::export::{ExportWriter, SealedBytes};

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let sealed = if matches.get_flag("sealed") { SealedBytes::Included } else { SealedBytes::LeftOut };
    let directory = OfflineDirectory::open(directory_options(layers)?)?;
    match matches.get_one::<String>("FILE").map(String::as_str) {
        None | Some("-") => write(&directory, sealed, output::standard())?,
        Some(path) => {
            let named =
                |fault: io::Error| Failure::new(Exit::Fault, format!("could not write {path}: {fault}"));
            let file = File::create_new(path).map_err(named)?;
            write(&directory, sealed, BufWriter::new(&file))?;
            file.sync_all().map_err(named)?;
        }
    }
    directory.close()?;
    Ok(Exit::Done)
}

fn write(directory: &OfflineDirectory, sealed: SealedBytes, out: impl Write) -> Result<(), Failure> {
    let (signed, head) = (directory.signed(Vec::new())?, directory.head());
    let mut export = ExportWriter::begin(out, sealed, directory.origin(), head.0, &signed)?;
    let mut progress = Progress::towards(head.0);
    let mut written = Ok(());
    directory.records(Position::START, |record| {
        written = export.record(&record);
        progress.reached(record.header.position.0);
        let flow = if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        Ok::<_, OfflineFault>(flow)
    })?;
    written?;
    progress.end();
    export.end()?.flush()?;
    Ok(())
}
