//! Evidence: the tree, its signatures, and what they find.

mod asked;
mod commands;
mod followed;
mod foreign;
mod merkle;
mod notes;
mod published;
mod stored;
mod tampered;
