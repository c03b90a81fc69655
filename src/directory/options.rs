//! What a directory is opened with.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rollbook_event_log::{Disk, RealDisk};
use rollbook_keyring::{Entropy, OsEntropy};
use rollbook_projections::snapshot::FOLDS;
use rollbook_projections::view::Views;
use rollbook_schema::RecordedEvent;
use rollbook_schema::id::Digest;

use super::Progress;
use super::erasing::{Interruptions, NoInterruption};
use super::moments::CHECKPOINT_STRIDE_MIN;
use crate::clock::{Clock, SystemClock};
use crate::evidence::live::{EvidenceOptions, PublicEvidence};
use crate::evidence::note::VerifierKey;
use crate::http::Rate;
use crate::passwords::HashingCost;
use crate::rule_calls::RuleCalls;
use crate::traces::Tracer;

/// The name of a log that nobody named. Who publishes checkpoints gives a name of their own.
const LOG_ORIGIN: &str = "rollbook.localhost";
/// How often the views are proved where nothing else is said.
const SHADOW_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Events that are folded at a start in less time than anybody notices.
const SNAPSHOT_AFTER: u64 = 100_000;
/// Folded in about the time for which whoever connects is let wait.
const STAND_IN_AFTER: u64 = 1_000_000;
/// How long backups of keys are kept where nobody said so, in days.
const KEYRING_BACKUP_DAYS: u16 = 30;

/// Where a directory stands and what it may use. Each limit has its unit in its name.
#[derive(Clone)]
pub struct DirectoryOptions {
    /// The directory: `log/`, `keyring/`, `views/` and a witness live below it.
    pub data: PathBuf,
    /// Page cache of the log.
    pub log_cache_bytes: u64,
    /// Commands that may wait; one more is told `BUSY`.
    pub queue_commands_max: usize,
    /// Cost of hashing a password.
    pub hashing: HashingCost,
    /// Passwords hashed at the same time.
    pub hashing_places: usize,
    /// Run before each password, on the thread that hashes it: nothing, but for tests that hold the pool.
    pub before_hashing: Arc<dyn Fn() + Send + Sync>,
    /// Sign-ins that one address may try; `None`: no bound. This machine's own are not counted.
    pub sign_ins_per_address: Option<Rate>,
    /// How long a session lasts.
    pub session_millis: i64,
    /// Failed sign-ins that lock an account (STA-06).
    pub lock_after_failures: u32,
    /// Guests may open cases, which user 7 then owns (RSV-09).
    pub guest_cases: bool,
    /// Somebody sends what is queued in the outbox. Where nobody does, made-up passwords are shown instead.
    pub sends_mail: bool,
    /// SHA-256 of the provider's token; `None`: there is no provider (LIC-13).
    pub provider_token: Option<Digest>,
    /// SHA-256 of the token that `/metrics` asks for; `None`: it is for this machine only.
    pub metrics_token: Option<Digest>,
    /// Whom to ask for more seats: shown to whoever sees seats.
    pub license_contact: Option<String>,
    /// The master key as 64 hex digits; `None`: a file beside the keyring, made on first use.
    pub master_key_hex: Option<zeroize::Zeroizing<String>>,
    /// The name of the log: the first line of its checkpoints, and the name of its keys.
    pub log_origin: String,
    /// Whose cosignatures are kept.
    pub log_witnesses: Vec<VerifierKey>,
    /// How much of the evidence everybody may see.
    pub log_public: PublicEvidence,
    /// Events from one checkpoint of the past to the next, at least.
    pub checkpoint_stride: u64,
    /// How often the log is folded again, to be held against the live views; `None`: on request only.
    pub shadow_every: Option<Duration>,
    /// Events after which another snapshot of the views is worth its while; `None`: none is ever written.
    pub snapshot_after: Option<u64>,
    /// Events from which on a start that has to fold all of them anew serves what another build folded meanwhile.
    pub stand_in_after: u64,
    /// The name of these folds, but for tests of another build's.
    pub folds: &'static str,
    /// Run before the log is folded anew beside what is served: nothing, but for tests that hold it there.
    pub before_rebuilding: Arc<dyn Fn() + Send + Sync>,
    /// Told how far the opening is.
    pub progress: Progress,
    /// Makes spans of what is done; none where nobody collects them.
    pub tracer: Tracer,
    /// How the live views fold: [`Views::fold`], but for tests of what a wrong fold comes to.
    pub live_fold: fn(&mut Views, &RecordedEvent),
    /// How long a backup of the keyring is kept at most, in days: the true delay of every erasure, and stated in
    /// its receipt.
    pub keyring_backup_days: u16,
    /// Where rules may call other programs.
    pub rule_calls: RuleCalls,
    /// Asked before each step of an erasure: nothing, but for tests that stop there.
    pub interruptions: Arc<dyn Interruptions>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The disk under the log: real, but for tests of its failures.
    pub disk: Arc<dyn Disk>,
}

impl DirectoryOptions {
    /// The defaults, in the given directory.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>) -> Self {
        DirectoryOptions {
            data: data.into(),
            log_cache_bytes: 64 << 20,
            queue_commands_max: 1024,
            hashing: HashingCost::default(),
            hashing_places: 2,
            before_hashing: Arc::new(|| {}),
            sign_ins_per_address: None,
            session_millis: 12 * 60 * 60 * 1000,
            lock_after_failures: 5,
            guest_cases: false,
            sends_mail: false,
            provider_token: None,
            metrics_token: None,
            license_contact: None,
            master_key_hex: None,
            log_origin: LOG_ORIGIN.to_owned(),
            log_witnesses: Vec::new(),
            log_public: PublicEvidence::Proofs,
            checkpoint_stride: CHECKPOINT_STRIDE_MIN,
            shadow_every: Some(SHADOW_EVERY),
            snapshot_after: Some(SNAPSHOT_AFTER),
            stand_in_after: STAND_IN_AFTER,
            folds: FOLDS,
            before_rebuilding: Arc::new(|| {}),
            progress: Progress::default(),
            tracer: Tracer::default(),
            live_fold: Views::fold,
            keyring_backup_days: KEYRING_BACKUP_DAYS,
            rule_calls: RuleCalls::nowhere(),
            interruptions: Arc::new(NoInterruption),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(OsEntropy),
            disk: Arc::new(RealDisk),
        }
    }

    /// Sealed pictures, one file each, by the SHA-256 of their bytes.
    #[must_use]
    pub fn avatars_directory(&self) -> PathBuf {
        self.data.join("avatars")
    }

    /// Checkpoints, public keys and the hashes of all records.
    #[must_use]
    pub fn evidence_directory(&self) -> PathBuf {
        self.data.join("evidence")
    }

    pub(crate) fn evidence(&self) -> EvidenceOptions {
        EvidenceOptions {
            directory: self.evidence_directory(),
            origin: self.log_origin.clone(),
            witnesses: self.log_witnesses.clone(),
        }
    }

    /// Everything derived: may be deleted whole, and is rebuilt.
    #[must_use]
    pub fn views_directory(&self) -> PathBuf {
        self.data.join("views")
    }
}
