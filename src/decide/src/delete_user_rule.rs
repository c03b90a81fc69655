//! Removes a rule. Calls of it that wait are given up.

use rollbook_schema::command::DeleteUserRule;
use rollbook_schema::event::UserRuleDeleted;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteUserRule) -> Outcome {
    asked.user_rule(command.rule)?;
    Ok(vec![UserRuleDeleted { rule: command.rule }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_deleted_rule_leaves_its_name_and_never_its_number() {
        Directory::small()
            .given(calling_after("Clean up"))
            .when(delete_rule(1), expect!["UserRuleDeleted rule=1"])
            .when(delete_rule(1), expect!["refused: NOT_FOUND@id"])
            .when(
                calling_after("Clean up"),
                expect![
                    "UserRuleDefined action=invoke condition=[] order=1 rule=2 trigger=POST_DELETE +Person"
                ],
            );
    }
}
