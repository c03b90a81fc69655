//! Proofs about the log.
