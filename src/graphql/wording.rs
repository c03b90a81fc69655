//! What messages say, in the language of whoever reads them (REF-18): a key and its arguments, for programs
//! that have words of their own, and a sentence for everybody else.

use async_graphql::SimpleObject;
use rollbook_projections::view::Views;
use rollbook_schema::value::{LanguageTag, Settings};
use rollbook_schema::value::{MailLanguage, MailTemplate};

use crate::access::Caller;

/// Languages that there are sentences in. Whoever reads another reads English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
}

impl Language {
    /// The language that the reader chose, else the company's.
    pub(super) fn of(caller: &Caller, views: &Views, settings: &Settings) -> Language {
        let own = caller.user().and_then(|user| views.preferences.of(user).language.as_ref());
        match own.or(settings.company_language.as_ref()).map(LanguageTag::language) {
            Some("de") => Language::German,
            _ => Language::English,
        }
    }
}

/// A value that stands in a message.
#[derive(SimpleObject, Clone)]
pub(super) struct MessageArgument {
    /// As it stands in the sentence, between braces.
    pub name: String,
    pub value: String,
}

/// The sentence of a key; the key itself where there is none.
fn sentence(key: &str, language: Language) -> &str {
    let of_key = SENTENCES.iter().find(|(of, _, _)| *of == key);
    match (of_key, language) {
        (Some((_, english, _)), Language::English) => english,
        (Some((_, _, german)), Language::German) => german,
        (None, _) => key,
    }
}

/// A message as a sentence. Arguments that are words of a closed list are translated too.
pub(super) fn render(key: &str, arguments: &[MessageArgument], language: Language) -> String {
    let mut rest = sentence(key, language);
    let mut text = String::new();
    // Once from left to right: braces in an argument stay what they are.
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        text.push_str(before);
        let value = arguments.iter().find(|argument| argument.name == name).map(|it| it.value.as_str());
        text.push_str(value.map_or("", |value| word(name, value, language)));
        rest = after;
    }
    text + rest
}

fn word<'a>(name: &str, value: &'a str, language: Language) -> &'a str {
    let translated = WORDS.iter().find(|(of, word, _, _)| *of == name && *word == value);
    match (translated, language) {
        (Some((_, _, english, _)), Language::English) => english,
        (Some((_, _, _, german)), Language::German) => german,
        (None, _) => value,
    }
}

/// What people call a mail, and in which language it is.
pub(super) fn mail_name(template: MailTemplate, written: MailLanguage, language: Language) -> String {
    let (english, german) = match template {
        MailTemplate::Welcome => ("Welcome", "Begrüßung"),
        MailTemplate::InitialPassword => ("First password", "Erstes Passwort"),
        MailTemplate::WelcomeWithPassword => {
            ("Welcome with a first password", "Begrüßung mit erstem Passwort")
        }
        MailTemplate::TemporaryPassword => ("Temporary password", "Vorläufiges Passwort"),
        MailTemplate::SupportLogin => ("Support has signed in", "Der Support hat sich angemeldet"),
        MailTemplate::SignOffAsked => ("An approval is asked for", "Eine Freigabe wird erbeten"),
        MailTemplate::SignOffDecided => ("An approval was decided", "Über eine Freigabe wurde entschieden"),
    };
    match (language, written) {
        (Language::English, MailLanguage::English) => format!("{english}, in English"),
        (Language::English, MailLanguage::German) => format!("{english}, in German"),
        (Language::German, MailLanguage::English) => format!("{german}, auf Englisch"),
        (Language::German, MailLanguage::German) => format!("{german}, auf Deutsch"),
    }
}

