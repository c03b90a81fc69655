//! Which events are asked for, and how much of them.

use clap::ArgMatches;
use rollbook_schema::event::EventType;
use rollbook_schema::{Position, Record, Subject, UserId};

use crate::cli::{Exit, Failure};
use crate::export::{ExportFormat, UnknownFormat};

pub(super) struct Wanted {
    pub after: Position,
    pub limit: u64,
    pub user: Option<UserId>,
    pub event_type: Option<EventType>,
    pub parts: Parts,
    pub format: ExportFormat,
}

/// What is shown of personal parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parts {
    Sealed,
    Revealed,
}

impl Wanted {
    pub(super) fn from(matches: &ArgMatches) -> Result<Self, Failure> {
        let number = |name| matches.get_one::<u64>(name).copied();
        Ok(Wanted {
            after: Position(number("after").unwrap_or(0)),
            limit: number("limit").unwrap_or(u64::MAX),
            user: matches.get_one::<UserId>("user").copied(),
            event_type: matches.get_one::<String>("type").map(|name| event_type(name)).transpose()?,
            format: format(matches)?,
            parts: if matches.get_flag("reveal") { Parts::Revealed } else { Parts::Sealed },
        })
    }

    pub(super) fn includes(&self, record: &Record) -> bool {
        self.user.is_none_or(|user| record.header.subject == Subject::User(user))
            && self.event_type.is_none_or(|wanted| record.header.event_type == wanted.name())
    }
}

fn format(matches: &ArgMatches) -> Result<ExportFormat, Failure> {
    let named = matches.get_one::<String>("format").map(|name| name.parse());
    let format = named.unwrap_or(Ok(ExportFormat::NdJson));
    format.map_err(|unknown: UnknownFormat| Failure::new(Exit::Usage, unknown.to_string()))
}

fn event_type(name: &str) -> Result<EventType, Failure> {
    EventType::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = EventType::ALL.iter().map(|known| known.name()).collect();
        Failure::new(Exit::Usage, format!("--type must be one of {}", names.join(", ")))
    })
}
