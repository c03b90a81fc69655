//! The frame of a batch: its header, its digest, and the head entry that repeats the last of them.
//!
//! The digest is over the logical batch and not over its pages, so that it is the same on every engine.
//! All numbers are little-endian. These layouts are promises: a change needs a new version beside this one.

use sha2::{Digest as _, Sha256};

use crate::fault::Damage;
use crate::port::{BATCH_RECORDS_MAX, Batch, BatchId, Digest, Head, Receipt};

const FRAME_VERSION: u8 = 1;
const HEAD_VERSION: u8 = 1;
const DIGEST_DOMAIN: &[u8] = b"rollbook batch frame\n";

/// Bytes of an encoded [`FrameHeader`]: version, first, count, id, previous, digest.
pub(crate) const FRAME_HEADER_BYTES: usize = 1 + 8 + 4 + 16 + 32 + 32;
/// Bytes of an encoded head: version, position, id, digest, CRC-32 of all before.
pub(crate) const HEAD_BYTES: usize = 1 + 8 + 16 + 32 + 4;

/// No log comes near it; room is left so that sums of positions cannot overflow.
pub(crate) const POSITION_MAX: u64 = u64::MAX - (1 << 32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FrameHeader {
    pub first: u64,
    /// 1..=BATCH_RECORDS_MAX
    pub count: u32,
    pub id: BatchId,
    pub previous: Digest,
    pub digest: Digest,
}

impl FrameHeader {
    pub fn of(first: u64, previous: Digest, batch: &Batch) -> Self {
        // Checked before: at most BATCH_RECORDS_MAX records.
        let count = batch.records.len() as u32;
        let mut header = Self { first, count, id: batch.id, previous, digest: Digest::ZERO };
        let mut hash = FrameHash::start(&header);
        batch.records.iter().for_each(|record| hash.record(record));
        header.digest = hash.end();
        header
    }

    pub fn last(&self) -> u64 {
        self.first + u64::from(self.count) - 1
    }

    pub fn head(&self) -> Head {
        Head { position: self.last(), batch_digest: self.digest, batch_id: Some(self.id) }
    }

    pub fn receipt(&self) -> Receipt {
        Receipt { first: self.first, last: self.last(), batch_digest: self.digest }
    }

    pub fn encode(&self, out: &mut Vec<u8>) {
        self.encode_identity(out);
        out.extend_from_slice(&self.digest.0);
    }

    fn encode_identity(&self, out: &mut Vec<u8>) {
        out.push(FRAME_VERSION);
        out.extend_from_slice(&self.first.to_le_bytes());
        out.extend_from_slice(&self.count.to_le_bytes());
        out.extend_from_slice(&self.id.0);
        out.extend_from_slice(&self.previous.0);
    }

    /// The header and the bytes after it.
    pub fn parse(bytes: &[u8]) -> Result<(Self, &[u8]), Damage> {
        let (version, rest) = take::<1>(bytes)?;
        if version != [FRAME_VERSION] {
            return Err(Damage::Version);
        }
        let (first, rest) = take(rest)?;
        let (count, rest) = take(rest)?;
        let (id, rest) = take(rest)?;
        let (previous, rest) = take(rest)?;
        let (digest, rest) = take(rest)?;
        let (first, count) = (u64::from_le_bytes(first), u32::from_le_bytes(count));
        let fits = first > 0 && first <= POSITION_MAX - BATCH_RECORDS_MAX as u64;
        if !fits || count == 0 || count as usize > BATCH_RECORDS_MAX {
            return Err(Damage::Layout);
        }
        let (previous, digest) = (Digest(previous), Digest(digest));
        Ok((Self { first, count, id: BatchId(id), previous, digest }, rest))
    }
}

/// Builds the digest of a frame record by record: domain, header without digest, then each record with its
/// length before it.
pub(crate) struct FrameHash(Sha256);

impl FrameHash {
    pub fn start(header: &FrameHeader) -> Self {
        let mut identity = Vec::with_capacity(FRAME_HEADER_BYTES);
        header.encode_identity(&mut identity);
        Self(Sha256::new().chain_update(DIGEST_DOMAIN).chain_update(identity))
    }

    pub fn record(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u32).to_le_bytes());
        self.0.update(bytes);
    }

    pub fn end(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// The head entry of a log that is not empty.
pub(crate) fn encode_head(head: &FrameHeader) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEAD_BYTES);
    out.push(HEAD_VERSION);
    out.extend_from_slice(&head.last().to_le_bytes());
    out.extend_from_slice(&head.id.0);
    out.extend_from_slice(&head.digest.0);
    out.extend_from_slice(&crc32fast::hash(&out).to_le_bytes());
    out
}

pub(crate) fn parse_head(bytes: &[u8]) -> Result<Head, Damage> {
    let (version, rest) = take::<1>(bytes)?;
    if version != [HEAD_VERSION] {
        return Err(Damage::Version);
    }
    let (position, rest) = take(rest)?;
    let (id, rest) = take(rest)?;
    let (digest, rest) = take(rest)?;
    let (crc, rest) = take(rest)?;
    if !rest.is_empty() {
        return Err(Damage::Layout);
    }
    if crc32fast::hash(&bytes[..HEAD_BYTES - 4]) != u32::from_le_bytes(crc) {
        return Err(Damage::Checksum);
    }
    let position = u64::from_le_bytes(position);
    if position == 0 || position > POSITION_MAX {
        return Err(Damage::Layout);
    }
    Ok(Head { position, batch_digest: Digest(digest), batch_id: Some(BatchId(id)) })
}

/// The first `N` bytes and the rest.
pub(crate) fn take<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), Damage> {
    bytes.split_first_chunk::<N>().map(|(head, rest)| (*head, rest)).ok_or(Damage::Layout)
}
