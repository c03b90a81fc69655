//! `rollbook schema`: the GraphQL schema, for people who generate clients.

use std::io::Write as _;

use super::output;
use super::{Exit, Failure};

pub(super) fn run() -> Result<Exit, Failure> {
    let mut out = output::standard();
    out.write_all(crate::graphql::sdl().as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}
