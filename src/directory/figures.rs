//! How the directory stands, in numbers: how much of each, and nothing of anybody.

use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rollbook_schema::value::Timestamp;

use super::Directory;
use crate::identity::SessionToken;
use crate::metrics::Metrics;
use crate::passwords::PoolFigures;
use crate::traces::Tracer;
use crate::writer::Stop;

/// The numbers of one moment; each is read by itself.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Why nothing more is accepted.
    pub stopped: Option<Stop>,
    /// When the directory was opened.
    pub opened_at: Timestamp,
    /// Commands that wait.
    pub queue: usize,
    /// How many may.
    pub queue_max: usize,
    /// Position of the last durable event.
    pub log: u64,
    /// How far the views are.
    pub views: u64,
    /// How far the evidence is.
    pub evidence: u64,
    /// Events under the last signed checkpoint.
    pub checkpoint: u64,
    /// When that was signed.
    pub checkpoint_at: Option<Timestamp>,
    /// When a backup of the records was last served whole, since the start.
    pub records_backed_up: Option<Timestamp>,
    /// When a copy of the keys was.
    pub keys_backed_up: Option<Timestamp>,
    /// Passwords.
    pub passwords: PoolFigures,
    /// Mails that are not sent yet.
    pub mail_waiting: usize,
    /// Age of the oldest of them, in milliseconds.
    pub mail_oldest_millis: u64,
    /// Calls of rules that are not done.
    pub rule_runs_waiting: usize,
    /// Erasures without a receipt.
    pub erasures_open: usize,
    /// Bytes of the files of each part of the directory.
    pub disk_bytes: [(&'static str, u64); 4],
    /// Where the snapshot stands; `None` where there is none.
    pub snapshot: Option<u64>,
    /// Events that were folded at the start.
    pub folded_at_start: u64,
    /// False while the log is folded anew beside what is served.
    pub takes_commands: bool,
    /// Bytes that may still be written; `None` where the system does not say.
    pub disk_free_bytes: Option<u64>,
}

/// When backups were last served whole.
#[derive(Debug, Default)]
pub(super) struct BackedUp {
    records: Mutex<Option<Timestamp>>,
    keys: Mutex<Option<Timestamp>>,
}

impl Directory {
    /// What is counted while it works.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Whether figures are shown to whoever brings this token from there: with a token of the operator's, to whoever
    /// brings that; else to this machine only.
    #[must_use]
    pub fn shows_metrics_to(&self, token: Option<&SessionToken>, from: Option<IpAddr>) -> bool {
        match self.inner.options.metrics_token {
            // Digests are compared, so that the time it takes tells nothing of the token.
            Some(wanted) => token.is_some_and(|token| token.digest() == wanted),
            None => from.is_some_and(|from| from.to_canonical().is_loopback()),
        }
    }

    /// How it stands now. Looks at files: not for a thread that serves others.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let inner = &self.inner;
        let now = self.now();
        let (mail_waiting, mail_oldest, rule_runs_waiting, erasures_open) = {
            let views = self.views();
            let oldest = views.mail.waiting().map(|row| row.queued_at).min();
            let (runs, erasures) = (views.user_rules.waiting().count(), views.erasures.open().count());
            (views.mail.waiting().count(), oldest, runs, erasures)
        };
        let age = mail_oldest.map_or(0, |oldest| now.millis().saturating_sub(oldest.millis()));
        let data = &inner.options.data;
        Figures {
            stopped: inner.status.stopped(),
            opened_at: inner.opened_at,
            queue: inner.queue.max_capacity().saturating_sub(inner.queue.capacity()),
            queue_max: inner.queue.max_capacity(),
            log: inner.log.head().position,
            views: self.reached().0,
            evidence: inner.evidence.size(),
            checkpoint: inner.evidence.last_size(),
            checkpoint_at: inner.evidence.last_signed_at(),
            records_backed_up: *lock(&inner.backed_up.records),
            keys_backed_up: *lock(&inner.backed_up.keys),
            passwords: inner.passwords.figures(),
            mail_waiting,
            mail_oldest_millis: age.max(0).unsigned_abs(),
            rule_runs_waiting,
            erasures_open,
            disk_bytes: [
                ("log", bytes_in(&data.join("log"))),
                ("keyring", bytes_in(&data.join("keyring"))),
                ("evidence", bytes_in(&inner.options.evidence_directory())),
                ("views", bytes_in(&inner.options.views_directory())),
            ],
            snapshot: inner.snapshots.position().map(|position| position.0),
            folded_at_start: self.folded_at_start(),
            takes_commands: self.takes_commands(),
            disk_free_bytes: inner.options.disk.free_bytes(data).ok(),
        }
    }

    /// Makes spans.
    #[must_use]
    pub fn tracer(&self) -> &Tracer {
        &self.inner.options.tracer
    }

    /// When records and keys were last served to their end since the directory was opened, in that order.
    #[must_use]
    pub fn last_backups(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        let backed_up = &self.inner.backed_up;
        (*lock(&backed_up.records), *lock(&backed_up.keys))
    }

    /// A backup of the records was served to its end.
    pub(crate) fn records_were_backed_up(&self) {
        *lock(&self.inner.backed_up.records) = Some(self.now());
    }

    /// A copy of the keys was made.
    pub(crate) fn keys_were_backed_up(&self) {
        *lock(&self.inner.backed_up.keys) = Some(self.now());
    }
}

/// Bytes of the files of one folder: these hold few. What cannot be looked at does not count.
fn bytes_in(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok()).filter(fs::Metadata::is_file);
    files.map(|file| file.len()).sum()
}

fn lock(moment: &Mutex<Option<Timestamp>>) -> std::sync::MutexGuard<'_, Option<Timestamp>> {
    moment.lock().unwrap_or_else(PoisonError::into_inner)
}
