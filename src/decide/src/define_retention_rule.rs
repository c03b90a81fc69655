//! Makes a retention rule, which is off: nobody alone brings it about that anything is forgotten.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::DefineRetentionRule;
use rollbook_schema::event::{RetentionRuleDefined, SignInRetentionDefined};
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::{ErasureLimit, RetentionLimit, RetentionState};

use rollbook_projections::retention::RetentionRule;
use rollbook_schema::Rejection;

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

/// Rules of a directory, at most.
const RULES_MAX: usize = 50;

pub(crate) fn decide(asked: &Asked<'_>, command: &DefineRetentionRule) -> Outcome {
    has_reason(asked)?;
    let retention = &asked.models.retention;
    if retention.rules().count() >= RULES_MAX {
        return Err(RejectionCode::LimitReached.into());
    }
    let rule = retention.next_rule();
    Ok(vec![match command.limit {
        RetentionLimit::DeletedFor(months) => {
            RetentionRuleDefined { rule, limit: ErasureLimit::DeletedFor(months) }.into()
        }
        RetentionLimit::SignInContextAfter(after) => SignInRetentionDefined { rule, after }.into(),
    }])
}

/// A rule that is there.
pub(crate) fn known<'a>(asked: &Asked<'a>, rule: RetentionRuleId) -> Result<&'a RetentionRule, Rejection> {
    asked.models.retention.rule(rule).ok_or(Rejection::of("rule", RejectionCode::NotFound))
}

/// A rule that automation may carry out.
pub(crate) fn in_force<'a>(asked: &Asked<'a>, rule: RetentionRuleId) -> Result<&'a RetentionRule, Rejection> {
    let in_force = known(asked, rule).ok().filter(|rule| rule.state == RetentionState::On);
    in_force.ok_or(Rejection::of("rule", RejectionCode::NotFound))
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_rule_is_defined_for_a_reason_and_off() {
        let mut directory = Directory::small();
        directory.when(rule(24), expect!["refused: REQUIRED@reason"]);
        directory
            .because("policy 3")
            .when(rule(24), expect!["RetentionRuleDefined limit={deletedFor:24} rule=1"])
            .when(rule(12), expect!["RetentionRuleDefined limit={deletedFor:12} rule=2"])
            .when(sign_in_rule(90), expect!["SignInRetentionDefined after=90 rule=3"]);
    }
}
