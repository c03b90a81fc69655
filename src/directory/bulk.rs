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
        bounded(commands.len())?;
        let key = self.bulk_key(&asking);
        // Half of the queue stays free for everybody else.
        let together = (self.inner.options.queue_commands_max / 2).clamp(1, BATCH_COMMANDS_MAX);
        let correlation_id = self.inner.identities.correlation(self.now());
        let mut answers = Vec::with_capacity(commands.len());
        for commands in commands.chunks(together) {
            let asked = commands.iter().map(|(user, command)| async {
                let mut asking = asking.clone();
                asking.idempotency_key = Some(self.scoped_command_id(&key, *user)?.to_string());
                self.permit(&asking, command).await?;
                let caller = asking.caller;
                let mut envelope = self.envelope_for(asking, command)?;
                envelope.correlation_id = correlation_id;
                self.carry_out(caller, envelope, command.clone()).await
            });
            answers.extend(join_all(asked).await);
        }
        Ok(answers)
    }

    /// Resets the password of each user to a different one, by mail, with an answer for each. No password
    /// is shown: whoever mail does not reach keeps theirs. One after the other, since hashing is dear and
    /// others sign in meanwhile.
    ///
    /// # Errors
    /// As [`Directory::ask_each`].
    pub async fn reset_each(&self, asking: Asking, users: Vec<UserId>) -> Result<Vec<Answer>, Rejection> {
        bounded(users.len())?;
        let key = self.bulk_key(&asking);
        let mut answers = Vec::with_capacity(users.len());
        for user in users {
            let mut asking = asking.clone();
            asking.idempotency_key = Some(self.scoped_command_id(&key, user)?.to_string());
            let reset = self.reset_password_by_mail(asking, user).await;
            answers.push(reset.map(|done| done.outcome));
        }
        Ok(answers)
    }

    /// The client's name for the whole, or a new one.
    fn bulk_key(&self, asking: &Asking) -> String {
        let own = || self.inner.identities.command(self.now()).to_string();
        asking.idempotency_key.clone().unwrap_or_else(own)
    }
}

fn bounded(users: usize) -> Result<(), Rejection> {
    if users > BULK_USERS_MAX {
        return Err(Rejection::of("userIds", RejectionCode::TooMany));
    }
    Ok(())
}
