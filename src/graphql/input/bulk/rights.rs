//! What many users may do from here on.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{
    AssignAccessProfile, AssignRole, ChangeProxyGrant, GrantApplicationAccess, GrantLicense,
    RevokeApplicationAccess, UnassignRole,
};

use super::{OfUser, of_user};
use crate::graphql::input::Flaws;
use crate::graphql::input::application::{ApplicationRolesInput, access, applications};
use crate::graphql::input::proxy::ProxyGrantInput;
use crate::graphql::vocabulary::{AccessProfile, LicenseType};

/// Which role they get.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkAssignRole {
    role_id: ID,
    /// The seat to take with an agent's first role; `READ_WRITE`, if it is not given.
    license: Option<LicenseType>,
}

impl BulkAssignRole {
    pub(super) fn assigned(self, flaws: &mut Flaws) -> Option<OfUser> {
        let (role, license) = (flaws.role("roleId", &self.role_id)?, self.license.map(Into::into));
        of_user(move |user| AssignRole { user, role, license })
    }
}

/// Which role they lose.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkUnassignRole {
    role_id: ID,
}

impl BulkUnassignRole {
    pub(super) fn unassigned(self, flaws: &mut Flaws) -> Option<OfUser> {
        let role = flaws.role("roleId", &self.role_id)?;
        of_user(move |user| UnassignRole { user, role })
    }
}

/// Which seat they get, in place of the one held.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkGrantLicense {
    r#type: LicenseType,
}

impl BulkGrantLicense {
    pub(super) fn granted(self) -> Option<OfUser> {
        of_user(move |user| GrantLicense { user, license: self.r#type.into() })
    }
}

/// Which administrative capabilities they shall have.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkAssignAccessProfile {
    access_profile: AccessProfile,
}

impl BulkAssignAccessProfile {
    pub(super) fn assigned(self) -> Option<OfUser> {
        of_user(move |user| AssignAccessProfile { user, profile: self.access_profile.into() })
    }
}

/// Which applications they may run, in which roles. Applications that are not named stay as they are.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkApplicationAccess {
    /// At most 100.
    access: Vec<ApplicationRolesInput>,
}

impl BulkApplicationAccess {
    pub(super) fn granted(self, flaws: &mut Flaws) -> Option<OfUser> {
        let access = access(&self.access, flaws)?;
        of_user(move |user| GrantApplicationAccess { user, access: access.clone() })
    }
}

/// Which applications they may no longer run.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkApplications {
    /// At most 100.
    application_ids: Vec<ID>,
}

impl BulkApplications {
    pub(super) fn revoked(self, flaws: &mut Flaws) -> Option<OfUser> {
        let applications = applications(&self.application_ids, flaws)?;
        of_user(move |user| RevokeApplicationAccess { user, applications: applications.clone() })
    }
}

/// As whom they may act: the whole of it.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkProxyGrant {
    #[graphql(flatten)]
    grant: ProxyGrantInput,
}

impl BulkProxyGrant {
    pub(super) fn changed(self, flaws: &mut Flaws) -> Option<OfUser> {
        let (grant, confirmed) = self.grant.parse(flaws)?;
        of_user(move |user| ChangeProxyGrant { user, grant: grant.clone(), confirmed })
    }
}
