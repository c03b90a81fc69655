//! How far administration goes (ROL-13): an administrator or user manager who is in a team reaches the
//! users of their teams and of those below, and whoever they do not reach does not exist for them.
//!
//! Who is in no team reaches everybody, so that a company without teams notices nothing. Auditors and
//! compliance officers reach everybody too: their work knows no teams.
//!
//! What is the whole company's (settings, roles, seats, dashboards, business units, custom attributes,
//! applications, rules on users, the signing key, what holds for everybody by default) is changed by administrators who are in
//! no team: it acts on people whom a bound one does not reach. Changing a role, say, gives rights to its holders
//! everywhere. Only where no unbound administrator is left who could, may the bound ones: else a company that
//! put all its administrators into teams could change nothing any more. A bound one cannot bring that about,
//! since the unbound are out of their reach, and locking somebody out by wrong passwords does not count.
//! Reading it stays open to the bound ones, who assign roles and seats. Signing what the log says changes
//! nothing for anybody.
//!
//! Unknown and hidden are answered alike, at every door. Three things are told all the same: that a name
//! is taken, but not whose it is (ACC-04); how many seats are used, since they are the whole company's
//! (LIC-02); and the number of whoever did something to somebody one reaches, without a name, for a history
//! without its actors would be none.

use rollbook_projections::view::{
    Direction, TeamTree, UserFilter, UserOrder, UserQuery, UserRow, UserSet, Views, Window,
};
use rollbook_schema::value::{AccessProfile, LicenseType, SettingValue};
use rollbook_schema::{Command, RejectionCode, Subject, TeamId, UserId};

use super::{Caller, Person};

/// Do teams bind whom the caller reaches?
#[must_use]
pub fn is_bound(caller: &Caller, teams: &TeamTree) -> bool {
    bound(caller, teams).is_some()
}

/// Whom the caller reaches; `None` for everybody. The own account is always reached.
#[must_use]
pub fn reach(caller: &Caller, teams: &TeamTree) -> Option<UserSet> {
    teams.reach(bound(caller, teams)?.id)
}

/// The same for one user.
#[must_use]
pub fn reaches(caller: &Caller, teams: &TeamTree, user: UserId) -> bool {
    bound(caller, teams).is_none_or(|person| person.id == user || teams.reaches(person.id, user))
}

/// The same for a team.
#[must_use]
pub fn reaches_team(caller: &Caller, teams: &TeamTree, team: TeamId) -> bool {
    bound(caller, teams).is_none_or(|person| teams.reaches_team(person.id, team))
}

/// Does the caller's reach hold all that this user administers? Acting as them must not reach further.
#[must_use]
pub fn reaches_wholly(caller: &Caller, teams: &TeamTree, row: &UserRow) -> bool {
    let team_is_reached = |team: &TeamId| reaches_team(caller, teams, *team);
    !administers(row.access_profile) || teams.of(row.id).iter().all(team_is_reached)
}

/// May the caller ask this of whom it is about? Whoever is bound by teams neither reaches beyond them nor
/// puts anybody, or the teams themselves, elsewhere.
///
/// # Errors
/// `FORBIDDEN`, also about users who do not exist.
pub fn may_reach(caller: &Caller, command: &Command, views: &Views) -> Result<(), RejectionCode> {
    let teams = &views.teams;
    if !is_bound(caller, teams) {
        return Ok(());
    }
    if is_of_all(command) && has_unbound_administrator(views) {
        return Err(RejectionCode::Forbidden);
    }
    let within = |team: Option<TeamId>| team.is_some_and(|team| reaches_team(caller, teams, team));
    let reaches_subject = match command.subject() {
        Some(Subject::User(user)) => reaches(caller, teams, user),
        Some(Subject::Team(team)) => within(Some(team)),
        _ => true,
    };
    let stays_within = match command {
        Command::CreateUser(c) => {
            within(c.team) && c.reports_to.is_none_or(|above| reaches(caller, teams, above))
        }
        Command::CreateTeam(c) => within(c.parent),
        Command::MoveTeam(c) => within(c.parent),
        Command::ChangeReportingLine(c) => c.reports_to.is_none_or(|above| reaches(caller, teams, above)),
        Command::DisableUser(c) => c.keep_team.is_none_or(|team| within(Some(team))),
        Command::AddTeamMember(c) => within(Some(c.team)),
        Command::ChangeSettings(c) => c.changes.iter().all(|(_, value)| match value {
            SettingValue::Team(team) => within(Some(*team)),
            _ => true,
        }),
        Command::RemoveTeamMember(c) => within(Some(c.team)),
        Command::ChangeProxyGrant(c) => {
            c.grant.users.iter().all(|user| reaches(caller, teams, *user))
                && c.grant.teams.iter().all(|team| within(Some(*team)))
        }
        _ => true,
    };
    if reaches_subject && stays_within { Ok(()) } else { Err(RejectionCode::Forbidden) }
}

/// Is it the whole company's, what the command changes?
fn is_of_all(command: &Command) -> bool {
    match command.subject() {
        Some(Subject::User(_) | Subject::Team(_)) => false,
        // Recorded about whatever was asked for.
        Some(_) => !matches!(command, Command::RecordDeniedAttempt(_) | Command::RecordReading(_)),
        None => !matches!(command, Command::CreateUser(_) | Command::CreateTeam(_)),
    }
}

/// Is there somebody who may change what is the whole company's? A lock passes, so it does not count.
fn has_unbound_administrator(views: &Views) -> bool {
    let filter = UserFilter {
        access_profile: Some(AccessProfile::Administrator),
        active: Some(true),
        ..UserFilter::default()
    };
    let query = UserQuery {
        filter,
        order: UserOrder::Id,
        direction: Direction::Ascending,
        window: Window::After(None, usize::MAX),
    };
    let Ok(administrators) = views.users.page(&query) else { return false };
    let can = |row: &UserRow| row.license != Some(LicenseType::ReadOnly) && views.teams.of(row.id).is_empty();
    administrators.rows.iter().any(|found| can(found.row))
}

fn bound<'a>(caller: &'a Caller, teams: &TeamTree) -> Option<&'a Person> {
    let Caller::Person(person) = caller else { return None };
    (administers(person.profile) && !teams.of(person.id).is_empty()).then_some(person)
}

fn administers(profile: AccessProfile) -> bool {
    matches!(profile, AccessProfile::Administrator | AccessProfile::UserManager)
}
