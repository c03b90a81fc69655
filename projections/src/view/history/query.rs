//! Pages of history, in time independent of the log's length.
//!
//! Each criterion is a sorted set of positions. The smallest of them is walked from the cursor, and
//! the others are asked whether they hold what it gives. What lies before the cursor is never looked at.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use roaring::RoaringTreemap;
use rollbook_schema::event::EventType;
use rollbook_schema::record::Subject;
use rollbook_schema::{Position, SessionId, TeamId, UserId};

use super::criterion::Criterion;
use super::{ActivityHistory, HistorySubject};
use crate::view::user_set::UserSet;

/// Most positions that are counted out one by one for the sake of a total.
const COUNTED_OUT_MAX: u64 = 10_000;
/// Positions whose events about a set of users are put together first; eight times as many each time after.
const WINDOW_EVENTS: u64 = 16_384;

/// Which part of history; what is not named does not matter. Everything named must hold.
#[derive(Clone, Debug, Default)]
pub struct HistoryQuery {
    /// Events whose subject is this user.
    pub on: Option<UserId>,
    /// Events that this user did, or that were done on behalf of this user.
    pub by: Option<UserId>,
    /// Events that this user really did, as whoever it was.
    pub real_actor: Option<UserId>,
    /// Events that somebody else did on behalf of this user.
    pub on_behalf_of: Option<UserId>,
    /// The start of this proxy session, and what was done in it (PXY-05).
    pub proxy_session: Option<SessionId>,
    /// Events of one of these types.
    pub types: Option<BTreeSet<EventType>>,
    /// No events about other users than these, nor about the user type as a whole; `None`: about anybody.
    /// A page costs a look at each of these users, and what they had happen to them near the cursor.
    pub among: Option<UserSet>,
    /// With `among`: no events about other teams than these.
    pub among_teams: BTreeSet<TeamId>,
    /// Events about this.
    pub subject: Option<Subject>,
    /// Events about subjects of one of these kinds.
    pub kinds: Option<BTreeSet<HistorySubject>>,
    /// Who read this user's history, or everybody's.
    pub readings_of: Option<UserId>,
    /// None but these positions.
    pub these: Option<Vec<Position>>,
    /// The first position that counts.
    pub from: Option<Position>,
    /// The last position that counts.
    pub to: Option<Position>,
    /// Newest or oldest first.
    pub direction: HistoryDirection,
    /// Which part.
    pub window: HistoryWindow,
}

/// Which way history runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HistoryDirection {
    /// Descending positions.
    #[default]
    NewestFirst,
    /// Ascending positions.
    OldestFirst,
}

/// Which part of history. Positions always come in its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryWindow {
    /// The first behind the cursor, or of all.
    After(Option<Position>, usize),
    /// The last before the cursor, or of all.
    Before(Option<Position>, usize),
}

impl Default for HistoryWindow {
    fn default() -> Self {
        HistoryWindow::After(None, 50)
    }
}

/// A page of history: where its entries are in the log. A position is its own cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryPage {
    /// At most as many as asked for.
    pub positions: Vec<Position>,
    /// There are entries behind the last one.
    pub has_next: bool,
    /// There are entries before the first one.
    pub has_previous: bool,
    /// How many entries the query finds: exact, where at most one criterion beside the positions was
    /// named, or the smallest of several holds at most 10,000 of the positions; `None` where more would
    /// have to be counted out one by one.
    pub total: Option<u64>,
}

