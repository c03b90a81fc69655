//! What is called after deletions: a policy that follows the log, as the outbox does.

use std::collections::BTreeSet;
use std::time::Duration;

use rollbook_projections::view::RuleRun;
use rollbook_schema::value::{RuleFault, RuleTrigger, Timestamp};
use rollbook_schema::{Position, UserRuleId};

use crate::directory::Directory;
use crate::http::Shutdown;
use crate::mail::Jitter;

/// Attempts before a call is given up: with the pauses between, about a day and a half.
pub const ATTEMPTS_MAX: u32 = 24;
/// Between the first attempt and the second; doubled each time.
const PAUSE_MILLIS: i64 = 30_000;
/// The longest pause between two attempts.
const PAUSE_MILLIS_MAX: i64 = 2 * 60 * 60_000;
/// Calls of one pass; the rest is due in the next.
const PASS_CALLS_MAX: usize = 100;
/// How long a stop waits for the call that is on its way.
pub const STOP_WITHIN: Duration = Duration::from_secs(5);

/// Follows the log until told to stop, and begins with what waits already.
pub async fn run(directory: Directory, jitter: Jitter, shutdown: Shutdown) {
    let mut reached = directory.watch_reached();
    let (mut seen, mut due) = (None, Some(directory.now()));
    while !shutdown.has_begun() {
        reached.borrow_and_update();
        let now_seen = Some(seen_of(&directory));
        let is_due = due.is_some_and(|due| due <= directory.now());
        // Most of what happens queues no call: then there is nothing to look through.
        if is_due || now_seen != seen {
            seen = now_seen;
            due = pass(&directory, jitter, &shutdown).await;
        }
        let pause = due.map(|due| (due.millis() - directory.now().millis()).max(0).unsigned_abs());
        let pause = Duration::from_millis(pause.unwrap_or(PAUSE_MILLIS_MAX.unsigned_abs()));
        tokio::select! {
            () = shutdown.begun() => return,
            changed = reached.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// One pass: makes every call that is due, and tells when the next is; `None` if nothing waits.
pub async fn call_due(directory: &Directory, jitter: Jitter) -> Option<Timestamp> {
    pass(directory, jitter, &Shutdown::default()).await
}

/// What a look depends on besides the clock: the last run, and which rules are there and in force.
fn seen_of(directory: &Directory) -> (Position, Vec<(UserRuleId, bool)>) {
    let views = directory.views();
    let rules = views.user_rules.in_order(RuleTrigger::PostDelete).map(|rule| (rule.id, rule.enabled));
    (views.user_rules.last_run(), rules.collect())
}

/// As [`call_due`]; told to stop, it ends after the call that is on its way.
async fn pass(directory: &Directory, jitter: Jitter, shutdown: &Shutdown) -> Option<Timestamp> {
    let now = directory.now();
    let (runs, later) = due(directory, jitter, now);
    let mut unreachable = BTreeSet::new();
    for run in runs {
        if shutdown.has_begun() {
            return None;
        }
        // Nobody else's call would get through there now either; those of other rules may.
        if unreachable.contains(&run.rule) {
            continue;
        }
        let result = directory.call_rule(&run).await;
        if result == Err(RuleFault::Unreachable) {
            unreachable.insert(run.rule);
        }
        record(directory, &run, result).await;
    }
    if later.is_some_and(|later| later <= now) {
        return later;
    }
    let (skipped, later) = due(directory, jitter, now);
    let again = (!skipped.is_empty()).then(|| directory.now().plus_millis(PAUSE_MILLIS));
    again.into_iter().chain(later).min()
}

async fn record(directory: &Directory, run: &RuleRun, result: Result<(), RuleFault>) {
    let attempt = run.attempts + 1;
    let gives_up = result == Err(RuleFault::RuleGone) || attempt >= ATTEMPTS_MAX;
    if let Err(fault) = result {
        tracing::warn!(
            run = run.run.0,
            rule = run.rule.0,
            attempt,
            ?fault,
            gives_up,
            "a rule was not called"
        );
    }
    if let Err(error) = directory.record_rule_attempt(run, attempt, result.err(), gives_up).await {
        tracing::warn!(run = run.run.0, %error, "what became of a call could not be recorded");
    }
}

/// What is due, and when the next of the others is. Whom nobody tried goes first.
fn due(directory: &Directory, jitter: Jitter, now: Timestamp) -> (Vec<RuleRun>, Option<Timestamp>) {
    let views = directory.views();
    let (mut runs, mut later) = (Vec::new(), None::<Timestamp>);
    let mut wait_until = |at: Timestamp| later = Some(later.map_or(at, |later| later.min(at)));
    // What is out of force waits until it is in force again; what is deleted is given up.
    let is_in_force =
        |run: &&RuleRun| views.user_rules.get(run.rule).is_none_or(|rule| rule.enabled || rule.deleted);
    for run in views.user_rules.waiting().filter(is_in_force) {
        let at = due_at(run, jitter);
        if at <= now { runs.push(*run) } else { wait_until(at) }
    }
    runs.sort_by_key(|run| (run.attempts, run.run));
    if runs.len() > PASS_CALLS_MAX {
        runs.truncate(PASS_CALLS_MAX);
        wait_until(now);
    }
    (runs, later)
}

/// At once, then after pauses that double up to a bound, each spread a little.
fn due_at(run: &RuleRun, jitter: Jitter) -> Timestamp {
    let Some(attempted_at) = run.attempted_at else { return run.started_at };
    let doubled = PAUSE_MILLIS.saturating_mul(1 << run.attempts.saturating_sub(1).min(20));
    attempted_at.plus_millis(jitter.spread(doubled.min(PAUSE_MILLIS_MAX), run.run, run.attempts))
}
