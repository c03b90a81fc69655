//! Throughput and latency while work goes on, in a bounded memory whatever is asked: for an hour of answers, and to
//! see whether what grows makes them slower.

use std::time::Duration;

use serde::Serialize;

use super::report::Latency;

/// Points of a curve.
pub const CURVE_POINTS: usize = 30;
/// Of the curve, what is compared at either end.
const THIRD: usize = CURVE_POINTS / 3;
/// Steps between one power of two and the next, as a power of two: 3 % from one to the next.
const STEP_BITS: u32 = 5;
/// Above four minutes all latencies are one.
const PLACES: usize = 24 << STEP_BITS;

/// How many answers took how long, in microseconds, to 3 %.
#[derive(Clone, Debug)]
pub struct Histogram {
    places: Box<[u32; PLACES]>,
    count: u64,
    most: Duration,
}

impl Default for Histogram {
    fn default() -> Self {
        Histogram { places: Box::new([0; PLACES]), count: 0, most: Duration::ZERO }
    }
}

impl Histogram {
    /// One more answer.
    pub fn add(&mut self, took: Duration) {
        self.places[place(took)] += 1;
        self.count += 1;
        self.most = self.most.max(took);
    }

    /// All answers of another one too.
    pub fn merge(&mut self, other: &Histogram) {
        self.places.iter_mut().zip(other.places.iter()).for_each(|(mine, theirs)| *mine += theirs);
        self.count += other.count;
        self.most = self.most.max(other.most);
    }

    /// How many answers.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What they took.
    #[must_use]
    pub fn latency(&self) -> Latency {
        let max_ms = self.most.as_secs_f64() * 1e3;
        Latency { p50_ms: self.below(50).min(max_ms), p99_ms: self.below(99).min(max_ms), max_ms }
    }

    /// Milliseconds below which so many of a hundred lie.
    fn below(&self, per_cent: u64) -> f64 {
        let wanted = (self.count * per_cent).div_ceil(100);
        let mut passed = 0;
        for (place, count) in self.places.iter().enumerate() {
            passed += u64::from(*count);
            if passed >= wanted && passed > 0 {
                return end_micros(place) as f64 / 1e3;
            }
        }
        0.0
    }
}

/// Exact below 32 µs; above, the first five bits after the leading one.
fn place(took: Duration) -> usize {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    let power = micros.ilog2();
    let place = match power.checked_sub(STEP_BITS) {
        None | Some(0) => micros,
        Some(over) => (u64::from(over) << STEP_BITS) + (micros >> over),
    };
    usize::try_from(place).unwrap_or(PLACES).min(PLACES - 1)
}

/// Where a place ends, in microseconds.
fn end_micros(place: usize) -> u64 {
    let place = place as u64;
    match (place >> STEP_BITS).checked_sub(1) {
        None | Some(0) => place,
        Some(over) => ((place - (over << STEP_BITS) + 1) << over) - 1,
    }
}

/// Work cut into equal parts, of time or of requests, with the answers of each.
#[derive(Clone, Debug)]
pub struct Curve {
    parts: Vec<(Histogram, Duration)>,
}

impl Default for Curve {
    fn default() -> Self {
        Curve { parts: (0..CURVE_POINTS).map(|_| (Histogram::default(), Duration::ZERO)).collect() }
    }
}

/// One part of a curve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct CurvePoint {
    /// When it ended, in seconds.
    pub until_seconds: f64,
    /// Answers per second.
    pub per_second: f64,
    /// Of a hundred answers, ninety-nine were quicker.
    pub p99_ms: f64,
}

/// The last third over the first: 1 where nothing drifted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// Of answers per second.
    pub throughput: f64,
    /// Of their p99.
    pub p99: f64,
}

impl Curve {
    /// An answer in a part, given so long after the beginning.
    pub fn add(&mut self, part: usize, took: Duration, given_at: Duration) {
        let (histogram, until) = &mut self.parts[part.min(CURVE_POINTS - 1)];
        histogram.add(took);
        *until = (*until).max(given_at);
    }

    /// The points, without parts in which nothing was answered.
    #[must_use]
    pub fn points(&self) -> Vec<CurvePoint> {
        let mut from = Duration::ZERO;
        let mut points = Vec::new();
        for (histogram, until) in self.parts.iter().filter(|(histogram, _)| histogram.count() > 0) {
            points.push(point(histogram, from, *until));
            from = *until;
        }
        points
    }

    /// The last third over the first.
    #[must_use]
    pub fn drift(&self) -> Drift {
        let before =
            |part: usize| self.parts[..part].iter().map(|(_, until)| *until).max().unwrap_or_default();
        let third = |from: usize, to: usize| {
            let mut all = Histogram::default();
            self.parts[from..to].iter().for_each(|(histogram, _)| all.merge(histogram));
            point(&all, before(from), before(to))
        };
        let (first, last) = (third(0, THIRD), third(CURVE_POINTS - THIRD, CURVE_POINTS));
        Drift { throughput: last.per_second / first.per_second, p99: last.p99_ms / first.p99_ms }
    }
}

fn point(histogram: &Histogram, from: Duration, until: Duration) -> CurvePoint {
    let seconds = until.saturating_sub(from).as_secs_f64().max(f64::EPSILON);
    CurvePoint {
        until_seconds: until.as_secs_f64(),
        per_second: histogram.count() as f64 / seconds,
        p99_ms: histogram.latency().p99_ms,
    }
}
