//! Rounds, condensed: the median, and how far they lie apart.

use std::fmt;

use serde::Serialize;

/// A figure of several rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The smallest round.
    pub least: f64,
    /// The one in the middle; of an even number, the lower of the two.
    pub median: f64,
    /// The largest round.
    pub most: f64,
}

impl Spread {
    /// Of any number of rounds; all zero for none.
    #[must_use]
    pub fn of(rounds: impl IntoIterator<Item = f64>) -> Self {
        let mut rounds: Vec<f64> = rounds.into_iter().collect();
        rounds.sort_by(f64::total_cmp);
        let at = |place: usize| rounds.get(place).copied().unwrap_or(0.0);
        let last = rounds.len().saturating_sub(1);
        Spread { least: at(0), median: at(last / 2), most: at(last) }
    }

    /// Round by round, the one over the other: what changes for both from round to round cancels out.
    #[must_use]
    pub fn ratio(over: &[f64], under: &[f64]) -> Self {
        Spread::of(over.iter().zip(under).map(|(over, under)| over / under))
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = if self.most >= 100.0 { 0 } else { 2 };
        let Spread { least, median, most } = self;
        // Padded as a text, so that tables have columns.
        f.pad(&format!("{median:.digits$} ({least:.digits$}…{most:.digits$})"))
    }
}
