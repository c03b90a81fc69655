//! The program `rollbook`.

use std::process::ExitCode;

/// Folding is many small allocations: with this one a replay takes a fifth less processor time (`benches/replay.rs`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rollbook::cli::main(std::env::args_os(), std::env::vars_os())
}
