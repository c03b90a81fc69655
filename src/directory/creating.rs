//! Making users: access is asked before anything is hashed, so that nobody can buy hashing time
//! without the right to it.

use rollbook_schema::command::CreateUser;
use rollbook_schema::value::{Password, UserSource};
use rollbook_schema::{Actor, Command};

use super::{Asking, Directory};
use crate::password_policy::judge_chosen;
use crate::writer::Answer;

impl Directory {
    /// Judges and hashes the password and asks the command. Without a password one is made
    /// up and mailed (AUT-10); where no mail goes, nobody can sign in until it is reset (AUT-11, AUT-13). If it names an automation rule, the automation is the
    /// actor (RSV-06, LIC-08), on behalf of whoever asked and had the right to.
    ///
    /// # Errors
    /// What the policy says of the password, `BUSY` when too many wait, and the refusals of the rule.
    pub async fn create_user(
        &self,
        asking: Asking,
        mut command: CreateUser,
        password: impl Into<Option<Password>>,
    ) -> Answer {
        if self.may_ask(&asking.caller, &Command::CreateUser(command.clone())).is_err() {
            // Refused there, and recorded.
            return self.ask(asking, command).await;
        }
        match password.into() {
            Some(password) => {
                judge_chosen(&password, &self.settings())?;
                command.verifier = Some(self.hash(password).await?);
            }
            // Whoever is kept in LDAP signs in as that says (SSO-03).
            None if command.source == UserSource::Ldap => {}
            None => command.initial = self.initial_password().await?,
        }
        if command.rule.is_none() {
            return self.ask(asking, command).await;
        }
        let caller = asking.caller;
        let envelope = self.envelope_as(Actor::SYSTEM, asking)?;
        self.submit_for(caller, envelope, command.into()).await
    }
}
