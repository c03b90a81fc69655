//! Samples of what happens to saved views.

use crate::event::{Change, Event, SavedViewAdded, SavedViewChanged, SavedViewRemoved};
use crate::id::{SavedViewId, UserId};
use crate::personal::Personal;
use crate::value::{ListTerm, ListTerms, SavedViewName, SavedViewTexts, UserKind};

fn texts(name: &str, pairs: &[(&str, &str)]) -> SavedViewTexts {
    let terms = pairs.iter().map(|(name, value)| ListTerm::parse(name, value).unwrap()).collect();
    SavedViewTexts { name: SavedViewName::parse(name).unwrap(), terms: ListTerms::of(terms).unwrap() }
}

/// Every event of this file at least once, in the order of the types; every term once.
pub fn all() -> Vec<Event> {
    let (view, owner) = (SavedViewId(2), UserId(300));
    let whole = [
        ("view", "locked"),
        ("q", "Byron"),
        ("role", "role_2"),
        ("unit", "unit_300"),
        ("team", "team_3"),
        ("license", "READ_ONLY"),
        ("segment", "VERIFIED"),
        ("sort", "in"),
        ("dir", "desc"),
        ("rows", "100"),
        ("col", "name"),
        ("col", "out"),
    ];
    let (before, after) = (texts("Locked out", &whole), texts("Everybody", &[("view", "all")]));
    vec![
        SavedViewAdded { view, owner, kind: UserKind::Agent, texts: Personal::Known(before.clone()) }.into(),
        SavedViewChanged { view, owner, texts: Personal::Known(Change { from: before, to: after }) }.into(),
        SavedViewRemoved { view, owner }.into(),
    ]
}
