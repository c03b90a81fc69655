//! What a mutation answers: the thing it changed, where the change stands, and why not.

use async_graphql::{Context, ID, Result, SimpleObject};
use rollbook_schema::{self as schema, Rejection, Rejections, Subject};

use super::{
    Application, Artefact, AttributeDefinition, BusinessUnit, CheckpointPayload, Dashboard, LicensePool,
    LicenseShortage, MaskingRequest, Role, Settings, Team, User, UserReference, Wanted,
};
use crate::access::{Caller, reaches_team};
use crate::directory::Directory;
use crate::graphql::closed_list::RejectionCode;
use crate::graphql::fault::{RETRY_AFTER_SECONDS, stopped};
use crate::graphql::id;
use crate::graphql::rights::caller;
use crate::graphql::scalar::{DateTime, Position};
use crate::writer::{Answer, CommandError, Outcome};

/// Why a mutation had no effect.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct MutationError {
    pub code: RejectionCode,
    /// For people. Repeats nothing that was typed.
    pub message: String,
    /// The input field it belongs to, such as `["input", "email"]`; `["input"]` for the whole. An entry of a
    /// list follows by its place, from 0.
    pub path: Vec<String>,
    /// The seats, where they were the reason.
    pub license: Option<LicenseShortage>,
    /// The teams that the user is in, where they were the reason (`TEAMS_LEFT`).
    pub teams: Option<Vec<Team>>,
    /// The rule on users, where it was the reason (`RULE_FAILED`).
    pub rule_id: Option<ID>,
    /// When to try again, in seconds, where the server had no room (`BUSY`).
    pub retry_after_seconds: Option<u32>,
}

/// How this input calls a field that the rule calls otherwise; an empty name is the whole input.
pub(in crate::graphql) type Renamed = &'static [(&'static str, &'static str)];

/// The names in a command about one user.
pub(in crate::graphql) const OF_USER: Renamed = &[("id", "userId"), ("role", "roleId")];

impl MutationError {
    fn of(rejection: &Rejection, renamed: Renamed) -> MutationError {
        let field = rejection.field.map(|field| {
            renamed.iter().find(|(rules, _)| *rules == field).map_or(field, |(_, inputs)| *inputs)
        });
        let path = ["input"].into_iter().chain(field.filter(|field| !field.is_empty()));
        MutationError {
            code: RejectionCode(rejection.code),
            message: rejection.to_string(),
            path: path.map(str::to_owned).chain(rejection.entry.map(|entry| entry.to_string())).collect(),
            license: rejection.seats.map(Into::into),
            teams: None,
            rule_id: rejection.rule.map(id::of_user_rule),
            retry_after_seconds: (rejection.code == schema::RejectionCode::Busy)
                .then_some(RETRY_AFTER_SECONDS),
        }
    }

    pub(super) fn all(rejections: &Rejections, renamed: Renamed) -> Vec<MutationError> {
        rejections.iter().map(|rejection| MutationError::of(rejection, renamed)).collect()
    }
}

/// What every payload has.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct Receipt {
    /// Where the directory stood with it done: the last event of the change; where nothing had to change, what
    /// was there already. To read what it left, give it as `atLeast`. Null if it was refused.
    position: Option<Position>,
    /// The idempotency key was known: this is what the first request did.
    repeated: bool,
    /// Why not; empty if it was done.
    errors: Vec<MutationError>,
}

impl Receipt {
    /// The receipt, and what was done, if it was. A directory that stopped is a fault.
    pub(in crate::graphql) fn of(answer: Answer, renamed: Renamed) -> Result<(Receipt, Option<Outcome>)> {
        match answer {
            Ok(outcome) => {
                let position = Some(Position(outcome.position));
                let receipt = Receipt { position, repeated: outcome.repeated, errors: Vec::new() };
                Ok((receipt, Some(outcome)))
            }
            Err(CommandError::Refused(rejections)) => {
                let errors = MutationError::all(&rejections, renamed);
                Ok((Receipt { errors, ..Receipt::default() }, None))
            }
            Err(CommandError::Stopped(stop)) => Err(stopped(&stop)),
        }
    }

