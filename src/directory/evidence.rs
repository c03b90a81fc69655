//! Evidence through the façade: checkpoints, and the key that signs them.

use std::ops::ControlFlow;

use rollbook_event_log::Fault;
use rollbook_schema::command::RotateSigningKey;
use rollbook_schema::event::RotationCause;
use rollbook_schema::value::PublicKey;
use rollbook_schema::{Command, Position, RejectionCode};

use super::{Asking, Directory};
use crate::access::{Caller, Capability, holds};
use crate::evidence::checkpoint::Checkpoint;
use crate::evidence::fault::EvidenceFault;
use crate::evidence::live::{Evidence, PublicEvidence};
use crate::evidence::note::Note;
use crate::evidence::store::SignedCheckpoint;
use crate::writer::{CommandError, Outcome, Stop};

impl Directory {
    /// The evidence of this directory, to be read. Who may read what is asked by the doors.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.inner.evidence
    }

    /// How much of it everybody may see.
    #[must_use]
    pub fn public_evidence(&self) -> PublicEvidence {
        self.inner.options.log_public
    }

    /// Shows every durable record after a position, as it is stored: nothing personal stands in its header,
    /// and everything else is sealed.
    ///
    /// # Errors
    /// What reading meets.
    pub fn replay_records(
        &self,
        after: u64,
        visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>,
    ) -> Result<(), Fault> {
        self.inner.log.replay(after, visit)
    }

    /// One durable record as it is stored; `None` past the head.
    ///
    /// # Errors
    /// What reading meets.
    pub fn stored_record(&self, position: Position) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.inner.log.get(position.0)?.map(|stored| stored.bytes))
    }

    /// Has a checkpoint signed over all that is durable.
    ///
    /// # Errors
    /// [`RejectionCode::Forbidden`], or why it could not be signed.
    pub async fn sign_checkpoint(
        &self,
        caller: &Caller,
    ) -> Result<Result<SignedCheckpoint, EvidenceFault>, RejectionCode> {
        may_sign(caller)?;
        Ok(self.inner.evidence.sign().await)
    }

    /// Keeps the signatures of witnesses under a checkpoint of ours. Signatures of others are passed over.
    ///
    /// # Errors
    /// [`RejectionCode::Forbidden`]; [`RejectionCode::Invalid`] for what is no note, for a signature that claims to be
    /// a witness's and is not, and where no witness signed; [`RejectionCode::NotFound`] for a checkpoint that this log
    /// never signed.
    pub async fn cosign_checkpoint(
        &self,
        caller: &Caller,
        note: &str,
    ) -> Result<Result<SignedCheckpoint, EvidenceFault>, RejectionCode> {
        may_sign(caller)?;
        let mut note: Note = note.parse().map_err(|_| RejectionCode::Invalid)?;
        let said: Checkpoint = note.text.parse().map_err(|_| RejectionCode::Invalid)?;
        let witnesses = self.inner.evidence.witnesses();
        let mut holds = Vec::new();
        for line in note.signatures {
            match witnesses.iter().find_map(|witness| witness.judges(&note.text, &line)) {
                Some(true) => holds.push(line),
                Some(false) => return Err(RejectionCode::Invalid),
                None => {}
            }
        }
        note.signatures = holds;
        if note.signatures.is_empty() {
            return Err(RejectionCode::Invalid);
        }
        let evidence = self.inner.evidence.clone();
        let ours = tokio::task::spawn_blocking(move || evidence.at_size(said.size)).await;
        let Ok(Ok(Some(ours))) = ours else { return Err(RejectionCode::NotFound) };
        if ours.note.text != note.text {
            return Err(RejectionCode::NotFound);
        }
        Ok(self.inner.evidence.cosign(note).await)
    }

    /// Makes another signing key, and puts it into force. The one before signs the next checkpoint too, and is
    /// destroyed.
    ///
    /// # Errors
    /// The refusals of the rule; [`CommandError::Stopped`] where the key could not be made or adopted.
    pub async fn rotate_signing_key(&self, asking: Asking) -> Result<Outcome, CommandError> {
        let from = self.inner.evidence.key_in_force().ok_or(RejectionCode::Busy)?;
        self.rotate(asking, from, RotationCause::Requested).await
    }

    /// At a start: where the signing key is gone, another one comes into force, and the log says so.
    ///
    /// # Errors
    /// As [`Directory::rotate_signing_key`].
    pub async fn replace_lost_signing_key(&self) -> Result<(), CommandError> {
        let Some(from) = self.inner.evidence.lost_key() else { return Ok(()) };
        tracing::warn!(%from, "the key that signs checkpoints is gone: another one takes its place");
        self.rotate(Asking::by(Caller::System), from, RotationCause::Lost).await.map(drop)
    }

    async fn rotate(
        &self,
        asking: Asking,
        from: PublicKey,
        cause: RotationCause,
    ) -> Result<Outcome, CommandError> {
        let nothing_yet = Command::from(RotateSigningKey { from, to: from, cause });
        self.permit(&asking, &nothing_yet).await?;
        let keyring = self.inner.keyring.clone();
        let made = tokio::task::spawn_blocking(move || keyring.make_signing_key()).await;
        let keyring_stopped = |fault: &dyn std::fmt::Display| Stop::Keyring(fault.to_string());
        let made = made.map_err(|fault| CommandError::Stopped(keyring_stopped(&fault)))?;
        let to = made.map_err(|fault| CommandError::Stopped(keyring_stopped(&fault)))?.public();
        let answer = self.ask(asking, RotateSigningKey { from, to: to.into(), cause }).await;
        match &answer {
            Ok(outcome) if !outcome.repeated => {
                let adopted = self.inner.evidence.adopt(outcome.position, to).await;
                adopted.map_err(|fault| CommandError::Stopped(Stop::Evidence(fault.to_string())))?;
            }
            // A key that no event names is destroyed, here or at the next start.
            _ => drop(self.inner.keyring.destroy_signing_key(&to)),
        }
        answer
    }
}

fn may_sign(caller: &Caller) -> Result<(), RejectionCode> {
    match caller {
        Caller::Anonymous => Err(RejectionCode::Unauthenticated),
        Caller::Person(person) if person.must_change_password => Err(RejectionCode::PasswordChangeRequired),
        caller if holds(caller, Capability::SignCheckpoints) => Ok(()),
        _ => Err(RejectionCode::Forbidden),
    }
}
