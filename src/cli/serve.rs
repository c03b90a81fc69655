//! `rollbook serve`: the server.

use tokio::runtime::{Builder, Runtime};

use super::{Exit, Failure};
use crate::config::{Layers, serve_settings};
use crate::priority::step_back;

pub(super) fn run(layers: &Layers) -> Result<Exit, Failure> {
    let settings = serve_settings(layers)?;
    started(serving())?.block_on(crate::serve::run(settings))?;
    Ok(Exit::Done)
}

/// The threads that requests of a server run on, and that hash and read for them.
fn serving() -> Builder {
    let mut threads = Builder::new_multi_thread();
    threads.on_thread_start(step_back);
    threads
}

/// The threads of whatever else waits for the network or the disk.
pub(super) fn runtime() -> Result<Runtime, Failure> {
    started(Builder::new_multi_thread())
}

fn started(mut threads: Builder) -> Result<Runtime, Failure> {
    threads
        .enable_all()
        .build()
        .map_err(|fault| Failure::new(Exit::Fault, format!("the system refused threads: {fault}")))
}
