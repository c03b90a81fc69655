//! What was: pages of history at two lengths of the log, and the directory as of a moment.

use std::time::Duration;

use rollbook_schema::UserId;

use super::super::fault::BenchFault;
use super::super::past::{Past, found_micros, history_queries, opened_micros, past};
use super::super::place::{open, options};
use super::line::{Line, figure, median, ratio};
use super::{Found, Place};
use crate::directory::Directory;

/// Which of the pages: everybody's from the middle, and one person's.
const PAGES: [usize; 2] = [1, 3];
/// Pages of a round where nothing is opened, and where everything is; users and pages asked of the past.
const FOUND: u32 = 500;
const OPENED: u32 = 20;
const USERS_ASKED: u32 = 200;
const PAGES_ASKED: u32 = 500;

pub(super) async fn lines(place: &Place<'_>) -> Found {
    let mut directories = Vec::new();
    for (data, generated) in [&place.smaller, &place.larger] {
        let users: Vec<UserId> = generated.people().collect();
        directories.push((open(options(data)).await?, users));
    }
    let lines = tokio::task::block_in_place(|| measure(place, &directories))?;
    for (directory, _) in directories {
        directory.close().await?;
    }
    Ok((lines, Duration::ZERO))
}

fn measure(place: &Place<'_>, directories: &[(Directory, Vec<UserId>)]) -> Result<Vec<Line>, BenchFault> {
    let mut lines = history(place, directories)?;
    let Some((directory, users)) = directories.last() else { return Ok(lines) };
    let asked = place.sizes.of(USERS_ASKED).into();
    let past = past(directory, users, asked, place.sizes.of(PAGES_ASKED), place.sizes.rounds)?;
    lines.extend(moments(&past, directory));
    Ok(lines)
}

/// Both lengths in turn, so that they meet the same neighbours.
fn history(place: &Place<'_>, directories: &[(Directory, Vec<UserId>)]) -> Result<Vec<Line>, BenchFault> {
    let (mut found, mut opened) = (<[[Vec<f64>; 2]; 2]>::default(), <[[Vec<f64>; 2]; 2]>::default());
    for _ in 0..place.sizes.rounds {
        for (length, (directory, users)) in directories.iter().enumerate().take(2) {
            // The most active of all: more than a page in both.
            let queries = history_queries(directory, users[0]);
            for (at, page) in PAGES.into_iter().enumerate() {
                let query = &queries[page].1;
                found[length][at].push(found_micros(directory, query, place.sizes.of(FOUND)));
                opened[length][at].push(opened_micros(directory, query, place.sizes.of(OPENED))?);
            }
        }
    }
    let events = figure(directories.last().map_or(0, |(directory, _)| directory.reached().0) as f64);
    let names = ["of everybody, from the middle", "of one person"];
    Ok(names
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            Line::new(
                format!("history, a page {name}, at {events} events"),
                "the same cost as in a log of a small part",
                format!(
                    "{} × that at a tenth of the events; to find it {} ×",
                    ratio(&opened[1][at], &opened[0][at]),
                    ratio(&found[1][at], &found[0][at])
                ),
                format!("{} µs; {} µs to find it", median(&opened[1][at]), median(&found[1][at])),
            )
        })
        .collect())
}

fn moments(past: &Past, directory: &Directory) -> Vec<Line> {
    let millis: Vec<f64> = past.alone_micros.iter().map(|micros| micros / 1e3).collect();
    let events = figure(directory.reached().0 as f64);
    vec![
        Line::new(
            format!("as of a moment, one user, at {events} events"),
            "< 50 ms",
            format!("{} × a look-up of today", ratio(&past.alone_micros, &past.live_micros)),
            format!("{} ms", median(&millis)),
        ),
        Line::new(
            format!("as of a moment, the whole list, at {events} events"),
            "< 2 s",
            format!("a page of it {} × one of today", ratio(&past.page_micros, &past.live_page_micros)),
            format!("{} ms; the first of all {} ms", median(&past.whole_ms), figure(past.first_ms)),
        ),
    ]
}
