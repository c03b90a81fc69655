//! What goes with every command.

use crate::id::{CommandId, CorrelationId, Position, SessionId, UserId, Version};
use crate::record::{Actor, Context};

/// Who asks, for whom, and where from.
#[derive(Clone, Debug)]
pub struct CommandEnvelope {
    /// Idempotency key, in the scope of the actor.
    pub id: CommandId,
    /// Who really asks.
    pub actor: Actor,
    /// For whom, under impersonation.
    pub on_behalf_of: Option<UserId>,
    /// Under which impersonation.
    pub proxy_session: Option<SessionId>,
    /// The event that set this command off.
    pub causation: Option<Position>,
    /// The request that set everything off.
    pub correlation_id: CorrelationId,
    /// The version of the subject that the asker saw; `None` to take any.
    pub expected_version: Option<Version>,
    /// Where from; empty when unknown.
    pub context: Context,
}
