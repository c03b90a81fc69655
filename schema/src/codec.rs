//! Bytes on disk and JSON for people.
//!
//! On disk: postcard, whose wire form is specified and stable; a type name and a version stand
//! before each shape. JSON carries the same facts, with personal parts only where they were opened.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::event::{Event, EventType, Part, PartVisitor, RecordedEvent};
use crate::id::{EventId, Position};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::{Envelope, Header, Record, SealedPart};
use crate::upcast;
use crate::value::Timestamp;

/// The form of the record's own bytes.
const RECORD_FORMAT: u8 = 1;

/// Why bytes are not a record.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// Written by a newer program, or not by Rollbook.
    #[error("record format {0} is not known to this version of Rollbook")]
    UnknownFormat(u8),
    /// Written by a newer program.
    #[error("event type {name}@{version} is not known to this version of Rollbook")]
    UnknownEvent {
        /// Stored name.
        name: String,
        /// Stored version.
        version: u16,
    },
    /// More bytes than the shape has.
    #[error("bytes are left over behind a record")]
    TrailingBytes,
    /// Header and body do not agree.
    #[error("the record names {named} sealed parts and has {found}")]
    PartCount {
        /// In the header.
        named: usize,
        /// In the body.
        found: usize,
    },
    /// A part that its event does not have.
    #[error("the event has no part of group {group:?}")]
    UnexpectedPart {
        /// Which.
        group: Group,
    },
    /// Not the bytes of the shape.
    #[error("bytes do not have the shape of a record")]
    Shape(#[from] postcard::Error),
    /// Not representable as JSON.
    #[error("value has no JSON form")]
    Json(#[from] serde_json::Error),
}

/// An event in its envelope, with its personal parts encoded and waiting to be sealed.
pub struct Unsealed {
    /// Bytes of the header: what each part is bound to when sealed.
    pub header_bytes: Vec<u8>,
    /// The header.
    pub header: Header,
    /// One for each of `header.parts`.
    pub parts: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    format: u8,
    #[serde(borrow, with = "serde_bytes")]
    header: &'a [u8],
    parts: std::borrow::Cow<'a, [SealedPart]>,
}

/// Divides an event into header and parts.
pub fn encode(
    envelope: &Envelope,
    event: &Event,
    previous: crate::id::Digest,
) -> Result<Unsealed, CodecError> {
    let mut encoder = PartEncoder(Vec::new());
    event.visit_parts(&mut encoder)?;
    encoder.part(context_owner(envelope), Group::Context, &envelope.context)?;
    let parts = encoder.0;
    let event_type = event.event_type();
    let header = Header {
        position: envelope.position,
        event_id: envelope.event_id,
        recorded_at: envelope.recorded_at,
        event_type: event_type.name().to_owned(),
        event_version: event_type.version(),
        subject: envelope.subject,
        subject_version: envelope.subject_version,
        actor: envelope.actor,
        on_behalf_of: envelope.on_behalf_of,
        proxy_session: envelope.proxy_session,
        command_id: envelope.command_id,
        causation: envelope.causation,
        correlation_id: envelope.correlation_id,
        previous,
        clear: event.clear_bytes()?,
        parts: parts.iter().map(|part| (part.owner, part.group)).collect(),
    };
    Ok(Unsealed { header_bytes: postcard::to_allocvec(&header)?, header, parts })
}

/// What a stored record begins with.
#[derive(Deserialize)]
struct StoredBeginning<'a> {
    #[serde(borrow, with = "serde_bytes")]
    header: &'a [u8],
}

/// What a header begins with: fields in the order of [`Header`].
#[derive(Deserialize)]
struct HeaderBeginning<'a> {
    _position: Position,
    _event_id: EventId,
    _recorded_at: Timestamp,
    event_type: &'a str,
}

impl Header {
    /// The stored name of the event's type, read from the beginning of a stored record and without the rest of it:
    /// for whoever looks for few among many.
    ///
    /// # Errors
    /// [`CodecError`] for bytes that do not begin as a record does. That the rest is sound it does not say.
    pub fn peek_event_type(bytes: &[u8]) -> Result<&str, CodecError> {
        let behind = behind_format(bytes)?;
        let (stored, _) = postcard::take_from_bytes::<StoredBeginning<'_>>(behind)?;
        let (header, _) = postcard::take_from_bytes::<HeaderBeginning<'_>>(stored.header)?;
        Ok(header.event_type)
    }

    /// Reads a header, and gives what stands behind it: in a leaf, the hashes of its parts.
    ///
    /// # Errors
    /// [`CodecError::Shape`] for bytes that begin with no header.
    pub fn take_from(bytes: &[u8]) -> Result<(Header, &[u8]), CodecError> {
        Ok(postcard::take_from_bytes(bytes)?)
    }
}

impl Record {
    /// The bytes to store.
    pub fn to_bytes(&self) -> Result<Vec<u8>, CodecError> {
        let stored =
            Stored { format: RECORD_FORMAT, header: &self.header_bytes, parts: (&self.parts).into() };
        Ok(postcard::to_allocvec(&stored)?)
    }

    /// Reads stored bytes. Total: any bytes give a record or an error.
    pub fn from_bytes(bytes: &[u8]) -> Result<Record, CodecError> {
        behind_format(bytes)?;
        let (stored, rest) = postcard::take_from_bytes::<Stored<'_>>(bytes)?;
        let (header, header_rest) = postcard::take_from_bytes::<Header>(stored.header)?;
        if !rest.is_empty() || !header_rest.is_empty() {
            return Err(CodecError::TrailingBytes);
        }
        if header.parts.len() != stored.parts.len() {
            return Err(CodecError::PartCount { named: header.parts.len(), found: stored.parts.len() });
        }
        Ok(Record { header, header_bytes: stored.header.to_vec(), parts: stored.parts.into_owned() })
    }

