//! Puts a person's file together from the views and the log.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollbook_projections::view::{
    HistoryDirection, HistoryQuery, HistoryWindow, MailRow, MailState, UserRow, Views,
};
use rollbook_schema::codec::{Unshown, to_json};
use rollbook_schema::event::{Event, EventType};
use rollbook_schema::value::{PersonField, Timestamp};
use rollbook_schema::{Position, Record, RecordedEvent, Subject, UserId};
use serde_json::{Map, Value, json};

use super::{EVENTS_MAX, FORMAT};
use crate::access::{Caller, Capability, holds, uses};
use crate::directory::{Directory, ReadFault};

/// Positions that are read at one go.
const AT_ONCE: usize = 1_000;

/// What somebody else did to see the person.
const SEEN_BY: [EventType; 4] = [
    EventType::ProxyStarted,
    EventType::SupportStarted,
    EventType::PersonFileFetched,
    EventType::HistoryRead,
];

/// The file of a person as the reader may have it; `None` for a person who never was. Reads the disk: not for an
/// async task.
///
/// # Errors
/// [`ReadFault`] when the log or the keys fail.
pub fn gather(directory: &Directory, reader: &Caller, user: UserId) -> Result<Option<Value>, ReadFault> {
    let position = directory.reached();
    let (on, on_all) = events(directory, user, HistoryQuery { on: Some(user), ..upto(position) })?;
    let (by, by_all) = events(directory, user, HistoryQuery { by: Some(user), ..upto(position) })?;
    let avatar = directory.views().avatars.of(user).and_then(|avatar| directory.avatar(&avatar));
    let avatar = avatar.map(|png| json!({ "mediaType": "image/png", "base64": STANDARD.encode(&*png) }));
    let now = directory.now();
    let views = directory.views();
    let Some(row) = views.users.get(user) else { return Ok(None) };
    let others = others(user, on.iter().chain(&by));
    let mut file = Map::new();
    let mut put = |name: &str, value: Value| file.insert(name.to_owned(), value);
    put("format", json!(FORMAT));
    put("madeAt", json!(now.to_string()));
    put("position", json!(position));
    put("complete", json!(on_all && by_all));
    put("person", person(row, &views));
    put("attributes", attributes(user, &views));
    put("preferences", preferences(user, &views));
    put("savedViews", saved_views(user, &views));
    put("avatar", json!(avatar));
    put("memberships", memberships(row, &views));
    put("sessions", sessions(&on));
    put("mails", views.mail.of(user).map(mail).collect());
    put("seenBy", seen_by(&on));
    put("maskingRequests", masking_requests(user, &views));
    put("accessRequests", access_requests(user, &views, now));
    put("legalHold", json!(views.maskings.held_since(user).is_some()));
    put("restricted", json!(views.access_requests.restricted_since(user).is_some()));
    put("history", on.into_iter().map(|told| told.json).collect());
    put("acts", by.into_iter().map(|told| told.json).collect());
    put("people", names(&others, &views, reader));
    Ok(Some(Value::Object(file)))
}

/// An event, and what the file says of it.
struct Told {
    recorded: RecordedEvent,
    json: Value,
}

fn upto(position: Position) -> HistoryQuery {
    HistoryQuery { to: Some(position), direction: HistoryDirection::OldestFirst, ..HistoryQuery::default() }
}

/// The first events of a query, oldest first, and whether they are all.
fn events(
    directory: &Directory,
    user: UserId,
    mut query: HistoryQuery,
) -> Result<(Vec<Told>, bool), ReadFault> {
    let mut told = Vec::new();
    let mut after = None;
    loop {
        query.window = HistoryWindow::After(after, AT_ONCE.min(EVENTS_MAX - told.len()));
        let page = directory.views().history.page(&query);
        for position in &page.positions {
            let (record, recorded) = directory.event_of(user, *position)?;
            let json = shown(user, &record, &recorded)?;
            told.push(Told { recorded, json });
        }
        after = page.positions.last().copied();
        if !page.has_next || told.len() >= EVENTS_MAX || after.is_none() {
            return Ok((told, !page.has_next));
        }
    }
}

