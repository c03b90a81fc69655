//! Activity history.

use std::collections::BTreeSet;

use arbtest::arbitrary::{Result, Unstructured};
use rollbook_schema::event::{EventType, RecordedEvent, SignedOut};
use rollbook_schema::record::{Actor, Subject};
use rollbook_schema::value::LicenseType;
use rollbook_schema::{Position, RoleId, SessionId, TeamId, UserId};

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
    let real = |user| HistoryQuery { real_actor: Some(user), ..HistoryQuery::default() };
    assert_eq!(story.views.history.page(&real(UserId(20))).positions, [Position(2)]);
    assert_eq!(story.views.history.page(&real(user)).total, Some(0));
    let as_anna = HistoryQuery { on_behalf_of: Some(user), ..HistoryQuery::default() };
    assert_eq!(story.views.history.page(&as_anna).positions, [Position(2)]);
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
    let subject = envelope.subject;
    let kind = HistorySubject::of(subject);
    query.on.is_none_or(|user| envelope.subject == Subject::User(user))
        && query.by.is_none_or(|user| envelope.actor.id == user)
        && query.types.as_ref().is_none_or(|types| types.contains(&recorded.event.event_type()))
        && query.among.as_ref().is_none_or(|among| match envelope.subject {
            Subject::User(user) => among.contains(user),
            other => other != Subject::UserType,
        })
        && query.from.is_none_or(|from| from <= position)
        && query.to.is_none_or(|to| position <= to)
        && query.subject.is_none_or(|asked| asked == subject)
        && query.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
        && query.real_actor.is_none_or(|user| envelope.actor.id == user)
        && query.these.as_ref().is_none_or(|these| these.contains(&position))
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
        Subject::User(UserId(9)),
        Subject::UserType,
        Subject::Role(RoleId(2)),
        Subject::LicensePool(LicenseType::ReadOnly),
        Subject::Tenant,
        Subject::Team(TeamId(1)),
    ])?;
    let kinds = [
        HistorySubject::Users,
        HistorySubject::UserType,
        HistorySubject::Roles,
        HistorySubject::LicensePools,
        HistorySubject::Tenant,
        HistorySubject::Teams,
    ];
    let kinds = [*u.choose(&kinds)?, *u.choose(&kinds)?].into();
    let these = (0..u.int_in_range(0..=90)?).step_by(3).map(Position).collect();
    let (from, to) = (Position(u.int_in_range(0..=90)?), Position(u.int_in_range(0..=90)?));
    let among = [UserId(8), UserId(u.int_in_range(9..=12)?)].into_iter().collect::<UserSet>();
    Ok(HistoryQuery {
        among: maybe(u, among)?,
        on: maybe(u, on)?,
        by: maybe(u, by)?,
        types: maybe(u, types)?,
        real_actor: maybe(u, by)?,
        subject: maybe(u, subject)?,
        kinds: maybe(u, kinds)?,
        these: maybe(u, these)?,
        from: maybe(u, from)?,
        to: maybe(u, to)?,
        ..HistoryQuery::default()
    })
}

#[test]
fn what_lies_far_behind_the_cursor_is_found_among_many_users_too() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    let other = story.create(9, "bo", "Bo");
    let session = SessionId([1; 16]);
    story.tell(SignedOut { user, session });
    // One event of hers, then very many of his: more than are looked at together at first.
    let mut last = story.events.last().unwrap().clone();
    last.event = SignedOut { user: other, session }.into();
    last.envelope.subject = Subject::User(other);
    for _ in 0..40_000 {
        last.envelope.position = last.envelope.position.next();
        story.views.fold(&last);
    }
    let among = Some([user].into_iter().collect::<UserSet>());
    for direction in [HistoryDirection::NewestFirst, HistoryDirection::OldestFirst] {
        let query = HistoryQuery { among: among.clone(), direction, ..HistoryQuery::default() };
        let page = story.views.history.page(&query);
        assert_eq!((page.positions.len() as u64, page.has_next), (page.total.unwrap(), false));
        let by_nobody = HistoryQuery { by: Some(UserId(99)), ..query };
        assert_eq!(story.views.history.page(&by_nobody).positions, []);
    }
}
