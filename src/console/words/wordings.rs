//! Words of the page on which mails are worded.

use super::{Text, texts};

texts! {
    TITLE: "Mail templates", "Nachrichtenvorlagen";
    LEAD: "What each mail says. Whoever chose neither language is written to in English.",
        "Was jede Nachricht sagt. Wer keine der Sprachen gewählt hat, wird auf Englisch angeschrieben.";
    MAIL: "Mail", "Nachricht";
    LANGUAGE: "Language", "Sprache";
    ENGLISH: "English", "Englisch";
    GERMAN: "German", "Deutsch";
    WORDS: "Words", "Worte";
    OWN: "Your own", "Eigene";
    BUILT_IN: "Of the program", "Des Programms";
    SUBJECT: "Subject", "Betreff";
    TEXT: "Text", "Text";
    FILLED_IN: "Filled in for each reader: {places}.", "Wird für jeden Empfänger ausgefüllt: {places}.";
    MUST: "Must be there: {places}.", "Muss vorkommen: {places}.";
    PREVIEW: "As it reads", "So liest es sich";
    PREVIEW_LEAD: "The words in force, to somebody whom there is not.",
        "Die geltenden Worte, an jemanden, den es nicht gibt.";
    RESET: "Words of the program again", "Wieder die Worte des Programms";
    RESET_DONE: "The mail has the words of the program again.", "Die Nachricht hat wieder die Worte des Programms.";
    MEANWHILE: "Somebody else changed these words meanwhile. They now say what stands below; yours stand in the form. Saving again puts yours in their place.",
        "Jemand anders hat diese Worte inzwischen geändert. Sie lauten jetzt wie unten; Ihre stehen im Formular. Noch einmal speichern setzt Ihre an deren Stelle.";
    NOW: "In force now", "Jetzt in Kraft";
}

/// What a language is called.
pub(in crate::console) fn language(name: &str) -> Option<Text> {
    match name {
        "ENGLISH" => Some(ENGLISH),
        "GERMAN" => Some(GERMAN),
        _ => None,
    }
}
