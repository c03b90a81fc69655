//! Puts a rule into force again.

use rollbook_schema::command::EnableUserRule;
use rollbook_schema::event::UserRuleEnabled;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EnableUserRule) -> Outcome {
    let rule = command.rule;
    if asked.user_rule(rule)?.enabled {
        return Ok(Vec::new());
    }
    Ok(vec![UserRuleEnabled { rule }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn brl_02_a_rule_is_put_out_of_force_and_into_it_again() {
        Directory::small()
            .given(calling_after("Clean up"))
            .when(enable_rule(1), expect!["nothing"])
            .when(disable_rule(1), expect!["UserRuleDisabled rule=1"])
            .when(disable_rule(1), expect!["nothing"])
            .when(enable_rule(1), expect!["UserRuleEnabled rule=1"])
            .when(enable_rule(2), expect!["refused: NOT_FOUND@id"])
            .when(disable_rule(2), expect!["refused: NOT_FOUND@id"]);
    }
}
