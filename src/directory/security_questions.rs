//! Security questions: set by the person, read from the log when they are asked, answered against a hash.

use rollbook_schema::command::{AnswerProof, RemoveSecurityQuestion, SetSecurityQuestion};
use rollbook_schema::event::SecurityQuestionSet;
use rollbook_schema::value::{PasswordVerifier, QuestionText, SecurityAnswer, SecurityQuestion};
use rollbook_schema::{Command, CredentialNumber, Event, RejectionCode, UserId};
use zeroize::Zeroizing;

use super::history::ReadFault;
use super::{Asking, Directory};
use crate::access::Caller;
use crate::writer::{Answer, CommandError, Stop};

impl Directory {
    /// Chooses the caller's own question.
    ///
    /// # Errors
    /// `WRONG_PASSWORD`, `SECURITY_QUESTIONS_OFF`, `BUSY`, and the refusals of access.
    pub async fn set_security_question(
        &self,
        asking: Asking,
        question: QuestionText,
        answer: SecurityAnswer,
        current: Option<Zeroizing<String>>,
    ) -> Answer {
        let user = asking.caller.user().ok_or(RejectionCode::Unauthenticated)?;
        let verifier = PasswordVerifier::from_phc(String::new());
        let mut command = SetSecurityQuestion { user, question, verifier, proved: None };
        // Asked before hashing, so that nobody can buy hashing time without the right to it.
        if self.may_ask(&asking.caller, &Command::SetSecurityQuestion(command.clone())).is_err() {
            return self.ask(asking, command).await;
        }
        command.proved = self.proved(user, current).await?;
        if command.proved.is_some() {
            let bytes = Zeroizing::new(answer.as_bytes().to_vec());
            command.verifier = self.inner.passwords.hash(bytes).await?;
        }
        self.ask(asking, command).await
    }

    /// Takes a question away. Whoever takes the own away proves the current password.
    ///
    /// # Errors
    /// `WRONG_PASSWORD`, `BUSY`, and the refusals of access.
    pub async fn remove_security_question(
        &self,
        asking: Asking,
        user: UserId,
        current: Option<Zeroizing<String>>,
    ) -> Answer {
        let mut command = RemoveSecurityQuestion { user, proved: None };
        let may_ask = self.may_ask(&asking.caller, &Command::RemoveSecurityQuestion(command.clone()));
        if may_ask.is_ok() && asking.caller.user() == Some(user) {
            command.proved = self.proved(user, current).await?;
        }
        self.ask(asking, command).await
    }

    /// What the caller's own question asks; `None` for nobody's, and under a proxy.
    ///
    /// # Errors
    /// [`ReadFault`] when the log or the keys fail.
    pub fn own_security_question(&self, caller: &Caller) -> Result<Option<QuestionText>, ReadFault> {
        let Caller::Person(person) = caller else { return Ok(None) };
        if person.proxy.is_some() {
            return Ok(None);
        }
        Ok(self.security_question(person.id)?.map(|(_, question)| question.question))
    }

    /// What is asked of somebody who signed in with a temporary password, besides a new one.
    ///
    /// # Errors
    /// A fault when the log or the keys fail.
    pub fn asked_after_reset(&self, user: UserId) -> Result<Option<QuestionText>, CommandError> {
        let is_temporary = self.views().sessions.demands().temporary(user).is_some();
        if !is_temporary || !self.settings().security_question_after_reset {
            return Ok(None);
        }
        Ok(self.security_question(user).map_err(unreadable)?.map(|(_, question)| question.question))
    }

    /// Checks an answer, at the cost of a password.
    pub(super) async fn answer_proof(
        &self,
        user: UserId,
        answer: Option<SecurityAnswer>,
    ) -> Result<AnswerProof, CommandError> {
        let Some(answer) = answer else { return Ok(AnswerProof::Missing) };
        let Some((number, held)) = self.security_question(user).map_err(unreadable)? else {
            return Ok(AnswerProof::Wrong);
        };
        let bytes = Zeroizing::new(answer.as_bytes().to_vec());
        let right = self.inner.passwords.matches(bytes, Some(held.verifier)).await?;
        Ok(if right { AnswerProof::Matches(number) } else { AnswerProof::Wrong })
    }

    fn security_question(
        &self,
        user: UserId,
    ) -> Result<Option<(CredentialNumber, SecurityQuestion)>, ReadFault> {
        let Some(row) = self.views().security_questions.of(user) else { return Ok(None) };
        Ok(match self.recorded(row.set_at)?.map(|recorded| recorded.event) {
            Some(Event::SecurityQuestionSet(SecurityQuestionSet { question, .. })) => {
                question.known().map(|question| (row.credential, question.clone()))
            }
            _ => None,
        })
    }
}

fn unreadable(fault: ReadFault) -> CommandError {
    CommandError::Stopped(Stop::Log(fault.to_string()))
}
