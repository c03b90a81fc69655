//! Phone numbers in the one form that machines dial.

/// Fewest and most digits of a number with its country code (ITU-T E.164 allows 15).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The number in E.164 form, `+493012345` (PRO-11), where it was typed with its country code: after
/// `+` or `00`. A national number is not guessed at: nobody said in which country it was typed. A trunk
/// zero in brackets, as in `+44 (0)20 …`, is left out; an extension makes it no number.
#[must_use]
pub fn e164(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let number = typed.strip_prefix('+').or_else(|| typed.strip_prefix("00"))?.replace("(0)", "");
    let mut digits = String::with_capacity(number.len());
    for c in number.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '\u{A0}' | '\u{202F}' | '-' | '\u{2010}'..='\u{2013}' | '.' | '/' | '(' | ')' => {}
            _ => return None,
        }
    }
    let has_country = digits.starts_with(|first| first != '0');
    (has_country && DIGITS.contains(&digits.len())).then(|| format!("+{digits}"))
}
