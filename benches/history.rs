//! Pages of history at two lengths of the log: `cargo bench --bench history`.
//!
//! Of everybody, of one person, of one type, of one person's type, of a day in the middle; the first page, one from
//! the middle, and the last. First where the entries are, then the same with the records read, opened and named, which
//! is what a client gets. A number on the command line is the number of events of the longer log.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use rollbook::bench::{Neighbours, Spread};
use rollbook::directory::Directory;
use rollbook_projections::view::{HistoryQuery, HistoryWindow};
use rollbook_schema::event::EventType;
use rollbook_schema::{Position, UserId};
use support::life::fill;
use support::{
    ROUNDS, first_start, folder, is_asked_to_measure, number_or, options, print_machine, print_neighbours,
};

const EVENTS: u64 = 1_000_000;
const SHORTER: u64 = 10;
const PAGE_EVENTS: usize = 50;
/// Pages of a round where nothing is opened, and where everything is.
const FOUND: u32 = 500;
const OPENED: u32 = 20;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let longer = number_or(EVENTS);
    let mut directories = Vec::new();
    for events in [longer / SHORTER, longer] {
        let directory = first_start(options(&folder, &events.to_string())).await;
        let users = fill(&directory, events).await;
        directories.push((directory, users[users.len() / 2]));
    }
    let measured = directories.clone();
    tokio::task::spawn_blocking(move || measure(&measured)).await.unwrap();
    for (directory, _) in directories {
        directory.close().await.unwrap();
    }
}

/// Both lengths in turn, so that they meet the same neighbours.
fn measure(directories: &[(Directory, UserId)]) {
    let neighbours = Neighbours::watch();
    let queries: Vec<_> = directories.iter().map(|(directory, user)| queries(directory, *user)).collect();
    let figures = || vec![vec![Vec::new(); queries[0].len()]; directories.len()];
    let (mut found, mut opened) = (figures(), figures());
    for _ in 0..ROUNDS {
        for (length, (directory, _)) in directories.iter().enumerate() {
            for (at, (_, query)) in queries[length].iter().enumerate() {
                found[length][at].push(micros(FOUND, || drop(page(directory, query))));
                opened[length][at].push(micros(OPENED, || open(directory, &page(directory, query))));
            }
        }
    }
    for (length, (directory, _)) in directories.iter().enumerate() {
        println!("\n{} events; µs a page found, and opened", directory.reached());
        for (at, (name, _)) in queries[length].iter().enumerate() {
            let [found, opened] =
                [&found, &opened].map(|figures| Spread::of(figures[length][at].iter().copied()));
            println!("{name:<34} {:<26} {opened}", found.to_string());
        }
    }
    println!("\nthe longer to the shorter");
    for (at, (name, _)) in queries[0].iter().enumerate() {
        let [found, opened] =
            [&found, &opened].map(|figures| Spread::ratio(&figures[1][at], &figures[0][at]));
        println!("{name:<34} {:<26} {opened}", found.to_string());
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}

fn queries(directory: &Directory, user: UserId) -> Vec<(&'static str, HistoryQuery)> {
    let half = Position(directory.reached().0 / 2);
    let of_type = || Some(BTreeSet::from([EventType::AccountLocked]));
    let all = |window| HistoryQuery { window, ..HistoryQuery::default() };
    vec![
        ("everybody, first", all(HistoryWindow::After(None, PAGE_EVENTS))),
        ("everybody, middle", all(HistoryWindow::After(Some(half), PAGE_EVENTS))),
        ("everybody, last", all(HistoryWindow::Before(None, PAGE_EVENTS))),
        ("one person", HistoryQuery { on: Some(user), ..HistoryQuery::default() }),
        ("one type, first", HistoryQuery { types: of_type(), ..HistoryQuery::default() }),
        (
            "one type, middle",
            HistoryQuery {
                types: of_type(),
                window: HistoryWindow::After(Some(half), PAGE_EVENTS),
                ..HistoryQuery::default()
            },
        ),
        ("one person and type", HistoryQuery { on: Some(user), types: of_type(), ..HistoryQuery::default() }),
        (
            "one type before the middle, last",
            HistoryQuery {
                types: of_type(),
                to: Some(half),
                window: HistoryWindow::Before(None, PAGE_EVENTS),
                ..HistoryQuery::default()
            },
        ),
    ]
}

fn page(directory: &Directory, query: &HistoryQuery) -> Vec<Position> {
    let page = directory.views().history.page(std::hint::black_box(query));
    assert!(!page.positions.is_empty() || query.on.is_some());
    page.positions
}

fn open(directory: &Directory, positions: &[Position]) {
    for position in positions {
        let recorded = directory.recorded(*position).unwrap().unwrap();
        std::hint::black_box(directory.entry(recorded).unwrap());
    }
}

fn micros(times: u32, work: impl Fn()) -> f64 {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed().as_secs_f64() * 1e6 / f64::from(times)
}
