//! Destroys what events order destroyed, once the views have forgotten it and before whoever ordered it is
//! answered. The order of events, views, keys is the fence: an interrupted destruction is done again at the next
//! start, from the log.
//!
//! It has a thread of its own, since a destruction rewrites files of keys: whoever ordered it waits, and nobody
//! else does. What was ordered meanwhile is destroyed together, with one rewriting for all.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use rollbook_event_log::EventLog;
use rollbook_keyring::{KeyAddress, KeySpace, KeyringFault};
use rollbook_projections::view::Views;
use rollbook_schema::{Event, Position, RecordedEvent};

use crate::directory::Shadow;
use crate::directory::erasing::{Erasing, ErasingFault, orders_of};
use crate::status::Status;
use crate::writer::{Answer, CommandError, Reply, Stop};

/// A destruction that took longer has large files to rewrite, and rests so many times as long: meanwhile those who are
/// served have the machine, and what more is ordered is destroyed with the next.
const LONG: Duration = Duration::from_millis(30);
const RESTS: u32 = 2;
/// A rest, at most: what is ordered then still goes within the second.
const REST_MAX: Duration = Duration::from_millis(400);
/// Secrets that only stopped working are written out of their files so often,
const FILES_EVERY: Duration = Duration::from_millis(500);
/// so many files at a time, however many wait: what this takes of the disk does not grow with the directory, and the log,
/// whose syncs wait for that, is never held up long. In return the last of a million passwords that change at once leaves
/// its file after a minute.
const FILES_AT_ONCE: usize = 2;

/// What is to be destroyed, and who waits for it.
#[derive(Default)]
pub(crate) struct Ordered {
    /// Events that order somebody forgotten.
    orders: Vec<Position>,
    /// Keys that go without such an order, and with those.
    keys: Vec<KeyAddress>,
    /// Views of the past hold something of it.
    is_in_the_past: bool,
    answers: Vec<(Reply, Answer)>,
}

impl Ordered {
    /// What a batch orders; `None` where it destroys nothing.
    pub fn by(events: &[RecordedEvent], keys: Vec<KeyAddress>) -> Option<Ordered> {
        let is_order = |recorded: &&RecordedEvent| matches!(recorded.event, Event::PiiMasked(_));
        let orders: Vec<_> = events.iter().filter(is_order).map(|one| one.envelope.position).collect();
        let is_in_the_past = events.iter().any(forgets);
        let is_any = !orders.is_empty() || !keys.is_empty() || is_in_the_past;
        is_any.then_some(Ordered { orders, keys, is_in_the_past, answers: Vec::new() })
    }

    /// The first event that orders anything, of those that did.
    pub fn first_of(events: &[RecordedEvent]) -> Option<Position> {
        let orders = |recorded: &&RecordedEvent| forgets(recorded) || !recorded.event.destroys().is_empty();
        events.iter().find(orders).map(|recorded| recorded.envelope.position)
    }

    /// Who waits for it.
    pub fn awaited_by(self, answers: Vec<(Reply, Answer)>) -> Ordered {
        Ordered { answers, ..self }
    }

    /// Whoever waits is told that the directory stopped.
    pub fn stopped(self, stop: &Stop) {
        self.answers.into_iter().for_each(|(reply, _)| reply.give(Err(CommandError::Stopped(stop.clone()))));
    }

    fn and(mut self, other: Ordered) -> Ordered {
        self.orders.extend(other.orders);
        self.keys.extend(other.keys);
        self.is_in_the_past |= other.is_in_the_past;
        self.answers.extend(other.answers);
        self
    }
}

fn forgets(recorded: &RecordedEvent) -> bool {
    Views::FORGETTING.contains(&recorded.event.event_type())
}

/// What an eraser is made of.
#[derive(Clone)]
pub(crate) struct Eraser {
    /// Which know each order.
    pub views: Arc<RwLock<Views>>,
    /// Which names the pictures.
    pub log: Arc<dyn EventLog>,
    /// Takes the steps.
    pub erasing: Arc<Erasing>,
    /// Told that keys go.
    pub shadow: Shadow,
    /// Told when a step fails.
    pub status: Status,
}

