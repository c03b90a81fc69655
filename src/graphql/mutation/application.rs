//! Applications, who runs them in which roles, and the role in force.

use async_graphql::{Context, Object, Result};
use rollbook_schema::RejectionCode;
use rollbook_schema::command::ChooseActiveRole;

use crate::access::Caller;
use crate::directory::Directory;
use crate::graphql::asking::{ask, understood};
use crate::graphql::input::{
    ChangeApplicationInput, ChooseActiveRoleInput, DefineApplicationInput, DeleteApplicationInput,
    GrantApplicationAccessInput, RevokeApplicationAccessInput, SetRolePortalPagesInput,
};
use crate::graphql::output::{ApplicationPayload, RolePayload, UserPayload};
use crate::writer::Answer;

const OF_APPLICATION: &[(&str, &str)] = &[("id", "applicationId"), ("roles", "roleIds")];
const OF_GRANT: &[(&str, &str)] = &[("id", "userId"), ("application", "access"), ("roles", "access")];
const OF_REVOCATION: &[(&str, &str)] = &[("id", "userId"), ("application", "applicationIds")];
const OF_CHOICE: &[(&str, &str)] = &[("application", "applicationId"), ("role", "roleId")];

#[derive(Default)]
pub(super) struct ApplicationMutations;

#[Object]
impl ApplicationMutations {
    /// Makes an application known, and says which roles may be assumed in it.
    async fn define_application(
        &self,
        ctx: &Context<'_>,
        input: DefineApplicationInput,
    ) -> Result<ApplicationPayload> {
        ApplicationPayload::of(ctx, ask(ctx, input).await?, OF_APPLICATION)
    }

    /// Renames an application, or changes what it offers.
    async fn change_application(
        &self,
        ctx: &Context<'_>,
        input: ChangeApplicationInput,
    ) -> Result<ApplicationPayload> {
        ApplicationPayload::of(ctx, ask(ctx, input).await?, OF_APPLICATION)
    }

    /// Removes an application that nobody may run.
    async fn delete_application(
        &self,
        ctx: &Context<'_>,
        input: DeleteApplicationInput,
    ) -> Result<ApplicationPayload> {
        ApplicationPayload::of(ctx, ask(ctx, input).await?, OF_APPLICATION)
    }

    /// Says in which roles a user may run applications, from their next sign-in on. A user without any can
    /// run none. A role that is later taken from the user leaves the applications with it.
    async fn grant_application_access(
        &self,
        ctx: &Context<'_>,
        input: GrantApplicationAccessInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_GRANT)
    }

    /// Takes applications from a user, from their next sign-in on.
    async fn revoke_application_access(
        &self,
        ctx: &Context<'_>,
        input: RevokeApplicationAccessInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_REVOCATION)
    }

    /// Chooses the role that is in force in an application, in the session that the request comes in.
    /// Other sessions keep theirs.
    async fn choose_active_role(
        &self,
        ctx: &Context<'_>,
        input: ChooseActiveRoleInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, choose_active_role(ctx, input).await?, OF_CHOICE)
    }

    /// Says which pages of the client portal the holders of a client role reach: these, and no others.
    async fn set_role_portal_pages(
        &self,
        ctx: &Context<'_>,
        input: SetRolePortalPagesInput,
    ) -> Result<RolePayload> {
        RolePayload::of(ctx, ask(ctx, input).await?, &[("id", "roleId")])
    }
}

/// The session is that of the request: nobody chooses for another.
async fn choose_active_role(ctx: &Context<'_>, mut input: ChooseActiveRoleInput) -> Result<Answer> {
    let (asking, (application, role)) = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
        Ok(understood) => understood,
        Err(refused) => return Ok(Err(refused)),
    };
    let Caller::Person(person) = asking.caller else { return Ok(Err(RejectionCode::Unauthenticated.into())) };
    let choice = ChooseActiveRole { user: person.id, session: person.session, application, role };
    Ok(ctx.data::<Directory>()?.ask(asking, choice).await)
}
