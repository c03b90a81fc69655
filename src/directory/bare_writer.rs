//! A new directory and the one writer, without queue, views or threads: for whoever makes a log to measure with.
//!
//! What it writes was judged, sealed, chained and synced as everything else is. Whoever opens the directory later
//! folds it.

use std::os::unix::fs::DirBuilderExt as _;
use std::sync::Arc;

use rollbook_event_log::EventLog;
use rollbook_keyring::Keyring;
use rollbook_projections::decision::DecisionModels;
use rollbook_schema::CommandEnvelope;
use rollbook_schema::value::{PasswordVerifier, Timestamp};

use super::DirectoryOptions;
use super::fence::open_keyring;
use super::first_start::{EMAIL, FirstStartFault, administrator};
use super::open::{OpenFault, open_log};
use super::settings::configured;
use crate::access::Caller;
use crate::clock::Clock;
use crate::identity::Identities;
use crate::metrics::Metrics;
use crate::traces::Tracer;
use crate::writer::{Chain, CommandError, Committed, Job, Reply, Stop, Writer, WriterParts};

/// The writer of a directory that nobody serves.
pub(crate) struct BareWriter {
    log: Arc<dyn EventLog>,
    keyring: Arc<Keyring>,
    writer: Writer,
    clock: Arc<dyn Clock>,
    identities: Identities,
}

impl BareWriter {
    /// Makes a directory. `None`: there is a log already.
    ///
    /// # Errors
    /// [`OpenFault`] when the folder, the log or the keys cannot be made.
    pub fn create(options: &DirectoryOptions) -> Result<Option<Self>, OpenFault> {
        let data = &options.data;
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data);
        made.map_err(|source| OpenFault::Folder { path: data.clone(), source })?;
        let log = open_log(options)?;
        if log.head().position > 0 {
            log.close()?;
            return Ok(None);
        }
        let keyring = open_keyring(options, log.as_ref())?;
        let identities = Identities::new(Arc::clone(&options.entropy));
        let writer = Writer::new(WriterParts {
            log: Arc::clone(&log),
            keyring: Arc::clone(&keyring),
            models: DecisionModels::new(),
            chain: Chain::default(),
            settings: configured(options),
            clock: Arc::clone(&options.clock),
            identities: identities.clone(),
            metrics: Metrics::default(),
            tracer: Tracer::default(),
        });
        let clock = Arc::clone(&options.clock);
        Ok(Some(BareWriter { log, keyring, writer, clock, identities }))
    }

    /// Makes the first administrator, as a first start does.
    ///
    /// # Errors
    /// [`FirstStartFault`], or what stopped the writer.
    pub fn first_start(&mut self, verifier: PasswordVerifier) -> Result<Committed, FirstStartFault> {
        let job = self.job(Caller::System, administrator(EMAIL, verifier)?);
        self.commit(vec![job]).map_err(|stop| FirstStartFault::Command(CommandError::Stopped(stop)))
    }

    /// What the clock says.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes ids.
    pub fn identities(&self) -> &Identities {
        &self.identities
    }

    /// A command for the next batch, asked by the operator or by the program. Its answer stands in the batch.
    pub fn job(&self, caller: Caller, command: impl Into<rollbook_schema::Command>) -> Job {
        let now = self.now();
        let envelope = CommandEnvelope {
            id: self.identities.command(now),
            // Who has no actor asks for the program.
            actor: caller.actor().unwrap_or(rollbook_schema::Actor::SYSTEM),
            on_behalf_of: None,
            proxy_session: None,
            causation: None,
            correlation_id: self.identities.correlation(now),
            expected_version: None,
            context: rollbook_schema::Context::default(),
        };
        Job { caller, envelope, command: command.into(), reply: Reply::channel().0, trace: None }
    }

    /// Judges the commands in their order and makes what they led to durable, as one batch; then destroys the keys
    /// that it orders destroyed.
    ///
    /// # Errors
    /// What stopped the writer: nothing may be written after that.
    pub fn commit(&mut self, jobs: Vec<Job>) -> Result<Committed, Stop> {
        let committed = self.writer.commit(jobs).map_err(|(stop, _)| stop)?;
        let shredded = self.keyring.shred(&committed.destroyed);
        shredded.map_err(|fault| Stop::Keyring(fault.to_string()))?;
        Ok(committed)
    }

    /// Leaves the log in its safest state.
    ///
    /// # Errors
    /// [`OpenFault::Log`].
    pub fn close(self) -> Result<(), OpenFault> {
        Ok(self.log.close()?)
    }
}
