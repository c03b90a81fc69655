//! All figures, written in the order of the table.

use super::exposition::Exposition;
use super::instruments::Buckets;
use super::{Watched, process, series};
use crate::directory::{Figures, Shadow, ShadowOutcome};

const OUTCOMES: [(ShadowOutcome, &str); 3] = [
    (ShadowOutcome::Equal, "equal"),
    (ShadowOutcome::Different, "different"),
    (ShadowOutcome::Failed, "failed"),
];
const MILLIS_PER_SECOND: f64 = 1000.0;

pub(super) fn written(watched: &Watched) -> String {
    let mut out = Exposition::default();
    let figures = watched.directory.figures();
    standing(&mut out, watched, &figures);
    writing(&mut out, watched, &figures);
    following(&mut out, &figures);
    proving(&mut out, watched.directory.shadow());
    starting(&mut out, &figures);
    serving(&mut out, watched);
    hashing(&mut out, watched, &figures);
    waiting(&mut out, &figures);
    storing(&mut out, &figures);
    running(&mut out, watched, &figures);
    out.finish()
}

fn standing(out: &mut Exposition, watched: &Watched, figures: &Figures) {
    out.one(&series::UP, u8::from(figures.stopped.is_none()));
    out.many(&series::STOPPED, figures.stopped.iter().map(|stop| ([stop.word()], 1)));
    out.many(&series::BUILD, [([env!("CARGO_PKG_VERSION")], 1)]);
    let logged = [(["warning"], watched.logged.warnings.read()), (["error"], watched.logged.errors.read())];
    out.many(&series::LOGGED, logged);
}

fn writing(out: &mut Exposition, watched: &Watched, figures: &Figures) {
    let metrics = watched.directory.metrics();
    out.one(&series::QUEUE, figures.queue);
    out.one(&series::QUEUE_MAX, figures.queue_max);
    let commands = metrics.commands.read();
    out.many(&series::COMMANDS, commands.iter().map(|((stem, outcome), count)| ([*stem, *outcome], count)));
    out.histogram(&series::COMMAND_SECONDS, &metrics.command_seconds.read());
    let refusals = metrics.refusals.read();
    out.many(&series::REFUSALS, refusals.iter().map(|(code, count)| ([*code], count)));
    out.histogram(&series::BATCH_COMMANDS, &metrics.batch_commands.read());
    out.histogram(&series::BATCH_RECORDS, &metrics.batch_records.read());
    out.histogram(&series::BATCH_BYTES, &metrics.batch_bytes.read());
    out.histogram(&series::APPEND_SECONDS, &metrics.append_seconds.read());
    out.histogram(&series::SYNC_SECONDS, &metrics.sync_seconds.read());
    out.histogram(&series::FOLD_SECONDS, &metrics.fold_seconds.read());
}

fn following(out: &mut Exposition, figures: &Figures) {
    out.one(&series::LOG_POSITION, figures.log);
    out.one(&series::POSITION, figures.views);
    let behind = |position: u64| figures.log.saturating_sub(position);
    let lag = [(["views"], behind(figures.views)), (["evidence"], behind(figures.evidence))];
    out.many(&series::FOLLOWER_LAG, lag);
    out.one(&series::CHECKPOINT_POSITION, figures.checkpoint);
    out.many(&series::CHECKPOINT_TIME, figures.checkpoint_at.map(|at| ([], seconds(at.millis()))));
    let backups = [("records", figures.records_backed_up), ("keys", figures.keys_backed_up)];
    let taken = backups.into_iter().filter_map(|(of, at)| at.map(|at| ([of], seconds(at.millis()))));
    out.many(&series::BACKUP_TIME, taken);
}

fn proving(out: &mut Exposition, shadow: &Shadow) {
    out.one(&series::SHADOW_MISMATCH, shadow.mismatch().len());
    out.many(&series::SHADOW_PROOFS, OUTCOMES.map(|(outcome, word)| ([word], shadow.count(outcome))));
    let last = shadow.last();
    out.many(&series::SHADOW_POSITION, last.iter().map(|last| ([], last.position.0)));
    out.many(&series::SHADOW_STARTED, last.iter().map(|last| ([], seconds(last.started_at.millis()))));
    let duration = last.iter().map(|last| ([], last.duration_millis as f64 / MILLIS_PER_SECOND));
    out.many(&series::SHADOW_DURATION, duration);
    out.many(&series::VIEW_BYTES, shadow.view_bytes().iter().map(|(view, bytes)| ([*view], bytes)));
}

