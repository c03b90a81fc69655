//! Rules on users: when they run, for whom, and what they do.

use async_graphql::{ID, InputObject, OneofObject};
use rollbook_schema::command::{
    ChangeUserRule, DefineUserRule, DeleteUserRule, DisableUserRule, EnableUserRule, ReorderUserRules,
    RetryUserRule,
};
use rollbook_schema::value::{self, NewSuperior, RuleAction, RuleUrl, UserRuleName};
use rollbook_schema::{Command, RejectionCode, UserRuleId};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::output::{RecordChange, RuleTrigger};
use crate::graphql::vocabulary::{AccessProfile, UserKind};

/// Something that must hold of a user.
#[derive(OneofObject)]
pub(in crate::graphql) enum RuleTestInput {
    Kind(UserKind),
    AccessProfile(AccessProfile),
    /// Has this role.
    RoleId(ID),
    /// Is in this team itself.
    TeamId(ID),
    BusinessUnitId(ID),
    /// Reports to this user.
    ReportsToId(ID),
}

/// A change of records that refer to the user.
#[derive(InputObject)]
pub(in crate::graphql) struct RecordUpdateInput {
    change: RecordChange,
    /// Exactly for `REPORTS_TO_USER`: to whom.
    user_id: Option<ID>,
}

/// A call of another program.
#[derive(InputObject)]
pub(in crate::graphql) struct InvokeInput {
    /// `https://` or `http://`. Calls are not made yet: any address is refused with `ORIGIN_NOT_ALLOWED`.
    url: String,
}

/// What a rule does.
#[derive(OneofObject)]
pub(in crate::graphql) enum RuleActionInput {
    /// It changes records, in this order; at most 20. Only before a deletion.
    UpdateRecord(Vec<RecordUpdateInput>),
    /// It calls another program, and tells it the id of the user; after a deletion also the username, email and
    /// federation ids.
    Invoke(InvokeInput),
}

/// A new rule, in force at once.
#[derive(InputObject)]
pub(in crate::graphql) struct DefineUserRuleInput {
    trigger: RuleTrigger,
    /// Unique, compared without case; at most 100 characters.
    name: String,
    /// Its place among the rules of the trigger, from 1; behind all, if it is not given.
    order: Option<i32>,
    /// For whom it runs: all of it must hold; at most 20. For everybody, if it is not given.
    condition: Option<Vec<RuleTestInput>>,
    action: RuleActionInput,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DefineUserRuleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let name = flaws.take("name", UserRuleName::parse(&self.name));
        let condition = condition(self.condition.unwrap_or_default(), flaws);
        let action = action(self.action, flaws);
        let order = self.order.map(|order| u32::try_from(order).unwrap_or(0));
        let (action, url) = action?;
        let (trigger, name, condition) = (self.trigger.into(), name?, condition?);
        Some(DefineUserRule { trigger, name, order, condition, action, url }.into())
    }
}

/// What a rule is called and does. What is left out stays.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeUserRuleInput {
    rule_id: ID,
    /// Unique, compared without case; at most 100 characters.
    name: Option<String>,
    /// For whom it runs: all of it must hold; at most 20.
    condition: Option<Vec<RuleTestInput>>,
    action: Option<RuleActionInput>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeUserRuleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let rule = flaws.user_rule("ruleId", &self.rule_id);
        let name = match self.name {
            Some(name) => Some(flaws.take("name", UserRuleName::parse(&name))?),
            None => None,
        };
        let condition = match self.condition {
            Some(tests) => Some(condition(tests, flaws)?),
            None => None,
        };
        let (action, url) = match self.action {
            Some(wanted) => action(wanted, flaws).map(|(action, url)| (Some(action), url))?,
            None => (None, None),
        };
        Some(ChangeUserRule { rule: rule?, name, condition, action, url }.into())
    }
}

