//! Business rules on users, and every run of one: what it did, or why it could not (BRL-08).

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::{
    RuleAction, RuleFault, RuleTest, RuleTrigger, RuleUrl, Timestamp, UserRuleName,
};
use rollbook_schema::{CorrelationId, Personal, Position, UserId, UserRuleId, Version};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// A rule as it is listed.
#[derive(Clone, Serialize, Deserialize)]
pub struct UserRuleRow {
    /// In the order of definition.
    pub id: UserRuleId,
    /// When it runs.
    pub trigger: RuleTrigger,
    /// `None` once erased.
    pub name: Option<UserRuleName>,
    /// Whom it calls, if it does.
    pub url: Option<RuleUrl>,
    /// All must hold of the user.
    pub condition: Vec<RuleTest>,
    /// What it does.
    pub action: RuleAction,
    /// Is it in force?
    pub enabled: bool,
    /// Gone; still here so that history and runs can name it.
    pub deleted: bool,
    /// How many changes it has seen.
    pub version: Version,
}

/// One run of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRun {
    /// Its name: the position of the event that it began with.
    pub run: Position,
    /// Of which rule.
    pub rule: UserRuleId,
    /// For whom.
    pub user: UserId,
    /// How it stands.
    pub state: RunState,
    /// When it began.
    pub started_at: Timestamp,
    /// Attempts so far.
    pub attempts: u32,
    /// When the last one was recorded.
    pub attempted_at: Option<Timestamp>,
    /// Why the last one failed.
    pub fault: Option<RuleFault>,
    /// How many events it led to.
    pub changes: u32,
    /// Of the deletion, and of all that it set off.
    pub correlation_id: CorrelationId,
}

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunState {
    /// After a deletion: it waits for its first or next attempt.
    Waiting,
    /// Before one: it is under way, or was when the program ended.
    Started,
    /// It did what it does.
    Done,
    /// It is not tried again.
    Failed,
}

/// Every rule that ever was, and every run.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct UserRules {
    rows: BTreeMap<UserRuleId, UserRuleRow>,
    order: BTreeMap<RuleTrigger, Vec<UserRuleId>>,
    runs: BTreeMap<Position, RuleRun>,
    /// The last run of a rule for a user.
    latest: BTreeMap<(UserId, UserRuleId), Position>,
    waiting: BTreeSet<Position>,
}

impl UserRules {
    /// One rule, deleted ones included.
    #[must_use]
    pub fn get(&self, id: UserRuleId) -> Option<&UserRuleRow> {
        self.rows.get(&id)
    }

    /// The rules that are there, in the order in which they run.
    pub fn in_order(&self, trigger: RuleTrigger) -> impl Iterator<Item = &UserRuleRow> {
        self.order.get(&trigger).into_iter().flatten().filter_map(|id| self.rows.get(id))
    }

    /// The runs after one, in the order in which they began.
    pub fn runs_after(&self, run: Position) -> impl Iterator<Item = &RuleRun> {
        self.runs.range(run.next()..).map(|(_, run)| run)
    }

    /// The run that began at a position.
    #[must_use]
    pub fn run(&self, run: Position) -> Option<&RuleRun> {
        self.runs.get(&run)
    }

    /// The last run of a rule for a user.
    #[must_use]
    pub fn latest_run(&self, user: UserId, rule: UserRuleId) -> Option<&RuleRun> {
        self.runs.get(self.latest.get(&(user, rule))?)
    }

    /// What waits to be called, oldest first.
    pub fn waiting(&self) -> impl Iterator<Item = &RuleRun> {
        self.waiting.iter().filter_map(|run| self.runs.get(run))
    }

    /// Calls before a deletion that have no last word yet.
    pub fn started(&self) -> impl Iterator<Item = &RuleRun> {
        let latest = self.latest.values().filter_map(|run| self.runs.get(run));
        latest.filter(|run| run.state == RunState::Started)
    }

    /// The run that began last; 0 for none.
    #[must_use]
    pub fn last_run(&self) -> Position {
        self.runs.last_key_value().map_or(Position::START, |(run, _)| *run)
    }

