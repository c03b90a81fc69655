//! Pages of history, in time independent of the log's length.
//!
//! Each criterion is a sorted set of positions. The smallest of them is walked from the cursor, and
//! the others are asked whether they hold what it gives.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use roaring::RoaringTreemap;
use rollbook_schema::event::EventType;
use rollbook_schema::value::LicenseType;
use rollbook_schema::{Position, RoleId, SessionId, TeamId, UserId};

use super::ActivityHistory;
use super::posting::Posting;
use crate::view::user_set::UserSet;

/// Which part of history; what is not named does not matter. Everything named must hold.
#[derive(Clone, Debug, Default)]
pub struct HistoryQuery {
    /// Events whose subject is this user.
    pub on: Option<UserId>,
    /// Events that this user did, or that were done on behalf of this user.
    pub by: Option<UserId>,
    /// The start of this proxy session, and what was done in it (PXY-05).
    pub proxy_session: Option<SessionId>,
    /// Events of one of these types.
    pub types: Option<BTreeSet<EventType>>,
    /// No events about other users than these, nor about the user type as a whole; `None`: about anybody.
    /// Costs as much as these users have events.
    pub among: Option<UserSet>,
    /// With `among`: no events about other teams than these.
    pub among_teams: BTreeSet<TeamId>,
    /// Events about subjects of this kind.
    pub subject: Option<HistorySubject>,
    /// The first position that counts.
    pub from: Option<Position>,
    /// The last position that counts.
    pub to: Option<Position>,
    /// Newest or oldest first.
    pub direction: HistoryDirection,
    /// Which part.
    pub window: HistoryWindow,
}

/// What events can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistorySubject {
    /// Any user.
    Users,
    /// The user type as a whole (HIS-02).
    UserType,
    /// Any role.
    Roles,
    /// One role.
    Role(RoleId),
    /// The seats of both types.
    LicensePools,
    /// The seats of one type.
    LicensePool(LicenseType),
    /// The directory itself.
    Tenant,
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
    /// named; `None` where it would have to be counted out.
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
        let mut found = take(&criteria, ahead, up, limit.saturating_add(1));
        let more = found.len() > limit;
        found.truncate(limit);
        let behind = cursor.is_some() && !take(&criteria, behind, !up, 1).is_empty();
        if !onward {
            found.reverse();
        }
        HistoryPage {
            positions: found.into_iter().map(Position).collect(),
            has_next: if onward { more } else { behind },
            has_previous: if onward { behind } else { more },
            total: total(&criteria, low..=high),
        }
    }

    fn criteria(&self, query: &HistoryQuery) -> Vec<Criterion<'_>> {
        let mut criteria = Vec::new();
        if let Some(user) = query.on {
            criteria.push(self.users.get(user.0).map_or(Criterion::NONE, |user| Criterion::of(&user.on)));
        }
        if let Some(user) = query.by {
            criteria.push(self.users.get(user.0).map_or(Criterion::NONE, |user| Criterion::of(&user.by)));
        }
        if let Some(session) = query.proxy_session {
            let proxy = self.proxies.get(&session);
            criteria.push(proxy.map_or(Criterion::NONE, |proxy| Criterion::of(&proxy.positions)));
        }
        if let Some(types) = &query.types {
            criteria.push(Criterion::AnyOf(types.iter().map(|t| &self.types[*t as usize]).collect()));
        }
        if let Some(subject) = query.subject {
            criteria.push(self.subject(subject));
        }
        if let Some(users) = &query.among {
            criteria.push(self.among(users, &query.among_teams));
        }
        criteria.sort_by_key(Criterion::len);
        criteria
    }

    fn among(&self, users: &UserSet, teams: &BTreeSet<TeamId>) -> Criterion<'_> {
        let mut positions = &self.on_roles | &self.on_tenant;
        self.on_pools.iter().chain([&self.on_groups]).for_each(|set| positions |= set);
        let others = self.on_team.iter().filter(|(team, _)| !teams.contains(team));
        others.for_each(|(_, set)| positions -= set);
        for postings in users.iter().filter_map(|user| self.users.get(user.0)) {
            postings.on.add_to(&mut positions);
        }
        Criterion::Gathered(positions)
    }

    fn subject(&self, subject: HistorySubject) -> Criterion<'_> {
        match subject {
            HistorySubject::Users => Criterion::AnyOf(vec![&self.on_users]),
            HistorySubject::UserType => Criterion::AnyOf(vec![&self.on_user_type]),
            HistorySubject::Roles => Criterion::AnyOf(vec![&self.on_roles]),
            HistorySubject::Role(role) => self.on_role.get(&role).map_or(Criterion::NONE, Criterion::of),
            HistorySubject::LicensePools => Criterion::AnyOf(self.on_pools.iter().collect()),
            HistorySubject::LicensePool(license) => Criterion::AnyOf(vec![self.pool(license)]),
            HistorySubject::Tenant => Criterion::AnyOf(vec![&self.on_tenant]),
        }
    }
}

