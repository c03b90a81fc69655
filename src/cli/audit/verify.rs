//! `rollbook audit verify`: a directory, or an export of one.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::ops::ControlFlow;

use clap::ArgMatches;
use rollbook_schema::{Position, Record};

use crate::cli::output;
use crate::cli::progress::Progress;
use crate::cli::{Exit, Failure};
use crate::config::{Layers, directory_options};
use crate::directory::OpenFault;
use crate::directory::offline::{OfflineDirectory, OfflineFault};
use crate::evidence::check::Checked;
use crate::evidence::export::{ExportFault, read_records, verify_export};
use crate::evidence::note::VerifierKey;
use crate::evidence::verify::{Broken, VerifyFault};

/// Whether every record gets a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Summary,
    EachRecord,
}

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let pinned = keys(matches)?;
    let lines = if matches.get_flag("records") { Lines::EachRecord } else { Lines::Summary };
    let mut out = output::standard();
    let verified = match matches.get_one::<String>("export") {
        Some(file) => of_export(file, pinned, lines, &mut out),
        None => of_directory(layers, pinned, lines, &mut out),
    };
    let exit = match verified {
        Ok(()) => Exit::Done,
        Err(Stopped::Broken(broken)) => {
            writeln!(out, "{broken}")?;
            Exit::Broken
        }
        Err(Stopped::Failure(failure)) => return Err(failure),
    };
    out.flush()?;
    Ok(exit)
}

pub(in crate::cli) fn keys(matches: &ArgMatches) -> Result<Vec<VerifierKey>, Failure> {
    let texts = matches.get_many::<String>("key").into_iter().flatten();
    let keys: Result<Vec<VerifierKey>, _> = texts.map(|text| text.parse()).collect();
    keys.map_err(|wrong| Failure::new(Exit::Usage, wrong.to_string()))
}

enum Stopped {
    Broken(Broken),
    Failure(Failure),
}

impl<F: Into<Failure>> From<F> for Stopped {
    fn from(fault: F) -> Self {
        Stopped::Failure(fault.into())
    }
}

fn of_verify(fault: VerifyFault) -> Stopped {
    match fault {
        VerifyFault::Broken(broken) => Stopped::Broken(broken),
        fault => Stopped::Failure(fault.into()),
    }
}

fn of_directory(
    layers: &Layers,
    pinned: Vec<VerifierKey>,
    lines: Lines,
    out: &mut impl Write,
) -> Result<(), Stopped> {
    let options = directory_options(layers)?;
    let directory = OfflineDirectory::open(options).map_err(|fault| match fault {
        // A log that does not open may be the very thing that was asked about.
        OfflineFault::Open(OpenFault::Log(fault)) => of_verify(fault.into()),
        fault => Stopped::Failure(fault.into()),
    })?;
    let signed = directory.signed(pinned)?;
    let mut progress = Progress::towards(2 * directory.head().0);
    let checked = directory.verify_signed(signed, &mut |done| progress.reached(done)).map_err(of_verify)?;
    progress.end();
    let mut told = Told::new(&checked, lines, out);
    directory.records(Position::START, |record| {
        told.record(&record);
        Ok::<_, OfflineFault>(ControlFlow::Continue(()))
    })?;
    told.end()?;
    directory.close()?;
    Ok(())
}

fn of_export(
    file: &str,
    pinned: Vec<VerifierKey>,
    lines: Lines,
    out: &mut impl Write,
) -> Result<(), Stopped> {
    let checked = verify_export(open(file)?, pinned).map_err(|fault| match fault {
        ExportFault::Broken(broken) => Stopped::Broken(broken),
        fault => Stopped::Failure(Failure::new(Exit::Fault, fault.to_string())),
    })?;
    let mut told = Told::new(&checked, lines, out);
    read_records(open(file)?, &mut |record| told.record(record))?;
    Ok(told.end()?)
}

fn open(file: &str) -> Result<impl BufRead, Failure> {
    let file = File::open(file).map_err(|fault| {
        let exit = if fault.kind() == std::io::ErrorKind::NotFound { Exit::Absent } else { Exit::Fault };
        Failure::new(exit, format!("could not read {file}: {fault}"))
    })?;
    Ok(BufReader::new(file))
}

/// What is said about records that hold.
struct Told<'a, W> {
    checked: &'a Checked,
    lines: Lines,
    out: &'a mut W,
    erased: u64,
    fault: std::io::Result<()>,
}

impl<'a, W: Write> Told<'a, W> {
    fn new(checked: &'a Checked, lines: Lines, out: &'a mut W) -> Self {
        Told { checked, lines, out, erased: 0, fault: Ok(()) }
    }

    fn record(&mut self, record: &Record) {
        let is_erased = self.checked.is_erased(record);
        self.erased += u64::from(is_erased);
        if self.lines == Lines::EachRecord && self.fault.is_ok() {
            let word = if is_erased { "intact and erased" } else { "intact" };
            self.fault = writeln!(self.out, "{} {word}", record.header.position);
        }
    }

    fn end(self) -> std::io::Result<()> {
        let Told { checked, out, erased, fault, .. } = self;
        fault?;
        let (records, head) = (checked.chain.position, checked.chain.digest);
        writeln!(out, "intact: {records} records, head digest {head}")?;
        writeln!(out, "erased: {erased} of them, by destroyed keys")?;
        writeln!(out, "signed: {} of them, by {} checkpoints", checked.covered, checked.checkpoints)
    }
}