    /// Was it refused for this reason, beside others or not?
    pub(in crate::graphql) fn is_refused_for(&self, code: schema::RejectionCode) -> bool {
        self.errors.iter().any(|error| error.code.0 == code)
    }

    /// Says whom to ask for what is the provider's (LIC-13).
    fn name_contact(&mut self, contact: Option<&str>) {
        let Some(contact) = contact else { return };
        let by_provider =
            |error: &&mut MutationError| error.code.0 == schema::RejectionCode::SeatsSizedByProvider;
        self.errors.iter_mut().filter(by_provider).for_each(|error| {
            error.message = format!("{}: ask {contact}", error.message);
        });
    }

    /// Says which teams have to be left first (STA-10).
    pub(in crate::graphql) fn name_teams(&mut self, teams: &[Team]) {
        let left = self.errors.iter_mut().filter(|error| error.code.0 == schema::RejectionCode::TeamsLeft);
        left.for_each(|error| error.teams = Some(teams.to_vec()));
    }
}

macro_rules! payloads {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $field_doc:literal])* $field:ident: $type:ty,)* })*) => {$(
        $(#[doc = $doc])*
        #[derive(SimpleObject, Default)]
        pub(in crate::graphql) struct $name {
            $($(#[doc = $field_doc])* pub $field: Option<$type>,)*
            #[graphql(flatten)]
            pub receipt: Receipt,
        }
    )*};
}

payloads! {
    /// What became of a user.
    UserPayload {
        /// The user after the change; null if there was none, or for readers who may not see it.
        user: User,
    }
    /// What became of a user who was to be deleted.
    DeleteUserPayload {
        /// The user after the change; null if there was none.
        user: User,
        /// Everything that still names the user, where that was the reason (`REFERENCED`), up to 1,000 places:
        /// each is to be resolved first. Null otherwise.
        references: Vec<UserReference>,
    }
    /// What became of a role.
    RolePayload {
        /// The role after the change.
        role: Role,
    }
    /// What became of a dashboard.
    DashboardPayload {
        /// The dashboard after the change.
        dashboard: Dashboard,
    }
    /// What became of a custom attribute.
    AttributePayload {
        /// The attribute after the change.
        attribute: AttributeDefinition,
    }
    /// What became of an application.
    ApplicationPayload {
        /// The application after the change.
        application: Application,
    }
    /// What became of an artefact.
    ArtefactPayload {
        /// The artefact after the change; null once it is purged.
        artefact: Artefact,
    }
    /// What became of a team.
    TeamPayload {
        /// The team after the change.
        team: Team,
    }
    /// What became of a business unit.
    BusinessUnitPayload {
        /// The business unit after the change.
        business_unit: BusinessUnit,
    }
    /// What became of a pool of seats.
    LicensePoolPayload {
        /// The seats after the change.
        license_pool: LicensePool,
    }
    /// What became of a setting that holds for everybody who has nothing of their own.
    DefaultChatLimitPayload {
        /// Chats at once after the change.
        default_max_chats: u16,
    }
    /// What became of the key that signs.
    RotateSigningKeyPayload {
        /// The key that signs from now on, as verifiers are told it.
        verifier_key: String,
    }
    /// A session that began.
    SignInPayload {
        /// Sent with each request as `Authorization: Bearer`. Shown this once.
        token: String,
        /// When the session ends by itself.
        expires_at: DateTime,
        /// Until a new password is set, this session may do nothing else.
        must_change_password: bool,
        /// What must be answered besides, as `securityAnswer` of `setPassword`; null if nothing is asked.
        security_question: String,
        /// Who is signed in.
        user: User,
    }
    /// A session as somebody else that began.
    StartProxyPayload {
        /// Sent with each request that is made as the user. Shown this once.
        token: String,
        /// Named by everything that is done in it: `history(filter: {proxySession: …})`.
        session: ID,
        /// When it ends by itself: after an hour at most, and with your own session.
        expires_at: DateTime,
        /// As whom you act.
        user: User,
    }
    /// A session as somebody else that ended.
    EndProxyPayload {
        /// Who you are.
        user: User,
    }
    /// A session of the provider's support that ended.
    SupportPayload {}
    /// What became of a masking request.
    MaskingPayload {
        /// The request after the change.
        request: MaskingRequest,
    }
    /// A notice that is no longer shown.
    DismissNoticePayload {}
    /// A session that ended.
    SignOutPayload {}
    /// A password that was reset.
    ResetPasswordPayload {
        /// Whose.
        user: User,
        /// It went to their address by mail; null where the request was repeated.
        mailed: bool,
        /// To be handed over by a secure channel. Shown this once, and kept nowhere; null where it was mailed,
        /// unless the tenant chose `showMailedPasswords`.
        temporary_password: String,
        /// From here on it opens nothing.
        expires_at: DateTime,
    }
    /// What the tenant chose.
    SettingsPayload {
        /// The settings after the change.
        settings: Settings,
    }
}

impl UserPayload {
    /// The user is read from the views, which hold the change by now.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let user = outcome.and_then(|outcome| outcome.user());
        let directory = ctx.data::<Directory>()?;
        let wanted = Wanted::at([ctx.look_ahead().field("user")]);
        let user = user.and_then(|user| User::find(&directory.views(), user, &caller(ctx), &wanted));
        Ok(UserPayload { user, receipt })
    }
}

impl RolePayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let directory = ctx.data::<Directory>()?;
        let caller: Caller = caller(ctx);
        let role = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::Role(role)) => {
                let views = directory.views();
                views.roles.get(role).map(|row| Role::of(row, &views, &caller))
            }
            _ => None,
        };
        Ok(RolePayload { role, receipt })
    }
}