fn starting(out: &mut Exposition, figures: &Figures) {
    out.many(&series::SNAPSHOT_POSITION, figures.snapshot.map(|position| ([], position)));
    out.one(&series::TAKES_COMMANDS, u64::from(figures.takes_commands));
    out.one(&series::START_EVENTS, figures.folded_at_start);
}

fn serving(out: &mut Exposition, watched: &Watched) {
    let (metrics, edge) = (watched.directory.metrics(), watched.edge.figures());
    let (mut ended, mut took) = (Vec::new(), Vec::new());
    metrics.requests.read(|route, by_end, histogram| {
        let by_end = by_end.iter().map(|((method, status), count)| (*method, status.to_string(), *count));
        ended.push((route.to_owned(), by_end.collect::<Vec<_>>()));
        took.push((route.to_owned(), histogram.read()));
    });
    let each = ended.iter().flat_map(|(route, by_end)| {
        by_end.iter().map(move |(method, status, count)| ([route.as_str(), *method, status.as_str()], count))
    });
    out.many(&series::REQUESTS, each);
    out.histograms(&series::REQUEST_SECONDS, took.iter().map(|(route, buckets)| (route.as_str(), buckets)));
    let refusals = metrics.graphql_refusals.read();
    out.many(&series::EDGE_REFUSALS, refusals.iter().map(|(code, count)| ([*code], count)));
    out.one(&series::CONNECTIONS, edge.connections);
    out.one(&series::CONNECTIONS_MAX, edge.connections_max);
    out.one(&series::REQUESTS_NOW, edge.requests);
    out.one(&series::REQUESTS_MAX, edge.requests_max);
    out.one(&series::WEBSOCKETS, edge.websockets);
    out.one(&series::SUBSCRIPTIONS, edge.subscriptions);
    out.one(&series::DOCUMENTS_CACHED, edge.documents_cached);
}

fn hashing(out: &mut Exposition, watched: &Watched, figures: &Figures) {
    let passwords = &figures.passwords;
    out.one(&series::PASSWORDS_WAITING, passwords.waiting);
    out.one(&series::PASSWORDS_WAITING_MAX, passwords.waiting_max);
    out.one(&series::PASSWORDS_HASHING, passwords.hashing);
    out.one(&series::PASSWORDS_PLACES, passwords.places);
    let took: Buckets = watched.directory.metrics().password_seconds.read();
    out.histogram(&series::PASSWORD_SECONDS, &took);
}

fn waiting(out: &mut Exposition, figures: &Figures) {
    out.one(&series::MAIL_WAITING, figures.mail_waiting);
    out.one(&series::MAIL_OLDEST, figures.mail_oldest_millis as f64 / MILLIS_PER_SECOND);
    out.one(&series::RULE_RUNS_WAITING, figures.rule_runs_waiting);
    out.one(&series::ERASURES_OPEN, figures.erasures_open);
}

fn storing(out: &mut Exposition, figures: &Figures) {
    out.many(&series::DISK_BYTES, figures.disk_bytes.iter().map(|(part, bytes)| ([*part], bytes)));
    out.many(&series::DISK_FREE, figures.disk_free_bytes.map(|bytes| ([], bytes)));
    out.one(&series::DISK_FREE_MIN, rollbook_event_log::APPEND_FREE_BYTES_MIN);
}

fn running(out: &mut Exposition, watched: &Watched, figures: &Figures) {
    let (sent, dropped) = watched.directory.tracer().counts();
    out.many(&series::SPANS, [(["sent"], sent), (["dropped"], dropped)]);
    let process = process::read();
    out.many(&series::CPU_SECONDS, process.cpu_seconds.map(|seconds| ([], seconds)));
    out.many(&series::RESIDENT, process.resident_bytes.map(|bytes| ([], bytes)));
    out.many(&series::OPEN_FDS, process.open_fds.map(|open| ([], open)));
    out.many(&series::MAX_FDS, process.max_fds.map(|most| ([], most)));
    out.one(&series::START_TIME, seconds(figures.opened_at.millis()));
}

/// Since 1970.
fn seconds(millis: i64) -> f64 {
    millis as f64 / MILLIS_PER_SECOND
}
