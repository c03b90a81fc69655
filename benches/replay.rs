//! Replay into models and views against reading and opening: `cargo bench --bench replay`.
//!
//! All read the same log, in turn: the stored bytes alone; parsed; parsed and opened with the keys; and
//! the whole of what opening a directory does. A number on the command line is the number of events.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use rollbook::bench::Pass;
use support::{folder, is_asked_to_measure, lived, number_or, options, print_machine};

const EVENTS: u64 = 250_000;

fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let options = options(&folder, "data");
    lived(&options, number_or(EVENTS));
    support::passes::print(
        options,
        &[Pass::Read, Pass::Parse, Pass::Open, Pass::Replay, Pass::Start],
        Pass::Open,
    );
}
