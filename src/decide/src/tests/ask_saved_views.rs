//! Commands about saved views, and about the words of mails.

use rollbook_schema::command::{ChangeMailWording, ChangeSavedView, RemoveSavedView, SaveView};
use rollbook_schema::value::{
    ListTerm, ListTerms, MailLanguage, MailSubject, MailTemplate, MailText, MailWording, SavedViewName,
    UserKind,
};
use rollbook_schema::{SavedViewId, UserId};

/// Owner of what is everybody's.
pub(crate) const COMPANY: u64 = UserId::TENANT.0;

fn terms(pairs: &[(&str, &str)]) -> ListTerms {
    ListTerms::of(pairs.iter().map(|(name, value)| ListTerm::parse(name, value).unwrap()).collect()).unwrap()
}

pub(crate) fn save_view(owner: u64, name: &str, pairs: &[(&str, &str)]) -> SaveView {
    let name = SavedViewName::parse(name).unwrap();
    SaveView { owner: UserId(owner), kind: UserKind::Agent, name, terms: terms(pairs) }
}

pub(crate) fn of_clients(command: SaveView) -> SaveView {
    SaveView { kind: UserKind::Client, ..command }
}

pub(crate) fn name_view(owner: u64, view: u64, name: &str) -> ChangeSavedView {
    let name = Some(SavedViewName::parse(name).unwrap());
    ChangeSavedView { view: SavedViewId(view), owner: UserId(owner), name, terms: None }
}

pub(crate) fn point_view(owner: u64, view: u64, pairs: &[(&str, &str)]) -> ChangeSavedView {
    let terms = Some(terms(pairs));
    ChangeSavedView { view: SavedViewId(view), owner: UserId(owner), name: None, terms }
}

pub(crate) fn remove_view(owner: u64, view: u64) -> RemoveSavedView {
    RemoveSavedView { view: SavedViewId(view), owner: UserId(owner) }
}

pub(crate) fn says(subject: &str) -> ChangeMailWording {
    let (subject, text) = (MailSubject::parse(subject).unwrap(), MailText::parse("{{signInAt}}").unwrap());
    let words = Some(MailWording { subject, text });
    ChangeMailWording { template: MailTemplate::Welcome, language: MailLanguage::English, words, seen: None }
}