impl ActivityHistory {
    /// One page of history.
    #[must_use]
    pub fn page(&self, query: &HistoryQuery) -> HistoryPage {
        let criteria = self.criteria(query);
        let low = query.from.unwrap_or(Position::START).0.max(1);
        let high = query.to.unwrap_or(Position(u64::MAX)).0.min(self.reached().0);
        let (cursor, limit, onward) = match query.window {
            HistoryWindow::After(cursor, limit) => (cursor, limit, true),
            HistoryWindow::Before(cursor, limit) => (cursor, limit, false),
        };
        let up = (query.direction == HistoryDirection::OldestFirst) == onward;
        let (ahead, behind) = split(low..=high, cursor, up);
        let mut found = self.take(query, &criteria, ahead, up, limit.saturating_add(1));
        let more = found.len() > limit;
        found.truncate(limit);
        let behind = cursor.is_some() && !self.take(query, &criteria, behind, !up, 1).is_empty();
        if !onward {
            found.reverse();
        }
        HistoryPage {
            positions: found.into_iter().map(Position).collect(),
            has_next: if onward { more } else { behind },
            has_previous: if onward { behind } else { more },
            total: self.total(query, &criteria, low..=high),
        }
    }

    fn criteria(&self, query: &HistoryQuery) -> Vec<Criterion<'_>> {
        let postings = |user: UserId| self.users.get(user.0);
        let mut criteria = Vec::new();
        if let Some(user) = query.on {
            criteria.push(self.about_one(Subject::User(user)));
        }
        if let Some(user) = query.by {
            criteria.push(Criterion::maybe(postings(user).map(|postings| &postings.by)));
        }
        if let Some(user) = query.real_actor {
            let all = Criterion::maybe(postings(user).map(|postings| &postings.by));
            let by_others = Criterion::maybe(self.on_behalf_of.get(&user));
            criteria.push(Criterion::Except(all.into(), by_others.into()));
        }
        if let Some(user) = query.on_behalf_of {
            criteria.push(Criterion::maybe(self.on_behalf_of.get(&user)));
        }
        if let Some(session) = query.proxy_session {
            criteria.push(Criterion::maybe(self.proxies.get(&session).map(|proxy| &proxy.positions)));
        }
        if let Some(types) = &query.types {
            criteria.push(Criterion::AnyOf(types.iter().map(|t| &self.types[*t as usize]).collect()));
        }
        if let Some(subject) = query.subject {
            criteria.push(self.about_one(subject));
        }
        if let Some(kinds) = &query.kinds {
            criteria.push(Criterion::AnyOf(kinds.iter().flat_map(|kind| self.about_kind(*kind)).collect()));
        }
        if let Some(user) = query.readings_of {
            criteria.push(self.readings_of(user));
        }
        if let Some(these) = &query.these {
            criteria.push(Criterion::These(these.iter().map(|at| at.0).collect()));
        }
        criteria.sort_by_key(Criterion::len);
        criteria
    }

    /// Few: a reader is recorded once an hour.
    fn readings_of(&self, user: UserId) -> Criterion<'_> {
        let of_user = self.about_one(Subject::User(user));
        let read = &self.types[EventType::HistoryRead as usize];
        let all = Criterion::AnyOf(vec![read]);
        let (fewer, other) = if of_user.len() < all.len() { (&of_user, &all) } else { (&all, &of_user) };
        let own = fewer.within(0..=u64::MAX, true).filter(|at| other.contains(*at));
        let mut positions: RoaringTreemap = own.collect();
        positions |= &self.read_of_everybody;
        Criterion::Gathered(positions)
    }

    /// The first `limit` positions of a range that meet all criteria.
    fn take(
        &self,
        query: &HistoryQuery,
        criteria: &[Criterion<'_>],
        range: RangeInclusive<u64>,
        up: bool,
        limit: usize,
    ) -> Vec<u64> {
        let all: Vec<&Criterion<'_>> = criteria.iter().collect();
        let Some(users) = &query.among else { return take(&all, range, up, limit) };
        let (mut found, mut rest, mut width) = (Vec::new(), range, WINDOW_EVENTS);
        while !rest.is_empty() && found.len() < limit {
            let (window, behind) = cut(rest, width, up);
            let among = self.among(users, &query.among_teams, &window);
            let mut with = all.clone();
            with.insert(0, &among);
            with.sort_by_key(|criterion| criterion.len());
            found.extend(take(&with, window, up, limit - found.len()));
            (rest, width) = (behind, width.saturating_mul(8));
        }
        found
    }

    /// What happened in a range to these users and teams, and to what is everybody's.
    fn among(
        &self,
        users: &UserSet,
        teams: &BTreeSet<TeamId>,
        range: &RangeInclusive<u64>,
    ) -> Criterion<'static> {
        let mut positions = RoaringTreemap::new();
        for set in self.of_everybody(teams) {
            let within = Criterion::AnyOf(vec![set]);
            positions.extend(within.within(range.clone(), true));
        }
        for postings in users.iter().filter_map(|user| self.users.get(user.0)) {
            postings.on.add_range_to(range, &mut positions);
        }
        Criterion::Gathered(positions)
    }

    /// What is about no user, and about no other team than these; the sets share no position.
    fn of_everybody<'a>(&'a self, teams: &'a BTreeSet<TeamId>) -> impl Iterator<Item = &'a RoaringTreemap> {
        let few = self.on_few.iter().filter(|(subject, _)| match subject {
            Subject::Team(team) => teams.contains(team),
            _ => true,
        });
        self.on_pools.iter().chain([&self.on_roles]).chain(few.map(|(_, set)| set))
    }

    fn total(
        &self,
        query: &HistoryQuery,
        criteria: &[Criterion<'_>],
        range: RangeInclusive<u64>,
    ) -> Option<u64> {
        if range.is_empty() {
            return Some(0);
        }
        if let Some(users) = &query.among {
            // Each event has one subject, so nothing is counted twice.
            let of_everybody = self.of_everybody(&query.among_teams);
            let of_everybody: u64 = of_everybody.map(|set| set.range_cardinality(range.clone())).sum();
            let postings = users.iter().filter_map(|user| self.users.get(user.0));
            let of_users = postings.map(|postings| postings.on.count(&range)).sum::<u64>();
            return criteria.is_empty().then_some(of_everybody + of_users);
        }
        match criteria {
            [] => Some(range.end() - range.start() + 1),
            [one] => Some(one.count(range)),
            [smallest, others @ ..] if smallest.len() <= COUNTED_OUT_MAX => {
                let positions = smallest.within(range, true);
                Some(positions.filter(|at| others.iter().all(|other| other.contains(*at))).count() as u64)
            }
            _ => None,
        }
    }
}