    /// The event in today's shape. `open` gives the clear bytes of a part, or says that it is erased.
    pub fn restore<F, E>(&self, mut open: F) -> Result<RecordedEvent, E>
    where
        F: FnMut(usize, KeyOwner, Group) -> Result<Personal<Zeroizing<Vec<u8>>>, E>,
        E: From<CodecError>,
    {
        let header = &self.header;
        let (event_type, clear) = upcast::to_today(header)?;
        let mut event = Event::from_clear_bytes(event_type, &clear)?;
        let mut context = Personal::Absent;
        for (index, (owner, group)) in header.parts.iter().enumerate() {
            let opened = open(index, *owner, *group)?;
            let part = match &opened {
                Personal::Known(bytes) => Personal::Known(bytes.as_slice()),
                Personal::Erased => Personal::Erased,
                Personal::Absent => Personal::Absent,
            };
            match (group, part) {
                (Group::Context, Personal::Known(bytes)) => {
                    context = Personal::Known(postcard::from_bytes(bytes).map_err(CodecError::from)?);
                }
                (Group::Context, Personal::Erased) => context = Personal::Erased,
                (Group::Context, Personal::Absent) => {}
                (_, part) => event.attach(*group, part)?,
            }
        }
        Ok(RecordedEvent { envelope: envelope(header, context), event })
    }
}

fn behind_format(bytes: &[u8]) -> Result<&[u8], CodecError> {
    match bytes.split_first() {
        Some((&RECORD_FORMAT, behind)) => Ok(behind),
        Some((&format, _)) => Err(CodecError::UnknownFormat(format)),
        None => Err(CodecError::Shape(postcard::Error::DeserializeUnexpectedEnd)),
    }
}

fn envelope(header: &Header, context: Personal<crate::record::Context>) -> Envelope {
    Envelope {
        position: header.position,
        event_id: header.event_id,
        recorded_at: header.recorded_at,
        subject: header.subject,
        subject_version: header.subject_version,
        actor: header.actor,
        on_behalf_of: header.on_behalf_of,
        proxy_session: header.proxy_session,
        command_id: header.command_id,
        causation: header.causation,
        correlation_id: header.correlation_id,
        context,
        context_key: header.context_key(),
    }
}

fn context_owner(envelope: &Envelope) -> KeyOwner {
    envelope.context_key.map_or(KeyOwner::Subject(envelope.actor.id), KeyOwner::Credential)
}

struct PartEncoder(Vec<Part>);

impl PartVisitor for PartEncoder {
    type Error = CodecError;

    fn part<T: Serialize>(
        &mut self,
        owner: KeyOwner,
        group: Group,
        value: &Personal<T>,
    ) -> Result<(), CodecError> {
        if let Personal::Known(value) = value {
            let bytes = Zeroizing::new(postcard::to_allocvec(value)?);
            self.0.push(Part { owner, group, bytes });
        }
        Ok(())
    }
}

/// What stands in JSON for a part that is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unshown {
    /// The reader did not ask, or may not: the parts were never opened.
    Sealed,
    /// The parts were opened, and this one could not be: its key is destroyed.
    Erased,
}

impl Unshown {
    fn word(self) -> &'static str {
        match self {
            Unshown::Sealed => "sealed",
            Unshown::Erased => "erased",
        }
    }
}

/// The JSON form of an event. Parts that are not known are written as the word for `unshown`.
pub fn to_json(recorded: &RecordedEvent, unshown: Unshown) -> Result<Value, CodecError> {
    let RecordedEvent { envelope, event } = recorded;
    let event_type = event.event_type();
    let mut personal = PartJson { parts: Map::new(), unshown };
    event.visit_parts(&mut personal)?;
    if envelope.context != Personal::Absent {
        personal.part(context_owner(envelope), Group::Context, &envelope.context)?;
    }
    Ok(json!({
        "position": envelope.position,
        "id": envelope.event_id,
        "recordedAt": envelope.recorded_at,
        "type": format!("{}@{}", event_type.name(), event_type.version()),
        "subject": envelope.subject,
        "subjectVersion": envelope.subject_version,
        "actor": envelope.actor,
        "onBehalfOf": envelope.on_behalf_of,
        "proxySession": envelope.proxy_session,
        "commandId": envelope.command_id,
        "causation": envelope.causation,
        "correlationId": envelope.correlation_id,
        "payload": event.clear_json()?,
        "personal": personal.parts,
    }))
}

struct PartJson {
    parts: Map<String, Value>,
    unshown: Unshown,
}

impl PartVisitor for PartJson {
    type Error = CodecError;

    fn part<T: Serialize>(
        &mut self,
        _owner: KeyOwner,
        group: Group,
        value: &Personal<T>,
    ) -> Result<(), CodecError> {
        let shown = match value {
            // A verifier is a secret even from those who may see people (HIS-01).
            Personal::Known(_) if group == Group::Credential => json!("changed"),
            Personal::Known(value) => serde_json::to_value(value)?,
            Personal::Erased | Personal::Absent => json!(self.unshown.word()),
        };
        let name = serde_json::to_value(group)?;
        self.parts.insert(name.as_str().unwrap_or_default().to_owned(), shown);
        Ok(())
    }
}

/// The type of a stored event, if this version knows it.
pub fn event_type(header: &Header) -> Result<EventType, CodecError> {
    EventType::from_name(&header.event_type).ok_or_else(|| CodecError::UnknownEvent {
        name: header.event_type.clone(),
        version: header.event_version,
    })
}
