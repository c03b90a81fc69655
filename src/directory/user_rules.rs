//! Rules that call other programs: where they may, and how a deletion waits for those that run before it.
//!
//! A call takes seconds, and the one writer waits for nobody. So the deletion is asked; the decision refuses
//! with the rule that was not called yet; that rule is called here, with its start and its end in the log; and
//! the deletion is asked again with what was called, by id and version, which the decision looks at once more.

use rollbook_projections::view::{RuleRun, UserRuleRow};
use rollbook_schema::command::{DeleteUser, RecordUserRuleRun, RunStep};
use rollbook_schema::value::{RuleFault, RuleUrl};
use rollbook_schema::{
    Command, CommandEnvelope, Position, Rejection, RejectionCode, UserId, UserRuleId, Version,
};

use super::Directory;
use super::asking::Asking;
use crate::access::Caller;
use crate::rule_calls::{Deleted, Letter};
use crate::writer::{Answer, CommandError, by_rule};

/// Most calls for one deletion: each of the most rules there can be, and again where it changed meanwhile.
const CALLS_PER_DELETION_MAX: usize = 200;

impl Directory {
    /// May rules call what this command says?
    ///
    /// # Errors
    /// `ORIGIN_NOT_ALLOWED` for an address that the configuration does not allow: a rule that waited for a call
    /// that nobody makes would keep every user it is due for.
    pub(super) fn may_call(&self, command: &Command) -> Result<(), Rejection> {
        let url = match command {
            Command::DefineUserRule(c) => c.url.as_ref(),
            Command::ChangeUserRule(c) => c.url.as_ref(),
            _ => None,
        };
        match url {
            Some(url) if !self.inner.options.rule_calls.allow(url) => {
                Err(Rejection::of("url", RejectionCode::OriginNotAllowed))
            }
            _ => Ok(()),
        }
    }

    /// Judges a deletion, and makes the calls that it waits for.
    pub(super) async fn delete_for(
        &self,
        caller: Caller,
        envelope: CommandEnvelope,
        command: DeleteUser,
    ) -> Answer {
        let answer = self.submit_for(caller, envelope.clone(), command.clone().into()).await;
        let Some(rule) = not_called(&answer) else { return answer };
        // Whoever asked may hang up: what was begun has an end all the same.
        let directory = self.clone();
        let called =
            tokio::spawn(async move { directory.call_and_delete(caller, envelope, command, rule).await });
        called.await.unwrap_or_else(|_| Err(CommandError::Stopped(self.why_stopped())))
    }

    async fn call_and_delete(
        &self,
        caller: Caller,
        envelope: CommandEnvelope,
        mut command: DeleteUser,
        mut rule: UserRuleId,
    ) -> Answer {
        for _ in 0..CALLS_PER_DELETION_MAX {
            if let Some(version) = self.call_before(&envelope, command.user, rule).await? {
                command.called.retain(|(called, _)| *called != rule);
                command.called.push((rule, version));
            }
            let answer = self.submit_for(caller, envelope.clone(), command.clone().into()).await;
            match not_called(&answer) {
                Some(another) => rule = another,
                None => return answer,
            }
        }
        Err(Rejection::by_rule(rule, RejectionCode::RuleNotCalled).into())
    }

    /// Calls one rule, and gives the version that was called; `None` for a rule that is gone.
    async fn call_before(
        &self,
        deletion: &CommandEnvelope,
        user: UserId,
        rule: UserRuleId,
    ) -> Result<Option<Version>, CommandError> {
        let row = self.views().user_rules.get(rule).cloned();
        let Some((row, url)) = row.and_then(called) else { return Ok(None) };
        let start = RecordUserRuleRun { user, rule, step: RunStep::Start };
        let run = self.record_rule_run(deletion, None, start).await?.position;
        let letter = Letter::new((rule, row.trigger), user, run, deletion.correlation_id);
        let result = self.inner.options.rule_calls.call(&url, &letter).await;
        let step = match result {
            Ok(()) => RunStep::Finish { attempt: 1 },
            Err(fault) => RunStep::Fail { attempt: 1, fault, gives_up: true },
        };
        // Two who delete one user at once share the run's last word: the first has it.
        match self.record_rule_run(deletion, Some(run), RecordUserRuleRun { user, rule, step }).await {
            Err(CommandError::Refused(refused)) if refused.code() == RejectionCode::NotFound => {}
            answer => _ = answer?,
        }
        match result {
            Ok(()) => Ok(Some(row.version)),
            Err(_) => Err(Rejection::by_rule(rule, RejectionCode::RuleFailed).into()),
        }
    }

