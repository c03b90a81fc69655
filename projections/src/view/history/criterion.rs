//! One thing that a query names, as a sorted set of positions that is walked or asked from anywhere.

use std::ops::RangeInclusive;

use roaring::RoaringTreemap;

use super::posting::Posting;

/// A sorted set of positions.
pub(super) enum Criterion<'a> {
    /// Few enough to have been unpacked.
    These(Vec<u64>),
    /// Put together for this question.
    Gathered(RoaringTreemap),
    /// Sets that share no position.
    AnyOf(Vec<&'a RoaringTreemap>),
    /// The first without the second, which is a part of it.
    Except(Box<Criterion<'a>>, Box<Criterion<'a>>),
}

impl<'a> Criterion<'a> {
    pub(super) const NONE: Criterion<'static> = Criterion::These(Vec::new());

    pub(super) fn of(posting: &'a Posting) -> Criterion<'a> {
        match posting {
            Posting::Packed { .. } => Criterion::These(posting.positions()),
            Posting::Bitmap(set) => Criterion::AnyOf(vec![set]),
        }
    }

    pub(super) fn maybe(posting: Option<&'a Posting>) -> Criterion<'a> {
        posting.map_or(Criterion::NONE, Criterion::of)
    }

    /// How many positions at most.
    pub(super) fn len(&self) -> u64 {
        match self {
            Criterion::These(positions) => positions.len() as u64,
            Criterion::Gathered(set) => set.len(),
            Criterion::AnyOf(sets) => sets.iter().map(|set| set.len()).sum(),
            Criterion::Except(all, _) => all.len(),
        }
    }

    pub(super) fn contains(&self, position: u64) -> bool {
        match self {
            Criterion::These(positions) => positions.binary_search(&position).is_ok(),
            Criterion::Gathered(set) => set.contains(position),
            Criterion::AnyOf(sets) => sets.iter().any(|set| set.contains(position)),
            Criterion::Except(all, without) => all.contains(position) && !without.contains(position),
        }
    }

    pub(super) fn count(&self, range: RangeInclusive<u64>) -> u64 {
        match self {
            Criterion::These(positions) => positions.iter().filter(|at| range.contains(at)).count() as u64,
            Criterion::Gathered(set) => set.range_cardinality(range),
            Criterion::AnyOf(sets) => sets.iter().map(|set| set.range_cardinality(range.clone())).sum(),
            Criterion::Except(all, without) => all.count(range.clone()).saturating_sub(without.count(range)),
        }
    }

    /// The positions of a range, ascending or descending; those outside of it are not walked over.
    pub(super) fn within(&self, range: RangeInclusive<u64>, up: bool) -> Box<dyn Iterator<Item = u64> + '_> {
        match self {
            Criterion::These(positions) => {
                let from = positions.partition_point(|at| at < range.start());
                let to = positions.partition_point(|at| at <= range.end());
                let within = positions.get(from..to).unwrap_or(&[]).iter().copied();
                if up { Box::new(within) } else { Box::new(within.rev()) }
            }
            Criterion::Gathered(set) => Box::new(merged(&[set], range, up)),
            Criterion::AnyOf(sets) => Box::new(merged(sets, range, up)),
            Criterion::Except(all, without) => {
                Box::new(all.within(range, up).filter(|at| !without.contains(*at)))
            }
        }
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
