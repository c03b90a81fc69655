//! What is served over HTTP: pages, one user, search, and the start of a server.

use std::collections::HashMap;
use std::time::Instant;

use rollbook_schema::UserId;
use serde_json::json;

use super::super::fault::BenchFault;
use super::super::passes::{Pass, in_turn};
use super::super::place::{first_start, open, options};
use super::super::population::Seeded;
use super::super::report::Latency;
use super::super::served::{NOTHING, SEARCH, Served, USER, body};
use super::line::{Line, figure, median, ratio};
use super::{Found, Place};
use crate::directory::offline::OfflineDirectory;

/// Requests of one kind in a round, and searches of all rounds.
const REQUESTS: u32 = 1_000;
const SEARCHES: u32 = 2_000;
const LOOKUPS: u32 = 200_000;
/// What is searched for: parts of names in several scripts, from two letters on.
const TEXTS: [&str; 12] =
    ["an", "ova", "müll", "олен", "ιωάνν", "فاط", "प्रि", "欧阳", "田", "민준", "smith", "anna.ivan"];
/// Places in the list, and then the empty query.
const PLACES: usize = 3;

/// A server, and what it was asked, round by round, in microseconds on its core.
struct Asked {
    served: Served,
    users: u64,
    pages: [String; PLACES + 1],
    cpu: [Vec<f64>; PLACES + 1],
    user: Vec<f64>,
}

pub(super) async fn lines(place: &Place<'_>) -> Found {
    let (mut lines, opened_in) = (vec![look_up(place).await?], opened_seconds(place)?);
    let empty = place.folder.path().join("empty");
    first_start(options(&empty)).await?.close().await?;
    let program = &place.sizes.program;
    let idle = Served::start(program, &empty).await?.server().memory();
    let mut asked = Vec::new();
    for (data, generated) in [&place.smaller, &place.larger] {
        let mut served = Served::start(program, data).await?;
        let (pages, users) = (served.pages().await?, generated.users);
        asked.push(Asked { served, users, pages, cpu: Default::default(), user: Vec::new() });
    }
    for round in 0..place.sizes.rounds {
        for one in &mut asked {
            one.ask(round as u64, place.sizes.of(REQUESTS)).await?;
        }
    }
    let [smaller, larger] = &mut asked[..] else { return Err(BenchFault::Ended) };
    let searched = larger.search(place.sizes.of(SEARCHES)).await?;
    lines.extend(pages_and_users(smaller, larger));
    lines.push(searched);
    lines.push(restart(larger, opened_in, idle));
    let children = asked.iter().map(|one| one.served.server().cpu()).sum();
    Ok((lines, children))
}

impl Asked {
    async fn ask(&mut self, round: u64, requests: u32) -> Result<(), BenchFault> {
        for (page, cpu) in self.pages.iter().zip(&mut self.cpu) {
            cpu.push(self.served.cpu_micros((0..requests).map(|_| page.clone())).await?);
        }
        let users = self.users;
        let bodies = (0..requests).map(|number| {
            let drawn = Seeded(round << 32 | u64::from(number)).draw() % users;
            body(USER, &json!({ "id": format!("user_{}", UserId::FIRST_PERSON.0 + 1 + drawn) }))
        });
        self.user.push(self.served.cpu_micros(bodies).await?);
        Ok(())
    }

    async fn search(&mut self, searches: u32) -> Result<Line, BenchFault> {
        let searches = searches.max(u32::try_from(TEXTS.len()).unwrap_or(1));
        let texts = TEXTS.iter().cycle().take(usize::try_from(searches).unwrap_or(0));
        let bodies: Vec<String> = texts.map(|text| body(SEARCH, &json!({ "text": text }))).collect();
        let nothing = (0..searches).map(|_| body(NOTHING, &json!({})));
        let found = Latency::of(self.served.latencies(bodies).await?);
        let nothing = Latency::of(self.served.latencies(nothing).await?);
        Ok(Line::new(
            format!("substring search at {} users, p99", figure(self.users as f64)),
            "< 50 ms",
            format!("{} × the p99 of `{NOTHING}`", figure(found.p99_ms / nothing.p99_ms)),
            format!("p99 {} ms, p50 {} ms", figure(found.p99_ms), figure(found.p50_ms)),
        ))
    }
}

