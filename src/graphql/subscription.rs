//! What can be followed: cursors on the log, which the head only wakes.

use std::sync::Arc;

use async_graphql::{Context, Error, Result, Subscription as GraphQlSubscription};
use futures_util::stream::{self, Stream};
use rollbook_schema::{Position, RejectionCode};
use tokio::sync::watch;

use super::fault::{invalid, refused};
use super::input::{EntryFilter, HistoryFilter};
use super::output::{Entry, LicensePool, Reader};
use super::reading::{asks_names, read};
use super::rights::{demand, forbidden, sees_history_of, signed_in};
use super::scalar;
use crate::access::{Caller, Capability, holds};
use crate::directory::Directory;

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
        let filter = EntryFilter::from(filter.unwrap_or_default());
        if !sees_history_of(&caller, filter.on) {
            return Err(forbidden());
        }
        let directory = ctx.data::<Directory>()?.clone();
        let reached = directory.reached();
        let after = after.map_or(reached, |after| after.0);
        if after > reached {
            return Err(invalid("there is no event at this position yet"));
        }
        let with_names = asks_names(&ctx.look_ahead());
        let wake = directory.watch_reached();
        let follow = Follow { directory, caller, with_names, filter: Arc::new(filter), after, wake };
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
    directory: Directory,
    caller: Caller,
    with_names: bool,
    filter: Arc<EntryFilter>,
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
        self.caller = current(&self.directory, &self.caller)?;
        if !sees_history_of(&self.caller, self.filter.on) {
            return Err(forbidden());
        }
        let reader =
            Reader { directory: self.directory.clone(), caller: self.caller, with_names: self.with_names };
        let (filter, after) = (Arc::clone(&self.filter), self.after);
        let (entries, after) = read(move || {
            let recorded = reader.directory.events_after(after)?;
            let last = recorded.last().map_or(after, |last| last.envelope.position);
            let shown = recorded
                .into_iter()
                .rev()
                .filter(|recorded| filter.matches(recorded) && reader.sees(recorded));
            let entries = shown.map(|recorded| reader.entry(recorded)).collect::<Result<Vec<_>, _>>()?;
            Ok((entries, last))
        })
        .await?;
        self.after = after;
        Ok(Some((entries, self)))
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
