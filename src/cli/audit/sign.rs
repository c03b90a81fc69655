//! `rollbook audit checkpoint` and `prove`: on a directory that nobody serves, with the keys it has.

use std::io::Write as _;

use clap::ArgMatches;
use rollbook_schema::Position;

use crate::access::Caller;
use crate::cli::output;
use crate::cli::{Exit, Failure};
use crate::config::{Layers, directory_options};
use crate::directory::Directory;
use crate::directory::offline::require_directory;
use crate::evidence::fault::EvidenceFault;

pub(super) fn checkpoint(layers: &Layers) -> Result<Exit, Failure> {
    let note = with_directory(layers, async |directory| {
        let signed = directory.sign_checkpoint(&Caller::Operator).await;
        let signed = signed.map_err(|code| Failure::new(Exit::Fault, code.as_str()))?;
        Ok(signed.map_err(failure)?.note.to_string())
    })?;
    print(&note)
}

pub(super) fn prove(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let position = Position(matches.get_one("POSITION").copied().unwrap_or_default());
    let size = matches.get_one::<u64>("size").copied();
    let proof = with_directory(layers, async |directory| {
        let proof = directory.inclusion_proof(position, size).await.map_err(failure)?;
        let none = || Failure::new(Exit::Absent, format!("no such checkpoint covers position {position}"));
        Ok(proof.ok_or_else(none)?.to_string())
    })?;
    print(&proof)
}

fn print(text: &str) -> Result<Exit, Failure> {
    let mut out = output::standard();
    write!(out, "{text}")?;
    out.flush()?;
    Ok(Exit::Done)
}

fn failure(fault: EvidenceFault) -> Failure {
    let exit = if matches!(fault, EvidenceFault::Contradiction { .. }) { Exit::Broken } else { Exit::Fault };
    Failure::new(exit, fault.to_string())
}

/// Opens the directory, does something with it, and closes it.
fn with_directory<T>(
    layers: &Layers,
    work: impl AsyncFnOnce(&Directory) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let options = directory_options(layers)?;
    require_directory(&options)?;
    let directory = Directory::open(options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let done = work(&directory).await;
        let closed = directory.close().await;
        let done = done?;
        closed.map_err(|stop| Failure::new(Exit::Fault, stop.to_string()))?;
        Ok(done)
    })
}
