//! Gives a mail other words, or those of the program again.

use rollbook_schema::command::ChangeMailWording;
use rollbook_schema::event::{Change, MailWordingChanged};
use rollbook_schema::value::{MailTemplate, MailWording, Piece, Placeholder, pieces};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeMailWording) -> Outcome {
    let ChangeMailWording { template, language, words, seen } = command;
    let (template, language) = (*template, *language);
    let wordings = &asked.models.references.mail_wordings;
    let revision = wordings.revision(template, language);
    if seen.is_some_and(|seen| seen != revision) {
        return Err(Rejection::of("seen", RejectionCode::VersionConflict).into());
    }
    refuse_any(words.iter().flat_map(|words| misplaced(template, words)).collect())?;
    let from = wordings.own(template, language).cloned();
    if from == *words {
        return Ok(Vec::new());
    }
    let words = Personal::Known(Change { from, to: words.clone() });
    Ok(vec![MailWordingChanged { template, language, revision: revision + 1, words }.into()])
}

/// Places that cannot be filled in, and those without which the mail is of no use.
fn misplaced(template: MailTemplate, words: &MailWording) -> Vec<Rejection> {
    let mut flaws = Vec::new();
    if pieces(words.subject.as_str()).any(|piece| matches!(piece, Piece::Place(_))) {
        flaws.push(Rejection::of("subject", RejectionCode::PlaceholderUnknown));
    }
    let places = || {
        pieces(words.text.as_str()).filter_map(|piece| match piece {
            Piece::Place(place) => Some(place),
            Piece::Text(_) => None,
        })
    };
    let possible = Placeholder::of(template);
    if places().any(|place| place.is_none_or(|place| !possible.contains(&place))) {
        flaws.push(Rejection::of("text", RejectionCode::PlaceholderUnknown));
    }
    if Placeholder::needed(template).iter().any(|needed| !places().any(|place| place == Some(*needed))) {
        flaws.push(Rejection::of("text", RejectionCode::PlaceholderMissing));
    }
    flaws
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::ChangeMailWording;
    use rollbook_schema::value::{MailLanguage, MailSubject, MailTemplate, MailText, MailWording};

    use crate::tests::*;

    fn worded(template: MailTemplate, subject: &str, text: &str) -> ChangeMailWording {
        let words = MailWording {
            subject: MailSubject::parse(subject).unwrap(),
            text: MailText::parse(text).unwrap(),
        };
        ChangeMailWording { template, language: MailLanguage::English, words: Some(words), seen: None }
    }

    #[test]
    fn a_mail_is_worded_and_goes_back_to_the_words_of_the_program() {
        let own = || worded(MailTemplate::Welcome, "Hi", "Dear {{name}}: {{signInAt}}");
        let back = ChangeMailWording { words: None, ..own() };
        Directory::empty()
            .when(back.clone(), expect!["nothing"])
            .when(own(), expect!["MailWordingChanged language=ENGLISH revision=1 template=WELCOME +Person"])
            .when(own(), expect!["nothing"])
            .when(back, expect!["MailWordingChanged language=ENGLISH revision=2 template=WELCOME +Person"]);
    }

    #[test]
    fn what_cannot_be_filled_in_is_refused() {
        Directory::empty()
            .when(
                worded(MailTemplate::Welcome, "Hi {{name}}", "{{password}} {{signInAt}}"),
                expect!["refused: PLACEHOLDER_UNKNOWN@subject, PLACEHOLDER_UNKNOWN@text"],
            )
            .when(
                worded(MailTemplate::Welcome, "Hi", "{{signInAt}} {{name"),
                expect!["refused: PLACEHOLDER_UNKNOWN@text"],
            );
    }

    #[test]
    fn aut_07_a_mail_that_tells_a_password_must_hold_it_and_say_where_to_sign_in() {
        Directory::empty()
            .when(
                worded(MailTemplate::TemporaryPassword, "New", "Dear {{name}}, {{signInAt}}"),
                expect!["refused: PLACEHOLDER_MISSING@text"],
            )
            .when(
                worded(MailTemplate::TemporaryPassword, "New", "{{password}}"),
                expect!["refused: PLACEHOLDER_MISSING@text"],
            )
            .given(worded(MailTemplate::TemporaryPassword, "New", "{{signInAt}} {{password}}"));
    }

    #[test]
    fn words_that_somebody_else_changed_meanwhile_are_not_overwritten() {
        let seen = |seen| ChangeMailWording {
            seen: Some(seen),
            ..worded(MailTemplate::Welcome, "Hi", "{{signInAt}}")
        };
        Directory::empty()
            .when(seen(1), expect!["refused: VERSION_CONFLICT@seen"])
            .given(seen(0))
            .when(seen(0), expect!["refused: VERSION_CONFLICT@seen"]);
    }

    #[test]
    fn ref_21_a_mail_that_names_somebody_holds_the_deletion_up() {
        let asks = |whom: &str| worded(MailTemplate::Welcome, "Hi", &format!("{{{{signInAt}}}}, ask {whom}"));
        Directory::small()
            .given(asks("ann@example.com on floor 8"))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(asks("the desk on floor 8"))
            .given(delete(8));
    }
}