macro_rules! of_rule {
    ($($(#[doc = $doc:literal])* $name:ident => $command:ident;)*) => {$(
        $(#[doc = $doc])*
        #[derive(InputObject)]
        pub(in crate::graphql) struct $name {
            rule_id: ID,
            #[graphql(flatten)]
            terms: ChangeTerms,
        }

        impl Asks for $name {
            fn terms(&mut self) -> Terms {
                std::mem::take(&mut self.terms).into()
            }

            fn command(self, flaws: &mut Flaws) -> Option<Command> {
                let rule = flaws.user_rule("ruleId", &self.rule_id)?;
                Some($command { rule }.into())
            }
        }
    )*};
}

of_rule! {
    /// A rule to put into force.
    EnableUserRuleInput => EnableUserRule;
    /// A rule to put out of force.
    DisableUserRuleInput => DisableUserRule;
    /// A rule to remove.
    DeleteUserRuleInput => DeleteUserRule;
}

/// A call that was given up.
#[derive(InputObject)]
pub(in crate::graphql) struct RetryUserRuleInput {
    /// For whom the rule ran.
    user_id: ID,
    rule_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for RetryUserRuleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let rule = flaws.user_rule("ruleId", &self.rule_id);
        Some(RetryUserRule { user: user?, rule: rule? }.into())
    }
}

/// In which order rules run.
#[derive(InputObject)]
pub(in crate::graphql) struct ReorderUserRulesInput {
    trigger: RuleTrigger,
    /// All rules of the trigger, each once.
    rule_ids: Vec<ID>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl ReorderUserRulesInput {
    pub(in crate::graphql) fn trigger(&self) -> RuleTrigger {
        self.trigger
    }
}

impl Asks for ReorderUserRulesInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let rules = self.rule_ids.iter().map(|id| flaws.user_rule("ruleIds", id));
        let rules: Option<Vec<UserRuleId>> = rules.collect();
        Some(ReorderUserRules { trigger: self.trigger.into(), rules: rules? }.into())
    }
}

fn condition(tests: Vec<RuleTestInput>, flaws: &mut Flaws) -> Option<Vec<value::RuleTest>> {
    let parsed = tests.into_iter().map(|test| {
        Some(match test {
            RuleTestInput::Kind(kind) => value::RuleTest::Kind(kind.into()),
            RuleTestInput::AccessProfile(profile) => value::RuleTest::AccessProfile(profile.into()),
            RuleTestInput::RoleId(id) => value::RuleTest::Role(flaws.role("condition", &id)?),
            RuleTestInput::TeamId(id) => value::RuleTest::Team(flaws.team("condition", &id)?),
            RuleTestInput::BusinessUnitId(id) => {
                value::RuleTest::BusinessUnit(flaws.business_unit("condition", &id)?)
            }
            RuleTestInput::ReportsToId(id) => value::RuleTest::ReportsTo(flaws.user("condition", &id)?),
        })
    });
    parsed.collect()
}

fn action(action: RuleActionInput, flaws: &mut Flaws) -> Option<(RuleAction, Option<RuleUrl>)> {
    match action {
        RuleActionInput::UpdateRecord(updates) => {
            let updates = updates.into_iter().map(|it| update(&it, flaws));
            let updates: Option<Vec<value::RecordUpdate>> = updates.collect();
            Some((RuleAction::UpdateRecord(updates?), None))
        }
        RuleActionInput::Invoke(invoke) => {
            let url = flaws.take("url", RuleUrl::parse(&invoke.url))?;
            Some((RuleAction::Invoke, Some(url)))
        }
    }
}

fn update(input: &RecordUpdateInput, flaws: &mut Flaws) -> Option<value::RecordUpdate> {
    use value::RecordUpdate as Update;
    let names_user = input.change == RecordChange::ReportsToUser;
    let code = if names_user { RejectionCode::Required } else { RejectionCode::Invalid };
    if names_user != input.user_id.is_some() {
        flaws.refuse("action", code);
        return None;
    }
    Some(match input.change {
        RecordChange::ReportsToSuperior => Update::ReassignReports(NewSuperior::Superior),
        RecordChange::ReportsToUser => {
            Update::ReassignReports(NewSuperior::User(flaws.user("action", input.user_id.as_ref()?)?))
        }
        RecordChange::ReportsToNobody => Update::ReassignReports(NewSuperior::Nobody),
        RecordChange::RemoveProxyGrantsBy => Update::RemoveGrantsBy,
        RecordChange::RemoveProxyGrantsTo => Update::RemoveGrantsTo,
        RecordChange::LeaveTeams => Update::LeaveTeams,
        RecordChange::LeaveBusinessUnits => Update::LeaveBusinessUnits,
        RecordChange::EndSessions => Update::EndSessions,
    })
}
