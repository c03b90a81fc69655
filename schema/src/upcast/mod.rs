//! From every shape that was ever stored to today's.
//!
//! Each step takes the clear bytes of one version to the next; a type's steps are applied in order.
//! All types are at their first version, so there is no step yet. An unknown type or version stops
//! the reader: skipping would make a projection silently wrong.

use std::borrow::Cow;

use crate::codec::{CodecError, event_type};
use crate::event::EventType;
use crate::record::Header;

/// The type and the clear bytes in today's shape.
pub fn to_today(header: &Header) -> Result<(EventType, Cow<'_, [u8]>), CodecError> {
    let today = event_type(header)?;
    if header.event_version == today.version() {
        return Ok((today, Cow::Borrowed(&header.clear)));
    }
    Err(CodecError::UnknownEvent { name: header.event_type.clone(), version: header.event_version })
}
