//! The bytes of a segment: a first line, then frames.
//!
//! ```text
//! "rollbook backup 1\n"
//! kind (u8), length (u32, little-endian), body, the first 8 bytes of SHA-256 over the stream up to the end of the body
//! …
//! ```
//!
//! The check of each frame covers everything before it too, so a frame cannot be left out, moved or repeated without
//! being noticed at its place. It is against accidents; against forgery stand the signed checkpoints. Any bytes give
//! frames or a [`StreamFault`], never a panic.

use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

/// The first line. A change of the form is another number.
pub const FIRST_LINE: &[u8; 18] = b"rollbook backup 1\n";
/// Longest body, in bytes: a file of keys grows with erasures.
pub const FRAME_BYTES_MAX: usize = 32 << 20;
/// Before each body: kind and length.
const HEAD_BYTES: usize = 1 + 4;
/// Behind each body.
const CHECK_BYTES: usize = 8;

/// Why a stream is no segment.
#[derive(Debug, thiserror::Error)]
pub enum StreamFault {
    /// It does not begin as one.
    #[error("it is no backup, or one of a later version")]
    NotABackup,
    /// Bytes were altered.
    #[error("it is damaged at byte {at}")]
    Damaged {
        /// Where the frame begins that does not hold.
        at: u64,
    },
    /// It ends without an end mark.
    #[error("it was cut off at byte {at}, before its end mark")]
    CutShort {
        /// Where it ends.
        at: u64,
    },
    /// It could not be read.
    #[error("it could not be read: {0}")]
    Read(io::Error),
}

/// Writes frames into memory, piece by piece.
pub struct FrameWriter(Sha256);

impl FrameWriter {
    /// Writes the first line.
    pub fn begin(out: &mut Vec<u8>) -> FrameWriter {
        out.extend_from_slice(FIRST_LINE);
        FrameWriter(Sha256::new().chain_update(FIRST_LINE))
    }

    /// Writes one frame. The body must be of at most [`FRAME_BYTES_MAX`].
    pub fn frame(&mut self, kind: u8, body: &[&[u8]], out: &mut Vec<u8>) {
        let length: usize = body.iter().map(|piece| piece.len()).sum();
        debug_assert!(length <= FRAME_BYTES_MAX, "checked by whoever made the body");
        let start = out.len();
        out.push(kind);
        out.extend_from_slice(&(length as u32).to_le_bytes());
        body.iter().for_each(|piece| out.extend_from_slice(piece));
        self.0.update(&out[start..]);
        out.extend_from_slice(&check(&self.0));
    }
}

/// Reads frames, and holds each against its check.
pub struct FrameReader<R> {
    input: R,
    hash: Sha256,
    at: u64,
}

impl<R: Read> FrameReader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// [`StreamFault::NotABackup`], and what reading meets.
    pub fn begin(mut input: R) -> Result<FrameReader<R>, StreamFault> {
        let mut line = [0; FIRST_LINE.len()];
        match input.read_exact(&mut line) {
            Err(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(StreamFault::NotABackup);
            }
            read => read.map_err(StreamFault::Read)?,
        }
        if line != *FIRST_LINE {
            return Err(StreamFault::NotABackup);
        }
        let hash = Sha256::new().chain_update(line);
        Ok(FrameReader { input, hash, at: FIRST_LINE.len() as u64 })
    }

    /// Where the next frame begins, in bytes.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The next frame: its kind and its body. `None` where the stream ends between two frames.
    ///
    /// # Errors
    /// [`StreamFault::CutShort`] within a frame, [`StreamFault::Damaged`] where its check does not hold.
    pub fn frame(&mut self) -> Result<Option<(u8, Vec<u8>)>, StreamFault> {
        let head = self.bytes(HEAD_BYTES)?;
        if head.is_empty() {
            return Ok(None);
        }
        let Some((&[kind, a, b, c, d], [])) = head.split_first_chunk::<HEAD_BYTES>() else {
            return Err(self.cut(head.len()));
        };
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        if length > FRAME_BYTES_MAX {
            return Err(StreamFault::Damaged { at: self.at });
        }
        let body = self.bytes(length)?;
        if body.len() < length {
            return Err(self.cut(head.len() + body.len()));
        }
        let checked = self.bytes(CHECK_BYTES)?;
        if checked.len() < CHECK_BYTES {
            return Err(self.cut(head.len() + body.len() + checked.len()));
        }
        self.hash.update(&head);
        self.hash.update(&body);
        if checked != check(&self.hash) {
            return Err(StreamFault::Damaged { at: self.at });
        }
        self.at += (HEAD_BYTES + length + CHECK_BYTES) as u64;
        Ok(Some((kind, body)))
    }

    /// So many bytes, or as many as there are. Room is made as they come: a length alone costs nothing.
    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, StreamFault> {
        let mut bytes = Vec::new();
        (&mut self.input).take(count as u64).read_to_end(&mut bytes).map_err(StreamFault::Read)?;
        Ok(bytes)
    }

    fn cut(&self, after: usize) -> StreamFault {
        StreamFault::CutShort { at: self.at + after as u64 }
    }
}

fn check(hash: &Sha256) -> [u8; CHECK_BYTES] {
    let digest = hash.clone().finalize();
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(&digest[..CHECK_BYTES]);
    check
}
