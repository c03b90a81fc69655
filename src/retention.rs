//! Retention: a policy that follows the log and the clock, and ends what is known of people whose time is over.
//!
//! Each rule that is on is carried out by automation (user 3) in runs of at most [`RUN_PEOPLE_MAX`] people. A run is
//! an event when it begins and one when it ends, with how many it touched and how many are kept; each person is one
//! command, judged inside the writer like any other. So nothing is remembered here: after a crash the run that did not
//! end is gone on with, and who is erased is due no more. Where nobody is due nothing is recorded.
//!
//! # What is not there, and what it would take
//!
//! Rules that end the address and program of each sign-in after some days. Today the context of everything that a
//! person did is sealed under one key, so it can be destroyed as a whole only, by an erasure. To end it by age it
//! needs a key for each period:
//!
//! - A third key space beside subjects and credentials, in which a number is the subject and eight bits under it are
//!   the month since 2026-01: 21 years. The tree is 24 bits deep then, one more step than today costs nothing, and a
//!   block file grows with shreddings only, by at most 24 nodes each; months shredded in order merge, so a person whose
//!   old months are all gone costs a handful.
//! - A new owner (`KeyOwner::Period(user, month)`) at the end of the list, which today's headers can already carry: the
//!   record's form stays, an older program stops at the first such record with a clear error, and no lock changes.
//!   Records before keep the key that they were sealed under, and go with the person only.
//! - Only sign-ins (`signed.in`, `signed.out`, `sign_in.failed`) would use it. Reasons and tickets of what an
//!   administrator did are evidence of that act and stay under the old key.
//! - An erasure would then order one key more for each month in which the person signed in; a legal hold keeps all.
//!
//! Against it stands only that a month is coarse: 90 days become 90 to 120. A key for each day would make the tree
//! five bits deeper and files thirty times as large for those who are shredded day by day.

use std::time::Duration;

use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::RetentionState;

use crate::directory::Directory;
use crate::http::Shutdown;
use crate::writer::CommandError;

/// People of one run, at most.
pub const RUN_PEOPLE_MAX: usize = 500;

/// How often the clock is looked at.
const INTERVAL: Duration = Duration::from_secs(60 * 60);

/// What a pass left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nobody whom a rule may touch.
    Nothing,
    /// Somebody: the runs were full.
    More,
}

/// Carries rules out until told to stop: every hour, and when a rule is switched on.
pub async fn run(directory: Directory, shutdown: Shutdown) {
    let mut reached = directory.watch_reached();
    let mut ticks = tokio::time::interval(INTERVAL);
    let mut on = in_force(&directory);
    loop {
        tokio::select! {
            () = shutdown.begun() => return,
            _ = ticks.tick() => {}
            changed = reached.changed() => {
                if changed.is_err() {
                    return;
                }
                reached.borrow_and_update();
                let now_on = in_force(&directory);
                if std::mem::replace(&mut on, now_on) == on {
                    continue;
                }
            }
        }
        while !shutdown.has_begun() {
            match carry_out_due(&directory).await {
                Ok(Left::More) => {}
                Ok(Left::Nothing) => break,
                Err(fault) => {
                    // The next hour tries again; a directory that stopped ends this loop by itself.
                    tracing::warn!(%fault, "retention rules could not be carried out");
                    break;
                }
            }
        }
    }
}

/// One run of each rule that is on and has somebody to touch, by the directory's clock.
///
/// # Errors
/// [`CommandError`] when the queue is full, or the directory stopped.
pub async fn carry_out_due(directory: &Directory) -> Result<Left, CommandError> {
    let mut left = Left::Nothing;
    for rule in in_force(directory) {
        if directory.carry_out_retention(rule, RUN_PEOPLE_MAX).await? == Left::More {
            left = Left::More;
        }
    }
    Ok(left)
}

fn in_force(directory: &Directory) -> Vec<RetentionRuleId> {
    let views = directory.views();
    let on = views.retention.rules().filter(|(_, rule)| rule.state == RetentionState::On);
    on.map(|(id, _)| id).collect()
}
