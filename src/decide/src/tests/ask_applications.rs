//! Commands about applications and portal pages in few words.

use rollbook_schema::command::*;
use rollbook_schema::value::*;
use rollbook_schema::{ApplicationId, RoleId, SessionId, UserId};

fn ids(roles: &[u64]) -> Vec<RoleId> {
    roles.iter().copied().map(RoleId).collect()
}

/// Read-write ones.
pub(crate) fn own_seats(owned: u32) -> SizeLicensePool {
    SizeLicensePool { license: LicenseType::ReadWrite, owned }
}

pub(crate) fn application(name: &str, roles: &[u64]) -> DefineApplication {
    let name = ApplicationName::parse(name).unwrap();
    DefineApplication { name, roles: ids(roles), policy: None }
}

pub(crate) fn change_application(
    application: u64,
    name: Option<&str>,
    roles: Option<&[u64]>,
    policy: Option<Option<RolePolicy>>,
) -> ChangeApplication {
    ChangeApplication {
        application: ApplicationId(application),
        name: name.map(|name| ApplicationName::parse(name).unwrap()),
        roles: roles.map(ids),
        policy,
    }
}

pub(crate) fn delete_application(application: u64) -> DeleteApplication {
    DeleteApplication { application: ApplicationId(application) }
}

pub(crate) fn grant_access(user: u64, application: u64, roles: &[u64]) -> GrantApplicationAccess {
    let access = vec![(ApplicationId(application), ids(roles))];
    GrantApplicationAccess { user: UserId(user), access }
}

pub(crate) fn revoke_access(user: u64, application: u64) -> RevokeApplicationAccess {
    RevokeApplicationAccess { user: UserId(user), applications: vec![ApplicationId(application)] }
}

pub(crate) fn choose_role(user: u64, session: u8, application: u64, role: u64) -> ChooseActiveRole {
    ChooseActiveRole {
        user: UserId(user),
        session: SessionId([session; 16]),
        application: ApplicationId(application),
        role: RoleId(role),
    }
}

pub(crate) fn pages(role: u64, pages: &[&str]) -> SetRolePortalPages {
    let pages = pages.iter().map(|page| PortalPage::parse(page).unwrap()).collect();
    SetRolePortalPages { role: RoleId(role), pages }
}
