//! Puts a rule out of force. A call that waits already is made all the same: the deletion that it belongs to
//! happened under it. Its cases stand beside the opposite, in `enable_user_rule`.

use rollbook_schema::command::DisableUserRule;
use rollbook_schema::event::UserRuleDisabled;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DisableUserRule) -> Outcome {
    let rule = command.rule;
    if !asked.user_rule(rule)?.enabled {
        return Ok(Vec::new());
    }
    Ok(vec![UserRuleDisabled { rule }.into()])
}
