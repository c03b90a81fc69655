//! The log of a directory that nobody serves: every record as it is stored.

use std::io::Write;
use std::ops::ControlFlow;

use rollbook_schema::Record;
use rollbook_schema::codec::{Unshown, to_json};
use serde_json::Value;

use super::wanted::{Parts, Wanted};
use crate::cli::Failure;
use crate::config::{Layers, directory_options};
use crate::directory::offline::{OfflineDirectory, OfflineFault, Opener};

pub(super) fn print(layers: &Layers, wanted: &Wanted, out: &mut impl Write) -> Result<(), Failure> {
    let directory = OfflineDirectory::open(directory_options(layers)?)?;
    let (opener, unshown) = match wanted.parts {
        Parts::Revealed => (directory.opener()?, Unshown::Erased),
        Parts::Sealed => (Opener::without_keys(), Unshown::Sealed),
    };
    let line = |record: &Record| -> Result<_, OfflineFault> { Ok(to_json(&opener.event(record)?, unshown)?) };
    let printed = print_records(&directory, wanted, line, out);
    let closed = directory.close();
    printed?;
    Ok(closed?)
}

fn print_records(
    directory: &OfflineDirectory,
    wanted: &Wanted,
    line: impl Fn(&Record) -> Result<Value, OfflineFault>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut left = wanted.limit;
    directory.records::<Failure>(wanted.after, |record| {
        if left == 0 {
            return Ok(ControlFlow::Break(()));
        }
        if wanted.includes(&record) {
            left -= 1;
            writeln!(out, "{}", line(&record)?)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(out.flush()?)
}
