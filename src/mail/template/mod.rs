//! What mails say, in the language of their reader: the company's own words, or those of the program. Plain text:
//! nothing in a name can become markup, and nothing in it is filled in again.

mod english;
mod german;

use rollbook_schema::value::{MailLanguage, MailTemplate, MailWording, Piece, Placeholder, pieces};

use crate::directory::{Addressee, Enclosed};

/// Subject and text of one mail.
pub(crate) struct Letter {
    pub subject: String,
    pub text: String,
}

/// The words of the program for one mail.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub subject: &'static str,
    pub text: &'static str,
}

/// The words of the program.
pub(crate) fn built_in(template: MailTemplate, language: MailLanguage) -> Words {
    match language {
        MailLanguage::English => english::words(template),
        MailLanguage::German => german::words(template),
    }
}

/// Writes a mail; `None` for one that tells a password and has none. Only such a mail holds a password, and
/// only one that opens the account once and must be changed then.
pub(super) fn write(
    template: MailTemplate,
    own: Option<&MailWording>,
    to: &Addressee,
    enclosed: Option<&Enclosed>,
    sign_in_at: &str,
) -> Option<Letter> {
    if template.tells_password() && enclosed.is_none() {
        return None;
    }
    let value = |place: Placeholder| match place {
        Placeholder::Name => Some(to.name.clone()),
        Placeholder::Username => Some(to.username.clone()),
        Placeholder::SignInAt => Some(sign_in_at.to_owned()),
        Placeholder::Password => enclosed.map(|it| it.password.reveal().to_owned()),
        Placeholder::PasswordExpiresAt => enclosed.map(|it| it.expires_at.to_string()),
    };
    Some(filled(template, to.language, own, value))
}

/// A mail as somebody would read it whom there is not.
pub(crate) fn preview(template: MailTemplate, language: MailLanguage, own: Option<&MailWording>) -> Letter {
    filled(template, language, own, |place| {
        let made_up = match place {
            Placeholder::Name => "Ada Example",
            Placeholder::Username => "ada",
            Placeholder::SignInAt => "https://people.example.org/",
            Placeholder::Password => "••••••••••••",
            Placeholder::PasswordExpiresAt => "2030-01-31T12:00:00.000Z",
        };
        Some(made_up.to_owned())
    })
}

/// What has no value is left out.
fn filled(
    template: MailTemplate,
    language: MailLanguage,
    own: Option<&MailWording>,
    value: impl Fn(Placeholder) -> Option<String>,
) -> Letter {
    let built_in = built_in(template, language);
    let (subject, text) =
        own.map_or((built_in.subject, built_in.text), |own| (own.subject.as_str(), own.text.as_str()));
    let mut written = String::with_capacity(text.len() + 200);
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => written.push_str(text),
            Piece::Place(place) => written.push_str(&place.and_then(&value).unwrap_or_default()),
        }
    }
    if !written.ends_with('\n') {
        written.push('\n');
    }
    Letter { subject: subject.to_owned(), text: written }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_program_hold_what_those_of_a_company_must() {
        for template in MailTemplate::ALL {
            for language in MailLanguage::ALL {
                let words = built_in(template, language);
                let places: Vec<_> = pieces(words.text)
                    .filter_map(|piece| match piece {
                        Piece::Place(place) => Some(place.expect("a known place")),
                        Piece::Text(_) => None,
                    })
                    .collect();
                assert!(places.iter().all(|place| Placeholder::of(template).contains(place)));
                assert!(Placeholder::needed(template).iter().all(|needed| places.contains(needed)));
                assert!(!words.subject.contains("{{"));
            }
        }
    }

    #[test]
    fn what_stands_in_a_name_is_not_filled_in_again() {
        let value = |place| match place {
            Placeholder::Name => Some("{{password}}".to_owned()),
            _ => Some("secret".to_owned()),
        };
        let letter = filled(MailTemplate::Welcome, MailLanguage::English, None, value);
        assert!(letter.text.starts_with("Hello {{password}},"));
    }
}
