//! Calls of rules to other programs (BRL-03, BRL-06): a small JSON letter by HTTP POST, to origins that the
//! operator allows, and nowhere else.
//!
//! The letter names the rule, its trigger, the user and the run, by their ids. Before a deletion that is all: who is
//! called may ask for more, with rights of its own. After one nobody is told any more who that was, and what a program
//! keeps elsewhere it may keep under a name: so its letter holds the username, the email and both federation ids too
//! (BRL-06), as far as they are known when the call is made; whoever is masked or erased meanwhile, or whose data
//! may not be used (`restrictProcessing`), is sent without.
//! No redirection is followed, no body of an answer is read, and nothing of an answer is kept but whether it was one of
//! success (2xx).
//!
//! Before a deletion the call is made outside the writer, between two looks of the decision ([`crate::directory`],
//! `user_rules`). After one, [`run`] follows the log: what is due was queued in the batch of the deletion, every
//! attempt is an event, and a start goes on where a stop was. Between a call and its record a process can die:
//! then it is made twice, under one `Idempotency-Key`.

mod allowed;
mod call;
mod policy;

pub use allowed::{RuleCalls, RuleCallsFault};
pub(crate) use allowed::{connector, origins};
pub use call::{Deleted, Letter};
pub use policy::{ATTEMPTS_MAX, STOP_WITHIN, call_due, run};
