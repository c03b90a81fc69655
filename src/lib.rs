//! Rollbook.

pub mod http;
