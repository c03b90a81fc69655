//! One of each event about saved views, and about the words of mails.

use super::*;

pub(super) fn one_of_each(owner: UserId) -> Vec<Event> {
    let (view, kind) = (SavedViewId(4), UserKind::Agent);
    vec![
        SavedViewChanged { view, owner, texts: Personal::Erased }.into(),
        SavedViewAdded { view, owner, kind, texts: Personal::Erased }.into(),
        SavedViewRemoved { view, owner }.into(),
        MailWordingChanged {
            template: MailTemplate::Welcome,
            language: MailLanguage::English,
            revision: 2,
            words: Personal::Erased,
        }
        .into(),
    ]
}
