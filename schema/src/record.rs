//! The record: an event with its envelope, as it is stored and chained.
//!
//! A record is a header in clear and sealed parts. Its leaf, which the chain and later the Merkle
//! tree are made of, is the header and the SHA-256 of each sealed part: so it still verifies when a
//! key is destroyed, and even when the sealed bytes are taken away.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::id::{
    ApplicationId, ArtefactId, AttributeId, BusinessUnitId, CommandId, CorrelationId, CredentialNumber,
    DashboardId, Digest, EventId, Position, RoleId, SessionId, TeamId, UserId, UserRuleId, Version,
};
use crate::personal::{Group, KeyOwner, Personal};
use crate::value::{LicenseType, Reason, Timestamp};

/// Whom or what an event is about. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// One user.
    User(UserId),
    /// The user type as a whole, where no user exists (LIC-08, HIS-02).
    UserType,
    /// One role.
    Role(RoleId),
    /// The seats of one type.
    LicensePool(LicenseType),
    /// The directory itself.
    Tenant,
    /// One dashboard.
    Dashboard(DashboardId),
    /// One team.
    Team(TeamId),
    /// One business unit.
    BusinessUnit(BusinessUnitId),
    /// One custom attribute.
    Attribute(AttributeId),
    /// One application.
    Application(ApplicationId),
    /// One artefact of another system.
    Artefact(ArtefactId),
    /// One business rule on users.
    UserRule(UserRuleId),
}

impl Subject {
    /// Of what a person has alone, or the tenant for everybody.
    #[must_use]
    pub fn of_owner(owner: UserId) -> Subject {
        match owner {
            UserId::TENANT => Subject::Tenant,
            person => Subject::User(person),
        }
    }
}

/// What kind of actor it was. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ActorKind {
    /// Somebody signed in.
    Person,
    /// The system itself, as id 3 or 5, never null (RSV-06).
    Automation,
    /// The operator of the machine, through the command line.
    Operator,
    /// Who provides the directory to the tenant, as id 5 (LIC-13, PXY-21).
    Provider,
}

/// Who really did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// Their id.
    pub id: UserId,
    /// What they are.
    pub kind: ActorKind,
}

impl Actor {
    /// Automatic operations (RSV-06).
    pub const SYSTEM: Actor = Actor { id: UserId::SYSTEM, kind: ActorKind::Automation };
    /// The operator of the machine acts under the system id too; the kind tells them apart.
    pub const OPERATOR: Actor = Actor { id: UserId::SYSTEM, kind: ActorKind::Operator };
    /// Tenant settings and capabilities (RSV-08).
    pub const TENANT: Actor = Actor { id: UserId::TENANT, kind: ActorKind::Automation };

    /// Who provides the directory acts under the tenant's id too; the kind tells them apart (LIC-13).
    pub const PROVIDER: Actor = Actor { id: UserId::TENANT, kind: ActorKind::Provider };

    /// Somebody signed in.
    #[must_use]
    pub fn person(id: UserId) -> Actor {
        Actor { id, kind: ActorKind::Person }
    }
}

/// Where a command came from. Personal, all of it: sealed under the actor, or under [`Envelope::context_key`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// As the client or the edge named the request.
    pub request_id: Option<String>,
    /// Network address.
    pub client_address: Option<String>,
    /// Program.
    pub user_agent: Option<String>,
    /// Reason or ticket.
    pub reason: Option<Reason>,
}

/// Everything about an event but the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// Dense, from 1.
    pub position: Position,
    /// Unique across logs.
    pub event_id: EventId,
    /// When the writer decided it, UTC. Never used for order.
    pub recorded_at: Timestamp,
    /// Whom or what it is about.
    pub subject: Subject,
    /// The subject's version after it.
    pub subject_version: Version,
    /// Who really did it.
    pub actor: Actor,
    /// For whom, under impersonation.
    pub on_behalf_of: Option<UserId>,
    /// Under which impersonation.
    pub proxy_session: Option<SessionId>,
    /// The command that it came from.
    pub command_id: CommandId,
    /// The event that set the command off, for policies.
    pub causation: Option<Position>,
    /// The request that set everything off.
    pub correlation_id: CorrelationId,
    /// Where from.
    pub context: Personal<Context>,
    /// The key that the context is sealed under, where it is not the actor's: that of a sign-in is shared with other
    /// sign-ins of the same weeks only, so that it can be destroyed by age.
    pub context_key: Option<CredentialNumber>,
}

