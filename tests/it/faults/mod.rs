//! What a fault looks like from outside, and how a directory comes back from it: nothing acknowledged is lost.
//!
//! `tests/golden/fault-matrix.txt` is the table of all faults; each line names the test that shows it.

mod clock;
mod damaged;
mod disk;
pub mod matrix;
mod starved;
