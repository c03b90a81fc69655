//! From a moment to a position: the recorded times, packed, with a place to begin every 256 events.
//!
//! Recorded times come from a clock and can step back; here they never do, since each event counts
//! with the latest time so far.

use rollbook_schema::Position;
use rollbook_schema::value::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::canon::Canon;
use super::packed;

/// Events in one block: what a look-up reads at most.
const BLOCK_EVENTS: u64 = 256;

/// The time of every event, never stepping back.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Moments {
    blocks: Vec<Block>,
    /// For each event behind the first of a block, the milliseconds since the one before.
    #[serde(with = "serde_bytes")]
    steps: Vec<u8>,
    last: Position,
    latest: Timestamp,
}

#[derive(Clone, Serialize, Deserialize)]
struct Block {
    first: Position,
    moment: Timestamp,
    steps_from: usize,
}

impl Moments {
    /// Adds an event; positions come in the order of the log.
    pub(super) fn push(&mut self, position: Position, recorded_at: Timestamp) {
        if position <= self.last {
            return;
        }
        let moment = self.latest.max(recorded_at);
        let full = self.blocks.last().is_none_or(|block| position.0 - block.first.0 >= BLOCK_EVENTS);
        if full || position != self.last.next() {
            self.blocks.push(Block { first: position, moment, steps_from: self.steps.len() });
        } else {
            packed::push(&mut self.steps, moment.millis().abs_diff(self.latest.millis()));
        }
        self.last = position;
        self.latest = moment;
    }

    pub(super) fn last(&self) -> Position {
        self.last
    }

    pub(super) fn position_at(&self, moment: Timestamp) -> Position {
        let behind = self.blocks.partition_point(|block| block.moment <= moment);
        let Some(block) = behind.checked_sub(1).and_then(|index| self.blocks.get(index)) else {
            return Position::START;
        };
        let to = self.blocks.get(behind).map_or(self.steps.len(), |next| next.steps_from);
        let within = moment.millis().abs_diff(block.moment.millis());
        let passed = packed::numbers(&self.steps[block.steps_from..to])
            .scan(0_u64, |at, step| {
                *at += step;
                Some(*at)
            })
            .take_while(|at| *at <= within)
            .count();
        Position(block.first.0 + passed as u64)
    }

    pub(super) fn write(&self, canon: &mut Canon) {
        for block in &self.blocks {
            canon.number(block.first.0);
            canon.moment(block.moment);
            canon.number(block.steps_from as u64);
        }
        canon.bytes(&self.steps);
        canon.number(self.last.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(millis: impl IntoIterator<Item = i64>) -> Moments {
        let mut moments = Moments::default();
        for (n, at) in millis.into_iter().enumerate() {
            moments.push(Position(n as u64 + 1), Timestamp::from_millis(at));
        }
        moments
    }

    #[test]
    fn a_clock_that_steps_back_hides_no_event() {
        let moments = moments([100, 200, 150, 200, 300]);
        let at = |millis| moments.position_at(Timestamp::from_millis(millis)).0;
        assert_eq!([at(99), at(100), at(199), at(200), at(299), at(300)], [0, 1, 1, 4, 4, 5]);
    }

    #[test]
    fn every_position_is_found_across_blocks() {
        let moments = moments((1..=2000).map(|n| n * 1000));
        for n in 1..=2000 {
            assert_eq!(moments.position_at(Timestamp::from_millis(n * 1000)).0, n as u64);
            assert_eq!(moments.position_at(Timestamp::from_millis(n * 1000 - 1)).0, n as u64 - 1);
        }
    }
}
