//! Carrying a retention rule out, as automation; and saying whom it would touch.

use rollbook_keyring::KeyAddress;
use rollbook_projections::view::Kept;
use rollbook_schema::command::{ApplyRetention, EndRetentionRun, StartRetentionRun};
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Command, Group, Position, UserId};

use super::{Asking, Directory};
use crate::access::Caller;
use crate::retention::Left;
use crate::writer::{Answer, CommandError};

/// People that are looked at for one plan, at most.
const LOOKED_AT_MAX: usize = 10_000;

/// Whom a rule would touch now. Users with the moment at which their time was over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionPlan {
    /// Whom it would erase, longest due first.
    pub touched: Vec<(UserId, Timestamp)>,
    /// Who is kept, and why.
    pub kept: Vec<(UserId, Timestamp, Kept)>,
    /// Nobody beyond those was left out.
    pub complete: bool,
}

impl Directory {
    /// Whom a rule would touch now, whether it is on or off; `None` for no rule. Changes nothing.
    #[must_use]
    pub fn retention_plan(&self, rule: RetentionRuleId) -> Option<RetentionPlan> {
        let views = self.views();
        let limit = views.retention.rule(rule)?.limit;
        let mut plan = RetentionPlan { complete: true, ..RetentionPlan::default() };
        for (looked_at, (user, due_at, kept)) in views.over_by(limit, self.now()).enumerate() {
            if looked_at == LOOKED_AT_MAX {
                plan.complete = false;
                break;
            }
            match kept {
                Some(kept) => plan.kept.push((user, due_at, kept)),
                None => plan.touched.push((user, due_at)),
            }
        }
        Some(plan)
    }

    /// One run of a rule, of so many people at most. Nothing is recorded where there is nobody to touch and no run
    /// to end.
    ///
    /// # Errors
    /// [`CommandError::Stopped`], and `BUSY`: what was done is done, and the run goes on with the next call.
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
        for (user, _) in plan.touched.iter().take(people_max) {
            let fingerprints = self.fingerprints_of(*user);
            let command = ApplyRetention { user: *user, rule, run, fingerprints };
            done(self.as_automation(command.into(), Some(run)).await)?;
        }
        let kept = u64::try_from(plan.kept.len()).unwrap_or(u64::MAX);
        done(self.as_automation(EndRetentionRun { rule, run, kept }.into(), Some(run)).await)?;
        let is_more = plan.touched.len() > people_max || !plan.complete && !plan.touched.is_empty();
        Ok(if is_more { Left::More } else { Left::Nothing })
    }

    fn run_of(&self, rule: RetentionRuleId) -> Option<Position> {
        self.views().retention.rule(rule)?.run.map(|under_way| under_way.run)
    }

    fn fingerprints_of(&self, user: UserId) -> Vec<(Group, [u8; 16])> {
        let fingerprint = |group: Group| {
            let print = self.inner.keyring.fingerprint(KeyAddress::subject(user.0, group as u8));
            print.map(|print| (group, print))
        };
        Group::ALL.into_iter().filter_map(fingerprint).collect()
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
