//! What can be followed: cursors on the log, which the head only wakes.

use async_graphql::{Context, Error, Result, Subscription as GraphQlSubscription};
use futures_util::stream::{self, Stream};
use rollbook_projections::view::{HistoryDirection, HistoryWindow};
use rollbook_schema::event::ReadingWay;
use rollbook_schema::{Position, RejectionCode};
use tokio::sync::watch;

use super::asking::context;
use super::fault::{invalid, refused};
use super::input::HistoryFilter;
use super::output::{Entry, LicensePool};
use super::passage::{Passage, reader};
use super::reading::{asks_names, read};
use super::rights::{demand, forbidden, signed_in};
use super::scalar;
use crate::access::{Caller, Capability, holds};
use crate::directory::Directory;

/// Entries that are read together and sent one by one.
const ENTRIES_AT_ONCE: usize = 256;

/// The root of subscriptions.
pub struct Subscription;

/// What can be followed. A slow reader lags and loses nothing. A stream ends when the session does.
#[GraphQlSubscription]
impl Subscription {
    /// Events from a position on (`0`: all; nothing said: those to come), as history shows them. The
    /// own history needs no right.
    async fn events(
        &self,
        ctx: &Context<'_>,
        after: Option<scalar::Position>,
        filter: Option<HistoryFilter>,
    ) -> Result<impl Stream<Item = Result<Entry>> + use<>> {
        let caller = signed_in(ctx)?;
        let directory = ctx.data::<Directory>()?.clone();
        let with_names = asks_names(&ctx.look_ahead());
        let passage =
            Passage::new(reader(&directory, caller, with_names), filter.unwrap_or_default().into())?;
        passage.record(context(ctx), ReadingWay::Follow).await?;
        let reached = directory.reached();
        let after = after.map_or(reached, |after| after.0);
        if after > reached {
            return Err(invalid("there is no event at this position yet"));
        }
        let follow = Follow { passage, after, wake: directory.watch_reached() };
        Ok(stream::unfold(State::Read(follow), |state| state.next_entry()))
    }

    /// The seats of every type: now, and after each change.
    async fn licenses(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = Result<Vec<LicensePool>>> + use<>> {
        let caller = demand(ctx, Capability::SeeLicenses)?;
        let directory = ctx.data::<Directory>()?.clone();
        let wake = directory.watch_reached();
        let counts = Counts { directory, caller, wake, shown: None };
        Ok(stream::unfold(Some(counts), |counts| async { counts?.next().await }))
    }
}

/// A cursor on the log.
struct Follow {
    passage: Passage,
    after: Position,
    wake: watch::Receiver<Position>,
}

enum State {
    /// The next chunk is to be read.
    Read(Follow),
    /// Entries that were read, in order, the next one last.
    Show(Vec<Entry>, Follow),
    Ended,
}

impl State {
    async fn next_entry(self) -> Option<(Result<Entry>, State)> {
        let mut state = self;
        loop {
            state = match state {
                State::Ended => return None,
                State::Show(mut entries, follow) => match entries.pop() {
                    Some(entry) => return Some((Ok(entry), State::Show(entries, follow))),
                    None => State::Read(follow),
                },
                State::Read(follow) => match follow.read().await {
                    Ok(Some((entries, follow))) => State::Show(entries, follow),
                    Ok(None) => return None,
                    Err(error) => return Some((Err(error), State::Ended)),
                },
            };
        }
    }
}

impl Follow {
    /// The next chunk, with the rights of now; `None` when the directory has closed.
    async fn read(mut self) -> Result<Option<(Vec<Entry>, Follow)>> {
        if *self.wake.borrow_and_update() <= self.after && self.wake.changed().await.is_err() {
            return Ok(None);
        }
        self.passage.renew()?;
        let (passage, after) = (self.passage.clone(), self.after);
        let window = HistoryWindow::After(Some(after), ENTRIES_AT_ONCE);
        let found = read(move || passage.page(HistoryDirection::OldestFirst, window)).await?;
        let last = found.entries.last().map(|entry| entry.position.0);
        self.after = if found.has_next { found.searched_to.or(last).unwrap_or(after) } else { found.reached };
        Ok(Some((found.entries.into_iter().rev().collect(), self)))
    }
}

/// Counts of seats, and which were shown last.
struct Counts {
    directory: Directory,
    caller: Caller,
    wake: watch::Receiver<Position>,
    shown: Option<Vec<LicensePool>>,
}

type Shown = (Result<Vec<LicensePool>>, Option<Counts>);

impl Counts {
    async fn next(mut self) -> Option<Shown> {
        loop {
            self.wake.borrow_and_update();
            self.caller = match self.allowed() {
                Ok(caller) => caller,
                Err(error) => return Some((Err(error), None)),
            };
            let counts = self.directory.views().licenses.all();
            let counts: Vec<_> = counts.into_iter().map(LicensePool::from).collect();
            if self.shown.as_ref() != Some(&counts) {
                self.shown = Some(counts.clone());
                return Some((Ok(counts), Some(self)));
            }
            self.wake.changed().await.ok()?;
        }
    }

    fn allowed(&self) -> Result<Caller> {
        let caller = current(&self.directory, &self.caller)?;
        if holds(&caller, Capability::SeeLicenses) { Ok(caller) } else { Err(forbidden()) }
    }
}

/// The caller with the rights of now; a session that ended ends what it follows.
fn current(directory: &Directory, caller: &Caller) -> Result<Caller, Error> {
    directory.caller_now(caller).ok_or_else(|| refused(RejectionCode::Unauthenticated))
}
