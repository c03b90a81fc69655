//! `rollbook audit review`: who held which right at a moment, and who had given it.

use std::io::Write as _;
use std::ops::ControlFlow;

use clap::ArgMatches;
use rollbook_projections::access_review::AccessReview;
use rollbook_projections::view::Views;
use rollbook_schema::Position;

use crate::access::Caller;
use crate::cli::until::Until;
use crate::cli::{Exit, Failure, output};
use crate::config::{Layers, directory_options};
use crate::directory::offline::{OfflineDirectory, Opener};
use crate::review::{HEADING, Reviewer, permits_proxy, write_line};

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let until = Until::parse("as-of", matches.get_one("as-of"))?;
    let directory = OfflineDirectory::open(directory_options(layers)?)?;
    let folded = fold(&directory, until, matches.get_flag("reveal"));
    let closed = directory.close();
    let (rights, views) = folded?;
    closed?;
    let reviewer = Reviewer { rights: &rights, views: views.as_ref(), today: None, caller: Caller::Operator };
    let mut out = output::standard();
    if matches.get_one::<String>("format").is_some_and(|format| format == "json") {
        for holding in reviewer.holdings(None) {
            let line = serde_json::to_string(&reviewer.line(&holding)).map_err(std::io::Error::other)?;
            writeln!(out, "{line}")?;
        }
    } else {
        write!(out, "{HEADING}")?;
        for holding in reviewer.holdings(None) {
            write_line(&reviewer.line(&holding), &mut out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Rights need no key. Names do; who was masked later is masked here too.
fn fold(
    directory: &OfflineDirectory,
    mut until: Until,
    reveal: bool,
) -> Result<(AccessReview, Option<Views>), Failure> {
    let opener = if reveal { directory.opener()? } else { Opener::without_keys() };
    let (mut rights, mut views) = (AccessReview::new(permits_proxy), reveal.then(Views::default));
    directory.records::<Failure>(Position::START, |record| {
        let is_then = until.includes(&record);
        if is_then {
            let recorded = opener.event(&record)?;
            rights.fold(&recorded);
            views.iter_mut().for_each(|views| views.fold(&recorded));
        } else if let Some(views) = &mut views {
            if Views::FORGETTING.iter().any(|forgetting| forgetting.name() == record.header.event_type) {
                views.forget(&opener.event(&record)?);
            }
        } else {
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok((rights, views))
}
