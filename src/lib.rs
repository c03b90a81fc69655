//! Rollbook: one ordered, append-only log of what happened to users, one writer that decides, pure
//! folds that know, and one key tree that can forget.
//!
//! # The map
//!
//! Pure, and compiled apart so that the compiler keeps them so:
//! - [`rollbook_schema`]: the published language. Commands, events, values, rejections, the record.
//! - [`rollbook_projections`]: what is known. [`decision`](rollbook_projections::decision) models
//!   judge commands; [`view`](rollbook_projections::view)s serve reads.
//! - [`rollbook_decide`]: the rules, one file for each command.
//!
//! Engines, which know nothing of users:
//! - [`rollbook_event_log`]: the log port, and sled behind it.
//! - [`rollbook_keyring`]: the key tree, sealing and shredding.
//!
//! This package touches the world:
//! - [`directory`]: the façade. Doors ask it, and nothing behind it.
//! - [`access`]: who may ask what, of whom, and as whom.
//! - [`writer`] and [`projector`]: the two threads through which every change goes. The `eraser`: one more,
//!   for keys that go.
//! - `snapshot`: what the log folds to, sealed, so that a start need not fold all of it.
//! - [`sealing`]: between records and keys. [`evidence`]: proofs about the log.
//! - [`avatars`]: pictures of people, from bytes of anybody to bytes of ours.
//! - [`review`]: who held which right, for auditors. [`register`]: what personal data exists where.
//! - [`retention`]: the policy that ends what is known of people whose time is over.
//! - [`person_file`]: all that is known of one person, for that person.
//! - [`export`]: history for other programs. [`backup`]: sealed records and, apart, keys, to be restored.
//! - [`graphql`], [`rest`], [`table`], [`http`], [`cli`], [`console`]: the doors. [`mod@serve`] and [`config`] put them up.
//! - [`mail`]: the outbox, which follows the log and sends.
//! - [`rule_calls`]: rules that call other programs when a user is deleted.
//! - [`metrics`]: figures for whoever watches the machine. [`traces`]: what one request waited for.
//! - [`clock`] and [`identity`]: the only places that ask for time and randomness.
//!
//! # The way of one command
//!
//! A mutation parses its input into values (all flaws at once) and makes a
//! [`Command`](rollbook_schema::Command). [`directory::Directory::ask`] looks up [`access::may_ask`] and
//! puts it into a bounded queue; a full one answers `BUSY`. The [`writer`] takes what waits, at most
//! [`writer::BATCH_COMMANDS_MAX`], and for each: gives a known command id its first receipt again, else
//! asks [`rollbook_decide::decide`], which gives events or a rejection. Events are folded into the
//! decision models at once, so that the next command of the batch sees them; sealed, chained, and
//! appended as one batch with one real sync. The [`projector`] folds the batch into the views and gives the
//! answers; those of who ordered keys destroyed the `eraser` gives, once they are. So an answer means:
//! durable, visible, and where it was asked for, forgotten.
//!
//! # Threats
//!
//! [`threats`] says who may want what, where the answer stands, and which test shows it.
//!
//! # What is absent, and why
//!
//! - No read that waits for a projection to catch up: answers wait instead, so nobody reads stale.
//! - No waiting by a refused sign-in: it is judged and recorded all the same, but the time of its answer
//!   tells nothing ([`directory`], `lockout`).
//! - No retry and no skipping: a failed append or a fold that panics stops the directory. A view that
//!   skipped an event would be wrong for ever; a process that ended is started again.
//! - No personal data outside sealed parts: not in the log's clear headers, not on disk beside it.
//!   Views hold it in memory, and a snapshot of them is sealed under a key that goes with anybody's.
//! - No secondary index in the log's engine: sled pays for random keys twice. Indexes are views.
//! - No clock in any order: positions are given at commit.
//!
//! # Refused alternatives
//!
//! - *One key file for each user*: a write and a sync for each creation. The key tree needs one for each
//!   65,536.
//! - *Snapshots sealed row by row*, so that they outlive an erasure: a key to derive and a value to open for each
//!   user at each start, and a second place that has to know whose a value is. One key for all goes with the first
//!   erasure, and the next proof or stop writes the snapshot anew. Checkpoints of the past live in memory, where
//!   forgetting somebody drops them all.
//! - *A binary form made by hand for records*: postcard is as fast, and its wire form is specified.

// The root of mutations is merged out of many objects, one within the other.
#![recursion_limit = "256"]

pub mod access;
pub mod avatars;
pub mod backup;
pub mod bench;
pub mod cli;
pub mod clock;
pub mod config;
pub mod console;
pub mod directory;
mod eraser;
pub mod evidence;
pub mod export;
pub mod graphql;
pub mod http;
pub mod identity;
pub mod mail;
pub mod metrics;
pub mod password_policy;
pub mod passwords;
pub mod person_file;
pub mod priority;
pub mod projector;
pub mod register;
pub mod rest;
pub mod retention;
pub mod review;
pub mod rule_calls;
pub mod sealing;
pub mod serve;
mod snapshot;
pub mod status;
pub mod table;
pub mod telemetry;
pub mod threats;
pub mod traces;
pub mod writer;
