//! `rollbook replay`: history told event by event, up to a moment, and what it came to.

mod counts;
mod line;
mod step;

use std::io::Write;
use std::ops::ControlFlow;

use clap::ArgMatches;
use rollbook_projections::view::Views;
use rollbook_schema::Position;

use super::until::Until;
use super::{Exit, Failure, output};
use crate::config::{Layers, directory_options};
use crate::directory::offline::{OfflineDirectory, Opener};
use counts::Counts;
use line::Teller;
use step::Step;

/// How it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let until = Until::parse("until", matches.get_one("until"))?;
    let form = if matches.get_flag("json") { Form::Json } else { Form::Text };
    let step = matches.get_flag("step").then(Step::by_standard_input);
    let directory = OfflineDirectory::open(directory_options(layers)?)?;
    let opener = if matches.get_flag("reveal") { directory.opener()? } else { Opener::without_keys() };
    let mut out = output::standard();
    let told = tell(&directory, until, form, step, &opener, &mut out);
    let closed = directory.close();
    told?;
    closed?;
    Ok(Exit::Done)
}

/// Tells every event, then counts. Without the keys, names read as erased and are not told.
fn tell(
    directory: &OfflineDirectory,
    mut until: Until,
    form: Form,
    mut step: Option<Step>,
    opener: &Opener,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let (mut views, mut teller) = (Views::default(), Teller::default());
    directory.records::<Failure>(Position::START, |record| {
        if !until.includes(&record) {
            return Ok(ControlFlow::Break(()));
        }
        let recorded = opener.event(&record)?;
        views.fold(&recorded);
        let line = teller.line(&recorded);
        match form {
            Form::Text => writeln!(out, "{line}")?,
            Form::Json => writeln!(out, "{}", line.json())?,
        }
        let Some(step) = &mut step else { return Ok(ControlFlow::Continue(())) };
        out.flush()?;
        Ok(step.next()?)
    })?;
    let counts = Counts::of(&views);
    match form {
        Form::Text => write!(out, "{counts}")?,
        Form::Json => writeln!(out, "{}", serde_json::json!({ "counts": counts }))?,
    }
    Ok(out.flush()?)
}
