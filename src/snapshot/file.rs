//! One file of sealed pieces: a clear beginning, then part after part, each of pieces of at most [`PIECE_BYTES`].
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `rollsnap` |
//! | 1 | version |
//! | 16 | name of the key |
//! | 8 | position, little endian |
//! | 5 + n each | 1 for the last piece of its part, else 0; length (4, little endian); the sealed piece |
//!
//! A piece is bound to the clear beginning, to the number of its part, to its own within it, and to being the last:
//! none can be moved, dropped or added.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::FileExt;

use rollbook_keyring::{SNAPSHOT_KEY_NAME_BYTES, SnapshotKey};
use rollbook_projections::snapshot::{PartSink, PartSource};
use rollbook_schema::Position;
use zeroize::{Zeroize, Zeroizing};

/// Clear bytes of one piece, at most.
const PIECE_BYTES: usize = 1 << 20;
/// What sealing adds, generously: a longer piece is none of ours.
const SEALED_BYTES_MAX: usize = PIECE_BYTES + 256;
const MAGIC: &[u8; 8] = b"rollsnap";
const VERSION: u8 = 1;
const CLEAR_BYTES: usize = 8 + 1 + SNAPSHOT_KEY_NAME_BYTES + 8;
const PIECE_HEAD_BYTES: usize = 1 + 4;

/// The clear beginning.
fn clear(key: &SnapshotKey, position: Position) -> [u8; CLEAR_BYTES] {
    let mut clear = [0; CLEAR_BYTES];
    clear[..8].copy_from_slice(MAGIC);
    clear[8] = VERSION;
    clear[9..9 + SNAPSHOT_KEY_NAME_BYTES].copy_from_slice(&key.name());
    clear[CLEAR_BYTES - 8..].copy_from_slice(&position.0.to_le_bytes());
    clear
}

fn associated(clear: &[u8], part: usize, piece: usize, is_last: bool) -> Vec<u8> {
    let mut bound = clear.to_vec();
    bound.extend((part as u64).to_le_bytes());
    bound.extend((piece as u64).to_le_bytes());
    bound.push(is_last.into());
    bound
}

fn damaged(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Seals what is written to it.
pub(super) struct SealedSink<'a> {
    out: BufWriter<File>,
    key: &'a SnapshotKey,
    /// Asked before each piece.
    has_room: &'a dyn Fn() -> io::Result<()>,
    clear: [u8; CLEAR_BYTES],
    /// Parts begun, and pieces of the last one written.
    part: usize,
    piece: usize,
    /// Never grows, so no copy of it stays behind.
    clear_piece: Zeroizing<Vec<u8>>,
}

impl<'a> SealedSink<'a> {
    pub(super) fn new(
        file: File,
        key: &'a SnapshotKey,
        position: Position,
        has_room: &'a dyn Fn() -> io::Result<()>,
    ) -> io::Result<SealedSink<'a>> {
        let clear = clear(key, position);
        let mut out = BufWriter::new(file);
        out.write_all(&clear)?;
        let clear_piece = Zeroizing::new(Vec::with_capacity(PIECE_BYTES));
        Ok(SealedSink { out, key, has_room, clear, part: 0, piece: 0, clear_piece })
    }

    /// Ends the last part; the file is durable when this returns.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.put(true)?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn put(&mut self, is_last: bool) -> io::Result<()> {
        (self.has_room)()?;
        let bound = associated(&self.clear, self.part, self.piece, is_last);
        let sealed = self.key.seal(&bound, &self.clear_piece);
        self.clear_piece.zeroize();
        self.piece += 1;
        self.out.write_all(&[is_last.into()])?;
        self.out.write_all(&u32::try_from(sealed.len()).map_err(io::Error::other)?.to_le_bytes())?;
        self.out.write_all(&sealed)
    }
}

impl PartSink for SealedSink<'_> {
    fn begin(&mut self) -> io::Result<()> {
        if self.part > 0 {
            self.put(true)?;
        }
        self.part += 1;
        self.piece = 0;
        Ok(())
    }

    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            if self.clear_piece.len() == PIECE_BYTES {
                self.put(false)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PIECE_BYTES - self.clear_piece.len()));
            self.clear_piece.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }
}

struct Piece {
    offset: u64,
    bytes: usize,
}

/// A file of sealed parts, as found.
pub(super) struct SealedFile {
    file: File,
    key: SnapshotKey,
    clear: [u8; CLEAR_BYTES],
    parts: Vec<Vec<Piece>>,
}

impl SealedFile {
    /// Looks where its pieces are; opens none.
    ///
    /// # Errors
    /// `InvalidData` for a file that is not whole, or was sealed under another key.
    pub(super) fn open(mut file: File, key: SnapshotKey) -> io::Result<SealedFile> {
        let mut found = [0; CLEAR_BYTES];
        file.read_exact(&mut found)?;
        let Some(position) = found.last_chunk() else { return Err(damaged("it has no beginning")) };
        if found != clear(&key, Position(u64::from_le_bytes(*position))) {
            return Err(damaged("it was sealed under another key"));
        }
        let parts = pieces(&file)?;
        Ok(SealedFile { file, key, clear: found, parts })
    }

    /// Where the folds stood that it holds.
    pub(super) fn position(&self) -> Position {
        let bytes = self.clear.last_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        Position(bytes)
    }

    /// How many parts it has.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Reads part by part, beginning with one.
    pub(super) fn parts(&self, first: usize) -> SealedParts<'_> {
        SealedParts { file: self, next: first }
    }

    fn part(&self, number: usize) -> io::Result<Zeroizing<Vec<u8>>> {
        let pieces = self.parts.get(number).ok_or_else(|| damaged("it has too few parts"))?;
        let mut part = Zeroizing::new(Vec::with_capacity(pieces.iter().map(|piece| piece.bytes).sum()));
        let mut sealed = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            sealed.resize(piece.bytes, 0);
            self.file.read_exact_at(&mut sealed, piece.offset)?;
            // Parts are counted from 1, since nothing stands before the first.
            let bound = associated(&self.clear, number + 1, index, index + 1 == pieces.len());
            let opened =
                self.key.open(&bound, &sealed).ok_or_else(|| damaged("a piece is not what was written"))?;
            part.extend_from_slice(&opened);
        }
        Ok(part)
    }
}

fn pieces(file: &File) -> io::Result<Vec<Vec<Piece>>> {
    let length = file.metadata()?.len();
    let (mut parts, mut part) = (Vec::new(), Vec::new());
    let mut offset = CLEAR_BYTES as u64;
    while offset < length {
        let mut head = [0; PIECE_HEAD_BYTES];
        file.read_exact_at(&mut head, offset)?;
        let [is_last, bytes @ ..] = head;
        let bytes = u32::from_le_bytes(bytes) as usize;
        offset += PIECE_HEAD_BYTES as u64;
        if bytes > SEALED_BYTES_MAX || offset + bytes as u64 > length {
            return Err(damaged("it ends within a piece"));
        }
        part.push(Piece { offset, bytes });
        offset += bytes as u64;
        if is_last == 1 {
            parts.push(std::mem::take(&mut part));
        }
    }
    if part.is_empty() { Ok(parts) } else { Err(damaged("it ends within a part")) }
}

/// Reads the parts of a file in order.
pub(super) struct SealedParts<'a> {
    file: &'a SealedFile,
    next: usize,
}

impl PartSource for SealedParts<'_> {
    fn next(&mut self) -> io::Result<Zeroizing<Vec<u8>>> {
        let part = self.file.part(self.next)?;
        self.next += 1;
        Ok(part)
    }
}
