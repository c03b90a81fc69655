//! `rollbook import`: a user for every row of a file.
//!
//! Each row is one command with an idempotency key made of its values, so the same file can be run
//! again after any interruption: what is done is `repeated`. A bad row is reported and stops no other.

mod columns;
mod csv_rows;
mod flight;
mod lines;
mod more;
mod ndjson_rows;
mod new_user;
mod outcome;
pub mod reading;
mod request;
mod row;
mod served;
mod target;

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufWriter, Write};

use clap::ArgMatches;

use super::api::Surroundings;
use super::progress::Progress;
use super::serve::runtime;
use super::{Exit, Failure};
use crate::cli::remote::Server;
use crate::config::{Layers, directory_options};
use crate::directory::offline::{OfflineDirectory, require_directory};
use crate::directory::{Directory, DirectoryOptions};
use flight::{Flight, ROWS_IN_FLIGHT_MAX};
use new_user::{More, NewUser};
use outcome::{Fate, Tally};
use reading::{FileFault, Rows};
use request::Request;
use served::ServedDirectory;
use target::Target;

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let request = Request::from(matches)?;
    told(&request, open_directory(&request, layers)?)
}

/// The same through a server, which judges each row as it judges `createUser`.
pub(super) fn run_served(
    matches: &ArgMatches,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Exit, Failure> {
    let request = Request::from(matches)?;
    let server = Surroundings::of(variables, matches)?.server_as_signed_in(matches)?;
    told(&request, ask_server(&request, server)?)
}

fn told(request: &Request, tally: Tally) -> Result<Exit, Failure> {
    let Tally { created, repeated, refused } = tally;
    let done = if request.dry_run { "would be created" } else { "created" };
    let rows = tally.rows();
    writeln!(std::io::stdout(), "{rows} rows: {created} {done}, {repeated} repeated, {refused} refused")?;
    Ok(if refused > 0 { Exit::RowsRefused } else { Exit::Done })
}

fn open_directory(request: &Request, layers: &Layers) -> Result<Tally, Failure> {
    let mut options = directory_options(layers)?;
    options.queue_commands_max = options.queue_commands_max.max(2 * ROWS_IN_FLIGHT_MAX);
    require_directory(&options)?;
    let (rows, report) = begin(request)?;
    if request.dry_run {
        rehearse(request, options, rows, report)
    } else {
        carry_out(request, options, rows, report)
    }
}

fn ask_server(request: &Request, server: Server) -> Result<Tally, Failure> {
    let (rows, report) = begin(request)?;
    runtime()?.block_on(async {
        let target = Target::Server(Box::new(ServedDirectory::find(server).await?));
        send(request, &target, rows, report).await
    })
}

fn begin(request: &Request) -> Result<(Rows<Box<dyn BufRead>>, Report), Failure> {
    let (reader, length) = request.open()?;
    let rows = Rows::begin(reader, request.format, &request.named).map_err(file_failure)?;
    tell_columns(&rows);
    let report = Report::begin(request, length)?;
    Ok((rows, report))
}

fn rehearse<R: BufRead>(
    request: &Request,
    options: DirectoryOptions,
    rows: Rows<R>,
    report: Report,
) -> Result<Tally, Failure> {
    let directory = OfflineDirectory::open(options)?;
    if directory.head().0 == 0 {
        return Err(never_served());
    }
    let target = Target::Rehearsal(Box::new(RefCell::new(directory.rehearsal()?)));
    let tally = runtime()?.block_on(send(request, &target, rows, report));
    directory.close()?;
    tally
}

fn carry_out<R: BufRead>(
    request: &Request,
    options: DirectoryOptions,
    rows: Rows<R>,
    report: Report,
) -> Result<Tally, Failure> {
    let directory = Directory::open(options)?;
    let runtime = runtime()?;
    let tally = if directory.reached().0 == 0 {
        Err(never_served())
    } else {
        runtime.block_on(send(request, &Target::Directory(directory.clone()), rows, report))
    };
    let closed = runtime.block_on(directory.close());
    let tally = tally?;
    closed.map_err(stopped)?;
    Ok(tally)
}

/// Sends every row on its way, and reports them in their order.
async fn send<R: BufRead>(
    request: &Request,
    target: &Target,
    mut rows: Rows<R>,
    mut report: Report,
) -> Result<Tally, Failure> {
    let mut flight = Flight::default();
    while let Some(row) = rows.next_row().map_err(|fault| file_failure(fault.into()))? {
        while flight.is_full()
            && let Some(landed) = flight.land().await
        {
            report.row(landed?, rows.bytes_read())?;
        }
        let parsed = row.fields.and_then(|fields| NewUser::parse(&fields, request.kind));
        if let Ok(NewUser { more: More { reports_to: Some(above), .. }, .. }) = &parsed
            && !target.finds(above).await?
        {
            // Whoever it is may stand in an earlier line, and be on the way still.
            while let Some(landed) = flight.land().await {
                report.row(landed?, rows.bytes_read())?;
            }
            target.finds(above).await?;
        }
        match parsed {
            Ok(user) => flight.start(row.line, target.ask(user)),
            Err(errors) => flight.landed(row.line, Fate::Refused(errors)),
        }
    }
    while let Some(landed) = flight.land().await {
        report.row(landed?, rows.bytes_read())?;
    }
    report.end()
}

/// Where fates go: the file of outcomes, or standard error for those that need somebody's eye.
struct Report {
    outcomes: Option<BufWriter<File>>,
    progress: Progress,
    tally: Tally,
}

impl Report {
    fn begin(request: &Request, length: u64) -> Result<Report, Failure> {
        let outcomes = request.outcomes.as_ref().map(|path| {
            let unwritable =
                |fault| Failure::new(Exit::Fault, format!("could not write {}: {fault}", path.display()));
            File::create(path).map(BufWriter::new).map_err(unwritable)
        });
        let outcomes = outcomes.transpose()?;
        Ok(Report { outcomes, progress: Progress::towards(length), tally: Tally::default() })
    }

    fn row(&mut self, (line, fate): (u64, Fate), bytes_read: u64) -> Result<(), Failure> {
        self.tally.count(&fate);
        match (&mut self.outcomes, &fate) {
            (Some(outcomes), fate) => outcome::write(outcomes, line, fate)?,
            (None, Fate::Refused(errors)) => {
                self.progress.end();
                // Nobody reads it: the count at the end still tells.
                let _ = writeln!(std::io::stderr(), "{}", outcome::sentence(line, errors));
            }
            (None, Fate::Created(_) | Fate::Repeated(_)) => {}
        }
        self.progress.reached(bytes_read);
        Ok(())
    }

    fn end(mut self) -> Result<Tally, Failure> {
        self.progress.end();
        if let Some(outcomes) = &mut self.outcomes {
            outcomes.flush()?;
        }
        Ok(self.tally)
    }
}

/// Headers are not shown: without a header line they would be a person's.
fn tell_columns<R: BufRead>(rows: &Rows<R>) {
    let Some(columns) = rows.columns() else { return };
    let aside: Vec<String> = columns.left_aside().map(|column| column.to_string()).collect();
    if !aside.is_empty() {
        let aside = aside.join(", ");
        let _ = writeln!(std::io::stderr(), "columns left aside, by number: {aside} (name one by --column)");
    }
}

fn file_failure(fault: FileFault) -> Failure {
    let exit = if matches!(fault, FileFault::Io(_)) { Exit::Fault } else { Exit::Usage };
    Failure::new(exit, fault.to_string())
}

/// Why no further row has a fate, and how to go on.
fn stopped(reason: impl std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Fault,
        format!("{reason}. What was reported is done: run the same file again to go on"),
    )
}

fn never_served() -> Failure {
    let sentence = "the directory has no administrator yet: start `rollbook serve` once, and import then";
    Failure::new(Exit::Absent, sentence)
}
