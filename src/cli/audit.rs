//! `rollbook audit verify`: is the log whole?

use std::io::Write as _;

use super::progress::Progress;
use super::{Exit, Failure, output};
use crate::config::{Layers, directory_options};
use crate::directory::OpenFault;
use crate::directory::offline::{OfflineDirectory, OfflineFault};
use crate::evidence::verify::{Intact, VerifyFault};

pub(super) fn verify(layers: &Layers) -> Result<Exit, Failure> {
    let mut out = output::standard();
    let exit = match check(layers) {
        Ok(Intact { records, head }) => {
            writeln!(out, "intact: {records} records, head digest {head}")?;
            Exit::Done
        }
        Err(Stopped::Verify(VerifyFault::Broken(broken))) => {
            writeln!(out, "{broken}")?;
            Exit::Broken
        }
        Err(Stopped::Verify(fault)) => return Err(fault.into()),
        Err(Stopped::Failure(failure)) => return Err(failure),
    };
    out.flush()?;
    Ok(exit)
}

enum Stopped {
    Verify(VerifyFault),
    Failure(Failure),
}

fn check(layers: &Layers) -> Result<Intact, Stopped> {
    let options = directory_options(layers).map_err(|fault| Stopped::Failure(fault.into()))?;
    let directory = OfflineDirectory::open(options).map_err(|fault| match fault {
        // A log that does not open may be the very thing that was asked about.
        OfflineFault::Open(OpenFault::Log(fault)) => Stopped::Verify(fault.into()),
        fault => Stopped::Failure(fault.into()),
    })?;
    let mut progress = Progress::towards(2 * directory.head().0);
    let intact = directory.verify(&mut |done| progress.reached(done)).map_err(Stopped::Verify)?;
    progress.end();
    directory.close().map_err(|fault| Stopped::Failure(fault.into()))?;
    Ok(intact)
}
