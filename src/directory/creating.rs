//! Making users: access is asked before anything is hashed, so that nobody can buy hashing time
//! without the right to it.

use rollbook_schema::command::CreateUser;
use rollbook_schema::value::Password;
use rollbook_schema::{Actor, Command};

use super::{Asking, Directory};
use crate::writer::Answer;

impl Directory {
    /// Hashes the password and asks the command. If it names an automation rule, the automation is the
    /// actor (RSV-06, LIC-08), on behalf of whoever asked and had the right to.
    ///
    /// # Errors
    /// `BUSY` when too many passwords wait, and the refusals of the rule.
    pub async fn create_user(
        &self,
        mut asking: Asking,
        mut command: CreateUser,
        password: Password,
    ) -> Answer {
        if self.may_ask(&asking.caller, &Command::CreateUser(command.clone())).is_err() {
            // Refused there, and recorded.
            return self.ask(asking, command).await;
        }
        command.verifier = Some(self.hash(password).await?);
        if command.rule.is_none() {
            return self.ask(asking, command).await;
        }
        // What is sealed under the automation outlives the person: it keeps nothing of where they were.
        asking.context.client_address = None;
        asking.context.user_agent = None;
        let mut envelope = self.envelope(&asking)?;
        envelope.actor = Actor::SYSTEM;
        envelope.on_behalf_of = asking.caller.user();
        self.submit(envelope, command.into()).await
    }
}