/// The event as `rollbook log` writes it, with the person's own parts only.
fn shown(user: UserId, record: &Record, recorded: &RecordedEvent) -> Result<Value, ReadFault> {
    let mut json = to_json(recorded, Unshown::Erased).map_err(crate::sealing::UnsealFault::from)?;
    for (owner, group) in &record.header.parts {
        if !record.header.is_of(user, (*owner, *group))
            && let Some(Value::String(group)) = serde_json::to_value(group).ok()
        {
            json["personal"][group] = json!("withheld");
        }
    }
    if let Some(payload) = json["payload"].as_object_mut() {
        // Of no use to anybody but whoever guesses tokens.
        payload.remove("tokenDigest");
    }
    Ok(json)
}

fn person(row: &UserRow, views: &Views) -> Value {
    let fields: Map<String, Value> =
        row.person_fields().map(|(field, text)| (field.name().to_owned(), json!(text))).collect();
    json!({
        "id": id(row.id),
        "kind": row.kind,
        "username": row.username(),
        "email": row.email(),
        "emailVerified": row.email_verified,
        "fields": fields,
        "active": row.active,
        "locked": row.locked,
        "deleted": row.deleted,
        "masked": row.masked,
        "accessProfile": row.access_profile,
        "license": row.license,
        "source": views.sources.of(row.id),
        "createdAt": row.created_at.to_string(),
        "createdBy": id(row.created_by.id),
        "lastSignIn": row.last_sign_in.map(|at| at.to_string()),
        "lastSignOut": row.last_sign_out.map(|at| at.to_string()),
    })
}

fn attributes(user: UserId, views: &Views) -> Value {
    let table = views.attributes.table();
    let values = table.values(user).iter().filter_map(|(attribute, value)| {
        let defined = table.get(*attribute)?;
        Some(json!({
            "key": defined.key.as_ref().map(|key| key.as_str()),
            "label": defined.label.as_ref().map(|label| label.as_str()),
            "value": defined.shown(value),
        }))
    });
    values.collect()
}

fn preferences(user: UserId, views: &Views) -> Value {
    let chosen = views.preferences.of(user);
    json!({
        "dateOrder": chosen.date_order,
        "dateSeparator": chosen.date_separator,
        "timeFormat": chosen.time_format,
        "timeZone": chosen.time_zone,
        "locale": chosen.locale,
        "language": chosen.language,
        "signOffNotificationsDisabled": chosen.sign_off_notifications_disabled,
        "mobileAccess": chosen.mobile_access,
        "accessibilityMode": chosen.accessibility_mode,
        "homeDashboard": chosen.home_dashboard.map(|dashboard| format!("dashboard_{dashboard}")),
        "initialApplication": chosen.initial_application.map(|it| format!("application_{it}")),
        "initialRole": chosen.initial_role.map(|role| format!("role_{role}")),
        "delegatedSso": chosen.delegated_sso,
    })
}

fn saved_views(user: UserId, views: &Views) -> Value {
    let own = views.references.saved_views.of(user).map(|(_, view)| {
        let texts = view.texts.as_ref();
        let terms = texts.into_iter().flat_map(|texts| texts.terms.iter());
        let terms: Vec<Value> =
            terms.map(|term| json!({ "name": term.name(), "value": term.value() })).collect();
        json!({ "kind": view.kind, "name": texts.map(|texts| texts.name.as_str()), "terms": terms })
    });
    own.collect()
}

fn memberships(row: &UserRow, views: &Views) -> Value {
    let named = |id: String, name: Option<&str>| json!({ "id": id, "name": name });
    let roles = row.roles().iter().map(|role| {
        let name = views.roles.get(*role).and_then(|row| row.name.as_ref());
        named(format!("role_{role}"), name.map(|name| name.as_str()))
    });
    let teams = views.teams.of(row.id).iter().map(|team| {
        let name = views.teams.get(*team).and_then(|row| row.name.as_ref());
        named(format!("team_{team}"), name.map(|name| name.as_str()))
    });
    let units = views.business_units.of(row.id).iter().map(|unit| {
        let name = views.business_units.get(*unit).and_then(|row| row.name.as_ref());
        named(format!("bu_{unit}"), name.map(|name| name.as_str()))
    });
    let applications = views.sessions.application_access().of(row.id).iter().map(|pair| {
        let name = views.applications.get(pair.application).and_then(|row| row.name.as_ref());
        let name = name.map(|name| name.as_str());
        let roles: Vec<String> = pair.roles.iter().map(|role| format!("role_{role}")).collect();
        json!({ "id": format!("application_{}", pair.application), "name": name, "roles": roles })
    });
    json!({
        "roles": roles.collect::<Vec<_>>(),
        "teams": teams.collect::<Vec<_>>(),
        "businessUnits": units.collect::<Vec<_>>(),
        "applications": applications.collect::<Vec<_>>(),
        "reportsTo": views.reporting.above(row.id).map(id),
    })
}

