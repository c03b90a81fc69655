//! `rollbook serve`: the server.

use super::{Exit, Failure};
use crate::config::{Layers, serve_settings};

pub(super) fn run(layers: &Layers) -> Result<Exit, Failure> {
    let settings = serve_settings(layers)?;
    runtime()?.block_on(crate::serve::run(settings))?;
    Ok(Exit::Done)
}

/// The threads that requests run on.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|fault| Failure::new(Exit::Fault, format!("the system refused threads: {fault}")))
}
