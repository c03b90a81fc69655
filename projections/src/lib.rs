//! What is known: pure folds of events into state.
//!
//! [`decision`] holds the small models that commands are judged against, always current, inside the
//! writer. [`view`] holds the read models that lists, counts and history are served from. Both are
//! folded from opened events of today's shape, and both come out the same when rebuilt from zero.
//!
//! [`snapshot`] writes both as bytes for whoever stores them.
//!
//! Absent on purpose: storage, clocks, randomness, any second source. A fold cannot fail.

pub mod access_review;
pub mod application_access;
pub mod attributes;
pub mod decision;
mod id_table;
pub mod lockouts;
pub mod password_demands;
pub mod readings;
pub mod references;
pub mod retention;
pub mod sign_in_keys;
pub mod snapshot;
pub mod sources;
pub mod view;
