//! Applications, and who runs them in which roles.

use async_graphql::{ID, InputObject, MaybeUndefined};
use rollbook_schema::command::{
    ChangeApplication, DefineApplication, DeleteApplication, GrantApplicationAccess, RevokeApplicationAccess,
};
use rollbook_schema::value::ApplicationName;
use rollbook_schema::{ApplicationId, Command, RejectionCode, RoleId};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::output::RolePolicy;

/// Most applications that one request may name.
const APPLICATIONS_MAX: usize = 100;

/// A new application.
#[derive(InputObject)]
pub(in crate::graphql) struct DefineApplicationInput {
    /// Unique, compared without case; at most 100 characters.
    name: String,
    /// Which roles may be assumed in it.
    role_ids: Vec<ID>,
    /// What several roles amount to; as the settings say, if it is not given.
    role_policy: Option<RolePolicy>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DefineApplicationInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let name = flaws.take("name", ApplicationName::parse(&self.name));
        let roles = roles("roleIds", &self.role_ids, flaws)?;
        Some(DefineApplication { name: name?, roles, policy: self.role_policy.map(Into::into) }.into())
    }
}

/// What an application is called and offers. What is left out stays.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeApplicationInput {
    application_id: ID,
    /// Unique, compared without case; at most 100 characters.
    name: Option<String>,
    /// Which roles may be assumed in it: all of them. One that somebody assumes stays offered until their
    /// access is taken.
    role_ids: Option<Vec<ID>>,
    /// What several roles amount to; `null`: as the settings say.
    role_policy: MaybeUndefined<RolePolicy>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeApplicationInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let application = flaws.application("applicationId", &self.application_id);
        let name = match self.name {
            Some(name) => Some(flaws.take("name", ApplicationName::parse(&name))?),
            None => None,
        };
        let roles = match self.role_ids {
            Some(ids) => Some(roles("roleIds", &ids, flaws)?),
            None => None,
        };
        let policy = match self.role_policy {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(policy) => Some(Some(policy.into())),
        };
        Some(ChangeApplication { application: application?, name, roles, policy }.into())
    }
}

/// An application that nobody may run any more.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteApplicationInput {
    application_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DeleteApplicationInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let application = flaws.application("applicationId", &self.application_id)?;
        Some(DeleteApplication { application }.into())
    }
}

/// An application, and all the roles that a user may assume in it.
#[derive(InputObject)]
pub(in crate::graphql) struct ApplicationRolesInput {
    application_id: ID,
    /// At least one; roles that the user has, and that the application offers.
    role_ids: Vec<ID>,
}

/// Who may run which applications, in which roles. Applications that are not named stay as they are.
#[derive(InputObject)]
pub(in crate::graphql) struct GrantApplicationAccessInput {
    user_id: ID,
    /// At most 100.
    access: Vec<ApplicationRolesInput>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for GrantApplicationAccessInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let access = access(&self.access, flaws);
        Some(GrantApplicationAccess { user: user?, access: access? }.into())
    }
}

/// Who may no longer run which applications.
#[derive(InputObject)]
pub(in crate::graphql) struct RevokeApplicationAccessInput {
    user_id: ID,
    /// At most 100.
    application_ids: Vec<ID>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for RevokeApplicationAccessInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let applications = applications(&self.application_ids, flaws);
        Some(RevokeApplicationAccess { user: user?, applications: applications? }.into())
    }
}

/// Which role shall be in force in an application, in this session.
#[derive(InputObject)]
pub(in crate::graphql) struct ChooseActiveRoleInput {
    application_id: ID,
    role_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl ChooseActiveRoleInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<(ApplicationId, RoleId)> {
        let application = flaws.application("applicationId", &self.application_id);
        let role = flaws.role("roleId", &self.role_id);
        Some((application?, role?))
    }
}

/// Applications, each with the roles in which it may be run.
pub(super) fn access(
    pairs: &[ApplicationRolesInput],
    flaws: &mut Flaws,
) -> Option<Vec<(ApplicationId, Vec<RoleId>)>> {
    if pairs.len() > APPLICATIONS_MAX {
        flaws.refuse("access", RejectionCode::TooMany);
        return None;
    }
    let access = pairs.iter().map(|pair| {
        let application = flaws.application("access", &pair.application_id)?;
        Some((application, roles("access", &pair.role_ids, flaws)?))
    });
    access.collect()
}

/// Applications that are named alone.
pub(super) fn applications(ids: &[ID], flaws: &mut Flaws) -> Option<Vec<ApplicationId>> {
    if ids.len() > APPLICATIONS_MAX {
        flaws.refuse("applicationIds", RejectionCode::TooMany);
        return None;
    }
    ids.iter().map(|id| flaws.application("applicationIds", id)).collect()
}

fn roles(field: &'static str, ids: &[ID], flaws: &mut Flaws) -> Option<Vec<RoleId>> {
    ids.iter().map(|id| flaws.role(field, id)).collect()
}
