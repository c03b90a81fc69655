//! A decision as text: stems, ids and codes, and of personal parts only that they are there.

use rollbook_schema::event::PartVisitor;
use rollbook_schema::{Event, Group, KeyOwner, Personal, Rejection};

use crate::Decision;

/// One line for each event; `nothing` where there is nothing to record.
pub(crate) fn text(decision: &Decision) -> String {
    match decision {
        Decision::Accepted { events, .. } if events.is_empty() => "nothing".to_owned(),
        Decision::Accepted { events, .. } => lines(events),
        Decision::Refused { rejections, record } => {
            let reasons: Vec<String> = rejections.iter().map(reason).collect();
            let refused = format!("refused: {}", reasons.join(", "));
            if record.is_empty() { refused } else { format!("{refused}\nrecord: {}", lines(record)) }
        }
    }
}

fn lines(events: &[Event]) -> String {
    events.iter().map(event).collect::<Vec<_>>().join("\n")
}

fn reason(rejection: &Rejection) -> String {
    let mut text = rejection.code.to_string();
    if let Some(field) = rejection.field {
        text += &format!("@{field}");
    }
    if let Some(entry) = rejection.entry {
        text += &format!(".{entry}");
    }
    if let Some(rule) = rejection.rule {
        text += &format!("#{rule}");
    }
    if let Some(flaw) = rejection.flaw {
        text += &format!(" ({flaw})");
    }
    if let Some(seats) = rejection.seats {
        text += &format!(" ({:?}: {} of {} used)", seats.license, seats.used, seats.owned);
    }
    text
}

fn event(event: &Event) -> String {
    let clear = event.clear_json().expect("events have a JSON form");
    let mut fields: Vec<(&String, String)> = clear
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, value)| !value.is_null() && *value != false && *name != "tokenDigest")
        .map(|(name, value)| (name, value.to_string().replace('"', "")))
        .collect();
    fields.sort_by_key(|(name, _)| (!["user", "role"].contains(&name.as_str()), name.to_string()));
    let mut parts = Parts(Vec::new());
    let Ok(()) = event.visit_parts(&mut parts);
    let fields = fields.into_iter().map(|(name, value)| format!(" {name}={value}"));
    let parts = parts.0.into_iter().map(|group| format!(" +{group:?}"));
    format!("{}{}", event.event_type().stem(), fields.chain(parts).collect::<String>())
}

struct Parts(Vec<Group>);

impl PartVisitor for Parts {
    type Error = std::convert::Infallible;

    fn part<T>(&mut self, _: KeyOwner, group: Group, _: &Personal<T>) -> Result<(), Self::Error> {
        self.0.push(group);
        Ok(())
    }
}
