//! Views are tested as a whole: told a story, then asked.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing test says where")]

mod credentials;
mod dashboards;
mod history;
mod licenses;
mod list;
mod look_up;
mod mail;
mod preferences;
mod proxies;
mod rebuild;
mod reporting;
mod roles;
mod search;
mod session_openings;
mod sessions;
mod standard;
mod story;
mod support;
mod teams;
