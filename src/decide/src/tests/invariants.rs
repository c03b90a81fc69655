//! What holds after any commands at all.
