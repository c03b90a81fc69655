//! What events about saved views changed.

use rollbook_schema::event::Change;
use rollbook_schema::value::SavedViewTexts;
use rollbook_schema::{Event, Personal, UserId};

use super::changes::List;

pub(super) fn list(list: &mut List<'_>, event: &Event) {
    match event {
        Event::SavedViewAdded(e) => match &e.texts {
            Personal::Known(texts) => of(list, e.owner, None, Some(texts)),
            Personal::Erased => list.erased("savedView", None, None),
            Personal::Absent => {}
        },
        Event::SavedViewChanged(e) => match &e.texts {
            Personal::Known(Change { from, to }) => of(list, e.owner, Some(from), Some(to)),
            Personal::Erased => list.erased("savedView", None, None),
            Personal::Absent => {}
        },
        _ => {}
    }
}

/// What somebody searches for alone says something about them; what the company saved does not.
fn of(list: &mut List<'_>, owner: UserId, from: Option<&SavedViewTexts>, to: Option<&SavedViewTexts>) {
    let mut show = |field: &str, from: Option<String>, to: Option<String>| {
        if from == to {
            return;
        }
        match owner {
            UserId::TENANT => list.clear(field, from, to),
            _ => list.personal(field, from.as_deref(), to.as_deref()),
        }
    };
    let name = |texts: Option<&SavedViewTexts>| texts.map(|texts| texts.name.as_str().to_owned());
    show("savedView", name(from), name(to));
    show("terms", from.map(address), to.map(address));
}

/// As it stands in an address, but for what that encodes.
fn address(texts: &SavedViewTexts) -> String {
    let pairs = texts.terms.iter().map(|term| format!("{}={}", term.name(), term.value()));
    pairs.collect::<Vec<_>>().join("&")
}
