//! A user, as far as the caller may see them.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_schema::UserId;
use rollbook_schema::value::{self, ChatLimit, PersonField};

use super::notice::{Notice, NoticesWanted, notices};
use super::session::{Session, SignOutReason, current_session, sessions};
use super::user_card::{ProfileMode, ProfileRow, active_assignments, profile_rows};
use super::{
    ActiveRole, ApplicationAccess, AttributeOfUser, BusinessUnit, Dashboard, HistoryConnection, Mail,
    Preferences, ProxyGrant, Role, Team, UserLicenseType, Wanted, applications, capabilities, effective_home,
    initial,
};
use crate::access::{self, Caller, holds};
use crate::directory::Directory;
use crate::graphql::applications::portal_pages;
use crate::graphql::closed_list::{Capability, EventType};
use crate::graphql::fault::unreadable;
use crate::graphql::id;
use crate::graphql::input::EntryFilter;
use crate::graphql::paging::PageArguments;
use crate::graphql::reading;
use crate::graphql::rights::{caller, sees_person};
use crate::graphql::scalar::{DateTime, Version};
use crate::graphql::segment::UserSegment;
use crate::graphql::vocabulary::{AccessProfile, LicenseType, Surface, UserKind, UserSource};
use crate::graphql::when::{Scene, When};

/// A user. Names, addresses and the like are null where they are not known, and for readers who may
/// not see people.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct User {
    /// `user_` and a number, for ever.
    pub id: ID,
    pub kind: UserKind,
    /// The username, or its mask.
    pub username: Option<String>,
    /// The email, or its mask.
    pub email: Option<String>,
    pub email_verified: bool,
    /// `VERIFIED` or `REGISTERED`; null for reserved users.
    pub segment: Option<UserSegment>,
    pub display_name: Option<String>,
    pub full_name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub title: Option<String>,
    pub employee_number: Option<String>,
    pub land_line_phone: Option<String>,
    pub mobile_phone: Option<String>,
    pub street_address: Option<String>,
    pub postal_code: Option<String>,
    /// May have several lines. What shows it must escape it.
    pub signature: Option<String>,
    /// What to call the user: the display name, else the full name, else the username; `User` and the number
    /// where none of them is known or shown.
    pub label: String,
    /// What lists call the user by: the email, which may change; where none is known or shown, the `label`; where
    /// it was masked, the `label` and the number, since two may have one mask.
    pub primary_label: String,
    /// You may change this user's profile; your own, as far as people may.
    pub editable: bool,
    /// Neither disabled nor deleted.
    pub active: bool,
    /// Work may be given to this user: an agent who is active (STA-02).
    pub assignable: bool,
    /// Sign-in is refused until the account is unlocked; independent of `active`.
    pub locked: bool,
    /// Gone from the directory; only history refers to it.
    pub deleted: bool,
    /// Username and email were masked in all of history.
    pub masked: bool,
    /// The seat held.
    pub license: Option<LicenseType>,
    /// In the order of the roles' creation.
    pub roles: Vec<Role>,
    /// All that the roles give access to, together. For yourself: with the roles that this session was
    /// opened with.
    pub access: Vec<Surface>,
    pub access_profile: AccessProfile,
    /// In the order of the teams' creation. Shown to readers who may see teams; one's own, to everybody.
    pub teams: Vec<Team>,
    /// In the order of their creation. Shown as `teams` are.
    pub business_units: Vec<BusinessUnit>,
    /// You may act as this user now (`startProxy`).
    pub may_proxy: bool,
    /// As whom this user may act. Shown to the user, and to readers who configure it.
    pub proxy_grant: Option<ProxyGrant>,
    pub created_at: DateTime,
    pub last_sign_in_at: Option<DateTime>,
    /// When the session ended that ended last, whatever ended it. One that ran out is seen with the next
    /// event of the directory.
    pub last_sign_out_at: Option<DateTime>,
    /// What ended it.
    pub last_sign_out_reason: Option<SignOutReason>,
    /// At the next sign-in a new password must be set before anything else.
    pub must_change_password: bool,
    /// A change of roles, applications or business units waits for the next sign-in: a session runs with
    /// others. To apply it now, end the sessions (`endSessions`).
    pub pending_until_next_sign_in: bool,
    /// How many changes the user has seen; signing in is none. Give it back as `expectedVersion`.
    pub version: Version,
    #[graphql(skip)]
    pub key: UserId,
    #[graphql(skip)]
    pub when: When,
}