/// Key, English, German.
#[rustfmt::skip]
const SENTENCES: &[(&str, &str, &str)] = &[
    ("REFERENCE_REPORTING_LINE",
        "{name} reports to this user",
        "{name} ist diesem Benutzer unterstellt"),
    ("REFERENCE_PROXY_GRANT",
        "The proxy grant of {name} names this user",
        "Das Vertretungsrecht von {name} nennt diesen Benutzer"),
    ("REFERENCE_OWN_PROXY_GRANT",
        "This user's own proxy grant names selected users or teams",
        "Das eigene Vertretungsrecht dieses Benutzers nennt ausgewählte Benutzer oder Teams"),
    ("REFERENCE_USER_RULE",
        "The business rule “{name}” on users names this user in its {place}",
        "Die Geschäftsregel „{name}“ für Benutzer nennt diesen Benutzer in ihrer {place}"),
    ("REFERENCE_MAIL_WORDING",
        "The company’s words of the mail “{name}” name the {attribute} of this user in the {place}",
        "Die eigenen Worte der Firma in der Nachricht „{name}“ nennen {attribute} dieses Benutzers in: {place}"),
    ("REFERENCE_SAVED_VIEW",
        "The saved view “{name}” of the company names the {attribute} of this user in its {place}",
        "Die gespeicherte Ansicht „{name}“ der Firma nennt {attribute} dieses Benutzers in: {place}"),
    ("REFERENCE_OWN_SAVED_VIEW",
        "A view that {name} saved names the {attribute} of this user in its {place}",
        "Eine Ansicht, die {name} gespeichert hat, nennt {attribute} dieses Benutzers in: {place}"),
    ("REFERENCE_ARTEFACT",
        "{module}: {kind} “{name}” names the {attribute} of this user at “{place}”",
        "{module}: {kind} „{name}“ nennt {attribute} dieses Benutzers bei „{place}“"),
    ("REFERENCE_ARTEFACT_RECYCLED",
        "{module}: {kind} “{name}” in the recycle bin names the {attribute} of this user at “{place}”",
        "{module}: {kind} „{name}“ im Papierkorb nennt {attribute} dieses Benutzers bei „{place}“"),
    ("REFERENCE_ARTEFACT_OF",
        "{module}: {kind} “{name}” of {container} names the {attribute} of this user at “{place}”",
        "{module}: {kind} „{name}“ von {container} nennt {attribute} dieses Benutzers bei „{place}“"),
    ("REFERENCE_ARTEFACT_OF_RECYCLED",
        "{module}: {kind} “{name}” of {container} in the recycle bin names the {attribute} of this user at “{place}”",
        "{module}: {kind} „{name}“ von {container} im Papierkorb nennt {attribute} dieses Benutzers bei „{place}“"),
];

/// Argument, word, English, German.
#[rustfmt::skip]
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("attribute", "USER_ID", "user id", "die Benutzernummer"),
    ("attribute", "USERNAME", "username", "den Benutzernamen"),
    ("attribute", "EMAIL", "email", "die E-Mail-Adresse"),
    ("attribute", "FEDERATION_ID", "federation id", "die Federation-ID"),
    ("attribute", "CCA_FEDERATION_ID", "second federation id", "die zweite Federation-ID"),
    ("module", "USERS", "Users", "Benutzer"),
    ("module", "PROXY_LOGIN", "Proxy login", "Vertretung"),
    ("place", "REPORTS_TO", "reports to", "unterstellt"),
    ("place", "PROXY_GRANT", "proxy grant", "Vertretungsrecht"),
    ("module", "USER_RULES", "Business rules", "Geschäftsregeln"),
    ("place", "CONDITION", "condition", "Bedingung"),
    ("place", "ACTION", "action", "Aktion"),
    ("module", "SAVED_VIEWS", "Saved views", "Gespeicherte Ansichten"),
    ("place", "NAME", "name", "Name"),
    ("place", "SEARCH", "search", "Suche"),
    ("module", "MAIL", "Mail", "Post"),
    ("place", "SUBJECT", "subject", "Betreff"),
    ("place", "TEXT", "text", "Text"),
    ("kind", "BUSINESS_RULE", "the business rule", "die Geschäftsregel"),
    ("kind", "MACRO", "the macro", "das Makro"),
    ("kind", "REPORT", "the report", "der Bericht"),
    ("kind", "VIEW", "the view", "die Ansicht"),
    ("kind", "DASHBOARD", "the dashboard", "das Dashboard"),
    ("kind", "SLA", "the service level agreement", "die Servicevereinbarung"),
    ("kind", "SITE", "the site", "die Website"),
    ("kind", "SCHEDULED_REPORT", "the scheduled report", "der geplante Bericht"),
    ("kind", "ACCESS_CRITERIA", "the access criteria", "die Zugriffskriterien"),
    ("kind", "WEB_FORM", "the web form", "das Webformular"),
    ("kind", "TASK_DELEGATION", "the task delegation", "die Aufgabendelegation"),
    ("kind", "OTHER", "the artefact", "das Artefakt"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn argument(name: &str, value: &str) -> MessageArgument {
        MessageArgument { name: name.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn ref_18_a_message_reads_in_both_languages() {
        let arguments = [
            ("module", "CRM"),
            ("kind", "MACRO"),
            ("name", "{place}"),
            ("attribute", "EMAIL"),
            ("place", "to"),
        ]
        .map(|(name, value)| argument(name, value));
        let read = |language| render("REFERENCE_ARTEFACT", &arguments, language);
        assert_eq!(read(Language::English), "CRM: the macro “{place}” names the email of this user at “to”");
        assert_eq!(
            read(Language::German),
            "CRM: das Makro „{place}“ nennt die E-Mail-Adresse dieses Benutzers bei „to“"
        );
    }

    #[test]
    fn ref_18_no_sentence_lacks_a_translation() {
        for (key, english, german) in SENTENCES {
            let names = |text: &'static str| {
                let mut names: Vec<&str> =
                    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
                names.sort_unstable();
                names
            };
            assert_eq!(names(english), names(german), "{key}");
        }
    }
}
