//! The program `rollbook`.

use std::process::ExitCode;

fn main() -> ExitCode {
    rollbook::cli::main(std::env::args_os(), std::env::vars_os())
}
