//! Makes a rule that runs before or after a user is deleted (BRL-01, BRL-03), in force from then on.

use rollbook_projections::decision::UserRule;
use rollbook_schema::command::DefineUserRule;
use rollbook_schema::event::UserRuleDefined;
use rollbook_schema::value::{
    NewSuperior, RecordUpdate, RuleAction, RuleTest, RuleTrigger, RuleUrl, UserRuleTexts,
};
use rollbook_schema::{Personal, Rejection, RejectionCode, UserRuleId};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

/// Most rules of one trigger: all are judged with every deletion.
pub(crate) const USER_RULES_MAX: usize = 100;
/// Most conditions of a rule, and most updates.
const RULE_PARTS_MAX: usize = 20;

pub(crate) fn decide(asked: &Asked<'_>, command: &DefineUserRule) -> Outcome {
    let DefineUserRule { trigger, name, order, condition, action, url } = command.clone();
    let rules = &asked.models.user_rules;
    let count = rules.in_order(trigger).len();
    if count >= USER_RULES_MAX {
        return Err(RejectionCode::LimitReached.into());
    }
    let behind_all = count as u32 + 1;
    let order = order.unwrap_or(behind_all);
    let texts = UserRuleTexts { name, url };
    let rule = UserRule { trigger, condition, action, enabled: true, texts: Some(texts.clone()) };
    let mut wrong = flaws(asked, &rule, None);
    if order < 1 || order > behind_all {
        wrong.push(Rejection::of("order", RejectionCode::Invalid));
    }
    refuse_any(wrong)?;
    let UserRule { condition, action, .. } = rule;
    let texts = Personal::Known(texts);
    let rule = rules.next_id();
    Ok(vec![UserRuleDefined { rule, trigger, order, condition, action, texts }.into()])
}

/// All that is wrong with a rule as it would be.
pub(crate) fn flaws(asked: &Asked<'_>, rule: &UserRule, own: Option<UserRuleId>) -> Vec<Rejection> {
    let mut wrong = Vec::new();
    let name = rule.texts.as_ref().map(|texts| texts.name.key());
    let named = name.and_then(|key| asked.models.user_rules.named(&key));
    if named.is_some_and(|named| Some(named) != own) {
        wrong.push(Rejection::of("name", RejectionCode::UserRuleNameTaken));
    }
    let is_too_long = rule.condition.len() > RULE_PARTS_MAX;
    wrong.extend(is_too_long.then_some(Rejection::of("condition", RejectionCode::TooMany)));
    if rule.condition.iter().any(|test| !names_what_there_is(asked, *test)) {
        wrong.push(Rejection::of("condition", RejectionCode::NotFound));
    }
    let url = rule.texts.as_ref().and_then(|texts| texts.url.as_ref());
    wrong.extend(flaws_of_action(asked, rule.trigger, &rule.action, url));
    wrong
}

fn flaws_of_action(
    asked: &Asked<'_>,
    trigger: RuleTrigger,
    action: &RuleAction,
    url: Option<&RuleUrl>,
) -> Vec<Rejection> {
    let RuleAction::UpdateRecord(updates) = action else {
        let is_missing = url.is_none();
        return is_missing.then_some(Rejection::of("url", RejectionCode::Required)).into_iter().collect();
    };
    let names_nobody = |update: &RecordUpdate| match update {
        RecordUpdate::ReassignReports(NewSuperior::User(user)) => asked.models.users.present(*user).is_none(),
        _ => false,
    };
    let checks = [
        (trigger == RuleTrigger::PostDelete, "action", RejectionCode::InvokeOnly),
        (updates.is_empty(), "action", RejectionCode::Required),
        (updates.len() > RULE_PARTS_MAX, "action", RejectionCode::TooMany),
        (updates.iter().any(names_nobody), "action", RejectionCode::NotFound),
        (url.is_some(), "url", RejectionCode::Invalid),
    ];
    let wrong = checks.into_iter().filter(|(is_wrong, ..)| *is_wrong);
    wrong.map(|(_, field, code)| Rejection::of(field, code)).collect()
}

