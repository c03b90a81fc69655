//! What the tenant chose.

use async_graphql::{ID, SimpleObject};
use rollbook_schema::TeamId;
use rollbook_schema::value;

use super::RolePolicy;
use crate::graphql::id;
use crate::graphql::scalar::Version;
use crate::graphql::vocabulary::SsoMode;

/// The settings in force: chosen by `changeSettings`, else as the server is configured.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct Settings {
    /// Wrong passwords in a row that lock an account.
    pub lock_after_failures: u32,
    /// Minutes after which such a lock ends by itself; null: an administrator unlocks.
    pub unlock_after_minutes: Option<u32>,
    /// A new password ends the sessions of its user.
    pub end_sessions_on_password_change: bool,
    /// How long a session lasts.
    pub session_minutes: u32,
    /// Least characters of a password that somebody chooses.
    pub password_min_length: u32,
    /// Passwords that many people use are refused.
    pub refuse_common_passwords: bool,
    /// How long a temporary password opens the account.
    pub temporary_password_minutes: u32,
    /// Who resets a password is shown it, though it was mailed.
    pub show_mailed_passwords: bool,
    /// Who is created without a password is mailed one.
    pub mail_initial_passwords: bool,
    /// A reset demands the answer to the security question of who has one.
    pub security_question_after_reset: bool,
    /// The first proxy login demands the answer to one's own.
    pub security_question_before_proxy: bool,
    /// Sessions that a user may have at once; one more ends the oldest.
    pub sessions_per_user_max: u32,
    /// How people sign in from elsewhere.
    pub sso_mode: SsoMode,
    /// No two users have the same employee number.
    pub unique_employee_numbers: bool,
    /// What several roles in one application amount to, where the application does not say.
    pub role_policy: RolePolicy,
    /// An administrator as whom the provider's support acts gets a mail too.
    pub mail_support_login: bool,
    /// The team that whoever is disabled moves to; null for none, and for one that is not for you.
    pub deactivated_team: Option<ID>,
    /// The languages that the company configured; none: any language can be chosen.
    pub languages: Vec<String>,
    /// The company's own language; null: the first of those, if there are any.
    pub company_language: Option<String>,
    /// The custom authentication server; null where single sign-on does not pass through to one.
    pub pass_through_address: Option<String>,
    /// A password of this directory opens an account that is kept in LDAP.
    pub local_passwords_for_ldap: bool,
    /// Users can be deleted; without it they are disabled only.
    pub deletion_allowed: bool,
    /// Username and email are masked only by a request that a second person approves.
    pub masking_by_second_person: bool,
    /// How many changes the settings have seen. Give it back as `expectedVersion`.
    pub version: Version,
}

impl Settings {
    /// `reaches` tells which teams the reader may know of.
    pub(in crate::graphql) fn of(
        settings: &value::Settings,
        version: rollbook_schema::Version,
        reaches: impl Fn(TeamId) -> bool,
    ) -> Settings {
        let passes_through = settings.sso_mode == value::SsoMode::PassThrough;
        let address = settings.pass_through_address.as_ref().filter(|_| passes_through);
        Settings {
            lock_after_failures: settings.lock_after_failures,
            unlock_after_minutes: settings.unlock_after_minutes,
            end_sessions_on_password_change: settings.end_sessions_on_password_change,
            session_minutes: settings.session_minutes,
            password_min_length: settings.password_min_length,
            refuse_common_passwords: settings.refuse_common_passwords,
            temporary_password_minutes: settings.temporary_password_minutes,
            show_mailed_passwords: settings.show_mailed_passwords,
            mail_initial_passwords: settings.mail_initial_passwords,
            security_question_after_reset: settings.security_question_after_reset,
            security_question_before_proxy: settings.security_question_before_proxy,
            sessions_per_user_max: settings.sessions_per_user_max,
            sso_mode: settings.sso_mode.into(),
            unique_employee_numbers: settings.unique_employee_numbers,
            role_policy: settings.role_policy.into(),
            mail_support_login: settings.mail_support_login,
            deactivated_team: settings.deactivated_team.filter(|team| reaches(*team)).map(id::of_team),
            languages: settings.languages.iter().map(|tag| tag.as_str().to_owned()).collect(),
            company_language: settings.company_language.as_ref().map(|tag| tag.as_str().to_owned()),
            pass_through_address: address.map(|address| address.as_str().to_owned()),
            local_passwords_for_ldap: settings.local_passwords_for_ldap,
            deletion_allowed: settings.deletion_allowed,
            masking_by_second_person: settings.masking_by_second_person,
            version: version.into(),
        }
    }
}
