//! The first start of a build that folds otherwise: what the build before it folded is served, to read from, while the
//! log is folded anew beside it; then both change places.
//!
//! Nobody writes meanwhile, so both stand at the same position when they do. What is served is what that build served
//! before it ended, with what the log has behind it; it is held against the digests that it wrote, since another build
//! may keep what it knows in another shape. Where it does, or where no snapshot is left, the start waits for the folds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::thread::{Builder, JoinHandle};

use rollbook_keyring::KeyringFault;
use rollbook_projections::view::Views;
use rollbook_schema::Position;

use super::assembling::{Ground, Idle};
use super::digests::digests_of;
use super::fence::{destroyed_after, fence};
use super::open::Opened;
use super::replay::replay_views;
use super::{Directory, Inner, OpenFault};
use crate::snapshot::{Folded, Found, NoSnapshot};
use crate::writer::Stop;

/// Why nothing stands in.
#[derive(Debug, thiserror::Error)]
enum NoStandIn {
    #[error(transparent)]
    Snapshot(#[from] NoSnapshot),
    #[error(transparent)]
    Open(#[from] OpenFault),
    #[error(transparent)]
    Keyring(#[from] KeyringFault),
    #[error("keys that are gone were back: it may know whom they knew")]
    KeysWereBack,
}

/// The views of a snapshot that another build made, up to the end of the log; none where this build cannot read them,
/// or has folded the log before anybody would notice.
pub(super) fn stand_in(ground: &Ground, found: &Found) -> Option<Views> {
    let events = ground.log.head().position;
    if events < ground.options.stand_in_after {
        return None;
    }
    match read(ground, found) {
        Ok(views) => {
            tracing::info!(events, "the log is folded anew: until then what another build folded is served");
            Some(views)
        }
        Err(fault) => {
            tracing::info!(%fault, "nothing is served until the log is folded anew");
            None
        }
    }
}

fn read(ground: &Ground, found: &Found) -> Result<Views, NoStandIn> {
    let Ground { options, log, snapshots, sealer, .. } = ground;
    let (log, keyring, progress) = (log.as_ref(), snapshots.keyring(), &options.progress);
    let mut gone = found.gone();
    gone.extend(destroyed_after(found.position(), log, progress)?);
    if fence(options, &keyring, &gone)? > 0 {
        snapshots.forget()?;
        return Err(NoStandIn::KeysWereBack);
    }
    let views = found.views(|views| digests_of(views, &keyring))?;
    let (views, _) = replay_views(views, log, (sealer, progress), |_| {})?;
    Ok(views)
}

/// Folds the log on a thread of its own, and takes commands when that is done. What goes wrong stops the directory, as it
/// would have kept it from opening.
pub(super) fn rebuild(ground: Ground, inner: Arc<Inner>, idle: Idle) -> std::io::Result<JoinHandle<()>> {
    // Before anybody asks how far it is.
    ground.options.progress.begin(Position::START, Position(ground.log.head().position));
    Builder::new().name("rollbook-rebuild".to_owned()).spawn(move || {
        let folded = catch_unwind(AssertUnwindSafe(|| {
            (ground.options.before_rebuilding)();
            ground.folded(None)
        }));
        let ended = match folded {
            Ok(Ok(opened)) => change_places(&inner, idle, opened).map_err(|fault| fault.to_string()),
            // Whoever closes the directory waits for this.
            Ok(Err(OpenFault::GivenUp)) => Ok(()),
            Ok(Err(fault)) => Err(fault.to_string()),
            Err(_) => Err("a fold met a bug".to_owned()),
        };
        if let Err(fault) = ended {
            inner.status.stop(Stop::Rebuild(fault));
        }
    })
}

fn change_places(inner: &Inner, idle: Idle, opened: Opened) -> Result<(), OpenFault> {
    let Opened { folded: Folded { models, views, chain }, events } = opened;
    let before = {
        let mut live = inner.views.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *live, views)
    };
    idle.begin(inner, (models, chain), events)?;
    tracing::info!(position = %chain.position, "the log is folded: commands are taken");
    // Takes a while, and nobody waits for it.
    drop(before);
    Ok(())
}

impl Directory {
    /// Whether commands are taken: all the time, but while the log is folded anew beside what is served.
    #[must_use]
    pub fn takes_commands(&self) -> bool {
        *self.inner.takes_commands.borrow()
    }

    /// Waits until commands are taken.
    ///
    /// # Errors
    /// Why they never will be.
    pub async fn until_it_takes_commands(&self) -> Result<(), Stop> {
        let mut takes_commands = self.inner.takes_commands.subscribe();
        tokio::select! {
            // The directory holds the sender.
            _ = takes_commands.wait_for(|takes_commands| *takes_commands) => Ok(()),
            stop = self.inner.status.until_stopped() => Err(stop),
        }
    }

    /// Events folded anew of those there are, while no commands are taken; `None` once they are.
    #[must_use]
    pub fn rebuilt_so_far(&self) -> Option<(u64, u64)> {
        (!self.takes_commands()).then(|| self.inner.options.progress.now())
    }

    /// Whoever folds the log anew ends, done or not. Called by whoever closes.
    pub(super) fn end_rebuilding(&self) {
        let rebuilding = self.inner.rebuilding.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(rebuilding) = rebuilding {
            if !self.takes_commands() {
                self.inner.options.progress.give_up();
            }
            // One that panicked has been reported by the status already.
            drop(rebuilding.join());
        }
    }

    /// Events that were folded when the directory was opened.
    pub(super) fn folded_at_start(&self) -> u64 {
        self.inner.folded_at_start.load(Ordering::Relaxed)
    }
}
