//! As of a moment against today: `cargo bench --bench as_of`.
//!
//! At two lengths of the log: one user alone, in the middle; the whole (which a list and an access review need
//! once, and pages of it no more) at the end, as it is folded first of all and leaves checkpoints, and then at
//! moments all over the log; and a page of a whole that is kept; each beside the same of today. A number on the command line is the number of events of the longer log.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::time::{Duration, Instant};

use rollbook::bench::{Neighbours, Seeded, Spread};
use rollbook::directory::Directory;
use rollbook_projections::view::{Direction, UserFilter, UserOrder, UserQuery, Views, Window};
use rollbook_schema::{Position, UserId};
use support::life::fill;
use support::{
    ROUNDS, first_start, folder, is_asked_to_measure, number_or, options, print_machine, print_neighbours,
};

const EVENTS: u64 = 1_000_000;
const SHORTER: u64 = 10;
const USERS_ASKED: u64 = 200;
const PAGES: u32 = 500;
const PAGE_USERS: usize = 50;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let longer = number_or(EVENTS);
    for events in [longer / SHORTER, longer] {
        let directory = first_start(options(&folder, &events.to_string())).await;
        let users = fill(&directory, events).await;
        let asked = directory.clone();
        tokio::task::spawn_blocking(move || measure(&asked, &users)).await.unwrap();
        directory.close().await.unwrap();
    }
}

fn measure(directory: &Directory, users: &[UserId]) {
    let neighbours = Neighbours::watch();
    let middle = Position(directory.reached().0 / 2);
    let (mut alone, mut live, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let (mut page_then, mut page_now) = (Vec::new(), Vec::new());
    let first = micros(1, || drop(directory.moment(directory.reached()).unwrap())) / 1000.0;
    for round in 0..ROUNDS as u64 {
        let picked: Vec<UserId> =
            (0..USERS_ASKED).map(|n| users[Seeded(round * USERS_ASKED + n).below(users.len())]).collect();
        alone.push(micros(USERS_ASKED, || {
            picked.iter().for_each(|user| drop(directory.moment_of(*user, middle).unwrap()));
        }));
        live.push(micros(USERS_ASKED, || {
            for user in &picked {
                std::hint::black_box(directory.views().users.get(*user).is_some());
            }
        }));
        // Another position each time, so that no moment is kept. The earliest have less people than a page.
        let at = Position(middle.0 / 2 + Seeded(round).draw() % middle.0);
        whole.push(micros(1, || drop(directory.moment(at).unwrap())) / 1000.0);
        page_then.push(pages(|| directory.moment(at).map(|moment| page(&moment.views)).unwrap()));
        page_now.push(pages(|| page(&directory.views())));
    }
    println!(
        "\n{} events, {} users, {} checkpoints",
        directory.reached(),
        users.len(),
        directory.checkpoints()
    );
    println!("one user, µs              {}", Spread::of(alone.iter().copied()));
    println!("  of today, µs            {}", Spread::of(live.iter().copied()));
    println!("the whole at first, ms    {first:.0}");
    println!("the whole, ms             {}", Spread::of(whole.iter().copied()));
    println!("a page of the whole, µs   {}", Spread::of(page_then.iter().copied()));
    println!("  of today, µs            {}", Spread::of(page_now.iter().copied()));
    println!("  of today, as a multiple {}", Spread::ratio(&page_then, &page_now));
    print_neighbours(neighbours.cores(Duration::ZERO));
}

fn micros(times: u64, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e6 / times as f64
}

fn pages(page: impl Fn()) -> f64 {
    micros(u64::from(PAGES), || (0..PAGES).for_each(|_| page()))
}

fn page(views: &Views) {
    let query = UserQuery {
        filter: UserFilter { active: Some(true), ..UserFilter::default() },
        order: UserOrder::DisplayName,
        direction: Direction::Ascending,
        window: Window::After(None, PAGE_USERS),
    };
    assert_eq!(std::hint::black_box(views.users.page(&query).unwrap()).rows.len(), PAGE_USERS);
}
