//! Applications, who runs them in which roles, which role is in force in a session, and portal pages.

use super::fields_of;
use crate::id::{ApplicationId, RoleId, SessionId, UserId};
use crate::value::{ApplicationName, PortalPage, RolePolicy};

fields_of! {
    /// Makes an application known.
    DefineApplication {
        /// Unique without case.
        name: ApplicationName,
        /// Which roles may be assumed in it.
        roles: Vec<RoleId>,
        /// What several roles amount to; `None`: as the tenant chose for all.
        policy: Option<RolePolicy>,
    }
    /// Renames an application, or changes what it offers; what is not named stays.
    ChangeApplication {
        /// Which.
        application: ApplicationId,
        /// New name.
        name: Option<ApplicationName>,
        /// Which roles may be assumed in it from now on.
        roles: Option<Vec<RoleId>>,
        /// What several roles amount to from now on; `Some(None)`: as the tenant chose for all.
        policy: Option<Option<RolePolicy>>,
    }
    /// Removes an application that nobody may run.
    DeleteApplication {
        /// Which.
        application: ApplicationId,
    }
    /// Says in which roles a user may run applications (ACC-20); applications not named stay.
    GrantApplicationAccess {
        /// Who.
        user: UserId,
        /// Applications, each with all the roles that may be assumed in it; of one named twice, the last
        /// counts.
        access: Vec<(ApplicationId, Vec<RoleId>)>,
    }
    /// Takes applications from a user.
    RevokeApplicationAccess {
        /// Who.
        user: UserId,
        /// Which.
        applications: Vec<ApplicationId>,
    }
    /// Chooses the role that is in force in an application, for one session.
    ChooseActiveRole {
        /// Whose session.
        user: UserId,
        /// Which session.
        session: SessionId,
        /// In which application.
        application: ApplicationId,
        /// Which role.
        role: RoleId,
    }
    /// Says which portal pages the holders of a client role reach (ROL-05).
    SetRolePortalPages {
        /// Whose holders.
        role: RoleId,
        /// All of them; none, if it is empty.
        pages: Vec<PortalPage>,
    }
}
