//! Identities. Every kind of id has a type of its own, so that one can never stand for another.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

number! {
    /// Place of a record in the log: dense, from 1, given at commit. 0 stands before everything.
    Position
}
number! {
    /// A user, for ever. Dense; 1 to 7 are never people (RSV-01).
    UserId
}
number! {
    /// A role; numbers follow the order of creation, which rules refer to (ROL-17).
    RoleId
}
number! {
    /// A dashboard; numbers follow the order of creation, from 1. 0 is the system's own.
    DashboardId
}
number! {
    /// A team: a place in the tree that rights reach down (TEA-06).
    TeamId
}
number! {
    /// A business unit: a flat group that work is given to (TEA-04).
    BusinessUnitId
}
number! {
    /// A custom attribute; numbers follow the order of definition, from 1.
    AttributeId
}
number! {
    /// An application that users run; numbers follow the order of creation.
    ApplicationId
}
number! {
    /// An artefact of another system that may name users; numbers follow the order of registration.
    ArtefactId
}
number! {
    /// A business rule on users; numbers follow the order of definition, from 1.
    UserRuleId
}
number! {
    /// How many changes a subject has seen; sign-in activity does not count.
    Version
}
number! {
    /// One password that was ever set. A fresh number each time, so that its key can be destroyed alone.
    CredentialNumber
}

number! {
    /// A retention rule; numbers follow the order of definition, from 1.
    RetentionRuleId
}

number! {
    /// A saved view of a list; numbers follow the order of saving, from 1, whoever saved it.
    SavedViewId
}

impl Position {
    /// Before the first record.
    pub const START: Position = Position(0);

    /// The position after this one.
    #[must_use]
    pub fn next(self) -> Position {
        Position(self.0 + 1)
    }
}

impl DashboardId {
    /// The dashboard that is there when nobody chose any (PRF-10). Never deleted.
    pub const SYSTEM: DashboardId = DashboardId(0);
}

impl UserId {
    /// Automatic operations act under this id (RSV-06).
    pub const SYSTEM: UserId = UserId(3);
    /// Tenant settings are changed under this id (RSV-08).
    pub const TENANT: UserId = UserId(5);
    /// Owns what was created without an assigned user (RSV-07).
    pub const OPEN_OWNERSHIP: UserId = UserId(4);
    /// Owns what a guest created (RSV-09).
    pub const GUEST: UserId = UserId(7);
    /// The first id that a person can get (RSV-01: 1 to 7 are never people).
    pub const FIRST_PERSON: UserId = UserId(8);

    /// True for ids that no person ever holds.
    #[must_use]
    pub fn is_reserved(self) -> bool {
        self < UserId::FIRST_PERSON
    }
}

macro_rules! ulid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&ulid::Ulid::from_bytes(self.0), f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = ulid::DecodeError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                ulid::Ulid::from_string(text).map(|id| $name(id.to_bytes()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                    text.parse().map_err(de::Error::custom)
                } else {
                    <[u8; 16]>::deserialize(deserializer).map($name)
                }
            }
        }
    };
}

ulid_id! {
    /// One event, unique across logs.
    EventId
}
ulid_id! {
    /// One command: the idempotency key. The same id from the same actor has one effect.
    CommandId
}
ulid_id! {
    /// Ties together everything that one request set off.
    CorrelationId
}

impl CorrelationId {
    /// When the request came, as its id tells; `None` for the id of none.
    #[must_use]
    pub fn moment(self) -> Option<crate::value::Timestamp> {
        let millis = ulid::Ulid::from_bytes(self.0).timestamp_ms();
        let millis = i64::try_from(millis).ok().filter(|millis| *millis > 0)?;
        Some(crate::value::Timestamp::from_millis(millis))
    }
}

ulid_id! {
    /// One signed-in session.
    SessionId
}

/// SHA-256 output, written as lower-case hex where people read it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return <[u8; 32]>::deserialize(deserializer).map(Digest);
        }
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let mut bytes = [0_u8; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(de::Error::custom("a digest has 64 hex digits"));
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(de::Error::custom)?;
            *byte = u8::from_str_radix(pair, 16).map_err(de::Error::custom)?;
        }
        Ok(Digest(bytes))
    }
}
