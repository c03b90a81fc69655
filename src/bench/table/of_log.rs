//! What goes over the whole log: replay, proof, and the space that it takes.

use std::ops::ControlFlow;
use std::time::Duration;

use rollbook_projections::view::Views;
use rollbook_schema::Position;

use super::super::fault::BenchFault;
use super::super::neighbours::own_memory;
use super::super::passes::{Pass, Passed, in_turn};
use super::super::place::{bytes_below, options};
use super::line::{Line, figure, median, ratio};
use super::{Found, Place};
use crate::directory::offline::{OfflineDirectory, OfflineFault};

/// Events folded at one go, as a start does it.
const RUN_EVENTS: usize = 32_768;

pub(super) async fn lines(place: &Place<'_>) -> Found {
    let lines = tokio::task::block_in_place(|| measure(place))?;
    Ok((lines, Duration::ZERO))
}

fn measure(place: &Place<'_>) -> Result<Vec<Line>, BenchFault> {
    let (data, generated) = &place.larger;
    let directory = OfflineDirectory::open(options(data))?;
    // First, while the program's memory is still small.
    let views = views_memory(&directory)?;
    let passes = [Pass::Read, Pass::Hash, Pass::Open, Pass::Replay, Pass::Verify];
    let [read, hash, open, replay, verify] = in_turn(&directory, &passes, place.sizes.rounds)?
        .try_into()
        .map_err(|_| BenchFault::Answer("a pass over the log"))?;
    let encoded = encoded_bytes(&directory)?;
    let events = directory.head().0 as f64;
    directory.close()?;
    let stored = bytes_below(&data.join("log")).map_err(BenchFault::Disk)?;
    let multiple = |of: &Passed, base: &Passed| ratio(&base.rates, &of.rates);
    Ok(vec![
        Line::new(
            "replay into all models and views",
            "≥ 575,000 events/s; ≤ 3 × reading and opening the same records",
            format!(
                "{} × reading and opening, {} × reading the bytes alone",
                multiple(&replay, &open),
                multiple(&replay, &read)
            ),
            format!("{} events/s; opening alone {}", median(&replay.rates), median(&open.rates)),
        ),
        Line::new(
            format!("memory of the views for a user with {:.0} events", events / generated.users as f64),
            "≤ 1 KB",
            format!("{:.2} KB a user", views as f64 / 1e3 / generated.users as f64),
            format!("{} MB; the whole server: see restart", figure(views as f64 / 1e6)),
        ),
        Line::new(
            "disk for an event",
            "≤ 1.5 × its encoded bytes",
            format!("{:.2} × its encoded bytes", stored as f64 / encoded as f64),
            format!("{} of {} bytes", figure(stored as f64 / events), figure(encoded as f64 / events)),
        ),
        Line::new(
            "verify the log",
            "≥ 1,000,000 events/s, bound by hashing",
            format!("{} × reading and hashing the same bytes", multiple(&verify, &hash)),
            format!("{} events/s; hashing alone {}", median(&verify.rates), median(&hash.rates)),
        ),
    ])
}

fn encoded_bytes(directory: &OfflineDirectory) -> Result<u64, BenchFault> {
    let mut bytes = 0;
    let read = directory.log().replay(0, &mut |_, record| {
        bytes += record.len() as u64;
        ControlFlow::Continue(())
    });
    read.map_err(OfflineFault::from)?;
    Ok(bytes)
}

/// How much this program grows by the views: their memory, as the allocator takes it from the system.
fn views_memory(directory: &OfflineDirectory) -> Result<u64, BenchFault> {
    // What reading and opening keep in caches is there before.
    Pass::Open.run(directory)?;
    let sealer = directory.sealer()?;
    let before = own_memory();
    let (mut views, mut run) = (Views::default(), Vec::with_capacity(RUN_EVENTS));
    directory.records::<BenchFault>(Position(0), |record| {
        run.push(sealer.open_for_folds(&record).map_err(|fault| OfflineFault::Read(fault.into()))?);
        if run.len() == RUN_EVENTS {
            views.fold_all(&run);
            run.clear();
        }
        Ok(ControlFlow::Continue(()))
    })?;
    views.fold_all(&run);
    drop((run, sealer));
    let grown = own_memory().saturating_sub(before);
    drop(std::hint::black_box(views));
    Ok(grown)
}
