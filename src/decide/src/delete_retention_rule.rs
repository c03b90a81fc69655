//! Takes a retention rule away. What it did stays done.

use rollbook_schema::command::DeleteRetentionRule;
use rollbook_schema::event::RetentionRuleDeleted;

use crate::asked::Asked;
use crate::define_retention_rule::known;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteRetentionRule) -> Outcome {
    known(asked, command.rule)?;
    has_reason(asked)?;
    Ok(vec![RetentionRuleDeleted { rule: command.rule }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_deleted_rule_is_gone_and_its_id_not_used_again() {
        let mut directory = Directory::small();
        directory
            .because("policy 3")
            .given(rule(24))
            .when(delete_retention_rule(1), expect!["RetentionRuleDeleted rule=1"])
            .when(delete_retention_rule(1), expect!["refused: NOT_FOUND@rule"])
            .when(rule(24), expect!["RetentionRuleDefined limit={deletedFor:24} rule=2"]);
    }
}
