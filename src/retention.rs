//! Retention: a policy that follows the log and the clock, and ends what is known of people whose time is over.
//!
//! Each rule that is on is carried out by automation (user 3) in runs of at most [`RUN_PEOPLE_MAX`] people. A run is
//! an event when it begins and one when it ends, with how many it touched and how many are kept; each person is one
//! command, judged inside the writer like any other. So nothing is remembered here: after a crash the run that did not
//! end is gone on with, and who is erased is due no more. Where nobody is due nothing is recorded.
//!
//! Free text that others wrote is not searched for whom a rule erases, as it is where people approve a masking: nobody
//! is there to read what was found.
//!
//! # Where sign-ins came from
//!
//! A rule can also end the address and program of each sign-in after some days. What a person did is sealed under one
//! key of the person, which goes as a whole, with an erasure. But whatever a sign-in or a sign-out leads to (the failed
//! ones, and a lock that follows, too) is sealed under a key that one person's sign-ins of
//! [thirty days](rollbook_projections::sign_in_keys::PERIOD_DAYS) share: one number more among those of passwords, named
//! in the header of the record, and so known to each replay. A run orders destroyed the keys whose youngest sign-in is
//! old enough, in one record for a person: so an address goes as many days after it as the rule says, and up to thirty
//! more. Once for all whom a run touched, before the run ends, the wrapping key of the keyring is replaced. An erasure
//! orders every such key of the person destroyed.
//!
//! Kept stays that somebody signed in, and when. Kept stay the contexts of all else that a person did: with reasons and
//! tickets they are evidence of the act, also that a proxy or support login began. And what was recorded by a version
//! without such keys goes with the person only.
//!
//! Refused was a key for each month of the calendar in a tree of its own: a deeper tree and another form of the keyring's
//! manifest, to save a number that the header of a record can carry. And a key for each sign-in: the cost of an erasure
//! would grow with their number.

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