fn pages_and_users(smaller: &Asked, larger: &Asked) -> Vec<Line> {
    let users = figure(larger.users as f64);
    let nothing = &larger.cpu[PLACES];
    vec![
        Line::new(
            format!("page of users at {users}, filtered, in order, counted: middle and last"),
            "the same cost at any depth",
            format!(
                "{} and {} × the first",
                ratio(&larger.cpu[1], &larger.cpu[0]),
                ratio(&larger.cpu[2], &larger.cpu[0])
            ),
            format!("{} and {} µs CPU", median(&larger.cpu[1]), median(&larger.cpu[2])),
        ),
        Line::new(
            format!("page of users at {users}, the first"),
            "the same cost at a tenth of the users; ≥ 40 × PostGraphile",
            format!(
                "{} × at a tenth; {} × `{NOTHING}`; PostGraphile is not measured here",
                ratio(&larger.cpu[0], &smaller.cpu[0]),
                ratio(&larger.cpu[0], nothing)
            ),
            format!("{} µs CPU", median(&larger.cpu[0])),
        ),
        Line::new(
            format!("user by id with roles and license, at {users}"),
            "≥ 10 × PostGraphile, ≥ OpenLDAP",
            format!(
                "{} × `{NOTHING}`; {} × at a tenth of the users; PostGraphile and OpenLDAP are not measured here",
                ratio(&larger.user, nothing),
                ratio(&larger.user, &smaller.user)
            ),
            format!("{} µs CPU; `{NOTHING}` {}", median(&larger.user), median(nothing)),
        ),
    ]
}

fn restart(larger: &Asked, (records, seconds): (f64, f64), idle: u64) -> Line {
    let took = larger.served.started_in.as_secs_f64();
    let grown = larger.served.server().memory().saturating_sub(idle) as f64;
    Line::new(
        format!("restart with {} users, {} events", figure(larger.users as f64), figure(records)),
        "< 5 s to serving",
        format!("{:.2} × reading and opening every record", took / seconds),
        format!("{took:.2} s; the server then has {} MB more than an empty one", figure(grown / 1e6)),
    )
}

/// Records of the larger log, and how long it takes to read and open them.
fn opened_seconds(place: &Place<'_>) -> Result<(f64, f64), BenchFault> {
    tokio::task::block_in_place(|| {
        let directory = OfflineDirectory::open(options(&place.larger.0))?;
        let records = directory.head().0 as f64;
        let opened = in_turn(&directory, &[Pass::Open], 1)?;
        directory.close()?;
        let rate = opened.first().and_then(|passed| passed.rates.first()).copied().unwrap_or(1.0);
        Ok((records, records / rate))
    })
}

/// The view without any server, beside a hash map of the same ids.
async fn look_up(place: &Place<'_>) -> Result<Line, BenchFault> {
    let (data, generated) = &place.larger;
    let directory = open(options(data)).await?;
    let ids: Vec<UserId> = generated.people().collect();
    let map: HashMap<UserId, u64> = ids.iter().map(|id| (*id, id.0)).collect();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let times = place.sizes.of(LOOKUPS);
    for round in 0..place.sizes.rounds as u64 {
        let mut seeded = Seeded(round);
        let drawn: Vec<UserId> = (0..times).map(|_| ids[seeded.below(ids.len())]).collect();
        let nanos = |start: Instant| start.elapsed().as_secs_f64() * 1e9 / f64::from(times);
        let start = Instant::now();
        for id in &drawn {
            std::hint::black_box(map.get(id));
        }
        theirs.push(nanos(start));
        let (views, start) = (directory.views(), Instant::now());
        for id in &drawn {
            std::hint::black_box(views.users.get(*id));
        }
        ours.push(nanos(start));
    }
    directory.close().await?;
    Ok(Line::new(
        format!("look-up of a user in the view at {}, without a server", figure(ids.len() as f64)),
        "a hash-map look-up is the limit",
        format!("{} × a hash map of the same ids", ratio(&ours, &theirs)),
        format!("{} ns; the hash map {} ns", median(&ours), median(&theirs)),
    ))
}
