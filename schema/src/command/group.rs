//! Teams, business units, and acting as somebody else.

use super::{AnswerProof, fields_of};
use crate::id::{BusinessUnitId, Digest, SessionId, TeamId, UserId};
use crate::value::{BusinessUnitName, ProxyGrant, TeamName, Timestamp};

fields_of! {
    /// Makes a team, below another or at the top.
    CreateTeam {
        /// Unique without case.
        name: TeamName,
        /// The team that it is a part of.
        parent: Option<TeamId>,
    }
    /// Gives a team another name.
    RenameTeam {
        /// Which.
        team: TeamId,
        /// Unique without case.
        name: TeamName,
    }
    /// Puts a team, and all below it, elsewhere in the tree (TEA-06).
    MoveTeam {
        /// Which.
        team: TeamId,
        /// The team that it shall be a part of; `None` for the top.
        parent: Option<TeamId>,
    }
    /// Removes a team that is empty.
    DeleteTeam {
        /// Which.
        team: TeamId,
    }
    /// Puts a user into a team.
    AddTeamMember {
        /// Who.
        user: UserId,
        /// Which.
        team: TeamId,
    }
    /// Takes a user out of a team.
    RemoveTeamMember {
        /// Who.
        user: UserId,
        /// Which.
        team: TeamId,
    }
    /// Makes a business unit.
    CreateBusinessUnit {
        /// Unique without case.
        name: BusinessUnitName,
    }
    /// Gives a business unit another name.
    RenameBusinessUnit {
        /// Which.
        business_unit: BusinessUnitId,
        /// Unique without case.
        name: BusinessUnitName,
    }
    /// Removes a business unit that nobody belongs to.
    DeleteBusinessUnit {
        /// Which.
        business_unit: BusinessUnitId,
    }
    /// Puts a user into a business unit.
    AddToBusinessUnit {
        /// Who.
        user: UserId,
        /// Which.
        business_unit: BusinessUnitId,
    }
    /// Takes a user out of a business unit.
    RemoveFromBusinessUnit {
        /// Who.
        user: UserId,
        /// Which.
        business_unit: BusinessUnitId,
    }
    /// Says as whom somebody may act.
    ChangeProxyGrant {
        /// Whose grant.
        user: UserId,
        /// The whole of it.
        grant: ProxyGrant,
        /// It is known that this leaves nobody (PXY-15).
        confirmed: bool,
    }
    /// Acts as somebody else from here on, in a session of its own.
    StartProxy {
        /// As whom.
        user: UserId,
        /// The proxy session to start.
        session: SessionId,
        /// The actor's own session.
        parent: SessionId,
        /// Of its token.
        token_digest: Digest,
        /// When it ends by itself.
        expires_at: Timestamp,
        /// The actor knows that a record is made (PXY-03).
        acknowledged: bool,
        /// What became of the answer to the actor's security question (AUT-15).
        answer: AnswerProof,
    }
    /// Switches back.
    EndProxy {
        /// As whom it was.
        user: UserId,
        /// Which proxy session.
        session: SessionId,
    }
}
