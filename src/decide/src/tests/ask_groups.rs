//! Commands about teams, business units and proxies in few words.

use rollbook_schema::command::*;
use rollbook_schema::id::Digest;
use rollbook_schema::value::*;
use rollbook_schema::{BusinessUnitId, TeamId, UserId};

pub(crate) fn team(name: &str, parent: Option<u64>) -> CreateTeam {
    CreateTeam { name: TeamName::parse(name).unwrap(), parent: parent.map(TeamId) }
}

pub(crate) fn rename_team(team: u64, name: &str) -> RenameTeam {
    RenameTeam { team: TeamId(team), name: TeamName::parse(name).unwrap() }
}

pub(crate) fn move_team(team: u64, parent: Option<u64>) -> MoveTeam {
    MoveTeam { team: TeamId(team), parent: parent.map(TeamId) }
}

pub(crate) fn delete_team(team: u64) -> DeleteTeam {
    DeleteTeam { team: TeamId(team) }
}

pub(crate) fn join(user: u64, team: u64) -> AddTeamMember {
    AddTeamMember { user: UserId(user), team: TeamId(team) }
}

pub(crate) fn leave(user: u64, team: u64) -> RemoveTeamMember {
    RemoveTeamMember { user: UserId(user), team: TeamId(team) }
}

pub(crate) fn unit(name: &str) -> CreateBusinessUnit {
    CreateBusinessUnit { name: BusinessUnitName::parse(name).unwrap() }
}

pub(crate) fn rename_unit(unit: u64, name: &str) -> RenameBusinessUnit {
    let name = BusinessUnitName::parse(name).unwrap();
    RenameBusinessUnit { business_unit: BusinessUnitId(unit), name }
}

pub(crate) fn delete_unit(unit: u64) -> DeleteBusinessUnit {
    DeleteBusinessUnit { business_unit: BusinessUnitId(unit) }
}

pub(crate) fn add_to_unit(user: u64, unit: u64) -> AddToBusinessUnit {
    AddToBusinessUnit { user: UserId(user), business_unit: BusinessUnitId(unit) }
}

pub(crate) fn remove_from_unit(user: u64, unit: u64) -> RemoveFromBusinessUnit {
    RemoveFromBusinessUnit { user: UserId(user), business_unit: BusinessUnitId(unit) }
}

/// These users and teams, not confirmed.
pub(crate) fn select(user: u64, users: &[u64], teams: &[u64]) -> ChangeProxyGrant {
    let users = users.iter().copied().map(UserId).collect();
    let grant = ProxyGrant::selected(users, teams.iter().copied().map(TeamId).collect());
    ChangeProxyGrant { user: UserId(user), grant, confirmed: false }
}

/// From the session 1, acknowledged.
pub(crate) fn proxy(user: u64, session: u8) -> StartProxy {
    StartProxy {
        user: UserId(user),
        session: super::session_id(session),
        parent: super::session_id(1),
        token_digest: Digest([session; 32]),
        expires_at: Timestamp::from_millis(super::START + 3_600_000),
        acknowledged: true,
        answer: AnswerProof::Missing,
    }
}

pub(crate) fn end_proxy(user: u64, session: u8) -> EndProxy {
    EndProxy { user: UserId(user), session: super::session_id(session) }
}

pub(crate) fn rotate_key(from: u8, to: u8) -> RotateSigningKey {
    let key = |byte| PublicKey::from([byte; 32]);
    let cause = rollbook_schema::event::RotationCause::Requested;
    RotateSigningKey { from: key(from), to: key(to), cause }
}
