//! What was, against what is: pages of history, and the directory as of a moment.

use std::collections::BTreeSet;
use std::time::Instant;

use rollbook_projections::view::{
    Direction, HistoryQuery, HistoryWindow, UserFilter, UserOrder, UserQuery, Views, Window,
};
use rollbook_schema::event::EventType;
use rollbook_schema::{Position, UserId};

use super::fault::BenchFault;
use super::population::Seeded;
use crate::directory::offline::OfflineFault;
use crate::directory::{Directory, ReadFault};

/// Entries of a page of history, and users of a page of the list.
const PAGE: usize = 50;

/// The pages of history that are measured, by name; the last but of one person.
#[must_use]
pub fn history_queries(directory: &Directory, user: UserId) -> Vec<(&'static str, HistoryQuery)> {
    let half = Position(directory.reached().0 / 2);
    let of_type = || Some(BTreeSet::from([EventType::AccountLocked]));
    let all = |window| HistoryQuery { window, ..HistoryQuery::default() };
    vec![
        ("everybody, first", all(HistoryWindow::After(None, PAGE))),
        ("everybody, middle", all(HistoryWindow::After(Some(half), PAGE))),
        ("everybody, last", all(HistoryWindow::Before(None, PAGE))),
        ("one person", HistoryQuery { on: Some(user), ..HistoryQuery::default() }),
        ("one type, first", HistoryQuery { types: of_type(), ..HistoryQuery::default() }),
        (
            "one type, middle",
            HistoryQuery {
                types: of_type(),
                window: HistoryWindow::After(Some(half), PAGE),
                ..HistoryQuery::default()
            },
        ),
        ("one person and type", HistoryQuery { on: Some(user), types: of_type(), ..HistoryQuery::default() }),
        (
            "one type before the middle, last",
            HistoryQuery {
                types: of_type(),
                to: Some(half),
                window: HistoryWindow::Before(None, PAGE),
                ..HistoryQuery::default()
            },
        ),
    ]
}

/// Microseconds to find where the entries of a page are.
#[must_use]
pub fn found_micros(directory: &Directory, query: &HistoryQuery, times: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        std::hint::black_box(directory.views().history.page(std::hint::black_box(query)));
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(times)
}

/// The same with the records read, opened and named, which is what a client gets.
///
/// # Errors
/// What reading meets.
pub fn opened_micros(directory: &Directory, query: &HistoryQuery, times: u32) -> Result<f64, BenchFault> {
    let start = Instant::now();
    for _ in 0..times {
        let page = directory.views().history.page(std::hint::black_box(query));
        for position in page.positions {
            let recorded = directory.recorded(position).map_err(read)?;
            let recorded = recorded.ok_or(BenchFault::Answer("history"))?;
            std::hint::black_box(directory.entry(recorded).map_err(read)?);
        }
    }
    Ok(start.elapsed().as_secs_f64() * 1e6 / f64::from(times))
}

/// The directory as of moments, and of now. Milliseconds or microseconds, round by round.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Milliseconds of the whole at first: the log is folded and leaves checkpoints.
    pub first_ms: f64,
    /// Milliseconds of the whole at moments all over the log.
    pub whole_ms: Vec<f64>,
    /// Microseconds of one user alone, in the middle of the log.
    pub alone_micros: Vec<f64>,
    /// Of the same user today.
    pub live_micros: Vec<f64>,
    /// Microseconds of a page of a whole that is kept.
    pub page_micros: Vec<f64>,
    /// Of the same page today.
    pub live_page_micros: Vec<f64>,
}

/// Asks for moments of the past, of users drawn among those given. Blocks.
///
/// # Errors
/// What reading meets.
pub fn past(
    directory: &Directory,
    users: &[UserId],
    asked: u64,
    pages: u32,
    rounds: usize,
) -> Result<Past, BenchFault> {
    let middle = Position(directory.reached().0 / 2);
    let mut past = Past::default();
    let start = Instant::now();
    drop(directory.moment(directory.reached()).map_err(read)?);
    past.first_ms = start.elapsed().as_secs_f64() * 1e3;
    for round in 0..rounds as u64 {
        let picked: Vec<UserId> =
            (0..asked).map(|n| users[Seeded(round * asked + n).below(users.len())]).collect();
        let each = |start: Instant| start.elapsed().as_secs_f64() * 1e6 / asked as f64;
        let start = Instant::now();
        picked.iter().try_for_each(|user| directory.moment_of(*user, middle).map(drop).map_err(read))?;
        past.alone_micros.push(each(start));
        let start = Instant::now();
        for user in &picked {
            std::hint::black_box(directory.views().users.get(*user).is_some());
        }
        past.live_micros.push(each(start));
        // Another position each time, so that no moment is kept. The earliest have fewer people than a page.
        let at = Position(middle.0 / 2 + Seeded(round).draw() % middle.0.max(1));
        let start = Instant::now();
        let moment = directory.moment(at).map_err(read)?;
        past.whole_ms.push(start.elapsed().as_secs_f64() * 1e3);
        past.page_micros.push(page_micros(&moment.views, pages)?);
        past.live_page_micros.push(page_micros(&directory.views(), pages)?);
    }
    Ok(past)
}

fn page_micros(views: &Views, times: u32) -> Result<f64, BenchFault> {
    let query = UserQuery {
        filter: UserFilter { active: Some(true), ..UserFilter::default() },
        order: UserOrder::DisplayName,
        direction: Direction::Ascending,
        window: Window::After(None, PAGE),
    };
    let start = Instant::now();
    for _ in 0..times {
        let page = views.users.page(std::hint::black_box(&query));
        std::hint::black_box(page.map_err(|_| BenchFault::Answer("users"))?.rows.len());
    }
    Ok(start.elapsed().as_secs_f64() * 1e6 / f64::from(times))
}

fn read(fault: ReadFault) -> BenchFault {
    OfflineFault::Read(fault).into()
}
