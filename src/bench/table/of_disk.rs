//! What is bound by the disk: durable commands, and erasure.

use std::time::Duration;

use super::super::bare_disk::BareDisk;
use super::super::course::{Bound, Course, run};
use super::super::durable::durable;
use super::super::erasing::erase;
use super::super::fault::BenchFault;
use super::super::folder::TemporaryFolder;
use super::super::mix::Mix;
use super::line::{Line, figure, median, ratio};
use super::{Found, Place, TableSizes};

/// Clients that wait for durable answers.
const CLIENTS: usize = 64;
/// Commands of a round, of so many clients and of one.
const COMMANDS: u32 = 15_000;
const COMMANDS_ALONE: u32 = 300;
/// Creations over HTTP, and users who are there before.
const CREATED: u32 = 20_000;
const USERS_BEFORE: u64 = 1_000;
/// Events of the two kinds of people who are erased.
const EVENTS: [u64; 2] = [10, 10_000];

pub(super) async fn lines(sizes: &TableSizes, folder: &TemporaryFolder) -> Found {
    let disk = folder.path();
    let many = durable(disk, CLIENTS, sizes.of(COMMANDS).into(), sizes.rounds).await?;
    let one = durable(disk, 1, sizes.of(COMMANDS_ALONE).into(), sizes.rounds).await?;
    let created = run(Course {
        program: sizes.program.clone(),
        disk: disk.to_owned(),
        mix: Mix::Create,
        clients: CLIENTS,
        users: USERS_BEFORE,
        bound: Bound::Requests(sizes.of(CREATED).into()),
    })
    .await?;
    if created.errors() > 0 {
        return Err(BenchFault::Answer("createUser"));
    }
    let bare = created.ratio_to_bare.map_or_else(String::new, |ratio| ratio.to_string());
    let lines = vec![
        Line::new(
            "durable commands, 64 clients, real sync each batch",
            "≥ 0.60 of a bare batched append + fdatasync of the same bytes",
            format!(
                "{} of bare; the log alone {}",
                ratio(&many.asked, &many.bare),
                ratio(&many.log, &many.bare)
            ),
            format!("{} commands/s, {} a batch", median(&many.asked), median(&many.batch)),
        ),
        Line::new(
            "one client, one durable command",
            "≤ 1.5 × one append + fdatasync",
            format!("{} × bare", ratio(&one.bare, &one.asked)),
            format!("{} commands/s", median(&one.asked)),
        ),
        Line::new(
            "create user over HTTP with a durable answer, 64 clients",
            "≥ 3 × direct PostgreSQL",
            format!(
                "PostgreSQL is not measured here; {bare} of the bare disk, with 64 creations in each write"
            ),
            format!(
                "{} users/s, {} ms CPU each",
                figure(created.requests_per_second.median),
                figure(created.server_cpu_ms_per_request)
            ),
        ),
    ];
    Ok((lines, created.server_cpu))
}

pub(super) async fn erasure(place: &Place<'_>) -> Found {
    let many = (EVENTS[1] * u64::from(place.sizes.percent) / 100).max(EVENTS[0] * 2);
    let erased = erase(&place.folder.path().join("erasing"), [EVENTS[0], many], place.sizes.rounds).await?;
    let [few, much] = erased.written;
    let bare = tokio::task::block_in_place(|| bare_millis(place)).map_err(BenchFault::Disk)?;
    let line = Line::new(
        format!("erase a person with {} or {} events", EVENTS[0], figure(many as f64)),
        "the same log writes; < 1 s to unreadable",
        format!(
            "{} against {} records; {} × the time; {} × one append + fdatasync",
            few.0,
            much.0,
            ratio(&erased.took[1], &erased.took[0]),
            ratio(&erased.took[0], &bare),
        ),
        format!("{} and {} ms to the receipt", median(&erased.took[0]), median(&erased.took[1])),
    );
    Ok((vec![line], Duration::ZERO))
}

/// Milliseconds of one append with its sync, round by round.
fn bare_millis(place: &Place<'_>) -> std::io::Result<Vec<f64>> {
    const APPENDS: u32 = 20;
    let mut bare = BareDisk::open(&place.folder.path().join("bare"))?;
    let record = [0x5A; 512];
    (0..place.sizes.rounds)
        .map(|_| {
            let took = bare.append_all((0..APPENDS).map(|_| record.as_slice()))?;
            Ok(took.as_secs_f64() * 1e3 / f64::from(APPENDS))
        })
        .collect()
}
