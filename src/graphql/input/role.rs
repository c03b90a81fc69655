//! Roles and who has them.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::{AssignRole, DefineRole, DeleteRole, UnassignRole};
use rollbook_schema::value::{self, RoleName};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::vocabulary::{LicenseType, Surface, UserKind};

/// A new role.
#[derive(InputObject)]
pub(in crate::graphql) struct DefineRoleInput {
    /// Unique, compared without case; at most 100 characters.
    name: String,
    /// Whom it is for.
    kind: UserKind,
    /// What it gives access to. A role for clients: lists, views and charts only.
    surfaces: Vec<Surface>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DefineRoleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let name = flaws.take("name", RoleName::parse(&self.name))?;
        let mut surfaces: Vec<value::Surface> = self.surfaces.into_iter().map(Into::into).collect();
        surfaces.sort_unstable();
        surfaces.dedup();
        Some(DefineRole { name, kind: self.kind.into(), surfaces }.into())
    }
}

/// A role that nobody holds any more.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteRoleInput {
    role_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DeleteRoleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(DeleteRole { role: flaws.role("roleId", &self.role_id)? }.into())
    }
}

/// Who gets which role.
#[derive(InputObject)]
pub(in crate::graphql) struct AssignRoleInput {
    user_id: ID,
    role_id: ID,
    /// The seat to take with an agent's first role; `READ_WRITE`, if it is not given.
    license: Option<LicenseType>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for AssignRoleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let role = flaws.role("roleId", &self.role_id);
        Some(AssignRole { user: user?, role: role?, license: self.license.map(Into::into) }.into())
    }
}

/// Who loses which role.
#[derive(InputObject)]
pub(in crate::graphql) struct UnassignRoleInput {
    user_id: ID,
    role_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for UnassignRoleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let role = flaws.role("roleId", &self.role_id);
        Some(UnassignRole { user: user?, role: role? }.into())
    }
}
