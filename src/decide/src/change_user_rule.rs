//! Changes a rule: its name, for whom it runs, and what it does. A call that waits goes to the address of
//! then.

use rollbook_projections::decision::UserRule;
use rollbook_schema::Personal;
use rollbook_schema::command::ChangeUserRule;
use rollbook_schema::event::{Change, UserRuleChanged};
use rollbook_schema::value::UserRuleTexts;

use crate::asked::Asked;
use crate::define_user_rule::flaws;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeUserRule) -> Outcome {
    let id = command.rule;
    let from = asked.user_rule(id)?;
    let to = changed(from, command);
    refuse_any(flaws(asked, &to, Some(id)))?;
    let texts = from.texts.clone().zip(to.texts).filter(|(from, to)| from != to);
    let texts = texts.map_or(Personal::Absent, |(from, to)| Personal::Known(Change { from, to }));
    let condition = Change { from: from.condition.clone(), to: to.condition };
    let action = Change { from: from.action.clone(), to: to.action };
    let changed = UserRuleChanged {
        rule: id,
        condition: Some(condition).filter(|change| change.from != change.to),
        action: Some(action).filter(|change| change.from != change.to),
        texts,
    };
    let is_so = changed.condition.is_none() && changed.action.is_none() && changed.texts == Personal::Absent;
    Ok(if is_so { Vec::new() } else { vec![changed.into()] })
}

fn changed(from: &UserRule, command: &ChangeUserRule) -> UserRule {
    let action = command.action.clone().unwrap_or_else(|| from.action.clone());
    // Who no longer calls has nobody to call.
    let kept = |texts: &UserRuleTexts| texts.url.clone().filter(|_| action.invokes());
    let texts = from.texts.as_ref().map(|texts| UserRuleTexts {
        name: command.name.clone().unwrap_or_else(|| texts.name.clone()),
        url: command.url.clone().or_else(|| kept(texts)),
    });
    UserRule {
        condition: command.condition.clone().unwrap_or_else(|| from.condition.clone()),
        action,
        texts,
        ..*from
    }
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::{RecordUpdate, RuleAction, RuleTest, UserKind};

    use crate::tests::*;

    fn update(update: RecordUpdate) -> Option<RuleAction> {
        Some(RuleAction::UpdateRecord(vec![update]))
    }

    #[test]
    fn only_what_differs_is_recorded() {
        let for_agents = || rollbook_schema::command::ChangeUserRule {
            condition: Some(vec![RuleTest::Kind(UserKind::Agent)]),
            ..change_rule(1)
        };
        Directory::small()
            .given(calling_before("Tell"))
            .when(change_rule(1), expect!["nothing"])
            .when(for_agents(), expect!["UserRuleChanged condition={from:[],to:[{kind:AGENT}]} rule=1"])
            .when(for_agents(), expect!["nothing"])
            .when(change_rule(2), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn who_no_longer_calls_has_no_address() {
        let mut updates = change_rule(1);
        updates.action = update(RecordUpdate::LeaveTeams);
        let mut calls = change_rule(1);
        calls.action = Some(RuleAction::Invoke);
        Directory::small()
            .given(calling_before("Tell"))
            .when(
                updates,
                expect!["UserRuleChanged action={from:invoke,to:{updateRecord:[leaveTeams]}} rule=1 +Person"],
            )
            .when(calls, expect!["refused: REQUIRED@url"]);
    }

    #[test]
    fn brl_04_a_rule_cannot_be_changed_into_one_that_updates_after_a_deletion() {
        let mut updates = change_rule(1);
        updates.action = update(RecordUpdate::LeaveTeams);
        Directory::small()
            .given(calling_after("Clean up"))
            .when(updates, expect!["refused: INVOKE_ONLY@action"]);
    }
}