    /// In the name of automation, on behalf of whoever deletes.
    async fn record_rule_run(
        &self,
        deletion: &CommandEnvelope,
        cause: Option<Position>,
        command: RecordUserRuleRun,
    ) -> Answer {
        let id = self.identities().command(self.now());
        let envelope = CommandEnvelope { id, expected_version: None, ..by_rule(deletion, cause) };
        self.submit(envelope, command.into()).await
    }

    /// Makes a call that was queued by a deletion, to the address of now.
    ///
    /// # Errors
    /// Why it did not succeed.
    pub async fn call_rule(&self, run: &RuleRun) -> Result<(), RuleFault> {
        let row = self.views().user_rules.get(run.rule).cloned();
        let (row, url) = row.and_then(called).ok_or(RuleFault::RuleGone)?;
        let letter = Letter::new((run.rule, row.trigger), run.user, run.run, run.correlation_id);
        let letter = self.nameable(run.user).into_iter().fold(letter, Letter::naming);
        self.inner.options.rule_calls.call(&url, &letter).await
    }

    /// What a deleted user was called; `None` where that may not be used.
    fn nameable(&self, user: UserId) -> Option<Deleted> {
        let views = self.views();
        let is_usable = views.access_requests.restricted_since(user).is_none();
        views.users.get(user).filter(|_| is_usable).map(Deleted::of)
    }

    /// Records what became of such a call, once however often it is told.
    ///
    /// # Errors
    /// `NOT_FOUND` for a run that has its last word, `BUSY`, or a directory that stopped.
    pub async fn record_rule_attempt(
        &self,
        run: &RuleRun,
        attempt: u32,
        fault: Option<RuleFault>,
        gives_up: bool,
    ) -> Answer {
        let mut asking = Asking::by(Caller::System);
        asking.idempotency_key = Some(format!("rule run {} attempt {attempt}", run.run));
        let mut envelope = self.envelope(&asking)?;
        (envelope.causation, envelope.correlation_id) = (Some(run.run), run.correlation_id);
        let step = match fault {
            None => RunStep::Finish { attempt },
            Some(fault) => RunStep::Fail { attempt, fault, gives_up },
        };
        self.submit(envelope, RecordUserRuleRun { user: run.user, rule: run.rule, step }.into()).await
    }

    /// Gives its last word to every call before a deletion that was under way when the program ended. Asked at
    /// the start, when none can be.
    ///
    /// # Errors
    /// `BUSY`, or a directory that stopped.
    pub async fn end_lost_rule_runs(&self) -> Result<(), CommandError> {
        let runs: Vec<RuleRun> = self.views().user_rules.started().copied().collect();
        for run in runs {
            self.record_rule_attempt(&run, 1, Some(RuleFault::Unreachable), true).await?;
        }
        Ok(())
    }
}

/// The rule that a deletion waits for.
fn not_called(answer: &Answer) -> Option<UserRuleId> {
    let Err(CommandError::Refused(refused)) = answer else { return None };
    refused.iter().find(|it| it.code == RejectionCode::RuleNotCalled).and_then(|it| it.rule)
}

/// Whom a rule calls; `None` for one that is gone, or calls nobody.
fn called(row: UserRuleRow) -> Option<(UserRuleRow, RuleUrl)> {
    let url = row.url.clone().filter(|_| !row.deleted && row.action.invokes())?;
    Some((row, url))
}
