//! Retention rules and whose time is over: folded alike for rules of decision and for reads.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, MaskMode, RecordedEvent};
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::{RetentionLimit, RetentionMonths, RetentionState, Timestamp};
use rollbook_schema::{Envelope, Position, UserId};
use serde::{Deserialize, Serialize};

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RetentionRule {
    /// What it ends, and when.
    pub limit: RetentionLimit,
    /// Whether it is carried out.
    pub state: RetentionState,
    /// Who made it: by themselves, or as somebody else.
    pub defined_by: UserId,
    /// As whom.
    pub defined_on_behalf_of: Option<UserId>,
    /// The run that has not ended, and how many it was carried out upon.
    pub run: Option<RetentionRun>,
    /// The run that ended last.
    pub last_run: Option<EndedRun>,
}

/// A run under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RetentionRun {
    /// Its name: the position of its event.
    pub run: Position,
    /// People so far.
    pub applied: u64,
}

/// A run that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EndedRun {
    /// Its name: the position of its event.
    pub run: Position,
    /// When it ended.
    pub ended_at: Timestamp,
    /// People it was carried out upon.
    pub applied: u64,
    /// People who were kept.
    pub kept: u64,
}

/// Every rule, and since when people are deleted who are not erased.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Retention {
    rules: BTreeMap<RetentionRuleId, RetentionRule>,
    /// Ids are never used again.
    last_rule: RetentionRuleId,
    deleted: BTreeMap<UserId, Timestamp>,
    /// The same, longest ago first.
    by_moment: BTreeSet<(Timestamp, UserId)>,
}

impl Retention {
    /// A rule that was not deleted.
    #[must_use]
    pub fn rule(&self, rule: RetentionRuleId) -> Option<&RetentionRule> {
        self.rules.get(&rule)
    }

    /// Every rule, by its id.
    pub fn rules(&self) -> impl Iterator<Item = (RetentionRuleId, &RetentionRule)> {
        self.rules.iter().map(|(id, rule)| (*id, rule))
    }

    /// The id of the next rule.
    #[must_use]
    pub fn next_rule(&self) -> RetentionRuleId {
        RetentionRuleId(self.last_rule.0 + 1)
    }

    /// True if there never was a rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last_rule == RetentionRuleId::default()
    }

    /// When a user is to be erased so long after the deletion; `None` for who is not deleted, or is erased.
    #[must_use]
    pub fn due_at(&self, user: UserId, months: RetentionMonths) -> Option<Timestamp> {
        self.deleted.get(&user).map(|at| months.after(*at))
    }

    /// Who was deleted so long ago, the longest ago first, with when it was long enough. Costs as much as is taken.
    pub fn due(&self, months: RetentionMonths, now: Timestamp) -> impl Iterator<Item = (UserId, Timestamp)> {
        // The later the deletion, the later its end: the first that is not over ends the walk.
        let ends = self.by_moment.iter().map(move |(at, user)| (*user, months.after(*at)));
        ends.take_while(move |(_, end)| *end <= now)
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        match &recorded.event {
            Event::RetentionRuleDefined(e) => self.define(e.rule, e.limit.into(), envelope),
            Event::SignInRetentionDefined(e) => {
                self.define(e.rule, RetentionLimit::SignInContextAfter(e.after), envelope);
            }
            Event::RetentionRuleSwitched(e) => self.change(e.rule, |rule| rule.state = e.to),
            Event::RetentionRuleDeleted(e) => _ = self.rules.remove(&e.rule),
            Event::RetentionRunStarted(e) => {
                let run = RetentionRun { run: envelope.position, applied: 0 };
                self.change(e.rule, |rule| rule.run = Some(run));
            }
            Event::RetentionApplied(e) => self.change(e.rule, |rule| {
                rule.run.iter_mut().for_each(|run| run.applied += 1);
            }),
            Event::RetentionRunEnded(e) => {
                let (run, ended_at) = (e.run, envelope.recorded_at);
                let ended = EndedRun { run, ended_at, applied: e.applied, kept: e.kept };
                self.change(e.rule, |rule| (rule.run, rule.last_run) = (None, Some(ended)));
            }
            Event::UserDeleted(e) => self.deleted_at(e.user, Some(envelope.recorded_at)),
            Event::PiiMasked(e) if e.mode == MaskMode::Erasure => self.deleted_at(e.user, None),
            _ => {}
        }
    }

    fn define(&mut self, id: RetentionRuleId, limit: RetentionLimit, envelope: &Envelope) {
        let rule = RetentionRule {
            limit,
            state: RetentionState::Off,
            defined_by: envelope.actor.id,
            defined_on_behalf_of: envelope.on_behalf_of,
            run: None,
            last_run: None,
        };
        self.rules.insert(id, rule);
        self.last_rule = self.last_rule.max(id);
    }

    fn change(&mut self, rule: RetentionRuleId, change: impl FnOnce(&mut RetentionRule)) {
        if let Some(rule) = self.rules.get_mut(&rule) {
            change(rule);
        }
    }

    fn deleted_at(&mut self, user: UserId, at: Option<Timestamp>) {
        if let Some(before) = self.deleted.remove(&user) {
            self.by_moment.remove(&(before, user));
        }
        if let Some(at) = at {
            self.deleted.insert(user, at);
            self.by_moment.insert((at, user));
        }
    }
}

/// One event of each type that is folded here first.
#[cfg(test)]
pub(crate) fn one_of_each(user: UserId) -> Vec<Event> {
    use rollbook_schema::event::{
        RetentionApplied, RetentionRuleDefined, RetentionRuleDeleted, RetentionRuleSwitched,
        RetentionRunEnded, RetentionRunStarted, SignInContextShredded, SignInRetentionDefined,
    };
    use rollbook_schema::value::{ErasureLimit, RetentionDays};
    let (rule, run) = (RetentionRuleId(2), Position(300));
    let limit = RetentionMonths::parse(1).map(ErasureLimit::DeletedFor);
    let defined = limit.map(|limit| RetentionRuleDefined { rule, limit }.into());
    let other = RetentionRuleId(3);
    let sign_ins = RetentionDays::parse(90).map(|after| SignInRetentionDefined { rule: other, after }.into());
    let others = [
        RetentionRuleSwitched { rule, to: RetentionState::On }.into(),
        RetentionRunStarted { rule }.into(),
        RetentionApplied { user, rule, run }.into(),
        RetentionRunEnded { rule, run, applied: 1, kept: 0 }.into(),
        RetentionRuleDeleted { rule }.into(),
        SignInContextShredded { user, destroyed: Vec::new(), records: 0 }.into(),
    ];
    defined.into_iter().chain(sign_ins).chain(others).collect()
}