#[ComplexObject]
impl User {
    /// The land line in E.164 form, where it was typed with its country code.
    #[graphql(name = "landLinePhoneE164")]
    async fn land_line_phone_e164(&self) -> Option<String> {
        self.land_line_phone.as_deref().and_then(value::e164)
    }

    /// The mobile phone in E.164 form, where it was typed with its country code.
    #[graphql(name = "mobilePhoneE164")]
    async fn mobile_phone_e164(&self) -> Option<String> {
        self.mobile_phone.as_deref().and_then(value::e164)
    }

    /// The profile row by row, in one order for everybody: to look at, without what is empty (PRO-22); to edit,
    /// whole. No rows for readers who may not see people. Custom attributes stand in `attributes`.
    async fn profile_rows(&self, ctx: &Context<'_>, mode: ProfileMode) -> Result<Vec<ProfileRow>> {
        let sso = ctx.data::<Directory>()?.settings().sso_mode;
        Ok(profile_rows(self.key, mode, self.when.held(ctx)?.scene(), &caller(ctx), sso))
    }

    /// How many enabled users report to this one, as far as you may know of them: what is to be handed over
    /// before disabling (`changeReportingLine`), which need not be. Chats and cases are not kept in this
    /// directory; who keeps them counts those.
    async fn active_assignments(&self, ctx: &Context<'_>) -> Result<usize> {
        Ok(active_assignments(self.key, self.when.held(ctx)?.scene(), &caller(ctx)))
    }

    /// Whom this user reports to; null for nobody, and for readers who may not see them.
    async fn reports_to(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let views = self.when.held(ctx)?;
        let (above, wanted) = (views.reporting.above(self.key), Wanted::at([ctx.look_ahead()]));
        Ok(above.and_then(|above| User::find(views.scene(), above, &caller(ctx), &wanted)))
    }

    /// Chats at once; null where the directory's default holds. 0 is a limit too.
    async fn max_chats(&self, ctx: &Context<'_>) -> Result<Option<u16>> {
        Ok(self.when.held(ctx)?.chat_limits.own(self.key).map(ChatLimit::chats))
    }

    /// Chats at once that hold for this agent; null for clients.
    async fn effective_max_chats(&self, ctx: &Context<'_>) -> Result<Option<u16>> {
        let views = self.when.held(ctx)?;
        let limit = views.chat_limits.own(self.key).unwrap_or(views.chat_limits.default_limit());
        Ok((self.kind == UserKind::Agent).then_some(limit.chats()))
    }

    /// What is shown to this agent after signing in: the own choice, else the default of the first role,
    /// by the roles' creation, that has one, else the system's. Null for clients only.
    async fn effective_home_dashboard(&self, ctx: &Context<'_>) -> Result<Option<Dashboard>> {
        let views = self.when.held(ctx)?;
        let row = views.users.get(self.key).filter(|row| row.kind == value::UserKind::Agent);
        Ok(row.map(|row| Dashboard::of(effective_home(row, &views), &views)))
    }

