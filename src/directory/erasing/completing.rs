//! The last step: the receipt, signed and recorded. And all steps again, where one is missing.

use rollbook_projections::view::ErasureRow;
use rollbook_schema::command::CompleteErasure;
use rollbook_schema::event::{ErasureCompleted, Remnant, StepTaken};
use rollbook_schema::value::{PublicKey, Signature};
use rollbook_schema::{Position, UserId};

use super::{ErasingFault, ErasurePoint, orders_of};
use crate::access::Caller;
use crate::directory::{Asking, Directory};
use crate::evidence::fault::EvidenceFault;
use crate::evidence::receipt;
use crate::writer::{CommandError, Stop};

const MILLIS_PER_DAY: i64 = 24 * 60 * 60 * 1000;

/// Why an erasure is not complete. It says so itself until it is, and is tried again.
#[derive(Debug, thiserror::Error)]
pub enum IncompleteErasure {
    /// A step.
    #[error(transparent)]
    Step(#[from] ErasingFault),
    /// A step was not taken, and said why in the log of the program.
    #[error("a step of the erasure ordered at position {0} is still to be taken")]
    Open(Position),
    /// The receipt could not be signed.
    #[error(transparent)]
    Unsigned(#[from] EvidenceFault),
    /// The receipt could not be recorded.
    #[error(transparent)]
    Unrecorded(#[from] CommandError),
}

impl Directory {
    /// Completes every masking and erasure that has no receipt yet. Cheap where there is none.
    ///
    /// # Errors
    /// The first that could not be completed; the others were tried all the same.
    pub async fn complete_erasures(&self) -> Result<(), IncompleteErasure> {
        // One at a time: who asks meanwhile finds it done, and not its notes taken away.
        let _turn = self.inner.erasing.completing.lock().await;
        let open: Vec<(Position, UserId)> = self.views().erasures.open().collect();
        let is_untaken = |order: &Position| self.inner.erasing.all_taken(*order).is_none();
        let untaken: Vec<Position> = open.iter().map(|(order, _)| *order).filter(is_untaken).collect();
        let mut first = self.carry_out_again(untaken).await.map_err(IncompleteErasure::from);
        for (order, user) in open {
            let completed = self.complete_erasure(order, user).await;
            first = first.and(completed);
        }
        let views = self.views();
        let is_open = |order: Position| views.erasures.get(order).is_none_or(|row| row.completion.is_none());
        self.inner.erasing.keep_notes_of(is_open);
        first
    }

    /// As [`Directory::complete_erasures`], to its end even if whoever asked goes away. What does not succeed is
    /// told in the log of the program, and tried again by the policy.
    pub(in crate::directory) async fn complete_erasures_now(&self) {
        let this = self.clone();
        let completing = tokio::spawn(async move { this.complete_erasures().await });
        if let Ok(Err(fault)) = completing.await {
            tracing::error!(%fault, "an erasure is not complete yet");
        }
    }

    /// The steps that were taken for an order: from its receipt, or as far as they are.
    #[must_use]
    pub fn erasure_steps(&self, order: Position, row: &ErasureRow) -> Vec<StepTaken> {
        match &row.completion {
            Some(completion) => completion.receipt.steps.clone(),
            None => self.inner.erasing.taken(order),
        }
    }

    /// What is left to be done by hand once the steps are taken.
    #[must_use]
    pub fn left_by_erasure(&self, row: &ErasureRow) -> Vec<Remnant> {
        let days = i64::from(self.inner.options.keyring_backup_days);
        let until = row.ordered_at.plus_millis(days * MILLIS_PER_DAY);
        let backups = Remnant::KeyringBackups { until };
        let mut left = vec![backups, Remnant::Replicas, Remnant::Exports, Remnant::SentMail];
        if let Some(search) = row.free_text.as_ref().filter(|search| !search.records.is_empty()) {
            left.push(Remnant::FreeText { records: search.records.clone() });
        }
        if row.free_text.as_ref().is_none_or(|search| search.from > Position(1)) {
            left.push(Remnant::FreeTextUnsearched);
        }
        left
    }

    async fn complete_erasure(&self, order: Position, user: UserId) -> Result<(), IncompleteErasure> {
        let steps = self.inner.erasing.all_taken(order).ok_or(IncompleteErasure::Open(order))?;
        if let Err(interrupted) = self.inner.erasing.interruptions.before(ErasurePoint::Receipt) {
            self.inner.status.stop(Stop::Erasure(interrupted.to_string()));
            return Err(ErasingFault::from(interrupted).into());
        }
        let Some(row) = self.views().erasures.get(order).cloned() else { return Ok(()) };
        if row.completion.is_some() {
            return Ok(());
        }
        let remaining = self.left_by_erasure(&row);
        let mut receipt = ErasureCompleted {
            user,
            order,
            mode: row.mode,
            ordered_at: row.ordered_at,
            destroyed: row.destroyed,
            steps,
            remaining,
            signed_by: PublicKey::default(),
            signature: Signature::from([0; 64]),
        };
        (receipt.signed_by, receipt.signature) =
            self.inner.evidence.sign_text(receipt::text(&receipt)).await?;
        self.record_receipt(receipt).await?;
        Ok(())
    }

    /// Together, since each rewriting of keys is one for all.
    async fn carry_out_again(&self, untaken: Vec<Position>) -> Result<(), ErasingFault> {
        if untaken.is_empty() {
            return Ok(());
        }
        let this = self.clone();
        let again = tokio::task::spawn_blocking(move || {
            let orders = orders_of(&this.views(), this.inner.log.as_ref(), untaken)?;
            this.inner.erasing.carry_out(&orders)
        });
        // A step that panicked was not taken.
        again.await.unwrap_or(Ok(()))
    }

    /// Once, however often it is told.
    async fn record_receipt(&self, receipt: ErasureCompleted) -> Result<(), CommandError> {
        let ErasureCompleted { user, order, steps, remaining, signed_by, signature, .. } = receipt;
        let mut asking = Asking::by(Caller::System);
        asking.idempotency_key = Some(format!("receipt of erasure {order}"));
        let mut envelope = self.envelope(&asking)?;
        envelope.causation = Some(order);
        let command = CompleteErasure { user, order, steps, remaining, signed_by, signature };
        self.submit(envelope, command.into()).await.map(drop)
    }
}