fn names_what_there_is(asked: &Asked<'_>, test: RuleTest) -> bool {
    let models = asked.models;
    match test {
        RuleTest::Kind(_) | RuleTest::AccessProfile(_) => true,
        RuleTest::Role(role) => models.roles.get(role).is_some(),
        RuleTest::Team(team) => models.teams.get(team).is_some(),
        RuleTest::BusinessUnit(unit) => models.business_units.exists(unit),
        RuleTest::ReportsTo(user) => models.users.present(user).is_some(),
    }
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;
    use rollbook_schema::command::DefineUserRule;
    use rollbook_schema::value::{NewSuperior, RecordUpdate, RuleTest, UserKind};

    use crate::tests::*;

    #[test]
    fn brl_01_brl_03_before_a_deletion_a_rule_updates_or_invokes() {
        Directory::small()
            .when(
                updating("Hand over", &[RecordUpdate::ReassignReports(NewSuperior::Superior)]),
                expect!["UserRuleDefined action={updateRecord:[{reassignReports:superior}]} condition=[] order=1 rule=1 trigger=PRE_DELETE +Person"],
            )
            .when(
                calling_before("Tell"),
                expect!["UserRuleDefined action=invoke condition=[] order=2 rule=2 trigger=PRE_DELETE +Person"],
            )
            .when(
                calling_after("Clean up"),
                expect!["UserRuleDefined action=invoke condition=[] order=1 rule=3 trigger=POST_DELETE +Person"],
            );
    }

    #[test]
    fn brl_04_after_a_deletion_a_rule_only_invokes() {
        let late = DefineUserRule {
            trigger: rollbook_schema::value::RuleTrigger::PostDelete,
            ..updating("Hand over", &[RecordUpdate::LeaveTeams])
        };
        Directory::small().when(late, expect!["refused: INVOKE_ONLY@action"]);
    }

    #[test]
    fn a_rule_calls_somebody_exactly_if_it_invokes() {
        let nobody = DefineUserRule { url: None, ..calling_after("Clean up") };
        let somebody =
            DefineUserRule { url: calling_after("x").url, ..updating("x", &[RecordUpdate::LeaveTeams]) };
        Directory::small()
            .when(nobody, expect!["refused: REQUIRED@url"])
            .when(somebody, expect!["refused: INVALID@url"])
            .when(updating("x", &[]), expect!["refused: REQUIRED@action"]);
    }

    #[test]
    fn what_a_rule_names_is_there() {
        let with = |test| DefineUserRule { condition: vec![test], ..calling_after("Clean up") };
        let to = |user| RecordUpdate::ReassignReports(NewSuperior::User(UserId(user)));
        Directory::small()
            .when(with(RuleTest::Role(rollbook_schema::RoleId(9))), expect!["refused: NOT_FOUND@condition"])
            .when(with(RuleTest::ReportsTo(UserId(3))), expect!["refused: NOT_FOUND@condition"])
            .when(updating("x", &[to(99)]), expect!["refused: NOT_FOUND@action"])
            .given(with(RuleTest::Kind(UserKind::Agent)))
            .given(updating("x", &[to(8)]));
    }

    #[test]
    fn names_are_unique_without_case_and_places_are_there() {
        let at = |order| DefineUserRule { order: Some(order), ..calling_after("Third") };
        Directory::small()
            .given(calling_after("Clean up"))
            .when(calling_before("CLEAN UP"), expect!["refused: USER_RULE_NAME_TAKEN@name"])
            .when(at(0), expect!["refused: INVALID@order"])
            .when(at(3), expect!["refused: INVALID@order"])
            .when(
                at(1),
                expect![
                    "UserRuleDefined action=invoke condition=[] order=1 rule=2 trigger=POST_DELETE +Person"
                ],
            );
    }

    #[test]
    fn there_are_at_most_100_of_a_trigger() {
        let mut directory = Directory::small();
        for number in 1..=100 {
            directory.given(calling_after(&format!("rule {number}")));
        }
        directory
            .when(calling_after("more"), expect!["refused: LIMIT_REACHED"])
            .given(calling_before("more"));
    }
}
