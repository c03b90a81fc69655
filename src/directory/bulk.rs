//! One command over many users: judged each for itself, and made durable together.

use futures_util::future::join_all;
use rollbook_schema::{Command, Rejection, RejectionCode, UserId};

use super::Directory;
use super::asking::Asking;
use crate::writer::{Answer, BATCH_COMMANDS_MAX};

/// Most users in one bulk command.
pub const BULK_USERS_MAX: usize = 500;

impl Directory {
    /// Asks a command for each user, with an answer for each: whoever is refused does not keep the
    /// others from it (DEL-12). They wait together, so that they share batches and syncs.
    ///
    /// With an idempotency key each user's command has one of its own, made from both: repeated, it
    /// gives the first receipts again and goes on with whom it did not reach.
    ///
    /// # Errors
    /// [`RejectionCode::TooMany`] for more than [`BULK_USERS_MAX`]; what is refused of one user is in
    /// its answer.
    pub async fn ask_each(
        &self,
        asking: Asking,
        commands: Vec<(UserId, Command)>,
    ) -> Result<Vec<Answer>, Rejection> {
        if commands.len() > BULK_USERS_MAX {
            return Err(Rejection::of("userIds", RejectionCode::TooMany));
        }
        let now = self.now();
        let key =
            asking.idempotency_key.clone().unwrap_or_else(|| self.inner.identities.command(now).to_string());
        // Half of the queue stays free for everybody else.
        let together = (self.inner.options.queue_commands_max / 2).clamp(1, BATCH_COMMANDS_MAX);
        let correlation_id = self.inner.identities.correlation(now);
        let mut answers = Vec::with_capacity(commands.len());
        for commands in commands.chunks(together) {
            let asked = commands.iter().map(|(user, command)| async {
                let mut asking = asking.clone();
                asking.idempotency_key = Some(self.scoped_command_id(&key, *user)?.to_string());
                self.permit(&asking, command).await?;
                let caller = asking.caller;
                let mut envelope = self.envelope_for(asking, command)?;
                envelope.correlation_id = correlation_id;
                self.submit_for(caller, envelope, command.clone()).await
            });
            answers.extend(join_all(asked).await);
        }
        Ok(answers)
    }
}
