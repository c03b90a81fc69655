//! `rollbook backup`: records into a folder or a stream, keys into a folder of their own, and the check of both.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use clap::ArgMatches;
use http_body_util::BodyExt as _;
use hyper::body::{Bytes, Incoming};
use tokio::runtime::Runtime;

use super::api::Surroundings;
use super::audit::keys as pinned;
use super::remote::Server;
use super::serve::runtime;
use super::{Exit, Failure, output};
use crate::backup::examine::{Examination, Examined};
use crate::backup::segment::{After, Segment};
use crate::backup::set::BackupSet;
use crate::backup::{BackupFault, forgotten, keys};
use crate::clock::{Clock as _, SystemClock};
use crate::config::{Layers, directory_options};
use crate::directory::offline::OfflineDirectory;

/// Longest copy of the keys that a server may send, in bytes.
const KEYS_BYTES_MAX: usize = 1 << 30;

/// Where records and keys come from.
enum Origin {
    Directory(Box<OfflineDirectory>),
    Server(Box<Server>, Runtime),
}

pub(super) fn run(
    matches: &ArgMatches,
    layers: &Layers,
    variables: Vec<(OsString, OsString)>,
) -> Result<Exit, Failure> {
    let options = directory_options(layers)?;
    let days = options.keyring_backup_days;
    let origin = if matches.contains_id("server") {
        let server = Surroundings::of(variables, matches)?.server_as_signed_in(matches)?;
        Origin::Server(Box::new(server), runtime()?)
    } else {
        Origin::Directory(Box::new(OfflineDirectory::open(options)?))
    };
    // Keys first: what a copy of them lacks, the records that come after it tell.
    if let Some(folder) = path(matches, "keys") {
        keep_keys(&origin, &folder, days)?;
    }
    let to = path(matches, "to").unwrap_or_default();
    let list = path(matches, "forgotten");
    let told = if is_standard(&to) { to_output(&origin)? } else { to_folder(&origin, &to)? };
    if let Some(list) = list {
        forgotten::write(&list, &told.forgotten)?;
    }
    if let Origin::Directory(directory) = origin {
        directory.close()?;
    }
    Ok(Exit::Done)
}

/// `rollbook backup verify`.
pub(super) fn verify(matches: &ArgMatches) -> Result<Exit, Failure> {
    let from = path(matches, "DIR").unwrap_or_default();
    let examined = if is_standard(&from) {
        let mut examination = Examination::begin(pinned(matches)?);
        examination.segment("the stream", io::stdin().lock(), &mut |_| Ok(()))?;
        examination.end()?
    } else {
        BackupSet::find(&from)?.read(pinned(matches)?, &mut |_| Ok(()))?
    };
    let mut out = output::standard();
    tell(&examined, &mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}

pub(super) fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.get_one::<String>(name).map(PathBuf::from)
}

/// `-`: standard input or output.
pub(super) fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

fn tell(examined: &Examined, out: &mut impl Write) -> io::Result<()> {
    let (After { position, digest }, checked) = (examined.reached(), &examined.checked);
    writeln!(out, "intact: {position} records in {} segments, last digest {digest}", examined.segments)?;
    writeln!(out, "signed: {} of them, by {} checkpoints", checked.covered, checked.checkpoints)?;
    writeln!(out, "pictures: {}", examined.pictures)
}

fn keep_keys(origin: &Origin, folder: &Path, days: u16) -> Result<(), Failure> {
    let stream = match origin {
        Origin::Directory(directory) => directory.copy_keys()?,
        Origin::Server(server, runtime) => {
            let body = runtime.block_on(server.download("/backup/keys"))?;
            let mut stream = Vec::new();
            let mut body = Download::of(body, runtime).take(KEYS_BYTES_MAX as u64);
            body.read_to_end(&mut stream).map_err(cut)?;
            stream
        }
    };
    let (kept, ended) = keys::keep(folder, &stream, days, SystemClock.now())?;
    let mut out = io::stderr();
    let _ = writeln!(out, "keys: copied to {}; {ended} older than {days} days destroyed", kept.display());
    Ok(())
}

fn to_folder(origin: &Origin, folder: &Path) -> Result<Examined, Failure> {
    let mut set = BackupSet::in_folder(folder)?;
    let before = if set.is_empty() { After::default() } else { set.examine()?.reached() };
    let examined = match origin {
        Origin::Directory(directory) => {
            let segment = Segment::begin(directory.sources()?, before, directory.head().0)?;
            if segment.through() == before.position {
                set.examine()?
            } else {
                set.add(before, &mut Pieces::of(segment))?
            }
        }
        Origin::Server(server, runtime) => set.add(before, &mut served(server, runtime, before)?)?,
    };
    let mut out = output::standard();
    let came = examined.reached().position - before.position;
    writeln!(out, "{came} records came since the backup before")?;
    tell(&examined, &mut out)?;
    out.flush()?;
    Ok(examined)
}

