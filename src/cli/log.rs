//! `rollbook log`: events as JSON, one a line.

use std::io::Write;
use std::ops::ControlFlow;

use clap::ArgMatches;
use rollbook_schema::codec::{Unshown, to_json};
use rollbook_schema::event::EventType;
use rollbook_schema::{Position, Record, Subject, UserId};

use super::{Exit, Failure, output};
use crate::config::{Layers, directory_options};
use crate::directory::ReadFault;
use crate::directory::offline::{OfflineDirectory, OfflineFault, unopened};
use crate::sealing::Sealer;

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let wanted = Wanted::from(matches)?;
    let directory = OfflineDirectory::open(directory_options(layers)?)?;
    let sealer = matches.get_flag("reveal").then(|| directory.sealer()).transpose()?;
    let printed = print(&directory, &wanted, sealer.as_ref(), &mut output::standard());
    let closed = directory.close();
    printed?;
    closed?;
    Ok(Exit::Done)
}

/// Which events are asked for.
struct Wanted {
    after: Position,
    limit: u64,
    user: Option<UserId>,
    event_type: Option<EventType>,
}

impl Wanted {
    fn from(matches: &ArgMatches) -> Result<Self, Failure> {
        let number = |name| matches.get_one::<u64>(name).copied();
        Ok(Wanted {
            after: Position(number("after").unwrap_or(0)),
            limit: number("limit").unwrap_or(u64::MAX),
            user: number("user").map(UserId),
            event_type: matches.get_one::<String>("type").map(|name| event_type(name)).transpose()?,
        })
    }

    fn includes(&self, record: &Record) -> bool {
        self.user.is_none_or(|user| record.header.subject == Subject::User(user))
            && self.event_type.is_none_or(|wanted| record.header.event_type == wanted.name())
    }
}

fn event_type(name: &str) -> Result<EventType, Failure> {
    EventType::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = EventType::ALL.iter().map(|known| known.name()).collect();
        Failure::new(Exit::Usage, format!("--type must be one of {}", names.join(", ")))
    })
}

fn print(
    directory: &OfflineDirectory,
    wanted: &Wanted,
    sealer: Option<&Sealer>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut left = wanted.limit;
    directory.records::<Failure>(wanted.after, |record| {
        if left == 0 {
            return Ok(ControlFlow::Break(()));
        }
        if wanted.includes(&record) {
            left -= 1;
            writeln!(out, "{}", line(&record, sealer)?)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    out.flush()?;
    Ok(())
}

fn line(record: &Record, sealer: Option<&Sealer>) -> Result<serde_json::Value, Failure> {
    let unreadable = |fault: ReadFault| Failure::from(OfflineFault::Read(fault));
    let json = match sealer {
        Some(sealer) => {
            let opened = sealer.open(record).map_err(|fault| unreadable(fault.into()))?;
            to_json(&opened, Unshown::Erased)
        }
        None => to_json(&unopened(record)?, Unshown::Sealed),
    };
    json.map_err(|fault| unreadable(crate::sealing::UnsealFault::from(fault).into()))
}
