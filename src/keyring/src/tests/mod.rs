//! Tests of the keyring: what it keeps, what it forgets, and what it survives.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing test says where")]

mod crash;
mod disk;
mod fault;
mod fence;
mod golden;
mod model;
mod round_trip;
mod secrecy;
mod signing;
mod snapshot_key;
mod tree;
mod world;
