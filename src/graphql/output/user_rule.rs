//! Rules on users, and how their runs went.

use async_graphql::{Enum, ID, SimpleObject};
use rollbook_projections::view::{self, UserRuleRow, user_rules};
use rollbook_schema::value;

use crate::graphql::id;
use crate::graphql::scalar::{DateTime, Version};
use crate::graphql::vocabulary::{AccessProfile, UserKind};

use super::history::word;

/// When a rule runs.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::RuleTrigger")]
pub(in crate::graphql) enum RuleTrigger {
    /// Before a user is deleted, to finish what the user has under way. If it fails, nobody is deleted.
    PreDelete,
    /// After a user was deleted, to remove what others keep of the person. If it fails, it is tried again;
    /// the deletion stands.
    PostDelete,
}

/// Why a rule could not do what it does.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::RuleFault")]
pub(in crate::graphql) enum RuleFault {
    /// Whom to report to from now on is not there.
    SuperiorGone,
    /// Whom to report to from now on stands below, or too far up.
    SuperiorBelow,
    /// It would change more than one rule may: 1,000.
    TooManyChanges,
    /// The configuration does not allow calls to the origin.
    NotAllowed,
    /// There was no answer, or none in time.
    Unreachable,
    /// The answer was none of success; a redirection is none.
    Refused,
    /// The rule was deleted before it could be called.
    RuleGone,
}

/// How a run of a rule stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "user_rules::RunState")]
pub(in crate::graphql) enum RunState {
    /// After a deletion: it waits for its first or next attempt.
    Waiting,
    /// Before one: it is under way, or was when the program ended.
    Started,
    /// It did what it does.
    Done,
    /// It is not tried again.
    Failed,
}

/// A rule that runs before or after a user is deleted.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct UserRule {
    /// `rule_` and a number.
    pub id: ID,
    /// Null once it was erased.
    pub name: Option<String>,
    pub trigger: RuleTrigger,
    /// For whom it runs: all of it must hold. Empty: for everybody.
    pub condition: Vec<RuleTest>,
    /// What it changes; null for a rule that calls another program.
    pub updates: Option<Vec<RecordUpdate>>,
    /// Whom it calls; null for a rule that changes records.
    pub url: Option<String>,
    /// Is it in force?
    pub enabled: bool,
    pub deleted: bool,
    /// For `expectedVersion`.
    pub version: Version,
}

/// Something that holds of a user; one of the fields.
#[derive(SimpleObject, Clone, Default)]
pub(in crate::graphql) struct RuleTest {
    pub kind: Option<UserKind>,
    pub access_profile: Option<AccessProfile>,
    pub role_id: Option<ID>,
    /// In this team itself.
    pub team_id: Option<ID>,
    pub business_unit_id: Option<ID>,
    pub reports_to_id: Option<ID>,
}

/// A change of records that refer to a user.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum RecordChange {
    /// Whoever reports to the user reports to whom the user reports to.
    ReportsToSuperior,
    /// Whoever reports to the user reports to the user that is named.
    ReportsToUser,
    /// Whoever reports to the user reports to nobody.
    ReportsToNobody,
    /// The user's own proxy grant names nobody.
    RemoveProxyGrantsBy,
    /// No proxy grant names the user.
    RemoveProxyGrantsTo,
    LeaveTeams,
    LeaveBusinessUnits,
    EndSessions,
}

/// What a rule changes.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct RecordUpdate {
    pub change: RecordChange,
    /// Of `REPORTS_TO_USER`.
    pub user_id: Option<ID>,
}

/// One run of a rule.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct RuleRun {
    /// That of the event that it began with.
    pub id: ID,
    pub rule_id: ID,
    /// Who was to be deleted, or was.
    pub user_id: ID,
    pub state: RunState,
    pub started_at: DateTime,
    /// Attempts so far.
    pub attempts: i32,
    /// When the last one was recorded.
    pub attempted_at: Option<DateTime>,
    /// Why the last one failed.
    pub fault: Option<RuleFault>,
    /// How many events it led to: history has them under the correlation id.
    pub changes: i32,
    /// Of the deletion, and of all that it set off.
    pub correlation_id: ID,
}

