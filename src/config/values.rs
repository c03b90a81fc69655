//! From text to a value of the setting's kind.

use std::ops::RangeInclusive;
use std::str::FromStr;

use super::fault::{ConfigFault, Source};
use super::layers::Layers;

impl Layers {
    /// A whole number within bounds.
    pub(super) fn number<N>(&self, name: &'static str, bounds: RangeInclusive<N>) -> Result<N, ConfigFault>
    where
        N: FromStr + PartialOrd + std::fmt::Display,
    {
        let expected = || format!("a whole number from {} to {}", bounds.start(), bounds.end());
        self.parsed(name, expected(), |text| text.parse().ok().filter(|number| bounds.contains(number)))
    }

    /// Any value that `parse` finds in the text.
    pub(super) fn parsed<T>(
        &self,
        name: &'static str,
        expected: String,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, ConfigFault> {
        let (text, source_of_value) = self.text(name).unwrap_or(("", Source::Default));
        parse(text.trim()).ok_or(ConfigFault::Value { name, source_of_value, expected })
    }
}
