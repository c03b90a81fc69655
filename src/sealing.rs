//! Between records and keys: seals the personal parts of an event, and opens them again.
//!
//! A part is bound to the header of its record and to its place in it, so sealed bytes cannot be moved
//! to another event, and a header cannot be changed under them.

use std::sync::Arc;

use rollbook_keyring::{KeyAddress, Keyring, OpenFault, Opened, SealFault};
use rollbook_schema::codec::{CodecError, Unsealed};
use rollbook_schema::record::SealedPart;
use rollbook_schema::{Group, KeyOwner, Personal, Position, Record, RecordedEvent, UserId};

/// Why a record could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum UnsealFault {
    /// Not a record of a shape that this version knows.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Sealed bytes do not belong to this record, or to this keyring.
    #[error("part {part} of the record at position {position} cannot be opened: {source}")]
    Part {
        /// Where.
        position: Position,
        /// Which part.
        part: usize,
        /// Why.
        source: OpenFault,
    },
}

/// Seals and opens records.
#[derive(Clone)]
pub struct Sealer {
    keyring: Arc<Keyring>,
}

impl Sealer {
    /// Works with the given keys.
    #[must_use]
    pub fn new(keyring: Arc<Keyring>) -> Self {
        Sealer { keyring }
    }

    /// Seals every part of an event.
    pub fn seal(&self, unsealed: Unsealed) -> Result<Record, SealFault> {
        let Unsealed { header, header_bytes, parts } = unsealed;
        let mut sealed = Vec::with_capacity(parts.len());
        for (index, part) in parts.iter().enumerate() {
            let bound = associated(&header_bytes, index);
            let bytes = self.keyring.seal(address(part.owner, part.group), &bound, &part.bytes)?;
            sealed.push(SealedPart::Sealed(bytes.into_bytes()));
        }
        Ok(Record { header, header_bytes, parts: sealed })
    }

    /// The event of a record, each part opened or known to be erased.
    pub fn open(&self, record: &Record) -> Result<RecordedEvent, UnsealFault> {
        self.open_parts(record, |_, _| true)
    }

    /// The event of a record with those parts opened that are sealed under one person, or say where the person signed
    /// in from; their secrets stay shut.
    pub fn open_of_person(&self, record: &Record, user: UserId) -> Result<RecordedEvent, UnsealFault> {
        self.open_parts(record, |owner, group| record.header.is_of(user, (owner, group)))
    }

    /// The event of a stored record as far as views need it: see [`Sealer::open_for_folds`].
    pub fn open_for_views(&self, bytes: &[u8]) -> Result<RecordedEvent, UnsealFault> {
        self.open_for_folds(&Record::from_bytes(bytes)?)
    }

    /// The event of a record as far as folds need it: contexts and credentials stay shut, which spares most
    /// events any deciphering.
    pub fn open_for_folds(&self, record: &Record) -> Result<RecordedEvent, UnsealFault> {
        self.open_parts(record, |_, group| !matches!(group, Group::Context | Group::Credential))
    }

    fn open_parts(
        &self,
        record: &Record,
        opens: impl Fn(KeyOwner, Group) -> bool,
    ) -> Result<RecordedEvent, UnsealFault> {
        record.restore(|index, owner, group| {
            if !opens(owner, group) {
                return Ok(Personal::Erased);
            }
            let Some(SealedPart::Sealed(bytes)) = record.parts.get(index) else {
                return Ok(Personal::Erased);
            };
            let bound = associated(&record.header_bytes, index);
            match self.keyring.open_bytes(address(owner, group), &bound, bytes) {
                Ok(Opened::Value(value)) => Ok(Personal::Known(value)),
                Ok(Opened::Erased) => Ok(Personal::Erased),
                Err(source) => {
                    Err(UnsealFault::Part { position: record.header.position, part: index, source })
                }
            }
        })
    }

    /// The event of a stored record.
    pub fn open_bytes(&self, bytes: &[u8]) -> Result<RecordedEvent, UnsealFault> {
        self.open(&Record::from_bytes(bytes)?)
    }
}

/// Where the key of a part stands in the keyring.
#[must_use]
pub fn address(owner: KeyOwner, group: Group) -> KeyAddress {
    match owner {
        KeyOwner::Subject(user) => KeyAddress::subject(user.0, group as u8),
        KeyOwner::Credential(number) => KeyAddress::credential(number.0),
    }
}

fn associated(header: &[u8], index: usize) -> Vec<u8> {
    let mut bound = Vec::with_capacity(header.len() + 1);
    bound.extend_from_slice(header);
    // An event has a handful of parts.
    bound.push(u8::try_from(index).unwrap_or(u8::MAX));
    bound
}
