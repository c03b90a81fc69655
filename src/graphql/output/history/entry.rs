//! One entry of history.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_schema::{self as schema, Event, Personal, RecordedEvent, Subject, UserId, value};

use super::changes::{FieldChange, changes, word};
use super::sight::Sight;
use super::summary::{Names, summary};
use super::{Reader, about};
use crate::access::Caller;
use crate::directory::{Directory, HistoryEntry};
use crate::graphql::closed_list::EventType;
use crate::graphql::id;
use crate::graphql::output::{User, Wanted};
use crate::graphql::rights::caller;
use crate::graphql::scalar::{DateTime, Position};
use crate::graphql::vocabulary::{ActorKind, SubjectKind};

/// Something that happened.
#[derive(SimpleObject, Clone)]
#[graphql(name = "HistoryEntry")]
pub(in crate::graphql) struct Entry {
    /// `event_` and the position.
    pub id: ID,
    /// Its place in the log, which never changes.
    pub position: Position,
    /// Unique across logs: a ULID.
    pub event_id: ID,
    /// When it was recorded. Nothing is ever ordered by it.
    pub at: DateTime,
    pub r#type: EventType,
    /// The stored type and its version, such as `license.granted@1`.
    pub type_name: String,
    pub subject: HistorySubject,
    /// Who really did it.
    pub actor: HistoryActor,
    /// For whom, where it was done on somebody's behalf.
    pub on_behalf_of: Option<ID>,
    /// The proxy session in which it was done.
    pub proxy_session: Option<ID>,
    pub changes: Vec<FieldChange>,
    /// One plain sentence.
    pub summary: String,
    /// The command it came from.
    pub command_id: ID,
    /// Ties together everything that one request set off.
    pub correlation_id: ID,
    /// Where it was asked from, and why. Shown to those who may see people, and to whoever did it.
    pub context: Option<HistoryContext>,
    /// There is something personal here that you may not see.
    pub withheld: bool,
}

/// Whom or what an event is about.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct HistorySubject {
    pub kind: SubjectKind,
    /// Null where there is one only.
    pub id: Option<ID>,
    /// The name at that time.
    pub name: Option<String>,
    /// The name at that time; where none is known or shown, a pseudonym: the id, or what there is one only of.
    pub label: String,
    #[graphql(skip)]
    of: Subject,
}

/// Who did it.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct HistoryActor {
    pub id: ID,
    pub kind: ActorKind,
    /// The name at that time.
    pub name: Option<String>,
    /// The name at that time; where none is known or shown, a pseudonym: the id.
    pub label: String,
    #[graphql(skip)]
    of: UserId,
}

/// Where a change was asked from.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct HistoryContext {
    pub request_id: Option<String>,
    pub client_address: Option<String>,
    pub user_agent: Option<String>,
    /// Reason or ticket.
    pub reason: Option<String>,
}

#[ComplexObject]
impl HistorySubject {
    /// The user as of now.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match self.of {
            Subject::User(user) => as_of_now(ctx, user),
            _ => Ok(None),
        }
    }
}

#[ComplexObject]
impl HistoryActor {
    /// The user as of now; a reserved user for automation and for the operator.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        as_of_now(ctx, self.of)
    }
}

fn as_of_now(ctx: &Context<'_>, user: UserId) -> Result<Option<User>> {
    let wanted = Wanted::at([ctx.look_ahead()]);
    Ok(User::find(&ctx.data::<Directory>()?.views(), user, &caller(ctx), &wanted))
}

impl Entry {
    /// The user that it is about.
    pub(in crate::graphql) fn user(&self) -> Option<UserId> {
        match self.subject.of {
            Subject::User(user) => Some(user),
            _ => None,
        }
    }

