//! Tests of the keyring: what it keeps, what it forgets, and what it survives.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing test says where")]

mod round_trip;
