//! The witness: a small file outside the log's directory that remembers how far the log reached.
//!
//! A log with its tail cut off looks consistent, and the engine opens a cut file as a shorter or even
//! empty log and destroys the rest. Only something kept elsewhere can tell. The file is text, so that an
//! operator can read it:
//!
//! ```text
//! rollbook-witness 1
//! position 1200
//! digest 5f0c…
//! log-bytes 8388608
//! ```

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::port::Digest;

const TITLE: &str = "rollbook-witness 1";
/// A witness is some 140 bytes; more than this is not one.
const WITNESS_BYTES_MAX: u64 = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Witness {
    /// The durable head when it was written. The end of a batch, or 0.
    pub position: u64,
    pub digest: Digest,
    /// Length of the engine's file then. The engine may shorten it by itself when its tail is free.
    pub log_bytes: u64,
}

impl Witness {
    /// `None` when there is no such file.
    pub fn load(path: &Path) -> Result<Option<Self>, Fault> {
        let io = |source| Fault::Io { action: "read the witness file", source };
        let length = match fs::metadata(path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io(error)),
        };
        let unreadable = || Fault::WitnessUnreadable { path: path.to_owned() };
        if length > WITNESS_BYTES_MAX {
            return Err(unreadable());
        }
        let bytes = fs::read(path).map_err(io)?;
        Self::parse(&bytes).map(Some).ok_or_else(unreadable)
    }

    /// Replaces the file whole: temporary, sync, rename, sync of the folder.
    pub fn store(&self, path: &Path) -> Result<(), Fault> {
        self.try_store(path).map_err(|source| Fault::Io { action: "write the witness file", source })
    }

    fn try_store(&self, path: &Path) -> io::Result<()> {
        let folder = folder_of(path);
        fs::create_dir_all(folder)?;
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(".new");
        let temporary = PathBuf::from(temporary);
        let mut file = File::create(&temporary)?;
        file.write_all(self.text().as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, path)?;
        File::open(folder)?.sync_all()
    }

    fn text(&self) -> String {
        let Self { position, digest, log_bytes } = self;
        format!("{TITLE}\nposition {position}\ndigest {digest}\nlog-bytes {log_bytes}\n")
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let mut lines = text.split('\n');
        if lines.next()? != TITLE {
            return None;
        }
        let position = lines.next()?.strip_prefix("position ")?.parse().ok()?;
        let digest = parse_digest(lines.next()?.strip_prefix("digest ")?)?;
        let log_bytes = lines.next()?.strip_prefix("log-bytes ")?.parse().ok()?;
        lines.next().is_none().then_some(Self { position, digest, log_bytes })
    }
}

/// The folder a file stands in; a bare name stands in the current one.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn parse_digest(hex: &str) -> Option<Digest> {
    let mut digest = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (byte, pair) in digest.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(Digest(digest))
}
