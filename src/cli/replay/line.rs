//! One event in one line: ids only, and names where they can be read.

use std::collections::BTreeMap;
use std::fmt;

use rollbook_schema::event::Event;
use rollbook_schema::record::ActorKind;
use rollbook_schema::value::{PersonField, Timestamp};
use rollbook_schema::{RecordedEvent, Subject, UserId};
use serde_json::{Value, json};

use crate::review::license_name;

/// Knows the names so far, as far as they can be read.
#[derive(Default)]
pub(super) struct Teller {
    names: BTreeMap<UserId, String>,
}

/// Somebody or something, by id and by name.
struct Named {
    id: String,
    name: Option<String>,
}

/// What is told of an event. Holds a name only where names are asked for; so no `Debug`.
pub(super) struct Line {
    position: u64,
    at: Timestamp,
    event: &'static str,
    subject: Named,
    actor: Named,
    on_behalf_of: Option<Named>,
}

impl Teller {
    /// The line of the next event.
    pub(super) fn line(&mut self, recorded: &RecordedEvent) -> Line {
        self.learn(&recorded.event);
        let envelope = &recorded.envelope;
        let subject = match envelope.subject {
            Subject::User(user) => self.user(user),
            other => Named { id: subject_id(other), name: None },
        };
        let actor = match envelope.actor.kind {
            ActorKind::Person | ActorKind::Automation => self.user(envelope.actor.id),
            ActorKind::Operator => Named { id: "operator".to_owned(), name: None },
            ActorKind::Provider => Named { id: "provider".to_owned(), name: None },
        };
        let other = envelope.on_behalf_of.filter(|user| *user != envelope.actor.id);
        Line {
            position: envelope.position.0,
            at: envelope.recorded_at,
            event: recorded.event.event_type().name(),
            subject,
            actor,
            on_behalf_of: other.map(|user| self.user(user)),
        }
    }

    fn user(&self, user: UserId) -> Named {
        Named { id: format!("user_{user}"), name: self.names.get(&user).cloned() }
    }

    fn learn(&mut self, event: &Event) {
        let (user, name) = match event {
            Event::UserCreated(e) => {
                let name = e.person.known().and_then(|person| person.get(PersonField::DisplayName));
                (e.user, name.map(str::to_owned))
            }
            Event::ProfileChanged(e) => {
                let changes = e.person.known().into_iter().flatten();
                let mut named = changes.filter(|change| change.field == PersonField::DisplayName);
                let Some(change) = named.next() else { return };
                (e.user, change.change.to.as_ref().map(|text| text.as_str().to_owned()))
            }
            _ => return,
        };
        match name {
            Some(name) => drop(self.names.insert(user, name)),
            None => drop(self.names.remove(&user)),
        }
    }
}

impl Line {
    pub(super) fn json(&self) -> Value {
        let mut line = json!({
            "position": self.position,
            "at": self.at.to_string(),
            "type": self.event,
            "subject": self.subject.id,
            "actor": self.actor.id,
            "onBehalfOf": self.on_behalf_of.as_ref().map(|other| &other.id),
        });
        let named = [("subjectName", Some(&self.subject)), ("actorName", Some(&self.actor))];
        let named = named.into_iter().chain([("onBehalfOfName", self.on_behalf_of.as_ref())]);
        for (key, name) in named.filter_map(|(key, named)| Some((key, named?.name.as_ref()?))) {
            line[key] = json!(name);
        }
        line
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { position, at, event, subject, actor, .. } = self;
        write!(f, "{position:>10}  {at}  {event:<28}  {subject}  by {actor}")?;
        self.on_behalf_of.as_ref().map_or(Ok(()), |other| write!(f, " as {other}"))
    }
}

impl fmt::Display for Named {
    /// A name is data, and writes nothing to the terminal but itself.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        let Some(name) = &self.name else { return Ok(()) };
        let harmless: String = name.chars().filter(|char| !char.is_control()).collect();
        write!(f, " ({harmless})")
    }
}

fn subject_id(subject: Subject) -> String {
    match subject {
        Subject::User(user) => format!("user_{user}"),
        Subject::UserType => "users".to_owned(),
        Subject::Role(role) => format!("role_{role}"),
        Subject::LicensePool(license) => format!("licenses_{}", license_name(license).to_lowercase()),
        Subject::Tenant => "tenant".to_owned(),
        Subject::Dashboard(dashboard) => format!("dashboard_{dashboard}"),
        Subject::Team(team) => format!("team_{team}"),
        Subject::BusinessUnit(unit) => format!("unit_{unit}"),
        Subject::Attribute(attribute) => format!("attribute_{attribute}"),
        Subject::Application(application) => format!("application_{application}"),
        Subject::Artefact(artefact) => format!("artefact_{artefact}"),
        Subject::UserRule(rule) => format!("rule_{rule}"),
    }
}
