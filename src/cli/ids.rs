//! Ids as they are typed: with their type, as the API hands them out, or as the bare number where only one type can
//! be meant.

use rollbook_schema::UserId;

/// `user_9`, or `9`.
pub(super) fn user(typed: &str) -> Result<UserId, &'static str> {
    number("user_", typed).map(UserId).ok_or("a user is named as in user_9")
}

/// `event_42`, or the position `42`.
pub(super) fn position(typed: &str) -> Result<u64, &'static str> {
    number("event_", typed).ok_or("an event is named by its position, as in 42 or event_42")
}

/// Only the form that is handed out: `user_09` and `user_+9` name nothing.
fn number(prefix: &str, typed: &str) -> Option<u64> {
    let digits = typed.strip_prefix(prefix).unwrap_or(typed);
    let number: u64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}
