//! Calls of rules to other programs (BRL-03, BRL-06): a small JSON letter by HTTP POST, to origins that the
//! operator allows, and nowhere else.
//!
//! The letter names the rule, its trigger, the user and the run, by their ids: no personal data leaves this way.
//! Who is called may ask for more, with rights of its own. No redirection is followed, no body of an answer is
//! read, and nothing of an answer is kept but whether it was one of success (2xx).
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
pub use call::Letter;
pub use policy::{ATTEMPTS_MAX, STOP_WITHIN, call_due, run};
