//! Teams, how they lie in each other, and who is in them.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{TeamId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::TeamName;

/// A team exists (TEA-01).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamCreated {
    /// The new id.
    pub team: TeamId,
    /// The team it is a part of; `None` at the top (TEA-06).
    pub parent: Option<TeamId>,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<TeamName>,
}
payload!(TeamCreated, |_e| Subject::Team(_e.team), name: Person @ KeyOwner::Subject(UserId::TENANT));

/// A team has another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamRenamed {
    /// Which.
    pub team: TeamId,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<Change<TeamName>>,
}
payload!(TeamRenamed, |_e| Subject::Team(_e.team), name: Person @ KeyOwner::Subject(UserId::TENANT));

/// A team, and all below it, lies elsewhere in the tree (TEA-06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamMoved {
    /// Which.
    pub team: TeamId,
    /// The team it was a part of; `None` at the top.
    pub from: Option<TeamId>,
    /// The team it is a part of now.
    pub to: Option<TeamId>,
}
payload!(TeamMoved, |e| Subject::Team(e.team));

/// A team with nobody in it and no team below it is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamDeleted {
    /// Which.
    pub team: TeamId,
}
payload!(TeamDeleted, |e| Subject::Team(e.team));

/// A user is in a team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamMemberAdded {
    /// Who.
    pub user: UserId,
    /// Which.
    pub team: TeamId,
}
payload!(TeamMemberAdded, |e| Subject::User(e.user));

/// A user is no longer in a team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamMemberRemoved {
    /// Who.
    pub user: UserId,
    /// Which.
    pub team: TeamId,
}
payload!(TeamMemberRemoved, |e| Subject::User(e.user));