/// A sorted set of positions.
enum Criterion<'a> {
    /// Few enough to have been unpacked.
    These(Vec<u64>),
    /// Put together for this question.
    Gathered(RoaringTreemap),
    /// Sets that share no position.
    AnyOf(Vec<&'a RoaringTreemap>),
}

impl<'a> Criterion<'a> {
    const NONE: Criterion<'static> = Criterion::These(Vec::new());

    fn of(posting: &'a Posting) -> Criterion<'a> {
        match posting {
            Posting::Packed { .. } => Criterion::These(posting.positions()),
            Posting::Bitmap(set) => Criterion::AnyOf(vec![set]),
        }
    }

    fn len(&self) -> u64 {
        match self {
            Criterion::These(positions) => positions.len() as u64,
            Criterion::Gathered(set) => set.len(),
            Criterion::AnyOf(sets) => sets.iter().map(|set| set.len()).sum(),
        }
    }

    fn contains(&self, position: u64) -> bool {
        match self {
            Criterion::These(positions) => positions.binary_search(&position).is_ok(),
            Criterion::Gathered(set) => set.contains(position),
            Criterion::AnyOf(sets) => sets.iter().any(|set| set.contains(position)),
        }
    }

    fn count(&self, range: RangeInclusive<u64>) -> u64 {
        match self {
            Criterion::These(positions) => positions.iter().filter(|at| range.contains(at)).count() as u64,
            Criterion::Gathered(set) => set.range_cardinality(range),
            Criterion::AnyOf(sets) => sets.iter().map(|set| set.range_cardinality(range.clone())).sum(),
        }
    }

    fn within(&self, range: RangeInclusive<u64>, up: bool) -> Box<dyn Iterator<Item = u64> + '_> {
        match self {
            Criterion::These(positions) => {
                let from = positions.partition_point(|at| at < range.start());
                let to = positions.partition_point(|at| at <= range.end());
                let within = positions.get(from..to).unwrap_or(&[]).iter().copied();
                if up { Box::new(within) } else { Box::new(within.rev()) }
            }
            Criterion::Gathered(set) => Box::new(merged(&[set], range, up)),
            Criterion::AnyOf(sets) => Box::new(merged(sets, range, up)),
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

/// The first `limit` positions that meet all criteria, smallest first.
fn take(criteria: &[Criterion<'_>], range: RangeInclusive<u64>, up: bool, limit: usize) -> Vec<u64> {
    if range.is_empty() {
        return Vec::new();
    }
    let Some((smallest, others)) = criteria.split_first() else {
        return if up { range.take(limit).collect() } else { range.rev().take(limit).collect() };
    };
    let found = smallest.within(range, up);
    found.filter(|at| others.iter().all(|other| other.contains(*at))).take(limit).collect()
}

fn total(criteria: &[Criterion<'_>], range: RangeInclusive<u64>) -> Option<u64> {
    if range.is_empty() {
        return Some(0);
    }
    match criteria {
        [] => Some(range.end() - range.start() + 1),
        [one] => Some(one.count(range)),
        _ => None,
    }
}

/// Several sets as one, in order.
fn merged<'a>(
    sets: &[&'a RoaringTreemap],
    range: RangeInclusive<u64>,
    up: bool,
) -> impl Iterator<Item = u64> + use<'a> {
    let mut heads: Vec<_> = sets
        .iter()
        .map(|set| {
            let mut positions = set.iter();
            if up {
                positions.advance_to(*range.start());
            } else {
                positions.advance_back_to(*range.end());
            }
            let head = if up { positions.next() } else { positions.next_back() };
            (head, positions)
        })
        .collect();
    std::iter::from_fn(move || {
        let heads = heads.iter_mut().filter(|(head, _)| head.is_some_and(|at| range.contains(&at)));
        let (head, positions) =
            if up { heads.min_by_key(|(head, _)| *head)? } else { heads.max_by_key(|(head, _)| *head)? };
        let at = *head;
        *head = if up { positions.next() } else { positions.next_back() };
        at
    })
}
