//! Whose turn it is within one command: mostly the asker's, and between the start and the end of a rule's run
//! the rule's (BRL-08).
//!
//! What a rule does is recorded by user 3 on behalf of whoever deletes, caused by the start of its run, and
//! under the correlation id of the deletion. Where the asker came from stays with the asker's own event.

use std::borrow::Cow;

use rollbook_schema::{Actor, ActorKind, CommandEnvelope, Context, Event, Position};

/// The run that is under way in a command, by the position of its start.
#[derive(Debug, Default)]
pub(super) struct Turn(Option<Position>);

impl Turn {
    /// Who asks for the next event, which will stand at the position.
    pub fn of<'a>(
        &mut self,
        asked: &'a CommandEnvelope,
        event: &Event,
        position: Position,
    ) -> Cow<'a, CommandEnvelope> {
        let cause = self.0;
        match event {
            Event::UserRuleStarted(_) => {
                self.0 = Some(position);
                Cow::Owned(by_rule(asked, None))
            }
            Event::UserRuleQueued(_) => Cow::Owned(by_rule(asked, None)),
            Event::UserRuleFinished(_) | Event::UserRuleFailed(_) => {
                self.0 = None;
                Cow::Owned(by_rule(asked, cause))
            }
            _ if cause.is_some() => Cow::Owned(by_rule(asked, cause)),
            _ => Cow::Borrowed(asked),
        }
    }
}

/// What is asked in the place of whoever asked: automation asks it on their behalf.
pub(crate) fn by_rule(asked: &CommandEnvelope, cause: Option<Position>) -> CommandEnvelope {
    let person = (asked.actor.kind == ActorKind::Person).then_some(asked.actor.id);
    CommandEnvelope {
        actor: Actor::SYSTEM,
        on_behalf_of: person.or(asked.on_behalf_of),
        causation: cause.or(asked.causation),
        context: Context::default(),
        ..asked.clone()
    }
}
