//! The export: everything that a check needs, in one file that any program can read.
//!
//! JSON, an object a line, in this order:
//!
//! ```text
//! {"rollbookExport":1,"origin":"id.example.com/log","records":1200}
//! {"verifierKey":"id.example.com/log+0a1b2c3d+AQ…"}
//! {"signedAt":"2026-01-02T03:04:05.678Z","checkpoint":"id.example.com/log\n1200\n…"}
//! {"leaf":"…","sealed":["…",null]}
//! ```
//!
//! Then come as many records as the first line says, by position. `leaf` is the leaf as [`super`] defines it,
//! base64: its SHA-256 behind a zero byte is a leaf of the tree. `sealed` has the sealed bytes of each part, base64,
//! or null for bytes that were taken away; without it the export holds no sealed bytes, and proves as much.

use std::io::{self, BufRead, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollbook_schema::id::Digest;
use rollbook_schema::record::SealedPart;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Header, Record};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::check::{Checked, Checker, Signed};
use super::note::{Note, VerifierKey};
use super::store::SignedCheckpoint;
use super::verify::{Broken, Flaw};

/// The only version there is.
const VERSION: u32 = 1;
/// Bytes of one hash.
const HASH_BYTES: usize = 32;

/// Which parts of records are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedBytes {
    /// Their hashes only: nothing that any key could open.
    LeftOut,
    /// As they are stored.
    Included,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Title {
    rollbook_export: u32,
    origin: String,
    records: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    #[serde(rename_all = "camelCase")]
    Key { verifier_key: String },
    #[serde(rename_all = "camelCase")]
    Checkpoint { signed_at: Timestamp, checkpoint: String },
    Record {
        leaf: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sealed: Option<Vec<Option<String>>>,
    },
}

/// Why an export could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// It could not be read.
    #[error("could not read the export: {0}")]
    Read(#[from] io::Error),
    /// A line is not what stands there in an export.
    #[error("line {0} is no line of an export")]
    Line(u64),
    /// It holds, as an export, and what it says does not.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// Writes exports.
pub struct ExportWriter<W> {
    out: W,
    sealed: SealedBytes,
}

impl<W: Write> ExportWriter<W> {
    /// Begins an export of so many records.
    ///
    /// # Errors
    /// What writing meets.
    pub fn begin(
        mut out: W,
        sealed: SealedBytes,
        origin: &str,
        records: u64,
        signed: &Signed,
    ) -> io::Result<Self> {
        let title = Title { rollbook_export: VERSION, origin: origin.to_owned(), records };
        write_line(&mut out, &title)?;
        for key in &signed.trusted {
            write_line(&mut out, &Line::Key { verifier_key: key.to_string() })?;
        }
        for one in &signed.checkpoints {
            let (signed_at, checkpoint) = (one.signed_at, one.note.to_string());
            write_line(&mut out, &Line::Checkpoint { signed_at, checkpoint })?;
        }
        Ok(ExportWriter { out, sealed })
    }

    /// Writes the next record.
    ///
    /// # Errors
    /// What writing meets.
    pub fn record(&mut self, record: &Record) -> io::Result<()> {
        let bytes = |part: &SealedPart| match part {
            SealedPart::Sealed(bytes) => Some(STANDARD.encode(bytes)),
            SealedPart::Removed(_) => None,
        };
        let sealed = (self.sealed == SealedBytes::Included).then(|| record.parts.iter().map(bytes).collect());
        write_line(&mut self.out, &Line::Record { leaf: STANDARD.encode(record.leaf()), sealed })
    }

    /// Ends it, and gives the writer back.
    ///
    /// # Errors
    /// What writing meets.
    pub fn end(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

fn write_line(out: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// Checks an export. `pinned` are the keys to trust, in the place of those that the export names.
///
/// # Errors
/// [`ExportFault::Broken`] with the first position that does not hold.
pub fn verify_export(input: impl BufRead, pinned: Vec<VerifierKey>) -> Result<Checked, ExportFault> {
    let is_pinned = !pinned.is_empty();
    let mut signed = Signed { trusted: pinned, ..Signed::default() };
    let mut checker = None;
    let mut records = 0;
    for (line, number) in input.lines().zip(1_u64..) {
        let (line, wrong) = (line?, || ExportFault::Line(number));
        if number == 1 {
            let title: Title = serde_json::from_str(&line).map_err(|_| wrong())?;
            records = title.records;
            if title.rollbook_export != VERSION {
                return Err(wrong());
            }
            continue;
        }
        match serde_json::from_str(&line).map_err(|_| wrong())? {
            Line::Key { verifier_key } if checker.is_none() => {
                let key = verifier_key.parse().map_err(|_| wrong())?;
                signed.trusted.extend((!is_pinned).then_some(key));
            }
            Line::Checkpoint { signed_at, checkpoint } if checker.is_none() => {
                let note: Note = checkpoint.parse().map_err(|_| wrong())?;
                let checkpoint = note.text.parse().map_err(|_| wrong())?;
                signed.checkpoints.push(SignedCheckpoint { checkpoint, signed_at, note });
            }
            Line::Record { leaf, sealed } => {
                let checker = checker.get_or_insert_with(|| Checker::new(std::mem::take(&mut signed)));
                let position = checker.reached().next();
                let record = record(&leaf, sealed);
                checker.take(&record.ok_or(Broken { position, flaw: Flaw::ExportedRecord })?)?;
            }
            Line::Key { .. } | Line::Checkpoint { .. } => return Err(wrong()),
        }
    }
    let checker = checker.unwrap_or_else(|| Checker::new(signed));
    let checked = checker.end()?;
    // Records that nobody signed yet may be missing at the end; the first line tells.
    let position = checked.chain.position.next();
    if position.0 == records + 1 {
        Ok(checked)
    } else {
        Err(Broken { position, flaw: Flaw::Frame(format!("the export has {records} records")) }.into())
    }
}

/// Shows every record of an export that was checked.
///
/// # Errors
/// What reading meets.
pub fn read_records(input: impl BufRead, visit: &mut dyn FnMut(&Record)) -> io::Result<()> {
    for line in input.lines() {
        if let Ok(Line::Record { leaf, sealed }) = serde_json::from_str(&line?)
            && let Some(record) = record(&leaf, sealed)
        {
            visit(&record);
        }
    }
    Ok(())
}

/// A record out of its leaf. Sealed bytes count only if they are those of the leaf.
fn record(leaf: &str, sealed: Option<Vec<Option<String>>>) -> Option<Record> {
    let leaf = STANDARD.decode(leaf).ok()?;
    let (header, hashes) = Header::take_from(&leaf).ok()?;
    let header_bytes = leaf.get(..leaf.len() - hashes.len())?.to_vec();
    let (hashes, rest) = hashes.as_chunks::<HASH_BYTES>();
    if !rest.is_empty() || hashes.len() != header.parts.len() {
        return None;
    }
    let mut parts: Vec<SealedPart> = hashes.iter().map(|hash| SealedPart::Removed(Digest(*hash))).collect();
    let sealed = sealed.unwrap_or_default();
    if !sealed.is_empty() && sealed.len() != parts.len() {
        return None;
    }
    for (part, (sealed, hash)) in parts.iter_mut().zip(sealed.into_iter().zip(hashes)) {
        let Some(sealed) = sealed else { continue };
        let bytes = STANDARD.decode(sealed).ok()?;
        if Sha256::digest(&bytes).as_slice() != hash {
            return None;
        }
        *part = SealedPart::Sealed(bytes);
    }
    Some(Record { header, header_bytes, parts })
}