fn sessions(on: &[Told]) -> Value {
    let ended = |session| {
        let end = on.iter().find(|told| match &told.recorded.event {
            Event::SignedOut(e) => e.session == session,
            Event::SessionEnded(e) => e.session == session,
            _ => false,
        });
        end.map(|told| told.recorded.envelope.recorded_at.to_string())
    };
    let begun = on.iter().filter_map(|told| {
        let Event::SignedIn(e) = &told.recorded.event else { return None };
        let envelope = &told.recorded.envelope;
        let context = envelope.context.known();
        Some(json!({
            "session": e.session,
            "startedAt": envelope.recorded_at.to_string(),
            "expiresAt": e.expires_at.to_string(),
            "endedAt": ended(e.session),
            "clientAddress": context.and_then(|context| context.client_address.as_deref()),
            "userAgent": context.and_then(|context| context.user_agent.as_deref()),
        }))
    });
    begun.collect()
}

fn mail(row: &MailRow) -> Value {
    let state = match row.state {
        MailState::Waiting => "WAITING",
        MailState::Sent => "SENT",
        MailState::Failed => "FAILED",
        MailState::Withdrawn => "WITHDRAWN",
    };
    json!({
        "id": event_id(row.mail),
        "template": row.template,
        "state": state,
        "queuedAt": row.queued_at.to_string(),
        "attempts": row.attempts,
        "attemptedAt": row.attempted_at.map(|at| at.to_string()),
    })
}

fn seen_by(on: &[Told]) -> Value {
    let seen = on.iter().filter(|told| SEEN_BY.contains(&told.recorded.event.event_type()));
    let lines = seen.map(|told| {
        let envelope = &told.recorded.envelope;
        json!({
            "event": event_id(envelope.position),
            "type": told.recorded.event.event_type().name(),
            "at": envelope.recorded_at.to_string(),
            "by": id(envelope.actor.id),
            "byKind": envelope.actor.kind,
            "onBehalfOf": envelope.on_behalf_of.map(id),
        })
    });
    lines.collect()
}

fn masking_requests(user: UserId, views: &Views) -> Value {
    let of_user = views.maskings.after(Position::START).filter(|(_, row)| row.user == user);
    let lines = of_user.map(|(request, row)| {
        json!({
            "id": event_id(request),
            "mode": row.mode,
            "legalBasis": row.legal_basis,
            "requestedAt": row.requested_at.to_string(),
            "requestedBy": id(row.requested_by),
            "dueAt": row.due_at.to_string(),
            "decidedAt": row.decided.map(|(_, at)| at.to_string()),
            "done": row.receipt.is_some(),
        })
    });
    lines.collect()
}

fn access_requests(user: UserId, views: &Views, now: Timestamp) -> Value {
    let of_user = views.access_requests.of(user).iter();
    let lines = of_user.filter_map(|request| Some((request, views.access_requests.get(*request)?)));
    let lines = lines.map(|(request, row)| {
        json!({
            "id": event_id(*request),
            "openedAt": row.opened_at.to_string(),
            "dueAt": row.due_at.to_string(),
            "overdue": row.is_overdue(now),
            "answeredAt": row.answered.map(|(_, at)| at.to_string()),
        })
    });
    lines.collect()
}

/// Everybody else whom the events name in their envelopes.
fn others<'a>(user: UserId, told: impl Iterator<Item = &'a Told>) -> BTreeSet<UserId> {
    let named = told.flat_map(|told| {
        let envelope = &told.recorded.envelope;
        let subject = match envelope.subject {
            Subject::User(subject) => Some(subject),
            _ => None,
        };
        [Some(envelope.actor.id), envelope.on_behalf_of, subject]
    });
    named.flatten().filter(|other| *other != user).collect()
}

fn names(others: &BTreeSet<UserId>, views: &Views, reader: &Caller) -> Value {
    let sees = |user: &&UserId| holds(reader, Capability::SeePeople) && uses(reader, views, **user);
    let names: Map<String, Value> = others
        .iter()
        .filter(sees)
        .filter_map(|user| {
            let name = views.users.get_any(*user)?.person(PersonField::DisplayName)?;
            Some((id(*user), json!(name)))
        })
        .collect();
    Value::Object(names)
}

fn id(user: UserId) -> String {
    format!("user_{user}")
}

fn event_id(position: Position) -> String {
    format!("event_{position}")
}
