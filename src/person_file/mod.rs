//! A person's file: all that is known of one person, for that person (Articles 15 and 20 GDPR).
//!
//! `GET /people/user_9/file.json` and `/people/user_9/file.html` with a `ticket`, for compliance officers; and
//! `rollbook person file user_9` where nobody serves the directory. Whoever is given a file is recorded first.
//!
//! # The form
//!
//! One JSON object; `format` counts up when a member changes its meaning or goes, and stays when one comes:
//!
//! | member | what it is |
//! |---|---|
//! | `format`, `madeAt`, `position` | [`FORMAT`]; when, and up to which event |
//! | `complete` | false where the history is longer than [`EVENTS_MAX`] events, which then begins with the oldest |
//! | `person` | id, states, rights, login and every descriptive field |
//! | `attributes`, `preferences`, `avatar` | custom attributes; what was chosen; the picture as PNG in base64 |
//! | `memberships` | roles, teams, business units, applications, superior |
//! | `sessions` | each sign-in with address and program; `endedAt` where an event names the session's end |
//! | `mails` | what was sent or waits, without the words: they are made when a mail goes |
//! | `seenBy` | who acted as the person, who read their history, and who was given this file |
//! | `maskingRequests`, `accessRequests`, `legalHold`, `restricted` | what was asked for, and what holds |
//! | `history`, `acts` | events about the person, and what the person did, as `rollbook log` writes them |
//! | `people` | names of others by their ids, as far as the reader may see them |
//!
//! What is sealed under somebody else's key reads `withheld`: the reasons that others gave are theirs. What is
//! sealed under a key that was destroyed reads `erased`.

mod gather;
mod html;
mod routes;

pub use gather::gather;
pub use html::page;
pub use routes::routes;

/// The version of the file's form.
pub const FORMAT: u32 = 1;

/// Events of each of `history` and `acts` in one file, at most.
pub const EVENTS_MAX: usize = 100_000;
