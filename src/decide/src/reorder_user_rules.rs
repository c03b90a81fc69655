//! Says in which order the rules of a trigger run (BRL-02): all of them, so that nobody moves a rule past one
//! that they have not seen.

use rollbook_schema::command::ReorderUserRules;
use rollbook_schema::event::UserRulesReordered;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ReorderUserRules) -> Outcome {
    let ReorderUserRules { trigger, rules: to } = command.clone();
    let from = asked.models.user_rules.in_order(trigger).to_vec();
    let (mut before, mut after) = (from.clone(), to.clone());
    before.sort_unstable();
    after.sort_unstable();
    if before != after {
        return Err(Rejection::of("rules", RejectionCode::Invalid).into());
    }
    Ok(if from == to { Vec::new() } else { vec![UserRulesReordered { trigger, from, to }.into()] })
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn brl_02_rules_are_reordered_all_at_once() {
        Directory::small()
            .given(calling_after("First"))
            .given(calling_before("Elsewhere"))
            .given(calling_after("Second"))
            .when(
                reorder_after(&[3, 1]),
                expect!["UserRulesReordered from=[1,3] to=[3,1] trigger=POST_DELETE"],
            )
            .when(reorder_after(&[3, 1]), expect!["nothing"])
            .when(reorder_after(&[3]), expect!["refused: INVALID@rules"])
            .when(reorder_after(&[3, 1, 1]), expect!["refused: INVALID@rules"])
            .when(reorder_after(&[3, 1, 2]), expect!["refused: INVALID@rules"])
            .given(delete_rule(3))
            .when(reorder_after(&[1]), expect!["nothing"]);
    }
}
