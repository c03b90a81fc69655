//! Rollbook: one ordered, append-only log of what happened to users, one writer that decides, pure
//! folds that know, and one key tree that can forget.

pub mod access;
pub mod cli;
pub mod clock;
pub mod config;
pub mod directory;
pub mod evidence;
pub mod graphql;
pub mod http;
pub mod identity;
pub mod passwords;
pub mod projector;
pub mod sealing;
pub mod serve;
pub mod status;
pub mod telemetry;
pub mod writer;
