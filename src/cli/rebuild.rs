//! `rollbook rebuild`: folds the log again, and holds the views against what was served last.

use std::io::Write as _;

use super::output;
use super::{Exit, Failure};
use crate::config::{Layers, directory_options};
use crate::directory::digests::rebuild_offline;
use crate::directory::offline::require_directory;

pub(super) fn run(layers: &Layers) -> Result<Exit, Failure> {
    let options = directory_options(layers)?;
    require_directory(&options)?;
    let rebuilt = rebuild_offline(&options)?;
    let different = rebuilt.different();
    let mut out = output::standard();
    for view in &rebuilt.rebuilt.views {
        let found = match &rebuilt.live {
            None => "unknown",
            Some(_) if different.contains(&view.view.as_str()) => "DIFFERENT",
            Some(_) => "equal",
        };
        writeln!(out, "{:<12} {}  {found}", view.view, view.digest)?;
    }
    let position = rebuilt.rebuilt.position;
    let exit = if different.is_empty() { Exit::Done } else { Exit::Broken };
    match (&rebuilt.live, different.len()) {
        (None, _) => writeln!(
            out,
            "rebuilt at position {position}; nothing to compare with, since the directory did not close there"
        )?,
        (Some(_), 0) => writeln!(out, "rebuilt at position {position}; every view is as it was served")?,
        (Some(_), count) => {
            writeln!(out, "rebuilt at position {position}; {count} views DIFFER from what was served")?;
        }
    }
    out.flush()?;
    Ok(exit)
}
