//! The page: one stored value of at most 4 KB, and the key it stands under.
//!
//! ```text
//! 0   version, 1
//! 1   flags: bit 0 the page opens a batch, bit 1 it holds a fragment of one large record
//! 2   CRC-32 of the key, version, flags and all that follows (a page under another page's key fails)
//! 6   frame header, if the page opens a batch
//! …   fragment: bytes of the whole record (u32), then this part of it
//!     else whole records to the end, each behind its length (u16), at least one
//! ```
//!
//! Parsing is total: any bytes give a page or a [`Damage`], never a panic.

use crate::fault::Damage;
use crate::frame::{FRAME_HEADER_BYTES, FrameHeader, take};
use crate::port::RECORD_BYTES_MAX;

/// Larger values leave the engine's log for files that it never syncs.
pub(crate) const PAGE_BYTES_MAX: usize = 4096;
/// Before the frame header, or the body: version, flags, CRC-32.
pub(crate) const PAGE_HEADER_BYTES: usize = 1 + 1 + 4;
/// Before each whole record.
pub(crate) const RECORD_LENGTH_BYTES: usize = 2;
/// Before each fragment.
pub(crate) const FRAGMENT_LENGTH_BYTES: usize = 4;
pub(crate) const KEY_BYTES: usize = 8 + 2;

const PAGE_VERSION: u8 = 1;
const OPENS_BATCH: u8 = 1;
const FRAGMENT: u8 = 2;

/// Position of the first record in the page, and which fragment of it. Big-endian, so that keys sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PageKey {
    pub position: u64,
    pub fragment: u16,
}

/// Sorts after every page, so that it shares the newest pages' leaf and a batch touches one.
pub(crate) const HEAD_KEY: [u8; KEY_BYTES] = [0xff; KEY_BYTES];

impl PageKey {
    pub fn first_at(position: u64) -> Self {
        Self { position, fragment: 0 }
    }

    pub fn last_at(position: u64) -> Self {
        Self { position, fragment: u16::MAX }
    }

    pub fn encode(self) -> [u8; KEY_BYTES] {
        let mut key = [0; KEY_BYTES];
        key[..8].copy_from_slice(&self.position.to_be_bytes());
        key[8..].copy_from_slice(&self.fragment.to_be_bytes());
        key
    }

    pub fn parse(bytes: &[u8]) -> Result<Self, Damage> {
        let (position, rest) = take(bytes)?;
        let (fragment, rest) = take(rest)?;
        if !rest.is_empty() {
            return Err(Damage::Layout);
        }
        Ok(Self { position: u64::from_be_bytes(position), fragment: u16::from_be_bytes(fragment) })
    }
}

#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub opens: Option<FrameHeader>,
    pub body: Body<'a>,
}

#[derive(Debug)]
pub(crate) enum Body<'a> {
    Records(Records<'a>),
    Fragment {
        /// Bytes of the whole record.
        total: usize,
        part: &'a [u8],
    },
}

/// Whole records; the lengths were checked when the page was parsed.
#[derive(Debug, Clone)]
pub(crate) struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (record, rest) = split_record(self.0).ok()?;
        self.0 = rest;
        Some(record)
    }
}

fn split_record(bytes: &[u8]) -> Result<(&[u8], &[u8]), Damage> {
    let (length, rest) = take(bytes)?;
    rest.split_at_checked(usize::from(u16::from_le_bytes(length))).ok_or(Damage::Layout)
}

impl<'a> Page<'a> {
    pub fn parse(key: PageKey, value: &'a [u8]) -> Result<Self, Damage> {
        let ([version, flags], rest) = take(value)?;
        let (crc, rest) = take(rest)?;
        if version != PAGE_VERSION {
            return Err(Damage::Version);
        }
        if checksum(key, version, flags, rest) != u32::from_le_bytes(crc) {
            return Err(Damage::Checksum);
        }
        if flags & !(OPENS_BATCH | FRAGMENT) != 0 || value.len() > PAGE_BYTES_MAX {
            return Err(Damage::Layout);
        }
        let (opens, rest) = if flags & OPENS_BATCH == 0 {
            (None, rest)
        } else {
            let (header, rest) = FrameHeader::parse(rest)?;
            if key != PageKey::first_at(header.first) {
                return Err(Damage::Layout);
            }
            (Some(header), rest)
        };
        let body = if flags & FRAGMENT == 0 { parse_records(key, rest)? } else { parse_fragment(rest)? };
        Ok(Self { opens, body })
    }
}

fn parse_records(key: PageKey, bytes: &[u8]) -> Result<Body<'_>, Damage> {
    if key.fragment != 0 || bytes.is_empty() {
        return Err(Damage::Layout);
    }
    let mut rest = bytes;
    while !rest.is_empty() {
        (_, rest) = split_record(rest)?;
    }
    Ok(Body::Records(Records(bytes)))
}

fn parse_fragment(bytes: &[u8]) -> Result<Body<'_>, Damage> {
    let (total, part) = take(bytes)?;
    let total = u32::from_le_bytes(total) as usize;
    if part.is_empty() || total > RECORD_BYTES_MAX || part.len() > total {
        return Err(Damage::Layout);
    }
    Ok(Body::Fragment { total, part })
}

fn checksum(key: PageKey, version: u8, flags: u8, rest: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&key.encode());
    crc.update(&[version, flags]);
    crc.update(rest);
    crc.finalize()
}

/// A page being filled. The caller asks for the room before it pushes.
pub(crate) struct PageBuilder {
    key: PageKey,
    bytes: Vec<u8>,
}

impl PageBuilder {
    pub fn new(key: PageKey, opens: Option<&FrameHeader>) -> Self {
        let mut bytes = Vec::with_capacity(PAGE_HEADER_BYTES + FRAME_HEADER_BYTES);
        bytes.extend_from_slice(&[PAGE_VERSION, if opens.is_some() { OPENS_BATCH } else { 0 }, 0, 0, 0, 0]);
        if let Some(header) = opens {
            header.encode(&mut bytes);
        }
        Self { key, bytes }
    }

    /// Bytes that still fit.
    pub fn room(&self) -> usize {
        PAGE_BYTES_MAX - self.bytes.len()
    }

    pub fn push_record(&mut self, record: &[u8]) {
        debug_assert!(record.len() + RECORD_LENGTH_BYTES <= self.room());
        self.bytes.extend_from_slice(&(record.len() as u16).to_le_bytes());
        self.bytes.extend_from_slice(record);
    }

    pub fn push_fragment(&mut self, total: usize, part: &[u8]) {
        debug_assert!(part.len() + FRAGMENT_LENGTH_BYTES <= self.room());
        self.bytes[1] |= FRAGMENT;
        self.bytes.extend_from_slice(&(total as u32).to_le_bytes());
        self.bytes.extend_from_slice(part);
    }

    pub fn seal(mut self) -> (PageKey, Vec<u8>) {
        stamp(self.key, &mut self.bytes);
        (self.key, self.bytes)
    }
}

/// Writes the checksum of a page of at least [`PAGE_HEADER_BYTES`] into it.
pub(crate) fn stamp(key: PageKey, page: &mut [u8]) {
    let crc = checksum(key, page[0], page[1], &page[PAGE_HEADER_BYTES..]);
    page[2..PAGE_HEADER_BYTES].copy_from_slice(&crc.to_le_bytes());
}
