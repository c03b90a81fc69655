//! An ascending list of positions: packed bytes while it is short, a compressed bitmap once long.
//!
//! Most users have a few dozen events, where a bitmap would be mostly overhead; the system and busy
//! administrators have millions, where bytes would have to be read from the start.

use std::ops::RangeInclusive;

use roaring::RoaringTreemap;
use serde::{Deserialize, Serialize};

use super::super::canon::Canon;
use super::packed;

/// A list longer than this, in bytes, becomes a bitmap.
const PACKED_MAX: usize = 512;

/// Ascending positions.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Posting {
    Packed {
        last: u64,
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    Bitmap(Box<RoaringTreemap>),
}

impl Default for Posting {
    fn default() -> Self {
        Posting::Packed { last: 0, bytes: Vec::new() }
    }
}

impl Posting {
    /// Adds a position; one that is not greater than the last is there already.
    pub(super) fn push(&mut self, position: u64) {
        match self {
            Posting::Packed { last, bytes } if position > *last => {
                packed::push(bytes, position - *last);
                *last = position;
                if bytes.len() > PACKED_MAX {
                    *self = Posting::Bitmap(Box::new(self.positions().into_iter().collect()));
                }
            }
            Posting::Packed { .. } => {}
            // One that is there already, or comes too late, is refused.
            Posting::Bitmap(set) => _ = set.try_push(position),
        }
    }

    pub(super) fn len(&self) -> u64 {
        match self {
            Posting::Packed { bytes, .. } => packed::count(bytes),
            Posting::Bitmap(set) => set.len(),
        }
    }

    /// The greatest position that is not greater than `at`.
    pub(super) fn last_up_to(&self, at: u64) -> Option<u64> {
        match self {
            Posting::Packed { .. } => self.positions().into_iter().take_while(|p| *p <= at).last(),
            Posting::Bitmap(set) => set.rank(at).checked_sub(1).and_then(|rank| set.select(rank)),
        }
    }

    /// All positions; only of use where the list is short.
    pub(super) fn positions(&self) -> Vec<u64> {
        match self {
            Posting::Packed { bytes, .. } => packed::numbers(bytes)
                .scan(0_u64, |at, delta| {
                    *at += delta;
                    Some(*at)
                })
                .collect(),
            Posting::Bitmap(set) => set.iter().collect(),
        }
    }

    pub(super) fn add_to(&self, positions: &mut RoaringTreemap) {
        match self {
            Posting::Packed { .. } => positions.extend(self.positions()),
            Posting::Bitmap(set) => *positions |= &**set,
        }
    }

    /// Only those of a range; one that lies behind the last is passed over at once.
    pub(super) fn add_range_to(&self, range: &RangeInclusive<u64>, positions: &mut RoaringTreemap) {
        match self {
            Posting::Packed { last, .. } if last < range.start() => {}
            Posting::Packed { .. } => {
                let within = self.positions().into_iter().skip_while(|at| at < range.start());
                positions.extend(within.take_while(|at| at <= range.end()));
            }
            Posting::Bitmap(set) => {
                let mut within = set.iter();
                within.advance_to(*range.start());
                positions.extend(within.take_while(|at| at <= range.end()));
            }
        }
    }

    /// How many are in a range.
    pub(super) fn count(&self, range: &RangeInclusive<u64>) -> u64 {
        match self {
            Posting::Packed { last, .. } if *range.start() <= 1 && last <= range.end() => self.len(),
            Posting::Packed { .. } => {
                self.positions().into_iter().filter(|at| range.contains(at)).count() as u64
            }
            Posting::Bitmap(set) => set.range_cardinality(range.clone()),
        }
    }

    pub(super) fn write(&self, canon: &mut Canon) {
        canon.number(self.len());
        match self {
            Posting::Packed { .. } => self.positions().into_iter().for_each(|at| canon.number(at)),
            Posting::Bitmap(set) => set.iter().for_each(|at| canon.number(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_holds_the_same_positions_as_a_short_one() {
        let mut posting = Posting::default();
        let positions: Vec<u64> = (1..2000).map(|n| n * n).collect();
        for (n, position) in positions.iter().enumerate() {
            posting.push(*position);
            posting.push(*position);
            assert_eq!(posting.len(), n as u64 + 1);
        }
        assert!(matches!(posting, Posting::Bitmap(_)));
        assert_eq!(posting.positions(), positions);
    }

    #[test]
    fn the_last_position_up_to_another_is_found_in_both_forms() {
        for length in [10, 2000] {
            let mut posting = Posting::default();
            (1..=length).for_each(|n| posting.push(n * 10));
            assert_eq!(posting.last_up_to(9), None);
            assert_eq!(posting.last_up_to(10), Some(10));
            assert_eq!(posting.last_up_to(59), Some(50));
            assert_eq!(posting.last_up_to(u64::MAX), Some(length * 10));
        }
    }
}
