//! Rollbook.