impl UserRule {
    pub(in crate::graphql) fn of(row: &UserRuleRow) -> UserRule {
        let updates = match &row.action {
            value::RuleAction::UpdateRecord(updates) => Some(updates.iter().map(RecordUpdate::of).collect()),
            value::RuleAction::Invoke => None,
        };
        UserRule {
            id: id::of_user_rule(row.id),
            name: row.name.as_ref().map(|name| name.as_str().to_owned()),
            trigger: row.trigger.into(),
            condition: row.condition.iter().map(|test| RuleTest::of(*test)).collect(),
            updates,
            url: row.url.as_ref().map(|url| url.as_str().to_owned()),
            enabled: row.enabled,
            deleted: row.deleted,
            version: Version(row.version),
        }
    }
}

impl RuleTest {
    fn of(test: value::RuleTest) -> RuleTest {
        let nothing = RuleTest::default();
        match test {
            value::RuleTest::Kind(kind) => RuleTest { kind: Some(kind.into()), ..nothing },
            value::RuleTest::AccessProfile(profile) => {
                RuleTest { access_profile: Some(profile.into()), ..nothing }
            }
            value::RuleTest::Role(role) => RuleTest { role_id: Some(id::of_role(role)), ..nothing },
            value::RuleTest::Team(team) => RuleTest { team_id: Some(id::of_team(team)), ..nothing },
            value::RuleTest::BusinessUnit(unit) => {
                RuleTest { business_unit_id: Some(id::of_business_unit(unit)), ..nothing }
            }
            value::RuleTest::ReportsTo(user) => {
                RuleTest { reports_to_id: Some(id::of_user(user)), ..nothing }
            }
        }
    }
}

impl RecordUpdate {
    fn of(update: &value::RecordUpdate) -> RecordUpdate {
        use value::NewSuperior;
        let (change, user) = match update {
            value::RecordUpdate::ReassignReports(NewSuperior::Superior) => {
                (RecordChange::ReportsToSuperior, None)
            }
            value::RecordUpdate::ReassignReports(NewSuperior::User(user)) => {
                (RecordChange::ReportsToUser, Some(*user))
            }
            value::RecordUpdate::ReassignReports(NewSuperior::Nobody) => {
                (RecordChange::ReportsToNobody, None)
            }
            value::RecordUpdate::RemoveGrantsBy => (RecordChange::RemoveProxyGrantsBy, None),
            value::RecordUpdate::RemoveGrantsTo => (RecordChange::RemoveProxyGrantsTo, None),
            value::RecordUpdate::LeaveTeams => (RecordChange::LeaveTeams, None),
            value::RecordUpdate::LeaveBusinessUnits => (RecordChange::LeaveBusinessUnits, None),
            value::RecordUpdate::EndSessions => (RecordChange::EndSessions, None),
        };
        RecordUpdate { change, user_id: user.map(id::of_user) }
    }
}

impl RuleRun {
    pub(in crate::graphql) fn of(run: &view::RuleRun) -> RuleRun {
        RuleRun {
            id: id::of_event(run.run),
            rule_id: id::of_user_rule(run.rule),
            user_id: id::of_user(run.user),
            state: run.state.into(),
            started_at: run.started_at.into(),
            attempts: i32::try_from(run.attempts).unwrap_or(i32::MAX),
            attempted_at: run.attempted_at.map(Into::into),
            fault: run.fault.map(Into::into),
            changes: i32::try_from(run.changes).unwrap_or(i32::MAX),
            correlation_id: ID(run.correlation_id.to_string()),
        }
    }
}

/// A condition in one line of history.
pub(in crate::graphql) fn condition_text(condition: &[value::RuleTest]) -> String {
    let text = |test: &value::RuleTest| match test {
        value::RuleTest::Kind(kind) => format!("kind {}", word(UserKind::from(*kind))),
        value::RuleTest::AccessProfile(profile) => {
            format!("accessProfile {}", word(AccessProfile::from(*profile)))
        }
        value::RuleTest::Role(role) => id::of_role(*role).0,
        value::RuleTest::Team(team) => id::of_team(*team).0,
        value::RuleTest::BusinessUnit(unit) => id::of_business_unit(*unit).0,
        value::RuleTest::ReportsTo(user) => format!("reportsTo {}", id::of_user(*user).0),
    };
    condition.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// What a rule does, in one line of history.
pub(in crate::graphql) fn action_text(action: &value::RuleAction) -> String {
    let value::RuleAction::UpdateRecord(updates) = action else { return "INVOKE".to_owned() };
    let text = |update: &value::RecordUpdate| {
        let RecordUpdate { change, user_id } = RecordUpdate::of(update);
        user_id.map_or_else(|| word(change), |user| format!("{} {}", word(change), user.0))
    };
    updates.iter().map(text).collect::<Vec<_>>().join(", ")
}
