//! What was typed into the form of settings, beside what it had shown: the form carries both.

use maud::Markup;

use super::fields::{Control, Setting, all};
use super::{Found, shown};
use crate::console::difference::{self, Differs};
use crate::console::form::Fields;
use crate::console::visit::Visit;
use crate::console::words::frame;

/// What the form had shown.
fn was(setting: &Setting, given: &Fields) -> String {
    given.text(&format!("was.{}", setting.name)).to_owned()
}

/// What was typed, as a value is written. A switch that is off is left out of a form.
fn typed(setting: &Setting, given: &Fields) -> String {
    match setting.control {
        Control::Switch => given.has(setting.name).to_string(),
        _ => given.text(setting.name).trim().to_owned(),
    }
}

/// Does the form say another thing than it had shown? One that does not carry what it showed says all of it.
pub(super) fn is_touched(setting: &Setting, given: &Fields) -> bool {
    !given.has(&format!("was.{}", setting.name)) || typed(setting, given) != was(setting, given)
}

/// What somebody else changed while the form was open, beside what the reader did.
pub(super) fn differences(visit: &Visit, found: &Found, given: &Fields) -> Markup {
    let tongue = visit.tongue();
    let say = |setting: &Setting, value: &str| said(visit, setting, found, value);
    let rows = all().filter_map(|setting| {
        let now = shown(&found.settings[setting.name]);
        let (was, is_touched) = (was(setting, given), is_touched(setting, given));
        (was != now || is_touched).then(|| Differs {
            label: setting.label.to(tongue),
            was: say(setting, &was),
            now: say(setting, &now),
            yours: is_touched.then(|| say(setting, &typed(setting, given))),
        })
    });
    difference::difference(visit, frame::SETTINGS.to(tongue), &rows.collect::<Vec<_>>())
}

/// A value as people read it.
fn said(visit: &Visit, setting: &Setting, found: &Found, value: &str) -> String {
    let tongue = visit.tongue();
    let text = match setting.control {
        _ if value.is_empty() => Some(frame::NONE.to(tongue)),
        Control::Switch if value == "true" => Some(frame::YES.to(tongue)),
        Control::Switch => Some(frame::NO.to(tongue)),
        Control::Choice(all) => all.iter().find(|(name, _)| *name == value).map(|(_, text)| text.to(tongue)),
        Control::Team => found.teams.iter().find(|team| team.id == value).map(super::called),
        _ => None,
    };
    text.unwrap_or(value).to_owned()
}
