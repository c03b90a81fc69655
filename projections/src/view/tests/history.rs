//! Activity history.

use std::collections::BTreeSet;

use arbtest::arbitrary::{Result, Unstructured};
use rollbook_schema::event::{EventType, RecordedEvent, SignedOut};
use rollbook_schema::record::{Actor, Subject};
use rollbook_schema::value::LicenseType;
use rollbook_schema::{Position, RoleId, SessionId, UserId};

use super::story::{Story, for_stories};
use crate::view::{HistoryDirection, HistoryQuery, HistorySubject, HistoryWindow, UserSet};

#[test]
fn pages_of_history_equal_filtering_the_log() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let mut query = random_query(u)?;
        let size = u.int_in_range(1..=5)?;
        for direction in [HistoryDirection::NewestFirst, HistoryDirection::OldestFirst] {
            query.direction = direction;
            let mut expected: Vec<u64> = story
                .events
                .iter()
                .filter(|recorded| passes(recorded, &query))
                .map(|recorded| recorded.envelope.position.0)
                .collect();
            if direction == HistoryDirection::NewestFirst {
                expected.reverse();
            }
            assert_eq!(walk_on(&story, &query, size), expected);
            assert_eq!(walk_back(&story, &query, size), expected);
            let total = story.views.history.page(&query).total;
            assert!(total.is_none_or(|total| total == expected.len() as u64));
        }
        Ok(())
    });
}

#[test]
fn a_long_history_is_paged_like_a_short_one() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    story.actor = Some(Actor::person(user));
    for n in 0..3000_u32 {
        let session = SessionId([(n % 200) as u8; 16]);
        story.tell(SignedOut { user, session });
    }
    let window = HistoryWindow::After(Some(Position(1500)), 2);
    let query = HistoryQuery { on: Some(user), by: Some(user), window, ..HistoryQuery::default() };
    let page = story.views.history.page(&query);
    assert_eq!(page.positions, [Position(1499), Position(1498)]);
    assert!(page.has_next && page.has_previous);
}

#[test]
fn hist_08_the_name_of_a_time_is_where_it_was_last_set() {
    let mut story = Story::default();
    story.create(8, "bo", "Bo");
    let user = story.create(9, "anna", "Anna");
    story.rename(user, Some("anna2"), None);
    story.rename(user, None, Some("Anna Li"));
    story.delete(user);
    let at = |position| story.views.history.name_position(user, Position(position)).map(|found| found.0);
    assert_eq!([at(1), at(2), at(3), at(4), at(5)], [None, Some(2), Some(2), Some(4), Some(4)]);
}

#[test]
fn an_action_on_behalf_of_somebody_is_in_the_history_of_both() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    let mut proxied = story.events[0].clone();
    proxied.envelope.position = Position(2);
    proxied.envelope.actor = Actor::person(UserId(20));
    proxied.envelope.on_behalf_of = Some(user);
    story.views.fold(&proxied);
    for by in [UserId(20), user] {
        let query = HistoryQuery { by: Some(by), ..HistoryQuery::default() };
        assert_eq!(story.views.history.page(&query).positions, [Position(2)]);
    }
}

fn walk_on(story: &Story, query: &HistoryQuery, size: usize) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    loop {
        let cursor = found.last().map(|at| Position(*at));
        let window = HistoryWindow::After(cursor, size);
        let page = story.views.history.page(&HistoryQuery { window, ..query.clone() });
        assert_eq!(page.has_previous, cursor.is_some());
        found.extend(page.positions.iter().map(|at| at.0));
        if !page.has_next {
            return found;
        }
    }
}

fn walk_back(story: &Story, query: &HistoryQuery, size: usize) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    loop {
        let cursor = found.first().map(|at| Position(*at));
        let window = HistoryWindow::Before(cursor, size);
        let page = story.views.history.page(&HistoryQuery { window, ..query.clone() });
        assert_eq!(page.has_next, cursor.is_some());
        found = page.positions.iter().map(|at| at.0).chain(found).collect();
        if !page.has_previous {
            return found;
        }
    }
}

fn passes(recorded: &RecordedEvent, query: &HistoryQuery) -> bool {
    let envelope = &recorded.envelope;
    let position = envelope.position;
    let subject = query.subject.is_none_or(|asked| match (asked, envelope.subject) {
        (HistorySubject::Users, Subject::User(_))
        | (HistorySubject::UserType, Subject::UserType)
        | (HistorySubject::Roles, Subject::Role(_))
        | (HistorySubject::LicensePools, Subject::LicensePool(_))
        | (
            HistorySubject::Tenant,
            Subject::Tenant
            | Subject::Dashboard(_)
            | Subject::Attribute(_)
            | Subject::Application(_)
            | Subject::UserRule(_),
        ) => true,
        (HistorySubject::Role(asked), Subject::Role(role)) => asked == role,
        (HistorySubject::LicensePool(asked), Subject::LicensePool(license)) => asked == license,
        _ => false,
    });
    query.on.is_none_or(|user| envelope.subject == Subject::User(user))
        && query.by.is_none_or(|user| envelope.actor.id == user)
        && query.types.as_ref().is_none_or(|types| types.contains(&recorded.event.event_type()))
        && query.among.as_ref().is_none_or(|among| match envelope.subject {
            Subject::User(user) => among.contains(user),
            other => other != Subject::UserType,
        })
        && query.from.is_none_or(|from| from <= position)
        && query.to.is_none_or(|to| position <= to)
        && subject
}

fn random_query(u: &mut Unstructured<'_>) -> Result<HistoryQuery> {
    fn maybe<T>(u: &mut Unstructured<'_>, value: T) -> Result<Option<T>> {
        Ok(u.ratio(1, 3)?.then_some(value))
    }
    let on = UserId(u.int_in_range(8..=12)?);
    let by = *u.choose(&[UserId::SYSTEM, UserId(8)])?;
    let types: BTreeSet<EventType> =
        [*u.choose(EventType::ALL)?, *u.choose(EventType::ALL)?, EventType::UserCreated].into();
    let subject = *u.choose(&[
        HistorySubject::Users,
        HistorySubject::UserType,
        HistorySubject::Roles,
        HistorySubject::Role(RoleId(2)),
        HistorySubject::LicensePools,
        HistorySubject::LicensePool(LicenseType::ReadOnly),
        HistorySubject::Tenant,
    ])?;
    let (from, to) = (Position(u.int_in_range(0..=90)?), Position(u.int_in_range(0..=90)?));
    let among = [UserId(8), UserId(u.int_in_range(9..=12)?)].into_iter().collect::<UserSet>();
    Ok(HistoryQuery {
        among: maybe(u, among)?,
        on: maybe(u, on)?,
        by: maybe(u, by)?,
        types: maybe(u, types)?,
        subject: maybe(u, subject)?,
        from: maybe(u, from)?,
        to: maybe(u, to)?,
        ..HistoryQuery::default()
    })
}