    /// Where the picture is served, to those who may see people; null for none. It changes with the picture.
    async fn avatar_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let views = self.when.held(ctx)?;
        // A picture that was replaced is gone.
        let avatar =
            views.avatars.of(self.key).filter(|own| views.today().avatars.of(self.key) == Some(*own));
        let avatar = avatar.filter(|_| sees_person(views.today(), &caller(ctx), self.key));
        Ok(avatar.map(|avatar| crate::avatars::url(&avatar)))
    }

    /// What you are to see, newest first, as long as you have not dismissed it; nothing of others.
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] with_dismissed: bool,
    ) -> Result<Vec<Notice>> {
        if caller(ctx).user() != Some(self.key) {
            return Ok(Vec::new());
        }
        let directory = ctx.data::<Directory>()?;
        let wanted = if with_dismissed { NoticesWanted::All } else { NoticesWanted::Open };
        Ok(notices(&directory.views(), self.key, wanted, directory.now()))
    }

    /// What the user is charged as; null for everybody but the provider.
    async fn user_license_type(&self, ctx: &Context<'_>) -> Option<UserLicenseType> {
        UserLicenseType::of(self.kind, &caller(ctx))
    }

    /// How things are shown to this user; the defaults where nothing was chosen.
    async fn preferences(&self, ctx: &Context<'_>) -> Result<Preferences> {
        let views = self.when.held(ctx)?;
        let settings = ctx.data::<Directory>()?.settings_in(&views);
        Ok(Preferences::of(self.key, views.scene(), &caller(ctx), &settings))
    }

    /// The applications that this user may run, in the order of their creation. For yourself: as this
    /// session was opened. For others: as their next session will begin; empty for readers who may not see
    /// roles.
    async fn applications(&self, ctx: &Context<'_>) -> Result<Vec<ApplicationAccess>> {
        let views = self.when.held(ctx)?;
        let settings = ctx.data::<Directory>()?.settings_in(&views);
        Ok(applications(self.key, views.scene(), &caller(ctx), &settings))
    }

    /// What is seen first after signing in, and the role that a session begins with there: as chosen, as
    /// far as that is still possible, else the first by creation. Null for a user who may run nothing.
    async fn effective_initial(&self, ctx: &Context<'_>) -> Result<Option<ActiveRole>> {
        Ok(initial(self.key, self.when.held(ctx)?.scene(), &caller(ctx)))
    }

    /// The pages of the client portal that this user reaches, of all roles together; none for agents. For
    /// yourself: with the roles that this session was opened with.
    async fn portal_pages(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        Ok(portal_pages(self.key, self.when.held(ctx)?.scene(), &caller(ctx)))
    }

    /// What the access profile permits.
    async fn capabilities(&self, ctx: &Context<'_>) -> Result<Vec<Capability>> {
        let views = self.when.held(ctx)?;
        Ok(views.users.get_any(self.key).map(|row| capabilities(row.access_profile)).unwrap_or_default())
    }

    /// The session that the request comes in; null for anybody but yourself.
    async fn session(&self, ctx: &Context<'_>) -> Result<Option<Session>> {
        if self.when.position().is_some() {
            return Ok(None);
        }
        current_session(ctx, self.key).await
    }

    /// Deleted users who had this username or email before, by ascending id: whoever was deleted and comes back
    /// is somebody new. Nobody who was masked; none for readers who may not see people.
    async fn previous_subjects(&self, ctx: &Context<'_>) -> Result<Vec<ID>> {
        let (views, caller) = (self.when.held(ctx)?, caller(ctx));
        let row = views.users.get(self.key).filter(|row| sees_person(views.today(), &caller, row.id));
        let previous = row.map(|row| views.users.previous(row)).unwrap_or_default();
        let seen = previous.into_iter().filter(|user| sees_person(views.today(), &caller, *user));
        Ok(seen.map(id::of_user).collect())
    }

    /// Where the user is kept.
    async fn source(&self, ctx: &Context<'_>) -> Result<UserSource> {
        Ok(self.when.held(ctx)?.sources.of(self.key).into())
    }

    /// What LDAP says of the user cannot be changed here; teams, the initial application and roles can: the other
    /// fields of a form are read-only.
    async fn managed_elsewhere(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.when.held(ctx)?.sources.of(self.key) == value::UserSource::Ldap)
    }

    /// Null where single sign-on is not by SAML, and for readers who may not see people.
    async fn federation_id(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let directory = ctx.data::<Directory>()?;
        let is_shown = directory.settings().sso_mode == value::SsoMode::Saml;
        let views = self.when.held(ctx)?;
        Ok(identifier(self.key, PersonField::FederationId, views.scene(), &caller(ctx)).filter(|_| is_shown))
    }

    /// Null where there is no single sign-on, and for readers who may not see people.
    async fn cca_federation_id(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let directory = ctx.data::<Directory>()?;
        let is_shown = directory.settings().sso_mode != value::SsoMode::Off;
        let views = self.when.held(ctx)?;
        Ok(identifier(self.key, PersonField::CcaFederationId, views.scene(), &caller(ctx))
            .filter(|_| is_shown))
    }

    /// Custom attributes that have a value, in the order of their definition. Personal ones are left out for
    /// readers who may not see people.
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<AttributeOfUser>> {
        let views = self.when.held(ctx)?;
        Ok(AttributeOfUser::all_of(self.key, &views, sees_person(views.today(), &caller(ctx), self.key)))
    }

    /// The sessions that run, newest first, at most 100; null with an error for readers who may not see
    /// sessions. For the own ones no right is needed. Null as of a moment: they are not kept.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Option<Vec<Session>>> {
        if self.when.position().is_some() {
            return Ok(None);
        }
        sessions(ctx, self.key).await.map(Some)
    }

    /// When the lock ends by itself; null if there is none, or an administrator unlocks. `locked` says so
    /// until somebody signs in, or tries to.
    async fn locked_until(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let views = self.when.held(ctx)?;
        let settings = ctx.data::<Directory>()?.settings_in(&views);
        Ok(views.lockouts.ends_at(self.key, &settings).map(Into::into))
    }

    /// Mail to this user, in the order in which it was queued. Empty for readers who may not see people.
    async fn mail(&self, ctx: &Context<'_>) -> Result<Vec<Mail>> {
        let views = self.when.held(ctx)?;
        if !sees_person(views.today(), &caller(ctx), self.key) {
            return Ok(Vec::new());
        }
        Ok(views.mail.of(self.key).map(Mail::from).collect())
    }

    /// What you are asked besides the password; null for nothing, of everybody else, and as of a moment.
    async fn security_question(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let caller = caller(ctx);
        if caller.user() != Some(self.key) || self.when.position().is_some() {
            return Ok(None);
        }
        let question = ctx.data::<Directory>()?.own_security_question(&caller);
        let question = question.map_err(|fault| unreadable(&fault))?;
        Ok(question.map(|question| question.as_str().to_owned()))
    }

    /// There is a security question. Shown to the user, and to readers who manage users.
    async fn has_security_question(&self, ctx: &Context<'_>) -> Result<bool> {
        let caller = caller(ctx);
        let may_know = caller.user() == Some(self.key) || holds(&caller, access::Capability::ManageUsers);
        Ok(may_know && self.when.held(ctx)?.security_questions.of(self.key).is_some())
    }

    /// What is known of this user is kept and not used (`restrictProcessing`).
    async fn processing_restricted(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.when.held(ctx)?.access_requests.restricted_since(self.key).is_some())
    }

    /// A legal hold keeps this user from being masked, erased and deleted. Null for readers who may not mask.
    async fn legal_hold(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let held = self.when.held(ctx)?.maskings.held_since(self.key).is_some();
        Ok(holds(&caller(ctx), access::Capability::MaskPeople).then_some(held))
    }

    /// Mail to the address failed for good; a new email ends it, or a mail that arrives.
    async fn email_undeliverable(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.when.held(ctx)?.mail.is_undeliverable(self.key))
    }

    /// What was done to this user, as of a moment until then; null with an error for readers who may not see history. For the own
    /// one no right is needed.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the field")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        types: Option<Vec<EventType>>,
        since: Option<DateTime>,
        until: Option<DateTime>,
        #[graphql(default = true)] newest_first: bool,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Option<HistoryConnection>> {
        let filter = EntryFilter {
            on: Some(self.key),
            types: types.map(|types| types.into_iter().map(|of| of.0).collect()),
            since: since.map(|since| since.0),
            until: until.map(|until| until.0),
            up_to: self.when.position(),
            ..EntryFilter::default()
        };
        let page = PageArguments { first, after, last, before };
        reading::history(ctx, filter, newest_first, page).await.map(Some)
    }

    /// Who read this user's history, or everybody's: newest first, at most once an hour for each reader and way.
    /// Null with an error for readers who may not see history. For the own one no right is needed.
    async fn readings(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Option<HistoryConnection>> {
        let (readings_of, up_to) = (Some(self.key), self.when.position());
        let filter = EntryFilter { readings_of, up_to, ..EntryFilter::default() };
        let page = PageArguments { first, after, last, before };
        reading::history(ctx, filter, true, page).await.map(Some)
    }
}

fn identifier(user: UserId, field: PersonField, scene: Scene<'_>, caller: &Caller) -> Option<String> {
    let row = scene.shown.users.get(user).filter(|_| sees_person(scene.today, caller, user));
    row.and_then(|row| row.person(field)).map(str::to_owned)
}
