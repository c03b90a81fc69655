//! Whole words in free texts: `john.peter` stands in "ask john.peter." and not in `john.peterson` (REF-03).
//!
//! What a username may consist of holds a word together, so an email is one word, and a username at the
//! beginning of somebody's email is none. Texts come folded.

/// Signs that usernames and emails consist of beside letters and digits. At either end of a word they are
/// punctuation.
const JOINERS: [char; 5] = ['.', '_', '-', '@', '+'];

/// Signs beyond ASCII that part words.
const PUNCTUATION: &str = "«»‹›„“”‚‘’…–—、。，；：！？（）【】「」";

/// The words of a text, in their order.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(parts).map(|word| word.trim_matches(JOINERS)).filter(|word| !word.is_empty())
}

/// Does the name stand in the text as a whole word, or as several that follow each other?
#[must_use]
pub fn names(folded: &str, name: &str) -> bool {
    let mut from = 0;
    while let Some(found) = folded.get(from..).and_then(|rest| rest.find(name)) {
        let (begins, ends) = (from + found, from + found + name.len());
        let before = folded[..begins].trim_end_matches(JOINERS).chars().next_back();
        let behind = folded[ends..].trim_start_matches(JOINERS).chars().next();
        if before.is_none_or(parts) && behind.is_none_or(parts) {
            return true;
        }
        from = begins + name.chars().next().map_or(1, char::len_utf8);
    }
    false
}

/// Everything else holds a word together: letters and digits of any script, and marks upon them.
fn parts(c: char) -> bool {
    let is_sign = c.is_ascii_punctuation() && !JOINERS.contains(&c);
    c.is_whitespace() || c.is_control() || is_sign || PUNCTUATION.contains(c)
}
