//! A part of history for one reader: what pages, the live stream and exports read, all in the same way.
//!
//! Positions come from the view, entries from the log. What is not in any view, since it is sealed (where a
//! change was asked from), is looked for in the entries that the rest of the filter lets through, at most so
//! many of them at one go. An index of it in memory would have to be purged with every erasure, and would cost
//! a deciphering of each event at every start; nobody asks for it but in an inquiry.

use async_graphql::{Error, Result};
use rollbook_projections::view::{HistoryDirection, HistoryQuery, HistorySubject, HistoryWindow, Views};
use rollbook_schema::event::ReadingWay;
use rollbook_schema::{Actor, Context, Position, RecordedEvent, RejectionCode, Subject, UserId};

use super::fault::{refused, stopped};
use super::input::EntryFilter;
use super::output::{Entry, Reader};
use super::rights::{forbidden, sees_event, sees_history_of};
use crate::access::{Caller, Capability, holds, reach, reaches_team};
use crate::directory::{Asking, Directory, ReadFault, ReadOf};
use crate::writer::CommandError;

/// Entries looked through at one go for where they were asked from.
const LOOKED_THROUGH_MAX: usize = 10_000;
/// Entries of them that are read together.
const READ_AT_ONCE: usize = 256;

/// Which part of history, and who reads it.
#[derive(Clone)]
pub(super) struct Passage {
    pub reader: Reader,
    pub filter: EntryFilter,
}

/// Entries, in the direction that was asked for.
pub(super) struct Found {
    pub entries: Vec<Entry>,
    pub has_next: bool,
    pub has_previous: bool,
    pub total: Option<u64>,
    /// Where looking through stopped before the page was full; null where it came to its end.
    pub searched_to: Option<Position>,
    /// How far the log was.
    pub reached: Position,
}

impl Passage {
    /// The passage, if the reader may ask for it.
    ///
    /// # Errors
    /// `FORBIDDEN`.
    pub(super) fn new(reader: Reader, filter: EntryFilter) -> Result<Passage> {
        let passage = Passage { reader, filter };
        passage.permit()?;
        Ok(passage)
    }

    /// The same with the rights of now.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when the session has ended; `FORBIDDEN`.
    pub(super) fn renew(&mut self) -> Result<()> {
        let caller = self.reader.directory.caller_now(&self.reader.caller);
        self.reader.caller = caller.ok_or_else(|| refused(RejectionCode::Unauthenticated))?;
        self.permit()
    }

    fn permit(&self) -> Result<(), Error> {
        let caller = &self.reader.caller;
        let is_own = self.is_own(&self.reader.directory.views());
        let may_read = is_own || sees_history_of(caller, self.filter.on.or(self.filter.readings_of));
        let may_search = self.filter.origin.is_none() || holds(caller, Capability::SeePeople);
        if may_read && may_search { Ok(()) } else { Err(forbidden()) }
    }

    /// What was done as oneself is one's own history (PXY-23).
    fn is_own(&self, views: &Views) -> bool {
        let as_whom = self.filter.proxy_session.and_then(|session| views.history.proxied_user(session));
        as_whom.is_some() && as_whom == self.reader.caller.user()
    }

    /// Up to where history is now: what happens meanwhile, this reading among it, is not in it.
    pub(super) fn up_to_now(mut self) -> Passage {
        let reached = self.reader.directory.views().history.reached();
        self.filter.up_to = Some(self.filter.up_to.map_or(reached, |up_to| up_to.min(reached)));
        self
    }

    /// Answers when it is recorded that this is read, where it is somebody else's.
    ///
    /// # Errors
    /// `BUSY`, or a fault: then nothing may be shown.
    pub(super) async fn record(&self, context: Context, way: ReadingWay) -> Result<()> {
        let Some(read_of) = self.reads_of() else { return Ok(()) };
        let asking = Asking { context, ..Asking::by(self.reader.caller) };
        match self.reader.directory.record_reading(asking, read_of, way).await {
            Ok(()) => Ok(()),
            Err(CommandError::Refused(rejections)) => Err(refused(rejections.code())),
            Err(CommandError::Stopped(stop)) => Err(stopped(&stop)),
        }
    }

    /// Whose history it is; `None` for the own, and where it is no person's.
    fn reads_of(&self) -> Option<ReadOf> {
        let (filter, caller) = (&self.filter, &self.reader.caller);
        let views = self.reader.directory.views();
        // Under a proxy session it is somebody else who reads.
        let reader = caller.actor().filter(|actor| *actor == Actor::person(actor.id)).map(|actor| actor.id);
        let is_other = |user: UserId| reader != Some(user) && views.users.get(user).is_some();
        let person = |user: UserId| is_other(user).then_some(ReadOf::Person(user));
        if self.is_own(&views) {
            return caller.user().and_then(person);
        }
        if let Some(user) = filter.on.or(filter.readings_of) {
            return person(user).filter(|_| sees_event(&views, caller, Subject::User(user)));
        }
        let is_of_users = filter.kinds.as_ref().is_none_or(|kinds| kinds.contains(&HistorySubject::Users));
        if filter.subject.is_some() || !is_of_users {
            return None;
        }
        let by = filter.by.or(filter.real_actor).or(filter.on_behalf_of);
        Some(by.and_then(person).unwrap_or(ReadOf::Everybody))
    }