/// What stands in clear in a stored record. Field order is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// See [`Envelope`].
    pub position: Position,
    /// See [`Envelope`].
    pub event_id: EventId,
    /// See [`Envelope`].
    pub recorded_at: Timestamp,
    /// Stored name of the event's type.
    pub event_type: String,
    /// Version of the event's shape.
    pub event_version: u16,
    /// See [`Envelope`].
    pub subject: Subject,
    /// See [`Envelope`].
    pub subject_version: Version,
    /// See [`Envelope`].
    pub actor: Actor,
    /// See [`Envelope`].
    pub on_behalf_of: Option<UserId>,
    /// See [`Envelope`].
    pub proxy_session: Option<SessionId>,
    /// See [`Envelope`].
    pub command_id: CommandId,
    /// See [`Envelope`].
    pub causation: Option<Position>,
    /// See [`Envelope`].
    pub correlation_id: CorrelationId,
    /// Digest of the record before; zeros before the first.
    pub previous: Digest,
    /// Clear part of the event.
    #[serde(with = "serde_bytes")]
    pub clear: Vec<u8>,
    /// Keys of the sealed parts, in their order.
    pub parts: Vec<(KeyOwner, Group)>,
}

impl Header {
    /// Whether a part is about a person: sealed under the person's own key, or where the person acted from.
    #[must_use]
    pub fn is_of(&self, user: UserId, (owner, group): (KeyOwner, Group)) -> bool {
        let is_context = group == Group::Context && matches!(owner, KeyOwner::Credential(_));
        owner == KeyOwner::Subject(user) || is_context && self.actor.id == user
    }

    /// See [`Envelope`].
    #[must_use]
    pub fn context_key(&self) -> Option<CredentialNumber> {
        self.parts.iter().find_map(|part| match part {
            (KeyOwner::Credential(number), Group::Context) => Some(*number),
            _ => None,
        })
    }
}

/// A sealed part, or what is left when its bytes were removed. The order is stored: append only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SealedPart {
    /// Sealed bytes, as the keyring made them.
    Sealed(#[serde(with = "serde_bytes")] Vec<u8>),
    /// The SHA-256 of sealed bytes that are no longer kept.
    Removed(Digest),
}

/// A record as decoded from the log: header read, parts still sealed.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What stands in clear.
    pub header: Header,
    /// The bytes of the header: bound to each sealed part, and hashed.
    pub header_bytes: Vec<u8>,
    /// One for each of `header.parts`.
    pub parts: Vec<SealedPart>,
}

impl Record {
    /// The bytes of the leaf: the header, and the SHA-256 of each part.
    #[must_use]
    pub fn leaf(&self) -> Vec<u8> {
        let mut leaf = self.header_bytes.clone();
        for part in &self.parts {
            match part {
                SealedPart::Sealed(bytes) => leaf.extend_from_slice(&Sha256::digest(bytes)),
                SealedPart::Removed(digest) => leaf.extend_from_slice(&digest.0),
            }
        }
        leaf
    }

    /// The leaf: SHA-256 over 0x00 (RFC 6962 2.1), the header, and the SHA-256 of each part.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        hash.update([0_u8]);
        hash.update(&self.header_bytes);
        for part in &self.parts {
            match part {
                SealedPart::Sealed(bytes) => hash.update(Sha256::digest(bytes)),
                SealedPart::Removed(digest) => hash.update(digest.0),
            }
        }
        Digest(hash.finalize().into())
    }
}
