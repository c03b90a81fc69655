//! One line of the table, and how its figures are written.

use serde::Serialize;

use super::super::spread::Spread;

/// What one measurement found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// What it should come to.
    pub goal: &'static str,
    /// As a ratio to its limit, which was measured in turn.
    pub measured: String,
    /// On this machine: a sense of scale.
    pub absolute: String,
    /// Cores that other programs kept busy meanwhile.
    pub neighbours_cores: f64,
}

impl Line {
    /// A line whose neighbours are not known yet.
    pub(super) fn new(
        what: impl Into<String>,
        goal: &'static str,
        measured: impl Into<String>,
        absolute: impl Into<String>,
    ) -> Self {
        let (what, measured, absolute) = (what.into(), measured.into(), absolute.into());
        Line { what, goal, measured, absolute, neighbours_cores: 0.0 }
    }
}

/// A number as people read it: three digits that count, thousands parted, nothing behind the point of a whole one.
#[must_use]
pub fn figure(number: f64) -> String {
    let digits = match number.abs() {
        whole if whole.fract() == 0.0 => 0,
        small if small < 10.0 => 2,
        small if small < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{number:.digits$}");
    let (whole, part) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, whole) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut parted = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            parted.push(',');
        }
        parted.push(digit);
    }
    format!("{sign}{parted}{part}")
}

/// The median of rounds, as people read it.
pub(super) fn median(rounds: &[f64]) -> String {
    figure(Spread::of(rounds.iter().copied()).median)
}

/// Round by round the one over the other: the median, the least and the most.
pub(super) fn ratio(over: &[f64], under: &[f64]) -> String {
    Spread::ratio(over, under).to_string()
}
