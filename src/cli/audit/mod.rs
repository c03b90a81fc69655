//! `rollbook audit`: is the log whole, is it the one that was signed, and how does one prove it elsewhere?

mod export;
mod receipt;
mod register;
mod review;
mod sign;
mod verify;

pub(super) use verify::keys;

use clap::ArgMatches;

use super::{Exit, Failure};
use crate::config::Layers;

pub(super) fn run(name: &str, matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    match name {
        "checkpoint" => sign::checkpoint(layers),
        "prove" => sign::prove(matches, layers),
        "receipt" => receipt::run(matches, layers),
        "review" => review::run(matches, layers),
        "register" => register::run(matches),
        "export" => export::run(matches, layers),
        _ => verify::run(matches, layers),
    }
}
