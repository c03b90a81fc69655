//! Under which name a change is recorded: mostly the asker's own, and for some a reserved user's, on
//! behalf of whoever asked and had the right to.

use rollbook_schema::{Actor, ActorKind, Command, CommandEnvelope};

use super::Directory;
use super::asking::Asking;
use crate::access::Caller;
use crate::writer::CommandError;

/// Capabilities of the tenant are changed by user 5 (RSV-08, LIC-13).
fn reserved_actor(command: &Command) -> Option<Actor> {
    match command {
        Command::SizeLicensePool(_) | Command::ChangeSettings(_) => Some(Actor::TENANT),
        _ => None,
    }
}

impl Directory {
    /// What goes with a command that was permitted.
    pub(super) fn envelope_for(
        &self,
        asking: Asking,
        command: &Command,
    ) -> Result<CommandEnvelope, CommandError> {
        match reserved_actor(command) {
            Some(actor) => self.envelope_as(actor, asking),
            None => Ok(self.envelope(&asking)?),
        }
    }

    /// A reserved user acts on behalf of the asker.
    pub(super) fn envelope_as(
        &self,
        actor: Actor,
        mut asking: Asking,
    ) -> Result<CommandEnvelope, CommandError> {
        // What is sealed under a reserved user outlives the person: it keeps nothing of where they were.
        asking.context.client_address = None;
        asking.context.user_agent = None;
        let asker = asking.caller.user();
        // Keys are in the scope of the actor, and all askers share this one: each keeps their own keys.
        if let (Some(key), Some(asker)) = (&asking.idempotency_key, asker) {
            let scoped = self.scoped_command_id(key, asker)?;
            asking.idempotency_key = Some(scoped.to_string());
        }
        let mut envelope = self.envelope(&asking)?;
        // The provider is one of the reserved users already, also in the place of an administrator.
        if envelope.actor == Actor::PROVIDER {
            return Ok(envelope);
        }
        let is_operator = asking.caller == Caller::Operator;
        let kind = if is_operator { ActorKind::Operator } else { ActorKind::Automation };
        // Under a proxy, whoever really asked.
        envelope.on_behalf_of = asker.map(|_| envelope.actor.id);
        envelope.actor = Actor { kind, ..actor };
        Ok(envelope)
    }
}
