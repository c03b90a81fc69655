//! How far administration goes (ROL-13): an administrator or user manager who is in a team reaches the
//! users of their teams and of those below, and whoever they do not reach does not exist for them.
//!
//! Who is in no team reaches everybody, so that a company without teams notices nothing. Auditors and
//! compliance officers reach everybody too: their work knows no teams.
//!
//! Unknown and hidden are answered alike, at every door. Three things are told all the same: that a name
//! is taken, but not whose it is (ACC-04); how many seats are used, since they are the whole company's
//! (LIC-02); and the number of whoever did something to somebody one reaches, without a name, for a history
//! without its actors would be none.

use rollbook_projections::view::{TeamTree, UserRow, UserSet};
use rollbook_schema::value::AccessProfile;
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
pub fn may_reach(caller: &Caller, command: &Command, teams: &TeamTree) -> Result<(), RejectionCode> {
    if !is_bound(caller, teams) {
        return Ok(());
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
        Command::RemoveTeamMember(c) => within(Some(c.team)),
        Command::ChangeProxyGrant(c) => {
            c.grant.users.iter().all(|user| reaches(caller, teams, *user))
                && c.grant.teams.iter().all(|team| within(Some(*team)))
        }
        _ => true,
    };
    if reaches_subject && stays_within { Ok(()) } else { Err(RejectionCode::Forbidden) }
}

fn bound<'a>(caller: &'a Caller, teams: &TeamTree) -> Option<&'a Person> {
    let Caller::Person(person) = caller else { return None };
    (administers(person.profile) && !teams.of(person.id).is_empty()).then_some(person)
}

fn administers(profile: AccessProfile) -> bool {
    matches!(profile, AccessProfile::Administrator | AccessProfile::UserManager)
}
