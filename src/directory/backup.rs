//! Backups through the façade: of records, up to a checkpoint that is signed for them, and apart of keys.

use std::sync::Arc;

use rollbook_schema::RejectionCode;

use super::Directory;
use crate::access::{Caller, Capability, holds};
use crate::backup::segment::{After, Segment, Sources};
use crate::backup::{BackupFault, keys};

/// Checkpoints read at one go.
const CHECKPOINTS_READ: usize = 256;

impl Directory {
    /// Begins a backup of what comes after a record. It ends at a checkpoint over everything durable, which is signed
    /// now: so all that it holds can be held against a signature.
    ///
    /// # Errors
    /// [`RejectionCode::Forbidden`], or why it could not be begun.
    pub async fn back_up(
        &self,
        caller: &Caller,
        after: After,
    ) -> Result<Result<Segment, BackupFault>, RejectionCode> {
        may_take(caller, Capability::BackUpRecords)?;
        let signed = match self.inner.evidence.sign().await {
            Ok(signed) => signed,
            Err(fault) => return Ok(Err(fault.into())),
        };
        let evidence = self.inner.evidence.clone();
        let sources = Sources {
            log: Arc::clone(&self.inner.log),
            origin: evidence.origin().to_owned(),
            keys: evidence.keys(),
            checkpoints: Box::new(move |size| evidence.after(size, CHECKPOINTS_READ)),
            pictures: self.inner.options.avatars_directory(),
            made_at: self.now(),
        };
        let through = signed.checkpoint.size;
        let begun = tokio::task::spawn_blocking(move || Segment::begin(sources, after, through)).await;
        begun.map_err(|_| RejectionCode::Busy)
    }

    /// A copy of the wrapped keys, as a stream. Reads files: not for a thread that serves others.
    ///
    /// # Errors
    /// [`RejectionCode::Forbidden`], or why it could not be made.
    pub fn copy_keys(&self, caller: &Caller) -> Result<Result<Vec<u8>, BackupFault>, RejectionCode> {
        may_take(caller, Capability::BackUpKeys)?;
        let files = match self.inner.keyring.copy() {
            Ok(files) => files,
            Err(fault) => return Ok(Err(fault.into())),
        };
        // Read after the files: whatever they lack, the log has up to here.
        let through = self.inner.log.head().position;
        Ok(Ok(keys::stream(self.inner.evidence.origin(), self.now(), through, files)))
    }
}

/// Nobody takes a backup as somebody else, the provider's support least of all.
fn may_take(caller: &Caller, capability: Capability) -> Result<(), RejectionCode> {
    match caller {
        Caller::Anonymous => Err(RejectionCode::Unauthenticated),
        Caller::Person(person) if person.must_change_password => Err(RejectionCode::PasswordChangeRequired),
        Caller::Person(person) if person.proxy.is_some() => Err(RejectionCode::Forbidden),
        caller if holds(caller, capability) => Ok(()),
        _ => Err(RejectionCode::Forbidden),
    }
}