impl DashboardPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let directory = ctx.data::<Directory>()?;
        let dashboard = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::Dashboard(id)) => Some(Dashboard::of(id, &directory.views())),
            _ => None,
        };
        Ok(DashboardPayload { dashboard, receipt })
    }
}

impl ApplicationPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let application = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::Application(id)) => {
                let views = ctx.data::<Directory>()?.views();
                views.applications.get(id).map(|row| Application::of(row, &views))
            }
            _ => None,
        };
        Ok(ApplicationPayload { application, receipt })
    }
}

impl ArtefactPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let views = ctx.data::<Directory>()?.views();
        let artefact = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::Artefact(id)) => Artefact::find(&views, id, &caller(ctx)),
            _ => None,
        };
        Ok(ArtefactPayload { artefact, receipt })
    }
}

impl SettingsPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, &[])?;
        let directory = ctx.data::<Directory>()?;
        let ((settings, version), views) = (directory.settings_and_version(), directory.views());
        let reaches = |team| reaches_team(&caller(ctx), &views.teams, team);
        let settings = outcome.map(|_| Settings::of(&settings, version, reaches));
        Ok(SettingsPayload { settings, receipt })
    }
}

impl TeamPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let team = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::Team(team)) => Team::find(&ctx.data::<Directory>()?.views(), team, &caller(ctx)),
            _ => None,
        };
        Ok(TeamPayload { team, receipt })
    }
}

impl BusinessUnitPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let business_unit = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::BusinessUnit(unit)) => {
                BusinessUnit::find(&ctx.data::<Directory>()?.views(), unit, &caller(ctx))
            }
            _ => None,
        };
        Ok(BusinessUnitPayload { business_unit, receipt })
    }
}

impl LicensePoolPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (mut receipt, outcome) = Receipt::of(answer, renamed)?;
        let directory = ctx.data::<Directory>()?;
        receipt.name_contact(directory.license_contact());
        let license_pool = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::LicensePool(license)) => Some(directory.views().licenses.of(license).into()),
            _ => None,
        };
        Ok(LicensePoolPayload { license_pool, receipt })
    }
}

impl RotateSigningKeyPayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, &[])?;
        let evidence = ctx.data::<Directory>()?.evidence();
        let key = outcome.and_then(|_| evidence.verifier_key_in_force());
        Ok(RotateSigningKeyPayload { verifier_key: key.map(|key| key.to_string()), receipt })
    }
}

impl CheckpointPayload {
    /// What was not signed.
    pub(in crate::graphql) fn refused(error: CommandError) -> Result<Self> {
        match error {
            CommandError::Refused(rejections) => {
                Ok(CheckpointPayload { checkpoint: None, errors: MutationError::all(&rejections, &[]) })
            }
            CommandError::Stopped(stop) => Err(stopped(&stop)),
        }
    }
}
