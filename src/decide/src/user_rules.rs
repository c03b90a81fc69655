//! What rules do when a user is deleted: those that change records do it here, inside the decision, so that
//! either both happen or neither (BRL-05). Those that call out cannot: they were called before, and the
//! decision looks whether that is still true.

use std::collections::BTreeMap;

use rollbook_projections::decision::UserRule;
use rollbook_projections::references::Referrer;
use rollbook_schema::event::{
    EndCause, ProxyGrantChanged, RemovedFromBusinessUnit, ReportingLineChanged, SessionsEnded,
    TeamMemberRemoved, UserRuleFailed, UserRuleFinished, UserRuleQueued, UserRuleStarted,
};
use rollbook_schema::value::{
    NewSuperior, ProxyGrant, RecordUpdate, RuleAction, RuleFault, RuleTest, RuleTrigger,
};
use rollbook_schema::{Event, Rejection, RejectionCode, Subject, UserId, UserRuleId, Version};

use crate::asked::Asked;
use crate::change_reporting_line::can_stand_above;
use crate::refusal::Refusal;

/// Most events of one rule for one user: a deletion is one batch.
const RULE_CHANGES_MAX: usize = 1000;

/// What the rules before a deletion lead to.
#[derive(Default)]
pub(crate) struct BeforeDeletion {
    /// Each rule's start, its changes, and its end.
    pub(crate) events: Vec<Event>,
    /// Nobody reports to the user any more.
    no_reports: bool,
    /// The user's own proxy grant names nobody any more.
    no_grants_by: bool,
    /// No proxy grant names the user any more.
    no_grants_to: bool,
    /// No team has the user any more.
    no_teams: bool,
    /// No business unit has the user any more.
    no_units: bool,
    /// No session of the user goes on.
    no_sessions: bool,
    /// Proxy grants as they are after what has happened so far.
    grants: BTreeMap<UserId, ProxyGrant>,
}

/// Runs the rules that change records, in their order.
///
/// # Errors
/// `RULE_NOT_CALLED` for the first rule that must be called and was not, or not as it is now;
/// `RULE_FAILED` for the first that cannot do what it does, with the record of that.
pub(crate) fn before_deletion(
    asked: &Asked<'_>,
    user: UserId,
    called: &[(UserRuleId, Version)],
) -> Result<BeforeDeletion, Refusal> {
    let is_called =
        |rule: &UserRuleId| called.contains(&(*rule, asked.models.version_of(Subject::UserRule(*rule))));
    let mut calls = due(asked, user, RuleTrigger::PreDelete).filter(|(_, rule)| rule.action.invokes());
    if let Some((rule, _)) = calls.find(|(rule, _)| !is_called(rule)) {
        return Err(Rejection::by_rule(rule, RejectionCode::RuleNotCalled).into());
    }
    let mut before = BeforeDeletion::default();
    for (rule, held) in due(asked, user, RuleTrigger::PreDelete) {
        let RuleAction::UpdateRecord(updates) = &held.action else { continue };
        let first = before.events.len() + 1;
        before.events.push(UserRuleStarted { rule, user }.into());
        for update in updates {
            before.update(asked, user, *update).map_err(|fault| failed(user, rule, fault))?;
            if before.events.len() - first > RULE_CHANGES_MAX {
                return Err(failed(user, rule, RuleFault::TooManyChanges));
            }
        }
        let changes = (before.events.len() - first) as u32;
        before.events.push(UserRuleFinished { rule, user, attempt: 1, changes }.into());
    }
    Ok(before)
}

/// The rules that are due after the deletion (BRL-06).
pub(crate) fn after_deletion(asked: &Asked<'_>, user: UserId) -> impl Iterator<Item = Event> {
    due(asked, user, RuleTrigger::PostDelete).map(move |(rule, _)| UserRuleQueued { rule, user }.into())
}

/// What stays of a rule that fails: nothing but that it did.
fn failed(user: UserId, rule: UserRuleId, fault: RuleFault) -> Refusal {
    let failed = UserRuleFailed { rule, user, attempt: 1, fault, gives_up: true };
    let record = vec![UserRuleStarted { rule, user }.into(), failed.into()];
    Refusal { record, ..Rejection::by_rule(rule, RejectionCode::RuleFailed).into() }
}

/// The rules in force whose condition holds, in their order.
fn due<'a>(
    asked: &Asked<'a>,
    user: UserId,
    trigger: RuleTrigger,
) -> impl Iterator<Item = (UserRuleId, &'a UserRule)> {
    let models = asked.models;
    let rules = models.user_rules.in_order(trigger).iter();
    let rules = rules.filter_map(|id| models.user_rules.get(*id).map(|rule| (*id, rule)));
    let is_due =
        move |rule: &UserRule| rule.enabled && rule.condition.iter().all(|test| holds(models, user, *test));
    rules.filter(move |(_, rule)| is_due(rule))
}

