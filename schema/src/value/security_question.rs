//! The question that a person is asked besides the password (AUT-08). The answer is kept as a hash only.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{Flaw, PasswordVerifier, text};

/// Longest question, in code points.
const QUESTION_MAX: usize = 200;
/// Shortest answer, in code points of its normal form: shorter ones are guessed before a lock.
const ANSWER_MIN: usize = 3;
/// Longest answer, in code points: an upper bound keeps a long input from costing hashing time.
const ANSWER_MAX: usize = 128;

/// A question as its person put it. Personal: not printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionText(String);

impl QuestionText {
    /// Parses a question: 1 to 200 code points.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        text::parse(input, QUESTION_MAX).map(QuestionText)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for QuestionText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QuestionText(…)")
    }
}

/// An answer in its normal form: width and letter case say nothing, nor do the spaces around and between
/// words. Wiped from memory when dropped, never printed.
pub struct SecurityAnswer(Zeroizing<String>);

impl SecurityAnswer {
    /// Parses an answer: 3 to 128 code points of its normal form.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        if input.len() > ANSWER_MAX * 16 {
            return Err(Flaw::TooLong { max: ANSWER_MAX });
        }
        let folded: Zeroizing<String> =
            Zeroizing::new(input.nfkc().flat_map(char::to_lowercase).nfkc().collect());
        let mut normal = Zeroizing::new(String::with_capacity(folded.len()));
        for word in folded.split_whitespace() {
            if !normal.is_empty() {
                normal.push(' ');
            }
            normal.push_str(word);
        }
        match normal.chars().count() {
            0 => Err(Flaw::Blank),
            count if count < ANSWER_MIN => Err(Flaw::TooShort { min: ANSWER_MIN }),
            count if count > ANSWER_MAX => Err(Flaw::TooLong { max: ANSWER_MAX }),
            _ => Ok(SecurityAnswer(normal)),
        }
    }

    /// The bytes to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for SecurityAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecurityAnswer(…)")
    }
}

/// Question, and what the answer is checked against. Personal: sealed under a key of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityQuestion {
    /// What is asked.
    pub question: QuestionText,
    /// Of the answer's normal form.
    pub verifier: PasswordVerifier,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> Vec<u8> {
        SecurityAnswer::parse(text).unwrap().as_bytes().to_vec()
    }

    #[test]
    fn aut_08_an_answer_is_compared_without_case_width_and_outer_spaces() {
        for text in ["  Saint  Étienne ", "saint e\u{301}tienne", "ＳＡＩＮＴ\u{3000}ÉTIENNE"] {
            assert_eq!(normal(text), "saint étienne".as_bytes(), "{text}");
        }
        assert_ne!(normal("saint etienne"), normal("saint étienne"));
    }

    #[test]
    fn aut_08_answers_have_bounds() {
        assert_eq!(SecurityAnswer::parse("  ").unwrap_err(), Flaw::Blank);
        assert_eq!(SecurityAnswer::parse(" ab ").unwrap_err(), Flaw::TooShort { min: 3 });
        assert_eq!(SecurityAnswer::parse(&"a".repeat(129)).unwrap_err(), Flaw::TooLong { max: 128 });
        assert_eq!(SecurityAnswer::parse(&"a".repeat(1 << 20)).unwrap_err(), Flaw::TooLong { max: 128 });
    }
}