    /// One page. Reads the log: not for an async task.
    ///
    /// # Errors
    /// [`ReadFault`] when the log or the keys fail.
    pub(super) fn page(
        &self,
        direction: HistoryDirection,
        window: HistoryWindow,
    ) -> Result<Found, ReadFault> {
        let directory = &self.reader.directory;
        let these = self.filter.correlation.map(|id| directory.correlated(id)).transpose()?;
        let query = |views: &Views| HistoryQuery { direction, window, these, ..self.query(views) };
        if self.filter.origin.is_some() {
            let query = query(&directory.views());
            return self.look_through(query);
        }
        let (page, reached) = {
            let views = directory.views();
            (views.history.page(&query(&views)), views.history.reached())
        };
        Ok(Found {
            entries: self.reader.entries(&page.positions)?,
            has_next: page.has_next,
            has_previous: page.has_previous,
            total: page.total,
            searched_to: None,
            reached,
        })
    }

    /// Within the reader's reach: what was done beyond it was done to nobody one knows.
    fn query(&self, views: &Views) -> HistoryQuery {
        let caller = &self.reader.caller;
        let mut query = self.filter.query(&views.history);
        match self.filter.on {
            // The own history is whole.
            None if self.is_own(views) => {}
            None if self.filter.readings_of.is_some() => {
                // Of nobody one does not know, nobody read anything.
                let sees = |user: &UserId| sees_event(views, caller, Subject::User(*user));
                query.readings_of = Some(query.readings_of.filter(sees).unwrap_or(UserId(0)));
            }
            None => {
                query.among = reach(caller, &views.teams);
                let teams = views.teams.iter().map(|team| team.id);
                query.among_teams = teams.filter(|team| reaches_team(caller, &views.teams, *team)).collect();
            }
            Some(user) if sees_event(views, caller, Subject::User(user)) => {}
            // Nobody has the id 0.
            Some(_) => query.on = Some(UserId(0)),
        }
        query
    }

    fn look_through(&self, mut query: HistoryQuery) -> Result<Found, ReadFault> {
        let (mut cursor, limit, onward) = match query.window {
            HistoryWindow::After(cursor, limit) => (cursor, limit, true),
            HistoryWindow::Before(cursor, limit) => (cursor, limit, false),
        };
        let began_with = cursor;
        let (mut found, mut looked) = (Vec::new(), 0);
        let (is_done, reached) = loop {
            let turn = if onward { HistoryWindow::After } else { HistoryWindow::Before };
            query.window = turn(cursor, READ_AT_ONCE);
            let (page, reached) = {
                let views = self.reader.directory.views();
                (views.history.page(&query), views.history.reached())
            };
            let positions = page.positions;
            let ordered: Vec<Position> =
                if onward { positions } else { positions.into_iter().rev().collect() };
            for position in ordered {
                if found.len() > limit || looked >= LOOKED_THROUGH_MAX {
                    break;
                }
                looked += 1;
                cursor = Some(position);
                found.extend(self.reader.directory.recorded(position)?.filter(|event| self.is_from(event)));
            }
            let has_more = if onward { page.has_next } else { page.has_previous };
            if found.len() > limit || looked >= LOOKED_THROUGH_MAX || !has_more {
                break (!has_more && looked < LOOKED_THROUGH_MAX, reached);
            }
        };
        let is_full = found.len() > limit;
        found.truncate(limit);
        if !onward {
            found.reverse();
        }
        let goes_on = is_full || !is_done;
        let entries = found.into_iter().map(|event| self.reader.entry(event)).collect::<Result<_, _>>()?;
        Ok(Found {
            entries,
            has_next: if onward { goes_on } else { began_with.is_some() },
            has_previous: if onward { began_with.is_some() } else { goes_on },
            total: None,
            searched_to: cursor.filter(|_| goes_on && !is_full),
            reached,
        })
    }

    /// Only where the reader sees where an event was asked from may they search by it.
    fn is_from(&self, recorded: &RecordedEvent) -> bool {
        let sees_origin = self.reader.sees_person(recorded.envelope.actor.id);
        let origin = self.filter.origin.as_ref();
        let context = recorded.envelope.context.known();
        sees_origin && origin.zip(context).is_some_and(|(origin, context)| origin.is_of(context))
    }
}

/// A reader of a directory, for whoever needs names.
pub(super) fn reader(directory: &Directory, caller: Caller, with_names: bool) -> Reader {
    Reader { directory: directory.clone(), caller, with_names }
}