fn holds(models: &rollbook_projections::decision::DecisionModels, user: UserId, test: RuleTest) -> bool {
    let Some(held) = models.users.get(user) else { return false };
    match test {
        RuleTest::Kind(kind) => held.kind == kind,
        RuleTest::AccessProfile(profile) => held.access_profile == profile,
        RuleTest::Role(role) => held.roles().contains(&role),
        RuleTest::Team(team) => models.teams.of(user).contains(&team),
        RuleTest::BusinessUnit(unit) => models.business_units.of(user).contains(&unit),
        RuleTest::ReportsTo(above) => models.reporting.above(user) == Some(above),
    }
}

impl BeforeDeletion {
    /// Is a place that named the user taken away?
    pub(crate) fn takes(&self, user: UserId, by: Referrer) -> bool {
        match by {
            Referrer::ReportingLine { .. } => self.no_reports,
            Referrer::ProxyGrant { of } if of == user => self.no_grants_by,
            Referrer::ProxyGrant { .. } => self.no_grants_to,
            _ => false,
        }
    }

    /// What was done already has nothing left to do.
    fn update(&mut self, asked: &Asked<'_>, user: UserId, update: RecordUpdate) -> Result<(), RuleFault> {
        let models = asked.models;
        match update {
            RecordUpdate::ReassignReports(to) => {
                if !std::mem::replace(&mut self.no_reports, true) {
                    self.events.extend(reassigned(asked, user, to)?);
                }
            }
            RecordUpdate::RemoveGrantsBy => {
                if !std::mem::replace(&mut self.no_grants_by, true) {
                    self.change_grant(asked, user, |grant| {
                        if !grant.users.is_empty() || !grant.teams.is_empty() {
                            *grant = ProxyGrant::selected(Vec::new(), Vec::new());
                        }
                    });
                }
            }
            RecordUpdate::RemoveGrantsTo => {
                if !std::mem::replace(&mut self.no_grants_to, true) {
                    for (holder, _) in models.proxy_grants.naming(user) {
                        self.change_grant(asked, holder, |grant| grant.users.retain(|named| *named != user));
                    }
                }
            }
            RecordUpdate::LeaveTeams => {
                if !std::mem::replace(&mut self.no_teams, true) {
                    let teams = models.teams.of(user).iter();
                    self.events.extend(teams.map(|team| TeamMemberRemoved { user, team: *team }.into()));
                }
            }
            RecordUpdate::LeaveBusinessUnits => {
                if !std::mem::replace(&mut self.no_units, true) {
                    let units = models.business_units.of(user).iter();
                    let removed = |unit| RemovedFromBusinessUnit { user, business_unit: unit }.into();
                    self.events.extend(units.map(|unit| removed(*unit)));
                }
            }
            RecordUpdate::EndSessions => {
                if !std::mem::replace(&mut self.no_sessions, true) && models.sessions.count(user) > 0 {
                    let cause = EndCause::Revoked;
                    self.events.push(SessionsEnded { user, kept_session: None, cause }.into());
                }
            }
        }
        Ok(())
    }

    fn change_grant(&mut self, asked: &Asked<'_>, holder: UserId, change: impl FnOnce(&mut ProxyGrant)) {
        let from = self.grants.remove(&holder).unwrap_or_else(|| asked.models.proxy_grants.of(holder));
        let mut to = from.clone();
        change(&mut to);
        if from != to {
            self.events.push(ProxyGrantChanged { user: holder, from, to: to.clone() }.into());
        }
        self.grants.insert(holder, to);
    }
}

/// Whoever takes over, and reported to the user as well, reports to whom the user reported to.
fn reassigned(asked: &Asked<'_>, user: UserId, to: NewSuperior) -> Result<Vec<Event>, RuleFault> {
    let models = asked.models;
    let below = models.reporting.below(user);
    if below.is_empty() {
        return Ok(Vec::new());
    }
    let above = models.reporting.above(user).filter(|above| models.users.present(*above).is_some());
    let named = match to {
        NewSuperior::Superior => above,
        NewSuperior::Nobody => None,
        NewSuperior::User(named) if named == user || models.users.present(named).is_none() => {
            return Err(RuleFault::SuperiorGone);
        }
        NewSuperior::User(named) => Some(named),
    };
    let lines = below.into_iter().map(|below| {
        let to = if named == Some(below) { above } else { named };
        if let Some(to) = to {
            can_stand_above(asked, below, to).map_err(|_| RuleFault::SuperiorBelow)?;
        }
        Ok(ReportingLineChanged { user: below, from: Some(user), to }.into())
    });
    lines.collect()
}