impl Eraser {
    /// Until nothing more can be ordered, or a step fails.
    pub fn run(&self, ordered: &Receiver<Ordered>) {
        // When files are written that still hold keys which work no longer; `None` without any.
        let mut due = None;
        loop {
            let first = match due {
                None => ordered.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => ordered.recv_timeout(until(due)),
            };
            let is_last = matches!(first, Err(RecvTimeoutError::Disconnected));
            let began = Instant::now();
            let destroyed = match first {
                Ok(first) => self.answer(ordered.try_iter().fold(first, Ordered::and), &mut due),
                Err(_) => Ok(()),
            };
            if let Err(stop) = destroyed.and_then(|()| self.write_out(&mut due, is_last)) {
                // First: who is told finds it stopped.
                self.status.stop(stop.clone());
                ordered.try_iter().for_each(|more| more.stopped(&stop));
                return;
            }
            if is_last {
                return;
            }
            let took = began.elapsed();
            if took > LONG {
                thread::sleep((took * RESTS).min(REST_MAX));
            }
        }
    }

    /// Destroys, and answers those who waited for it.
    fn answer(&self, all: Ordered, due: &mut Option<Instant>) -> Result<(), Stop> {
        self.shadow.keys_go();
        let destroyed = self.destroy(&all, due);
        self.shadow.keys_go();
        match destroyed {
            Ok(()) => {
                all.answers.into_iter().for_each(|(reply, answer)| reply.give(answer));
                Ok(())
            }
            Err(stop) => {
                self.status.stop(stop.clone());
                all.stopped(&stop);
                Err(stop)
            }
        }
    }

    fn destroy(&self, all: &Ordered, due: &mut Option<Instant>) -> Result<(), Stop> {
        self.forget(&all.orders).map_err(|fault| Stop::Erasure(fault.to_string()))?;
        self.shred(&all.keys, due).map_err(|fault| Stop::Keyring(fault.to_string()))?;
        // Views of the past hold the texts of artefacts too.
        if all.is_in_the_past {
            self.erasing.forget_copies().map_err(|fault| Stop::Keyring(fault.to_string()))?;
        }
        Ok(())
    }

    /// Writes keys that work no longer out of some of their files, once that is due; out of all of them at the end.
    fn write_out(&self, due: &mut Option<Instant>, is_last: bool) -> Result<(), Stop> {
        let now = Instant::now();
        if due.is_none_or(|due| due > now && !is_last) {
            return Ok(());
        }
        let files = if is_last { usize::MAX } else { FILES_AT_ONCE };
        let is_any_left = self.erasing.keyring.rotate_some(files);
        let is_any_left = is_any_left.map_err(|fault| Stop::Keyring(fault.to_string()))?;
        *due = is_any_left.then(|| now + FILES_EVERY);
        Ok(())
    }

    /// Takes the steps of these orders, but for the receipt.
    fn forget(&self, orders: &[Position]) -> Result<(), ErasingFault> {
        let orders = {
            let views = self.views.read().unwrap_or_else(PoisonError::into_inner);
            let is_open =
                |order: &Position| views.erasures.get(*order).is_some_and(|row| row.completion.is_none());
            let open = orders.iter().copied().filter(is_open);
            orders_of(&views, self.log.as_ref(), open)?
        };
        self.erasing.carry_out(&orders)
    }

    /// Destroys what went with no order to forget a person. Secrets of their own work no longer from here on, and passwords
    /// change often: their files are written a little later, for many at once. A stop before that is made good by the
    /// fence.
    fn shred(&self, keys: &[KeyAddress], due: &mut Option<Instant>) -> Result<(), KeyringFault> {
        let keyring = &self.erasing.keyring;
        let left: Vec<_> = keys.iter().copied().filter(|key| !keyring.is_gone(*key)).collect();
        if left.is_empty() {
            return Ok(());
        }
        keyring.revoke(&left)?;
        if left.iter().all(|key| key.space == KeySpace::Credential) {
            due.get_or_insert_with(|| Instant::now() + FILES_EVERY);
            return Ok(());
        }
        self.erasing.forget_copies()?;
        keyring.erase(&left)
    }
}

fn until(due: Instant) -> Duration {
    due.saturating_duration_since(Instant::now())
}
