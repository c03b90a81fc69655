//! Whose turn it is within one command: mostly the asker's, and between the start and the end of a rule's run
//! the rule's (BRL-08).
//!
//! What a rule does is recorded by user 3 on behalf of whoever deletes, caused by the start of its run, and
//! under the correlation id of the deletion. Where the asker came from stays with the asker's own event.

use std::borrow::Cow;

use rollbook_schema::{Actor, ActorKind, CommandEnvelope, Context, Event, Position};

/// The run that is under way in a command, by the position of its start.
#[derive(Debug, Default)]
pub(super) struct Turn {
    /// Where the run of the rule began whose changes come next.
    cause: Option<Position>,
    /// One event is all that the command leads to.
    is_alone: bool,
}

impl Turn {
    /// Before the events of one command.
    pub fn before(events: &[Event]) -> Turn {
        Turn { cause: None, is_alone: events.len() == 1 }
    }

    /// Who asks for the next event, which will stand at the position.
    pub fn of<'a>(
        &mut self,
        asked: &'a CommandEnvelope,
        event: &Event,
        position: Position,
    ) -> Cow<'a, CommandEnvelope> {
        let cause = self.cause;
        match event {
            Event::UserRuleStarted(_) => {
                self.cause = Some(position);
                Cow::Owned(by_rule(asked, None))
            }
            // Alone it was asked for by somebody, and is theirs.
            Event::UserRuleQueued(_) if !self.is_alone => Cow::Owned(by_rule(asked, None)),
            Event::UserRuleFinished(_) | Event::UserRuleFailed(_) => {
                self.cause = None;
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