/// Whole, to whoever reads it; checked as it passes by.
fn to_output(origin: &Origin) -> Result<Examined, Failure> {
    let mut out = output::standard();
    let mut examination = Examination::begin(Vec::new());
    let before = After::default();
    let mut checked = |input: &mut dyn Read| {
        let passing = Passing { input, out: &mut out };
        examination.segment("the stream", passing, &mut |_| Ok(()))
    };
    match origin {
        Origin::Directory(directory) => {
            checked(&mut Pieces::of(Segment::begin(directory.sources()?, before, directory.head().0)?))?;
        }
        Origin::Server(server, runtime) => checked(&mut served(server, runtime, before)?)?,
    }
    out.flush()?;
    Ok(examination.end()?)
}

fn served<'a>(server: &Server, runtime: &'a Runtime, after: After) -> Result<Download<'a>, Failure> {
    let path = format!("/backup?after={}&digest={}", after.position, after.digest);
    Ok(Download::of(runtime.block_on(server.download(&path))?, runtime))
}

fn cut(fault: io::Error) -> Failure {
    Failure::new(Exit::Fault, format!("the server broke off: {fault}"))
}

/// A segment as it is made.
struct Pieces {
    segment: Segment,
    piece: io::Cursor<Vec<u8>>,
}

impl Pieces {
    fn of(segment: Segment) -> Pieces {
        Pieces { segment, piece: io::Cursor::default() }
    }
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            match self.segment.piece().map_err(io::Error::other)? {
                Some(piece) => self.piece = io::Cursor::new(piece),
                None => return Ok(0),
            }
        }
    }
}

/// A body as it comes. One that breaks off reads as ended: the end mark tells.
struct Download<'a> {
    body: Incoming,
    runtime: &'a Runtime,
    piece: Bytes,
}

impl<'a> Download<'a> {
    fn of(body: Incoming, runtime: &'a Runtime) -> Self {
        Download { body, runtime, piece: Bytes::new() }
    }
}

impl Read for Download<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.runtime.block_on(self.body.frame()) {
                None | Some(Err(_)) => return Ok(0),
                Some(Ok(frame)) => self.piece = frame.into_data().unwrap_or_default(),
            }
        }
        let count = into.len().min(self.piece.len());
        into[..count].copy_from_slice(&self.piece.split_to(count));
        Ok(count)
    }
}

/// Hands on what is read.
struct Passing<'a, W> {
    input: &'a mut dyn Read,
    out: &'a mut W,
}

impl<W: Write> Read for Passing<'_, W> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        self.out.write_all(&into[..count])?;
        Ok(count)
    }
}

impl From<BackupFault> for Failure {
    fn from(fault: BackupFault) -> Failure {
        use crate::backup::frame::StreamFault;
        use crate::directory::OpenFault;
        let exit = match fault {
            BackupFault::Log(fault) => return OpenFault::from(fault).into(),
            BackupFault::Absent { .. } => Exit::Absent,
            BackupFault::Segment { source: StreamFault::Read(_), .. } => Exit::Fault,
            BackupFault::Segment { .. }
            | BackupFault::Gap { .. }
            | BackupFault::Broken { .. }
            | BackupFault::OtherHistory(_)
            | BackupFault::NotAList { .. } => Exit::Broken,
            BackupFault::NotEmpty { .. }
            | BackupFault::EndsBefore { .. }
            | BackupFault::KeysTooNew { .. } => Exit::Usage,
            _ => Exit::Fault,
        };
        Failure::new(exit, fault.to_string())
    }
}

impl Server {
    /// The body of an answer.
    async fn download(&self, path: &str) -> Result<Incoming, Failure> {
        let response = self.get(path).await?;
        match response.status() {
            StatusCode::OK => Ok(response.into_body()),
            StatusCode::UNAUTHORIZED => Err(super::remote::RemoteFault::Token.into()),
            StatusCode::FORBIDDEN => {
                Err(Failure::new(Exit::Refused, "the session has no right to take this backup"))
            }
            StatusCode::CONFLICT => Err(Failure::new(
                Exit::Broken,
                "the server's log is not the one that was backed up here: begin a new backup in an empty folder, and \
                 keep this one",
            )),
            StatusCode::SERVICE_UNAVAILABLE => Err(Failure::new(
                Exit::Refused,
                "the server has a backup under way, or cannot begin one: try again",
            )),
            status => Err(super::remote::RemoteFault::Status(status).into()),
        }
    }
}
