//! Passwords and sessions: hashing happens here, before the queue, never in the writer.

use std::net::IpAddr;

use rollbook_projections::view::CredentialRow;
use rollbook_schema::command::{AnswerProof, Command, PasswordProof, SetPassword, SignIn, SignOut};
use rollbook_schema::event::{PasswordReset, PasswordSet};
use rollbook_schema::value::{
    ClientType, Password, PasswordVerifier, QuestionText, SecurityAnswer, Timestamp,
};
use rollbook_schema::{Actor, CredentialNumber, Event, Rejection, RejectionCode, UserId};
use zeroize::Zeroizing;

use super::lockout::NOBODY;
use super::{Asking, Directory};
use crate::access::Caller;
use crate::http::customer;
use crate::identity::SessionToken;
use crate::password_policy::{judge_chosen, judge_typed};
use crate::passwords::PasswordFault;
use crate::writer::{Answer, CommandError, Outcome, Stop};

/// Longest password that is looked at when signing in, in bytes: four for each of 128 code points.
const TRIED_PASSWORD_MAX: usize = 512;
const MILLIS_PER_MINUTE: i64 = 60_000;

/// Somebody wants to sign in.
pub struct SignInRequest {
    /// Username or email (ACC-14).
    pub login: String,
    /// As typed.
    pub password: Zeroizing<String>,
    /// What the program says it is (PRF-16).
    pub client: ClientType,
}

/// What somebody knows who changes the own password.
#[derive(Default)]
pub struct Proofs {
    /// The current password.
    pub current: Option<Zeroizing<String>>,
    /// The answer to the security question (AUT-08).
    pub answer: Option<SecurityAnswer>,
}

/// A session that has started.
pub struct OpenedSession {
    /// To be sent with each request. Shown this once.
    pub token: SessionToken,
    /// Whose.
    pub user: UserId,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// It may only set a new password, and sign out (AUT-05).
    pub must_change_password: bool,
    /// What must be answered with the new password (AUT-08).
    pub security_question: Option<QuestionText>,
    /// Where it stands in the log.
    pub outcome: Outcome,
}

impl Directory {
    /// Signs in by username or email. Every failure looks the same and takes as long: see `lockout`.
    ///
    /// # Errors
    /// `SIGN_IN_FAILED`, or `BUSY` when too many wait.
    pub async fn sign_in(
        &self,
        asking: &Asking,
        request: SignInRequest,
    ) -> Result<OpenedSession, CommandError> {
        self.count_entry(asking.context.client_address.as_deref())?;
        let account = self.account(&request.login)?;
        let password = Zeroizing::new(request.password.as_bytes().to_vec());
        let tried = password.len() <= TRIED_PASSWORD_MAX;
        let password = if tried { password } else { Zeroizing::new(Vec::new()) };
        let verifier =
            account.as_ref().and_then(|(_, held)| held.as_ref().map(|(_, verifier)| verifier.clone()));
        let right = self.inner.passwords.matches(password, verifier).await? && tried;
        let (user, proof) = match account {
            Some((user, Some((number, _)))) if right => (user, PasswordProof::Matches(number)),
            Some((user, _)) => (user, PasswordProof::Wrong),
            None => {
                self.count_unknown_sign_in();
                (NOBODY, PasswordProof::Wrong)
            }
        };
        let now = self.now();
        let token = self.inner.identities.token();
        let expires_at = now.plus_millis(i64::from(self.settings().session_minutes) * MILLIS_PER_MINUTE);
        let command = SignIn {
            user,
            proof,
            session: self.inner.identities.session(now),
            token_digest: token.digest(),
            expires_at,
            client: request.client,
        };
        let envelope = self.envelope_of(asking, user)?;
        if !self.may_enter(&command, now) {
            return Err(self.refuse_sign_in(envelope, command).await);
        }
        let session = command.session;
        let outcome = self.submit(envelope, command.into()).await?;
        let must_change_password = self.views().sessions.is_restricted(user, session);
        let security_question = self.asked_after_reset(user)?;
        Ok(OpenedSession { token, user, expires_at, must_change_password, security_question, outcome })
    }

    /// One address may not take all places where passwords are checked. This machine's own programs may.
    fn count_entry(&self, from: Option<&str>) -> Result<(), RejectionCode> {
        let from: Option<IpAddr> = from.and_then(|address| address.parse().ok());
        match from.map(customer).filter(|from| !from.is_loopback()) {
            Some(from) => self.inner.entries.check(&from).map_err(|_| RejectionCode::Busy),
            None => Ok(()),
        }
    }