    pub(super) fn of(entry: HistoryEntry, reader: &Reader, sight: &Sight<'_>) -> Entry {
        let HistoryEntry { recorded, actor_name, subject_name } = entry;
        let envelope = &recorded.envelope;
        let actor_id = envelope.actor.id;
        let is_about_a_person = about(&recorded).is_some();
        let is_reserved = value::StandardUser::of(actor_id).is_some();
        let sees_actor = reader.sees_person(actor_id);
        // Whoever acts as somebody is named to them (PXY-23).
        let actor_name =
            actor_name.filter(|_| sees_actor || is_reserved || is_done_as(&recorded, &reader.caller));
        let subject_name = match envelope.subject {
            Subject::Role(role) => reader.role_name(role),
            Subject::Team(team) => reader.team_name(team),
            Subject::BusinessUnit(unit) => reader.business_unit_name(unit),
            Subject::Application(application) => reader.application_name(application),
            Subject::UserRule(rule) => reader.user_rule_name(rule),
            _ => subject_name.filter(|_| sight.sees_person),
        };
        let names = Names {
            actor: actor_name.as_deref(),
            subject: subject_name.as_deref(),
            role: &|role| reader.role_name(role),
            team: &|team| reader.team_name(team),
            business_unit: &|unit| reader.business_unit_name(unit),
            application: &|application| reader.application_name(application),
            rule: &|rule| reader.user_rule_name(rule),
        };
        let summary = summary(&recorded, &names);
        let changes = changes(&recorded.event, sight);
        let context = envelope.context.known().filter(|_| sees_actor).map(HistoryContext::of);
        let withheld = changes.iter().any(|change| change.withheld)
            || (is_about_a_person && !sight.sees_person)
            || (envelope.actor.kind == schema::ActorKind::Person && !sees_actor)
            || (envelope.context != Personal::Absent && !sees_actor);
        let of = recorded.event.event_type();
        Entry {
            id: id::of_event(envelope.position),
            position: Position(envelope.position),
            event_id: ID(envelope.event_id.to_string()),
            at: DateTime(envelope.recorded_at),
            r#type: EventType(of),
            type_name: format!("{}@{}", of.name(), of.version()),
            subject: HistorySubject {
                kind: envelope.subject.into(),
                id: id::of_subject(envelope.subject),
                label: subject_label(envelope.subject, subject_name.as_deref()),
                name: subject_name,
                of: envelope.subject,
            },
            actor: HistoryActor {
                id: id::of_user(actor_id),
                kind: envelope.actor.kind.into(),
                label: actor_name.clone().unwrap_or_else(|| id::of_user(actor_id).0),
                name: actor_name,
                of: actor_id,
            },
            on_behalf_of: envelope.on_behalf_of.map(id::of_user),
            proxy_session: envelope.proxy_session.map(id::of_proxy_session),
            changes,
            summary,
            command_id: ID(envelope.command_id.to_string()),
            correlation_id: ID(envelope.correlation_id.to_string()),
            context,
            withheld,
        }
    }
}

fn subject_label(subject: Subject, name: Option<&str>) -> String {
    match (name, id::of_subject(subject)) {
        (Some(name), _) => name.to_owned(),
        (None, Some(id)) => id.0,
        (None, None) if subject == Subject::UserType => "users".to_owned(),
        (None, None) => "the directory".to_owned(),
    }
}

impl Entry {
    /// As the API shows it, with every field that is no object of its own.
    pub(in crate::graphql) fn to_json(&self) -> serde_json::Value {
        let (subject, actor) = (&self.subject, &self.actor);
        let text = |id: &Option<ID>| id.as_ref().map(|id| id.0.clone());
        let context = self.context.as_ref().map(|context| {
            serde_json::json!({ "requestId": context.request_id, "clientAddress": context.client_address,
                                "userAgent": context.user_agent, "reason": context.reason })
        });
        let changes = self.changes.iter().map(|change| {
            serde_json::json!({ "field": change.field, "from": change.from, "to": change.to,
                                "erased": change.erased, "withheld": change.withheld })
        });
        serde_json::json!({
            "position": self.position.0,
            "eventId": self.event_id.0,
            "at": self.at.0,
            "typeName": self.type_name,
            "subject": { "kind": word(subject.kind), "id": text(&subject.id), "name": subject.name,
                         "label": subject.label },
            "actor": { "id": actor.id.0, "kind": word(actor.kind), "name": actor.name, "label": actor.label },
            "onBehalfOf": text(&self.on_behalf_of),
            "proxySession": text(&self.proxy_session),
            "commandId": self.command_id.0,
            "correlationId": self.correlation_id.0,
            "changes": changes.collect::<Vec<_>>(),
            "summary": self.summary,
            "context": context,
            "withheld": self.withheld,
        })
    }
}

impl HistoryContext {
    fn of(context: &schema::Context) -> HistoryContext {
        HistoryContext {
            request_id: context.request_id.clone(),
            client_address: context.client_address.clone(),
            user_agent: context.user_agent.clone(),
            reason: context.reason.as_ref().map(|reason| reason.as_str().to_owned()),
        }
    }
}

/// Was it done as the caller, or did that begin with it?
fn is_done_as(recorded: &RecordedEvent, caller: &Caller) -> bool {
    let user = match &recorded.event {
        Event::ProxyStarted(started) => Some(started.user),
        Event::SupportStarted(started) => Some(started.user),
        _ => recorded.envelope.proxy_session.and(recorded.envelope.on_behalf_of),
    };
    user.is_some() && user == caller.user()
}
