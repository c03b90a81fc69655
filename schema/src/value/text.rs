//! What all free texts have in common, and the small texts that have no file of their own.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::Flaw;

/// Longest reason or ticket, in code points.
const REASON_MAX: usize = 500;
/// Longest name of an automation rule, in code points.
const RULE_NAME_MAX: usize = 100;

/// Trimmed, in NFC, not blank, at most `max` code points, nothing that hides or reorders text.
pub(super) fn parse(input: &str, max: usize) -> Result<String, Flaw> {
    // NFC never needs more than three code points of input for one of output, so a text far beyond
    // the bound is refused before any work is done on it.
    if input.len() > max.saturating_mul(16) {
        return Err(Flaw::TooLong { max });
    }
    let text: String = input.trim().nfc().collect();
    if text.is_empty() {
        return Err(Flaw::Blank);
    }
    if text.chars().count() > max {
        return Err(Flaw::TooLong { max });
    }
    if text.chars().any(hides_text) {
        return Err(Flaw::Character);
    }
    Ok(text)
}

/// As [`parse`], but lines may end. Ends of lines become `\n`; spaces before them go.
pub(super) fn parse_lines(input: &str, max: usize) -> Result<String, Flaw> {
    if input.len() > max.saturating_mul(16) {
        return Err(Flaw::TooLong { max });
    }
    let input = input.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = input.split('\n').map(|line| line.trim_end().nfc().collect()).collect();
    let text = lines.join("\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Flaw::Blank);
    }
    if text.chars().count() > max {
        return Err(Flaw::TooLong { max });
    }
    if text.chars().any(|c| c != '\n' && hides_text(c)) {
        return Err(Flaw::Character);
    }
    Ok(text.to_owned())
}

/// The form in which names are compared: NFC, lower case, NFC again (lower-casing can decompose).
pub(super) fn fold(text: &str) -> String {
    // ASCII is in NFC already, and nearly every name is ASCII.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Control characters, and those that reorder or hide what stands beside them (Unicode TR 36).
pub(super) fn hides_text(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Parses a text; blank, too long or hidden characters are flaws.
            pub fn parse(input: &str) -> Result<Self, Flaw> {
                parse(input, $max).map($name)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}
pub(super) use text_value;

text_value! {
    /// Why somebody did something, or the ticket that asked for it. Personal: sealed under the actor.
    Reason, REASON_MAX
}
text_value! {
    /// Name of the automation that acts as the system user (BRL-07, LIC-08).
    RuleName, RULE_NAME_MAX
}
