//! Figures as text: Prometheus exposition, version 0.0.4.

use std::fmt::{Display, Write as _};

use super::instruments::Buckets;
use super::series::{Kind, Series};

/// A text that grows. Each series is written once, with all of its labels' values.
#[derive(Default)]
pub struct Exposition {
    text: String,
}

impl Exposition {
    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// A series without labels.
    pub fn one(&mut self, series: &Series, value: impl Display) {
        self.head(series);
        self.sample(series.name, &[], value);
    }

    /// A series with one value for each set of labels.
    pub fn many<'a, const N: usize, V: Display>(
        &mut self,
        series: &Series,
        values: impl IntoIterator<Item = ([&'a str; N], V)>,
    ) {
        self.head(series);
        for (words, value) in values {
            let labels: Vec<(&str, &str)> = series.labels.iter().copied().zip(words).collect();
            self.sample(series.name, &labels, value);
        }
    }

    /// A histogram without labels.
    pub fn histogram(&mut self, series: &Series, buckets: &Buckets) {
        self.head(series);
        self.buckets(series, &[], buckets);
    }

    /// A histogram for each value of one label.
    pub fn histograms<'a>(
        &mut self,
        series: &Series,
        values: impl IntoIterator<Item = (&'a str, &'a Buckets)>,
    ) {
        self.head(series);
        for (word, buckets) in values {
            let labels: Vec<(&str, &str)> = series.labels.iter().copied().zip([word]).collect();
            self.buckets(series, &labels, buckets);
        }
    }

    fn buckets(&mut self, series: &Series, labels: &[(&str, &str)], buckets: &Buckets) {
        debug_assert!(series.kind == Kind::Histogram, "{} has no buckets", series.name);
        let name = series.name;
        for (upper, count) in &buckets.cumulative {
            let upper = upper.map_or("+Inf".to_owned(), |upper| upper.to_string());
            let labels: Vec<_> = labels.iter().copied().chain([("le", upper.as_str())]).collect();
            self.sample(&format!("{name}_bucket"), &labels, count);
        }
        let count = buckets.cumulative.last().map_or(0, |(_, count)| *count);
        self.sample(&format!("{name}_sum"), labels, buckets.sum);
        self.sample(&format!("{name}_count"), labels, count);
    }

    // Writing into memory does not fail.
    fn head(&mut self, series: &Series) {
        let (name, kind) = (series.name, series.kind.word());
        let help = series.help.replace('\\', r"\\").replace('\n', r"\n");
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.text.push_str(name);
        for (index, (label, word)) in labels.iter().enumerate() {
            let before = if index == 0 { '{' } else { ',' };
            let word = word.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n");
            let _ = write!(self.text, "{before}{label}=\"{word}\"");
        }
        if !labels.is_empty() {
            self.text.push('}');
        }
        let _ = writeln!(self.text, " {value}");
    }
}