    /// True if there never was a rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::UserRuleQueued(e) => self.begin(recorded, (e.user, e.rule), RunState::Waiting),
            Event::UserRuleStarted(e) => self.begin(recorded, (e.user, e.rule), RunState::Started),
            Event::UserRuleFinished(e) => self.attempted((e.user, e.rule), |run| RuleRun {
                state: RunState::Done,
                attempts: e.attempt,
                attempted_at: Some(recorded.envelope.recorded_at),
                fault: None,
                changes: e.changes,
                ..run
            }),
            Event::UserRuleFailed(e) => self.attempted((e.user, e.rule), |run| RuleRun {
                state: if e.gives_up { RunState::Failed } else { run.state },
                attempts: e.attempt,
                attempted_at: Some(recorded.envelope.recorded_at),
                fault: Some(e.fault),
                ..run
            }),
            _ => self.fold_rule(recorded),
        }
    }

    fn fold_rule(&mut self, recorded: &RecordedEvent) {
        let version = recorded.envelope.subject_version;
        match &recorded.event {
            Event::UserRuleDefined(e) => {
                let texts = e.texts.known();
                let row = UserRuleRow {
                    id: e.rule,
                    trigger: e.trigger,
                    name: texts.map(|texts| texts.name.clone()),
                    url: texts.and_then(|texts| texts.url.clone()),
                    condition: e.condition.clone(),
                    action: e.action.clone(),
                    enabled: true,
                    deleted: false,
                    version,
                };
                self.rows.insert(e.rule, row);
                let order = self.order.entry(e.trigger).or_default();
                let place = usize::try_from(e.order).unwrap_or(usize::MAX).saturating_sub(1);
                order.insert(place.min(order.len()), e.rule);
            }
            Event::UserRuleChanged(e) => self.change(e.rule, version, |row| {
                if let Some(condition) = &e.condition {
                    row.condition.clone_from(&condition.to);
                }
                if let Some(action) = &e.action {
                    row.action.clone_from(&action.to);
                }
                if e.texts != Personal::Absent {
                    let texts = e.texts.known().map(|texts| &texts.to);
                    row.name = texts.map(|texts| texts.name.clone());
                    row.url = texts.and_then(|texts| texts.url.clone());
                }
            }),
            Event::UserRuleEnabled(e) => self.change(e.rule, version, |row| row.enabled = true),
            Event::UserRuleDisabled(e) => self.change(e.rule, version, |row| row.enabled = false),
            Event::UserRuleDeleted(e) => {
                self.change(e.rule, version, |row| row.deleted = true);
                self.order.values_mut().for_each(|order| order.retain(|other| *other != e.rule));
            }
            Event::UserRulesReordered(e) => _ = self.order.insert(e.trigger, e.to.clone()),
            _ => {}
        }
    }

    fn change(&mut self, id: UserRuleId, version: Version, change: impl FnOnce(&mut UserRuleRow)) {
        if let Some(row) = self.rows.get_mut(&id) {
            row.version = version;
            change(row);
        }
    }

    fn begin(&mut self, recorded: &RecordedEvent, (user, rule): (UserId, UserRuleId), state: RunState) {
        let run = recorded.envelope.position;
        let begun = RuleRun {
            run,
            rule,
            user,
            state,
            started_at: recorded.envelope.recorded_at,
            attempts: 0,
            attempted_at: None,
            fault: None,
            changes: 0,
            correlation_id: recorded.envelope.correlation_id,
        };
        self.runs.insert(run, begun);
        self.latest.insert((user, rule), run);
        if state == RunState::Waiting {
            self.waiting.insert(run);
        }
    }

    fn attempted(&mut self, key: (UserId, UserRuleId), after: impl FnOnce(RuleRun) -> RuleRun) {
        let Some(run) = self.latest.get(&key).and_then(|run| self.runs.get_mut(run)) else { return };
        *run = after(*run);
        if run.state != RunState::Waiting {
            self.waiting.remove(&run.run);
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("user_rules");
        canon.number(self.rows.len() as u64);
        for row in self.rows.values() {
            canon.number(row.id.0);
            canon.number(row.trigger as u64);
            canon.maybe(row.name.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
            canon.maybe(row.url.as_ref(), |canon, url| canon.bytes(url.as_str().as_bytes()));
            canon.number(row.condition.len() as u64);
            row.condition.iter().for_each(|test| canon_test(&mut canon, *test));
            canon_action(&mut canon, &row.action);
            canon.flag(row.enabled);
            canon.flag(row.deleted);
            canon.number(row.version.0);
        }
        for order in self.order.values() {
            canon.number(order.len() as u64);
            order.iter().for_each(|rule| canon.number(rule.0));
        }
        for run in self.runs.values() {
            canon.number(run.run.0);
            canon.number(run.rule.0);
            canon.number(run.user.0);
            canon.number(run.state as u64);
            canon.moment(run.started_at);
            canon.number(u64::from(run.attempts));
            canon.maybe(run.attempted_at, Canon::moment);
            canon.maybe(run.fault, |canon, fault| canon.number(fault as u64));
            canon.number(u64::from(run.changes));
            canon.bytes(&run.correlation_id.0);
        }
        canon.finish()
    }
}

fn canon_test(canon: &mut Canon, test: RuleTest) {
    let (of, value) = match test {
        RuleTest::Kind(kind) => (0, kind as u64),
        RuleTest::AccessProfile(profile) => (1, profile as u64),
        RuleTest::Role(role) => (2, role.0),
        RuleTest::Team(team) => (3, team.0),
        RuleTest::BusinessUnit(unit) => (4, unit.0),
        RuleTest::ReportsTo(user) => (5, user.0),
    };
    canon.number(of);
    canon.number(value);
}

fn canon_action(canon: &mut Canon, action: &RuleAction) {
    use rollbook_schema::value::{NewSuperior, RecordUpdate};
    let RuleAction::UpdateRecord(updates) = action else { return canon.number(u64::MAX) };
    canon.number(updates.len() as u64);
    for update in updates {
        let (of, value) = match update {
            RecordUpdate::ReassignReports(NewSuperior::Superior) => (0, 0),
            RecordUpdate::ReassignReports(NewSuperior::Nobody) => (1, 0),
            RecordUpdate::ReassignReports(NewSuperior::User(user)) => (2, user.0),
            RecordUpdate::RemoveGrantsBy => (3, 0),
            RecordUpdate::RemoveGrantsTo => (4, 0),
            RecordUpdate::LeaveTeams => (5, 0),
            RecordUpdate::LeaveBusinessUnits => (6, 0),
            RecordUpdate::EndSessions => (7, 0),
        };
        canon.number(of);
        canon.number(value);
    }
}
