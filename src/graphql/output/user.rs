//! A user, as far as the caller may see them.

use std::collections::BTreeSet;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::UserId;
use rollbook_schema::value::{self, ChatLimit, PersonField};

use super::session::{Session, SignOutReason, sessions};
use super::{
    AttributeOfUser, BusinessUnit, Dashboard, HistoryConnection, Mail, Preferences, ProxyGrant, Role, Team,
    UserLicenseType, Wanted, effective_home,
};
use crate::access::{Caller, Capability, holds, may_proxy};
use crate::directory::Directory;
use crate::graphql::closed_list::EventType;
use crate::graphql::fault::unreadable;
use crate::graphql::id;
use crate::graphql::input::EntryFilter;
use crate::graphql::paging::PageArguments;
use crate::graphql::reading;
use crate::graphql::rights::{caller, sees_person, sees_user};
use crate::graphql::scalar::{DateTime, Version};
use crate::graphql::segment::UserSegment;
use crate::graphql::vocabulary::{AccessProfile, LicenseType, Surface, UserKind};
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
    /// What to call the user: the display name, or `User` and the number where it is not shown.
    pub label: String,
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
    /// A role change waits for the next sign-in: a session runs with other roles. To apply it now, end the
    /// sessions.
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

    /// What the user is charged as; null for everybody but the provider.
    async fn user_license_type(&self, ctx: &Context<'_>) -> Option<UserLicenseType> {
        UserLicenseType::of(self.kind, &caller(ctx))
    }

    /// How things are shown to this user; the defaults where nothing was chosen.
    async fn preferences(&self, ctx: &Context<'_>) -> Result<Preferences> {
        let views = self.when.held(ctx)?;
        Ok(Preferences::of(self.key, &views, sees_person(views.today(), &caller(ctx), self.key)))
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
        let may_know = caller.user() == Some(self.key) || holds(&caller, Capability::ManageUsers);
        Ok(may_know && self.when.held(ctx)?.security_questions.of(self.key).is_some())
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
}

impl User {
    /// One user, deleted and reserved ones included; `None` for one that the caller may not know of.
    pub(in crate::graphql) fn find<'a>(
        scene: impl Into<Scene<'a>>,
        user: UserId,
        caller: &Caller,
        wanted: &Wanted,
    ) -> Option<User> {
        let scene = scene.into();
        let row = scene.shown.users.get_any(user).filter(|row| sees_user(scene.today, caller, row.id))?;
        Some(User::of(row, scene, caller, wanted))
    }

    /// Copies what is wanted of a row, and may be seen.
    pub(in crate::graphql) fn of<'a>(
        row: &UserRow,
        scene: impl Into<Scene<'a>>,
        caller: &Caller,
        wanted: &Wanted,
    ) -> User {
        let scene = scene.into();
        let views = scene.shown;
        // The names of reserved users are nobody's.
        let sees_person = sees_person(scene.today, caller, row.id) || row.kind == value::UserKind::Standard;
        let own = |text: Option<&str>| text.map(str::to_owned);
        let person = |field| {
            if sees_person && wanted.person(field) { own(row.person(field)) } else { None }
        };
        let display_name = person(PersonField::DisplayName);
        User {
            id: id::of_user(row.id),
            kind: row.kind.into(),
            username: if sees_person && wanted.username { own(row.username()) } else { None },
            email: if sees_person && wanted.email { own(row.email()) } else { None },
            email_verified: row.email_verified,
            segment: UserSegment::of(row),
            label: display_name.clone().unwrap_or_else(|| format!("User {}", row.id)),
            display_name,
            full_name: person(PersonField::FullName),
            first_name: person(PersonField::FirstName),
            last_name: person(PersonField::LastName),
            title: person(PersonField::Title),
            employee_number: person(PersonField::EmployeeNumber),
            land_line_phone: person(PersonField::LandLinePhone),
            mobile_phone: person(PersonField::MobilePhone),
            street_address: person(PersonField::StreetAddress),
            postal_code: person(PersonField::PostalCode),
            signature: person(PersonField::Signature),
            active: row.active,
            assignable: row.active && !row.deleted && row.kind == value::UserKind::Agent,
            locked: row.locked,
            deleted: row.deleted,
            masked: row.masked,
            license: row.license.map(Into::into),
            roles: if wanted.roles { roles(row, scene, caller) } else { Vec::new() },
            access: if wanted.access { access(row, scene, caller) } else { Vec::new() },
            access_profile: row.access_profile.into(),
            teams: if wanted.teams { Team::all_of(row.id, scene, caller) } else { Vec::new() },
            business_units: if wanted.business_units {
                BusinessUnit::all_of(row.id, scene, caller)
            } else {
                Vec::new()
            },
            may_proxy: wanted.may_proxy && may_proxy_now(row.id, scene.today, caller),
            proxy_grant: if wanted.proxy_grant { ProxyGrant::find(row.id, scene, caller) } else { None },
            created_at: row.created_at.into(),
            last_sign_in_at: row.last_sign_in.map(Into::into),
            last_sign_out_at: views.sessions.last_end(row.id).map(|end| end.at.into()),
            last_sign_out_reason: views.sessions.last_end(row.id).map(|end| end.reason.into()),
            must_change_password: views.sessions.demands().must_change(row.id),
            pending_until_next_sign_in: views.sessions.is_pending(row.id),
            version: row.version.into(),
            key: row.id,
            when: scene.when.clone(),
        }
    }
}

/// People see their own roles; anybody else's need the right to see roles.
fn roles(row: &UserRow, scene: Scene<'_>, caller: &Caller) -> Vec<Role> {
    if caller.user() != Some(row.id) && !holds(caller, Capability::SeeRoles) {
        return Vec::new();
    }
    row.roles()
        .iter()
        .filter_map(|role| scene.shown.roles.get(*role))
        .map(|role| Role::of(role, scene, caller))
        .collect()
}

/// Nobody acts as somebody of the past.
fn may_proxy_now(user: UserId, today: &Views, caller: &Caller) -> bool {
    today.users.get_any(user).is_some_and(|row| may_proxy(caller, today, row))
}

/// ROL-01; in a session, with the roles that it was opened with (ROL-12).
fn access(row: &UserRow, scene: Scene<'_>, caller: &Caller) -> Vec<Surface> {
    let views = scene.shown;
    let opening = match caller {
        Caller::Person(person) if person.id == row.id && scene.when.position().is_none() => {
            views.sessions.opening(row.id, person.session)
        }
        _ => None,
    };
    let roles = opening.map_or(row.roles(), |opening| &opening.roles);
    let roles = roles.iter().filter_map(|role| views.roles.get(*role));
    let surfaces: BTreeSet<value::Surface> = roles.flat_map(|role| role.surfaces.iter().copied()).collect();
    surfaces.into_iter().map(Into::into).collect()
}