    /// Ends the caller's own session.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when there is none.
    pub async fn sign_out(&self, asking: Asking) -> Answer {
        let Caller::Person(person) = asking.caller else { return Err(RejectionCode::Unauthenticated.into()) };
        if person.proxy.is_some() {
            // The session of the request is the proxy session; nobody signs the user out.
            return self.end_proxy(asking).await;
        }
        self.ask(asking, SignOut { user: person.id, session: person.session }).await
    }

    /// Sets a password. Whoever sets the own one proves the current one.
    ///
    /// # Errors
    /// What the policy says of the password, `WRONG_PASSWORD`, `PASSWORD_UNCHANGED` and the refusals of
    /// the rule.
    pub async fn set_password(
        &self,
        asking: Asking,
        user: UserId,
        password: Password,
        proofs: Proofs,
    ) -> Answer {
        let Proofs { current, answer } = proofs;
        let own = asking.caller.user() == Some(user);
        let session = match &asking.caller {
            Caller::Person(person) if own => Some(person.session),
            _ => None,
        };
        // Asked before hashing, so that nobody can buy hashing time without the right to it.
        let verifier = PasswordVerifier::from_phc(String::new());
        let answered = AnswerProof::Missing;
        let mut command = SetPassword { user, verifier, session, proved: None, answer: answered };
        if self.may_ask(&asking.caller, &Command::SetPassword(command.clone())).is_err() {
            return self.ask(asking, command).await;
        }
        let settings = self.settings();
        if own {
            judge_chosen(&password, &settings)?;
            let is_unchanged = current.as_ref().is_some_and(|it| it.as_bytes() == password.as_bytes());
            command.proved = self.proved(user, current).await?;
            command.answer = self.answer_proof(user, answer).await?;
            if is_unchanged && command.proved.is_some() {
                return Err(Rejection::of("password", RejectionCode::PasswordUnchanged).into());
            }
        } else {
            judge_typed(&password, &settings)?;
        }
        command.verifier = self.hash(password).await?;
        self.ask(asking, command).await
    }

    /// Hashes a password on the pool.
    ///
    /// # Errors
    /// `BUSY` when too many wait.
    pub async fn hash(&self, password: Password) -> Result<PasswordVerifier, CommandError> {
        let bytes = Zeroizing::new(password.as_bytes().to_vec());
        Ok(self.inner.passwords.hash(bytes).await?)
    }

    pub(super) async fn proved(
        &self,
        user: UserId,
        current: Option<Zeroizing<String>>,
    ) -> Result<Option<CredentialNumber>, CommandError> {
        let Some(current) = current.filter(|current| current.len() <= TRIED_PASSWORD_MAX) else {
            return Ok(None);
        };
        let Some((number, verifier)) = self.credential(user)? else { return Ok(None) };
        let bytes = Zeroizing::new(current.as_bytes().to_vec());
        let right = self.inner.passwords.matches(bytes, Some(verifier)).await?;
        Ok(right.then_some(number))
    }

    #[expect(clippy::type_complexity, reason = "an account and what it may be checked against")]
    fn account(
        &self,
        login: &str,
    ) -> Result<Option<(UserId, Option<(CredentialNumber, PasswordVerifier)>)>, CommandError> {
        let user = self.views().users.by_login(login.trim());
        // Where there is none, somebody's is read and thrown away: reading takes time too.
        let held = self.credential(user.unwrap_or(UserId::FIRST_PERSON))?;
        Ok(user.map(|user| (user, held)))
    }

    /// The verifier is read from the log and opened for this one check; it is in no view.
    fn credential(&self, user: UserId) -> Result<Option<(CredentialNumber, PasswordVerifier)>, CommandError> {
        let held = self.views().credentials.of(user);
        let Some(CredentialRow { credential: number, set_at: position }) = held else { return Ok(None) };
        let recorded =
            self.recorded(position).map_err(|fault| CommandError::Stopped(Stop::Log(fault.to_string())))?;
        Ok(match recorded.map(|recorded| recorded.event) {
            Some(
                Event::PasswordSet(PasswordSet { verifier, .. })
                | Event::PasswordReset(PasswordReset { verifier, .. }),
            ) => verifier.known().map(|verifier| (number, verifier.clone())),
            _ => None,
        })
    }

    /// Somebody who signs in acts as the account they sign in to.
    fn envelope_of(
        &self,
        asking: &Asking,
        user: UserId,
    ) -> Result<rollbook_schema::CommandEnvelope, CommandError> {
        let mut asking = asking.clone();
        asking.caller = Caller::System;
        let mut envelope = self.envelope(&asking)?;
        envelope.actor = Actor::person(user);
        Ok(envelope)
    }
}

impl From<PasswordFault> for CommandError {
    fn from(fault: PasswordFault) -> Self {
        match fault {
            PasswordFault::Busy => RejectionCode::Busy.into(),
            PasswordFault::Cost | PasswordFault::Stopped => CommandError::Stopped(Stop::Closed),
        }
    }
}