/// What lies ahead of the cursor, and what lies behind it or under it.
fn split(
    range: RangeInclusive<u64>,
    cursor: Option<Position>,
    up: bool,
) -> (RangeInclusive<u64>, RangeInclusive<u64>) {
    let (low, high) = range.into_inner();
    // Written so, since a range that is always empty looks like a mistake.
    let nothing = RangeInclusive::new(1, 0);
    match cursor {
        None => (low..=high, nothing),
        Some(Position(at)) if up => (low.max(at.saturating_add(1))..=high, low..=high.min(at)),
        Some(Position(0)) => (nothing, low..=high),
        Some(Position(at)) => (low..=high.min(at - 1), low.max(at)..=high),
    }
}

/// The nearest positions of a range, and the rest of it.
fn cut(range: RangeInclusive<u64>, width: u64, up: bool) -> (RangeInclusive<u64>, RangeInclusive<u64>) {
    let (low, high) = range.into_inner();
    if high - low < width {
        return (low..=high, RangeInclusive::new(1, 0));
    }
    if up {
        (low..=low + width - 1, low + width..=high)
    } else {
        (high - width + 1..=high, low..=high - width)
    }
}

/// The first `limit` positions that meet all criteria, smallest first.
fn take(criteria: &[&Criterion<'_>], range: RangeInclusive<u64>, up: bool, limit: usize) -> Vec<u64> {
    if range.is_empty() {
        return Vec::new();
    }
    let Some((smallest, others)) = criteria.split_first() else {
        return if up { range.take(limit).collect() } else { range.rev().take(limit).collect() };
    };
    let found = smallest.within(range, up);
    found.filter(|at| others.iter().all(|other| other.contains(*at))).take(limit).collect()
}
