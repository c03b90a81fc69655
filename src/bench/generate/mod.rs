//! A directory that has lived: any number of users and events, and the same to the byte for the same seed.
//!
//! Everything is written by the real writer: judged, sealed, chained and appended in batches, each with its sync.
//! Only the queue and the views are left out, since nobody waits for an answer; whoever opens the directory folds
//! it. Keys, ids and times come from the seed as well, so that a digest says whether two machines measure the same.
//! Such a directory keeps no secret: it is for measuring, and nothing else belongs into it.

mod life;
mod names;
mod source;

use std::path::Path;
use std::sync::Arc;

use rollbook_schema::id::Digest;
use rollbook_schema::{Position, UserId};

use self::life::Life;
use self::source::{Calendar, SeededEntropy};
use super::fault::BenchFault;
use super::server::{CHEAP_HASHING, PASSWORD};
use crate::directory::{BareWriter, DirectoryOptions};
use crate::writer::Job;

/// The life of a generated directory begins with the year 2025, in milliseconds since 1970,
const BEGINS_MILLIS: i64 = 1_735_689_600_000;
/// and lasts for a minute an event, but for that year at most: sessions end before they are many.
const LASTS_MILLIS_MAX: u64 = 365 * 24 * 60 * 60 * 1000;
const EVENT_MILLIS: u64 = 60 * 1000;
/// Records that creating somebody leaves, at most.
const EVENTS_PER_USER_MAX: u64 = 5;
/// Batches that a log is made of, about: time passes from one to the next.
const BATCHES: u64 = 8192;
/// Commands of one batch. Each leads to five events at most, and a batch holds 4096.
const BATCH_COMMANDS: std::ops::RangeInclusive<u64> = 16..=512;

/// How much to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume {
    /// People, besides the administrator. Creating them leaves up to five events each, whatever `events` says.
    pub users: u64,
    /// Records of the log, at least.
    pub events: u64,
    /// What everything is drawn from.
    pub seed: u64,
}

impl Volume {
    /// Of the one seed that all measurements share.
    #[must_use]
    pub fn of(users: u64, events: u64) -> Self {
        Volume { users, events, seed: 1 }
    }
}

/// What was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generated {
    /// People, besides the administrator.
    pub users: u64,
    /// Of the last record.
    pub head: Position,
    /// Of the last record, and so of all of them.
    pub digest: Digest,
}

impl Generated {
    /// The people, the most active first. Some were deleted.
    pub fn people(&self) -> impl ExactSizeIterator<Item = UserId> + Clone {
        let users = usize::try_from(self.users).unwrap_or(usize::MAX);
        (0..users).map(|rank| UserId(UserId::FIRST_PERSON.0 + 1 + rank as u64))
    }
}

/// Generates a directory in a folder that holds none. Everybody's password is [`PASSWORD`]. Tells `on_progress` how
/// many records there are. Blocks.
///
/// # Errors
/// [`BenchFault::Occupied`] where there is a log; what opening and writing meet.
pub fn generate(
    data: &Path,
    volume: Volume,
    on_progress: &mut dyn FnMut(u64),
) -> Result<Generated, BenchFault> {
    let calendar = Arc::new(Calendar::at(BEGINS_MILLIS));
    let mut options = DirectoryOptions::new(data);
    options.clock = Arc::<Calendar>::clone(&calendar);
    options.entropy = Arc::new(SeededEntropy::of(volume.seed));
    let mut writer = BareWriter::create(&options)?.ok_or(BenchFault::Occupied)?;
    let verifier = CHEAP_HASHING.hash(PASSWORD.as_bytes()).map_err(BenchFault::Hashing)?;
    writer.first_start(verifier.clone())?;
    let mut life = Life::begin(volume, verifier);
    let in_batch = (volume.events / BATCHES).clamp(*BATCH_COMMANDS.start(), *BATCH_COMMANDS.end());
    let lasts = (volume.events * EVENT_MILLIS).min(LASTS_MILLIS_MAX);
    // Where the people alone need more records than were asked for, all of them still fit into the time.
    let expected = volume.events.max(volume.users * EVENTS_PER_USER_MAX);
    let mut end = (Position(0), Digest::default());
    for founding in life.founding()? {
        let job = writer.job(crate::access::Caller::Operator, founding);
        life.learn(&writer.commit(vec![job])?);
    }
    while end.0.0 < volume.events || life.people_to_come() > 0 {
        let passed = u128::from(end.0.0) * u128::from(lasts) / u128::from(expected.max(1));
        calendar.turn_to(BEGINS_MILLIS + i64::try_from(passed).unwrap_or(0));
        // Nobody does anything before the first of them is there.
        let commands = if life.is_empty() { 1 } else { in_batch };
        let jobs: Result<Vec<Job>, BenchFault> = (0..commands).map(|_| life.next(&writer, end.0)).collect();
        let committed = writer.commit(jobs?)?;
        life.learn(&committed);
        if let (Some(last), Some(leaf)) = (committed.events.last(), committed.leaves.last()) {
            end = (last.envelope.position, *leaf);
        }
        on_progress(end.0.0);
    }
    writer.close()?;
    Ok(Generated { users: volume.users, head: end.0, digest: end.1 })
}
