//! The log of a directory that nobody serves: every record as it is stored.

use std::io::Write;
use std::ops::ControlFlow;

use rollbook_schema::Record;
use rollbook_schema::codec::{Unshown, to_json};

use super::wanted::{Parts, Wanted};
use crate::cli::Failure;
use crate::config::{Layers, directory_options};
use crate::directory::ReadFault;
use crate::directory::offline::{OfflineDirectory, OfflineFault, unopened};
use crate::sealing::{Sealer, UnsealFault};

pub(super) fn print(layers: &Layers, wanted: &Wanted, out: &mut impl Write) -> Result<(), Failure> {
    let directory = OfflineDirectory::open(directory_options(layers)?)?;
    let sealer = match wanted.parts {
        Parts::Revealed => Some(directory.sealer()?),
        Parts::Sealed => None,
    };
    let printed = print_records(&directory, wanted, sealer.as_ref(), out);
    let closed = directory.close();
    printed?;
    Ok(closed?)
}

fn print_records(
    directory: &OfflineDirectory,
    wanted: &Wanted,
    sealer: Option<&Sealer>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut left = wanted.limit;
    directory.records::<Failure>(wanted.after, |record| {
        if left == 0 {
            return Ok(ControlFlow::Break(()));
        }
        if wanted.includes(&record) {
            left -= 1;
            writeln!(out, "{}", line(&record, sealer)?)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(out.flush()?)
}

fn line(record: &Record, sealer: Option<&Sealer>) -> Result<serde_json::Value, Failure> {
    let unreadable = |fault: UnsealFault| Failure::from(OfflineFault::Read(ReadFault::from(fault)));
    let json = match sealer {
        Some(sealer) => to_json(&sealer.open(record).map_err(unreadable)?, Unshown::Erased),
        None => to_json(&unopened(record)?, Unshown::Sealed),
    };
    json.map_err(|fault| unreadable(fault.into()))
}
