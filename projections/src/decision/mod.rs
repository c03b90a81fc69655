//! Models that commands are judged against.
