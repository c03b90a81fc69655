//! The whole check of a log against plain hashing of the same bytes: `cargo bench --bench verify`.
//!
//! All go over the same log, in turn: the stored bytes alone; SHA-256 over them; and what `rollbook audit verify`
//! does, with checkpoints. A number on the command line is the number of events.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use rollbook::bench::Pass;
use support::{folder, is_asked_to_measure, number_or, opened, options, print_machine};

const EVENTS: u64 = 250_000;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let options = options(&folder, "data");
    // Opened once, so that checkpoints are signed.
    let (directory, _) = opened(options.clone(), number_or(EVENTS)).await;
    directory.close().await.unwrap();
    drop(directory);
    support::passes::print(options, &[Pass::Read, Pass::Hash, Pass::Verify, Pass::VerifySigned], Pass::Hash);
}
