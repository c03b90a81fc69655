//! The log of a directory that nobody serves: every record as it is stored, in any of the forms of an export.

use std::io::Write;
use std::ops::ControlFlow;

use rollbook_schema::Record;
use rollbook_schema::codec::{Unshown, to_json};

use super::wanted::{Parts, Wanted};
use crate::cli::Failure;
use crate::config::{Layers, directory_options};
use crate::directory::offline::{OfflineDirectory, OfflineFault, Opener};
use crate::graphql::export::stored;

pub(super) fn print(layers: &Layers, wanted: &Wanted, out: &mut impl Write) -> Result<(), Failure> {
    let options = directory_options(layers)?;
    let origin = options.log_origin.clone();
    let directory = OfflineDirectory::open(options)?;
    let (opener, unshown) = match wanted.parts {
        Parts::Revealed => (directory.opener()?, Unshown::Erased),
        Parts::Sealed => (Opener::without_keys(), Unshown::Sealed),
    };
    let format = wanted.format;
    let line = |record: &Record, line: &mut String| -> Result<(), OfflineFault> {
        let recorded = opener.event(record)?;
        let told = to_json(&recorded, unshown)?;
        format.write(&stored(&recorded, told), &origin, line);
        Ok(())
    };
    let printed = print_records(&directory, wanted, line, out);
    let closed = directory.close();
    printed?;
    Ok(closed?)
}

fn print_records(
    directory: &OfflineDirectory,
    wanted: &Wanted,
    write: impl Fn(&Record, &mut String) -> Result<(), OfflineFault>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut left = wanted.limit;
    let mut line = wanted.format.heading();
    out.write_all(line.as_bytes())?;
    directory.records::<Failure>(wanted.after, |record| {
        if left == 0 {
            return Ok(ControlFlow::Break(()));
        }
        if wanted.includes(&record) {
            left -= 1;
            line.clear();
            write(&record, &mut line)?;
            out.write_all(line.as_bytes())?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(out.flush()?)
}
