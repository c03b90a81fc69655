//! Views are tested as a whole: told a story, then asked.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing test says where")]

mod credentials;
mod history;
mod licenses;
mod list;
mod look_up;
mod proxies;
mod rebuild;
mod roles;
mod search;
mod sessions;
mod story;
mod teams;
