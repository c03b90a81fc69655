//! What stands in the frames of a segment.

use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;
use serde::{Deserialize, Serialize};

use super::frame::{FrameWriter, StreamFault};
use crate::evidence::note::{Note, VerifierKey};
use crate::evidence::store::SignedCheckpoint;

const TITLE: u8 = 1;
const VERIFIER_KEY: u8 = 2;
const CHECKPOINT: u8 = 3;
const RECORD: u8 = 4;
const PICTURE: u8 = 5;
const KEY_FILE: u8 = 6;
const END: u8 = 7;

/// What a segment is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Holding {
    /// Sealed records and what was signed about them.
    Records,
    /// The wrapped keys.
    Keys,
}

/// Which records a segment holds: those after one and through another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Title {
    /// Of what.
    pub holding: Holding,
    /// The name of the log.
    pub origin: String,
    /// When it was begun.
    pub made_at: Timestamp,
    /// The position before its first record; 0 for a whole backup.
    pub after: u64,
    /// The digest of the record there; zeros before the first.
    pub after_digest: Digest,
    /// Its last position. Of keys: how far the log was when they had been copied.
    pub through: u64,
}

/// The end mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct End {
    /// How many records, or files of keys.
    pub count: u64,
    /// How many pictures.
    pub pictures: u64,
    /// Of the last record.
    pub digest: Digest,
}

/// One frame of a segment.
#[derive(Clone, Debug)]
pub enum Part {
    /// First.
    Title(Title),
    /// A key that signed.
    VerifierKey(VerifierKey),
    /// What was signed.
    Checkpoint(SignedCheckpoint),
    /// A record as it is stored.
    Record(Vec<u8>),
    /// The sealed file of a picture, whose name is its digest.
    Picture(Vec<u8>),
    /// A wrapped file of keys.
    KeyFile {
        /// Its name in the keyring.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Last.
    End(End),
}

impl Part {
    /// Writes the frame of the part.
    pub fn write(&self, frames: &mut FrameWriter, out: &mut Vec<u8>) {
        let json = |value: serde_json::Result<Vec<u8>>| value.unwrap_or_default();
        match self {
            Part::Title(title) => frames.frame(TITLE, &[&json(serde_json::to_vec(title))], out),
            Part::VerifierKey(key) => frames.frame(VERIFIER_KEY, &[key.to_string().as_bytes()], out),
            Part::Checkpoint(signed) => {
                let millis = signed.signed_at.millis().to_le_bytes();
                frames.frame(CHECKPOINT, &[&millis, signed.note.to_string().as_bytes()], out);
            }
            Part::Record(bytes) => frames.frame(RECORD, &[bytes], out),
            Part::Picture(sealed) => frames.frame(PICTURE, &[sealed], out),
            Part::KeyFile { name, bytes } => {
                // Names of the keyring are some twenty letters.
                let length = u8::try_from(name.len()).unwrap_or(u8::MAX);
                frames.frame(KEY_FILE, &[&[length], name.as_bytes(), bytes], out);
            }
            Part::End(end) => frames.frame(END, &[&json(serde_json::to_vec(end))], out),
        }
    }

    /// Reads the body of a frame that begins at `at`.
    ///
    /// # Errors
    /// [`StreamFault::Damaged`] where it is none.
    pub fn read(kind: u8, body: Vec<u8>, at: u64) -> Result<Part, StreamFault> {
        Part::parse(kind, body).ok_or(StreamFault::Damaged { at })
    }

    fn parse(kind: u8, body: Vec<u8>) -> Option<Part> {
        Some(match kind {
            TITLE => Part::Title(serde_json::from_slice(&body).ok()?),
            VERIFIER_KEY => Part::VerifierKey(str::from_utf8(&body).ok()?.parse().ok()?),
            CHECKPOINT => {
                let (millis, note) = body.split_first_chunk()?;
                let note: Note = str::from_utf8(note).ok()?.parse().ok()?;
                let checkpoint = note.text.parse().ok()?;
                let signed_at = Timestamp::from_millis(i64::from_le_bytes(*millis));
                Part::Checkpoint(SignedCheckpoint { checkpoint, signed_at, note })
            }
            RECORD => Part::Record(body),
            PICTURE => Part::Picture(body),
            KEY_FILE => {
                let (&length, rest) = body.split_first()?;
                let (name, bytes) = rest.split_at_checked(length.into())?;
                Part::KeyFile { name: str::from_utf8(name).ok()?.to_owned(), bytes: bytes.to_vec() }
            }
            END => Part::End(serde_json::from_slice(&body).ok()?),
            _ => return None,
        })
    }
}
