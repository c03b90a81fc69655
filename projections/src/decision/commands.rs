//! Which commands were carried out: a repeated one gets its first receipt again.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::hash::{Hash, Hasher};

use rollbook_schema::event::{Event, EventType, LockCause};
use rollbook_schema::{CommandId, Envelope, Position, Subject, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// Commands remembered; the oldest is forgotten first. At the rate of 1,000 per second, that is a
/// quarter of an hour for a client to repeat itself.
pub const COMMANDS_REMEMBERED_MAX: usize = 1_000_000;

/// What a command led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KnownCommand {
    /// Position of its first event.
    pub first: Position,
    /// Position of its last event.
    pub last: Position,
    /// Tells a repeated command from a reused key.
    pub first_event: EventType,
    /// Whom or what its first event is about.
    pub subject: Subject,
}

type Key = (UserId, CommandId);

/// The last commands that were carried out. A refused one is not among them, even if the refusal was
/// recorded: repeated, it is judged anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct Commands {
    known: HashMap<Key, KnownCommand>,
    order: VecDeque<Key>,
    max: usize,
}

impl Default for Commands {
    fn default() -> Self {
        Commands::remembering(COMMANDS_REMEMBERED_MAX)
    }
}

impl Commands {
    /// What this command of this actor led to, if it is remembered.
    #[must_use]
    pub fn receipt(&self, actor: UserId, id: CommandId) -> Option<KnownCommand> {
        self.known.get(&(actor, id)).copied()
    }

    pub(super) fn remembering(max: usize) -> Self {
        Commands { known: HashMap::new(), order: VecDeque::new(), max }
    }

    pub(super) fn remember(&mut self, envelope: &Envelope, event: &Event) {
        if records_refusal(event) {
            return;
        }
        let key = (envelope.actor.id, envelope.command_id);
        match self.known.entry(key) {
            Entry::Occupied(mut known) => {
                known.get_mut().last = envelope.position;
                return;
            }
            Entry::Vacant(place) => place.insert(begun(envelope, event)),
        };
        self.order.push_back(key);
        if self.order.len() > self.max
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

fn begun(envelope: &Envelope, event: &Event) -> KnownCommand {
    KnownCommand {
        first: envelope.position,
        last: envelope.position,
        first_event: event.event_type(),
        subject: envelope.subject,
    }
}

/// True for the trace of a refusal, which is no effect of a command.
fn records_refusal(event: &Event) -> bool {
    match event {
        Event::AttemptDenied(_) | Event::SignInFailed(_) | Event::UserCreationFailed(_) => true,
        Event::AccountLocked(locked) => locked.cause == LockCause::FailedSignIns,
        _ => false,
    }
}

impl Hash for Commands {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_sorted(&self.known, state);
    }
}
