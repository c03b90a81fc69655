//! How an event divides into its clear part and its personal parts.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec::CodecError;
use crate::described::{Described, PartShape, SealedUnder};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;

/// One personal part, ready to be sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Under whose key.
    pub owner: KeyOwner,
    /// Under which of the owner's keys.
    pub group: Group,
    /// The bytes to seal.
    pub bytes: zeroize::Zeroizing<Vec<u8>>,
}

/// Receives the personal parts of an event, one by one; absent parts are not shown.
pub trait PartVisitor {
    /// What can go wrong.
    type Error;

    /// One part: known or erased.
    fn part<T: Serialize>(
        &mut self,
        owner: KeyOwner,
        group: Group,
        value: &Personal<T>,
    ) -> Result<(), Self::Error>;
}

/// The clear part is the type's serde form, in which personal fields are skipped.
pub(super) trait Payload: Serialize + DeserializeOwned {
    fn subject(&self) -> Subject;

    fn part_shapes() -> Vec<PartShape>;

    fn visit_parts<V: PartVisitor>(&self, _visitor: &mut V) -> Result<(), V::Error> {
        Ok(())
    }

    fn attach(&mut self, group: Group, _part: Personal<&[u8]>) -> Result<(), CodecError> {
        Err(CodecError::UnexpectedPart { group })
    }
}

/// All bytes must be used: a longer clear part is a shape we do not know.
pub(super) fn from_clear_bytes<P: Payload>(bytes: &[u8]) -> Result<P, CodecError> {
    match postcard::take_from_bytes(bytes)? {
        (payload, []) => Ok(payload),
        _ => Err(CodecError::TrailingBytes),
    }
}

/// Decodes an opened part.
pub(super) fn part<T: DeserializeOwned>(part: Personal<&[u8]>) -> Result<Personal<T>, CodecError> {
    Ok(match part {
        Personal::Known(bytes) => Personal::Known(postcard::from_bytes(bytes)?),
        Personal::Erased => Personal::Erased,
        Personal::Absent => Personal::Absent,
    })
}

/// The shape of the part that a field holds: its type says what may stand in it, and the owner's expression
/// under whose key.
pub(super) fn shape<P, T: Described>(
    _of: fn(&P) -> &Personal<T>,
    group: Group,
    owner: &'static str,
) -> PartShape {
    let under = match owner {
        owner if owner.contains("Credential(") => SealedUnder::Secret,
        owner if owner.contains("TENANT") => SealedUnder::Tenant,
        _ => SealedUnder::Person,
    };
    PartShape { under, group, fields: T::fields() }
}

/// Declares a payload: whom it is about, and which field is sealed under which key.
macro_rules! payload {
    ($name:ident, |$this:ident| $subject:expr $(, $field:ident: $group:ident @ $owner:expr)* $(,)?) => {
        impl Payload for $name {
            fn subject(&self) -> Subject {
                let $this = self;
                $subject
            }

            fn part_shapes() -> Vec<crate::described::PartShape> {
                vec![$(payload::shape(
                    |payload: &$name| &payload.$field,
                    Group::$group,
                    stringify!($owner),
                )),*]
            }

            #[allow(unused_variables, reason = "payloads without parts")]
            fn visit_parts<V: PartVisitor>(&self, visitor: &mut V) -> Result<(), V::Error> {
                let $this = self;
                $(if $this.$field != Personal::Absent {
                    visitor.part($owner, Group::$group, &$this.$field)?;
                })*
                Ok(())
            }

            #[allow(unused_variables, reason = "payloads without parts")]
            fn attach(&mut self, group: Group, part: Personal<&[u8]>) -> Result<(), CodecError> {
                match group {
                    $(Group::$group => self.$field = payload::part(part)?,)*
                    #[allow(unreachable_patterns)]
                    _ => return Err(CodecError::UnexpectedPart { group }),
                }
                #[allow(unreachable_code)]
                Ok(())
            }
        }
    };
}
pub(super) use payload;
