//! Evidence: the tree, its signatures, and what they find.

mod asked;
mod followed;
mod merkle;
mod notes;
mod published;
mod stored;
