//! Carrying a retention rule out, as automation; and saying whom it would touch.

use std::sync::Arc;

use rollbook_projections::view::Due;
use rollbook_schema::command::{ApplyRetention, EndRetentionRun, StartRetentionRun};
use rollbook_schema::event::DestroyedKey;
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::RetentionLimit;
use rollbook_schema::{Command, Group, KeyOwner, Position, UserId};

use super::{Asking, Directory};
use crate::access::Caller;
use crate::retention::Left;
use crate::sealing::address;
use crate::writer::{Answer, CommandError, Stop};

/// People that are looked at for one plan, at most.
const LOOKED_AT_MAX: usize = 10_000;

/// Whom a rule would touch now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionPlan {
    /// By which limit.
    pub limit: RetentionLimit,
    /// Whom it would touch, about the longest due first.
    pub touched: Vec<Due>,
    /// Who is kept.
    pub kept: Vec<Due>,
    /// Nobody beyond those was left out.
    pub complete: bool,
}

impl Directory {
    /// Whom a rule would touch now, whether it is on or off; `None` for no rule. Changes nothing.
    #[must_use]
    pub fn retention_plan(&self, rule: RetentionRuleId) -> Option<RetentionPlan> {
        let views = self.views();
        let limit = views.retention.rule(rule)?.limit;
        let mut plan = RetentionPlan { limit, touched: Vec::new(), kept: Vec::new(), complete: true };
        for (looked_at, due) in views.over_by(limit, self.now()).enumerate() {
            if looked_at == LOOKED_AT_MAX {
                plan.complete = false;
                break;
            }
            let side = if due.kept.is_some() { &mut plan.kept } else { &mut plan.touched };
            side.push(due);
        }
        Some(plan)
    }

    /// One run of a rule, of so many people at most. Nothing is recorded where there is nobody to touch and no run
    /// to end. A run that has ended left nothing undone.
    ///
    /// # Errors
    /// [`CommandError::Stopped`], also where only the keyring could not be written, and `BUSY`: what was done is done,
    /// and the run goes on with the next call.
    pub async fn carry_out_retention(
        &self,
        rule: RetentionRuleId,
        people_max: usize,
    ) -> Result<Left, CommandError> {
        let Some(plan) = self.retention_plan(rule) else { return Ok(Left::Nothing) };
        if plan.touched.is_empty() && self.run_of(rule).is_none() {
            return Ok(Left::Nothing);
        }
        done(self.as_automation(StartRetentionRun { rule }.into(), None).await)?;
        let Some(run) = self.run_of(rule) else { return Ok(Left::Nothing) };
        for due in plan.touched.iter().take(people_max) {
            let command = ApplyRetention { user: due.user, rule, run, keys: self.keys_of(due.user) };
            done(self.as_automation(command.into(), Some(run)).await)?;
        }
        self.settle(rule).await?;
        let kept = u64::try_from(plan.kept.len()).unwrap_or(u64::MAX);
        done(self.as_automation(EndRetentionRun { rule, run, kept }.into(), Some(run)).await)?;
        let is_more = plan.touched.len() > people_max || !plan.complete && !plan.touched.is_empty();
        Ok(if is_more { Left::More } else { Left::Nothing })
    }

    fn run_of(&self, rule: RetentionRuleId) -> Option<Position> {
        self.views().retention.rule(rule)?.run.map(|under_way| under_way.run)
    }

    /// Each key that a person has, with its fingerprint.
    pub(super) fn keys_of(&self, user: UserId) -> Vec<DestroyedKey> {
        let own = Group::ALL.map(|group| (KeyOwner::Subject(user), group));
        let views = self.views();
        let signed_in = views.sign_in_keys.of(user).iter().map(|key| KeyOwner::Credential(key.number));
        let keys = own.into_iter().chain(signed_in.map(|owner| (owner, Group::Context)));
        let known = keys.filter_map(|(owner, group)| {
            let fingerprint = self.inner.keyring.fingerprint(address(owner, group))?;
            Some(DestroyedKey { owner, group, fingerprint })
        });
        known.collect()
    }

    /// What is left of destroyed keys in older files of the keyring becomes noise, once for all whom a run touched.
    /// An erasure has done so itself.
    async fn settle(&self, rule: RetentionRuleId) -> Result<(), CommandError> {
        let is_owed = self.views().retention.rule(rule).is_some_and(|rule| {
            matches!(rule.limit, RetentionLimit::SignInContextAfter(_))
                && rule.run.is_some_and(|under_way| under_way.applied > 0)
        });
        if !is_owed {
            return Ok(());
        }
        // The rotation takes the key of the snapshot along, so the file goes too.
        let erasing = Arc::clone(&self.inner.erasing);
        let rotated = tokio::task::spawn_blocking(move || erasing.settle()).await;
        let rotated = rotated.map_err(|_| CommandError::Stopped(Stop::Closed))?;
        rotated.map_err(|fault| CommandError::Stopped(Stop::Keyring(fault.to_string())))
    }

    async fn as_automation(&self, command: Command, causation: Option<Position>) -> Answer {
        let mut envelope = self.envelope(&Asking::by(Caller::System))?;
        envelope.causation = causation;
        self.submit(envelope, command).await
    }
}

/// A refusal is an answer too: somebody placed a hold meanwhile, or switched the rule off.
fn done(answer: Answer) -> Result<(), CommandError> {
    use rollbook_schema::RejectionCode::Busy;
    match answer {
        Ok(_) => Ok(()),
        Err(CommandError::Refused(rejections)) if rejections.code() != Busy => Ok(()),
        Err(fault) => Err(fault),
    }
}
