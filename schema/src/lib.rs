//! The published language of Rollbook: what can be asked ([`command`]), what happened ([`event`]),
//! what is refused ([`rejection`]), and the record in which a happening is kept ([`record`]).
//!
//! Everything here is a promise to somebody we do not control: a log written years ago, a program
//! that reads an export. So this crate has no clock, no randomness, no storage and no runtime, and
//! its bytes are locked by `golden/`.
//!
//! Absent on purpose: rules (crate `rollbook-decide`), folds (`rollbook-projections`), ciphers
//! (`rollbook-keyring`), the GraphQL types (package `rollbook`; here lies only the SDL as a file).

pub mod codec;
pub mod command;
pub mod described;
pub mod event;
pub mod id;
pub mod personal;
pub mod record;
pub mod rejection;
mod rejections;
pub mod upcast;
pub mod value;

pub use command::{Command, CommandEnvelope};
pub use event::{Event, RecordedEvent};
pub use id::{
    ApplicationId, ArtefactId, AttributeId, BusinessUnitId, CommandId, CorrelationId, CredentialNumber,
    DashboardId, EventId, Position, RoleId, SavedViewId, SessionId, TeamId, UserId, UserRuleId, Version,
};
pub use personal::{Group, KeyOwner, Personal};
pub use record::{Actor, ActorKind, Context, Envelope, Header, Record, Subject};
pub use rejection::{Rejection, RejectionCode};
pub use rejections::Rejections;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]
mod tests;
