//! What a tenant chooses. Each setting has bounds; what was never chosen is as the server's
//! configuration says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::RolePolicy;
use super::SsoMode;
use super::{LanguageTag, ServerAddress};
use crate::id::TeamId;

/// Minutes in a year: no time span of a setting is longer.
const YEAR_MINUTES: u32 = 365 * 24 * 60;
/// Minutes in thirty days: longer, and a temporary password is none.
const MONTH_MINUTES: u32 = 30 * 24 * 60;
/// Most wrong passwords that a setting can permit.
const FAILURES_MAX: u32 = 1000;
/// Most sessions of one user at once that a setting can permit.
const SESSIONS_MAX: u32 = 1000;
/// Most languages that a company configures.
const LANGUAGES_MAX: usize = 30;
/// ACC-06: the floor that no setting goes below, and the ceiling. In code points.
const PASSWORD_LENGTHS: std::ops::RangeInclusive<u32> = 6..=128;

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident = $api:literal,)*) => {
        /// One thing that a tenant chooses. The order is stored: append only.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub enum Setting { $($(#[$doc])* $name,)* }

        impl Setting {
            const COUNT: usize = [$($api),*].len();

            /// Every setting, in stored order.
            pub const ALL: [Setting; Setting::COUNT] = [$(Setting::$name),*];

            /// Its name in the API, where it is a field of `Settings` and of `ChangeSettingsInput`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Setting::$name => $api,)* }
            }
        }
    };
}

settings! {
    /// Wrong passwords in a row that lock an account: 1 to 1000 (STA-06).
    LockAfterFailures = "lockAfterFailures",
    /// Minutes, up to a year, after which such a lock ends by itself; unset: an administrator unlocks.
    UnlockAfterMinutes = "unlockAfterMinutes",
    /// Whether a new password ends the sessions of its user (SES-02).
    EndSessionsOnPasswordChange = "endSessionsOnPasswordChange",
    /// How long a session lasts: 1 minute to a year. Sessions that run keep their end.
    SessionMinutes = "sessionMinutes",
    /// Least code points of a password that somebody chooses: 6 to 128 (AUT-06).
    PasswordMinLength = "passwordMinLength",
    /// Whether passwords that many people use are refused.
    RefuseCommonPasswords = "refuseCommonPasswords",
    /// How long a temporary password opens the account: 1 minute to 30 days (AUT-07).
    TemporaryPasswordMinutes = "temporaryPasswordMinutes",
    /// Whether who resets a password is shown it though it was mailed.
    ShowMailedPasswords = "showMailedPasswords",
    /// Whether who is created without a password is mailed one (AUT-10).
    MailInitialPasswords = "mailInitialPasswords",
    /// Whether a reset demands the answer to the security question of who has one (AUT-08).
    SecurityQuestionAfterReset = "securityQuestionAfterReset",
    /// Whether the first proxy login demands the answer to the actor's own (AUT-15).
    SecurityQuestionBeforeProxy = "securityQuestionBeforeProxy",
    /// Sessions that a user may have at once: 1 to 1000. One more ends the oldest.
    SessionsPerUserMax = "sessionsPerUserMax",
    /// How people sign in from elsewhere (SSO-06).
    SsoMode = "ssoMode",
    /// Whether no two users have the same employee number (PRO-06). Those who have one keep it.
    UniqueEmployeeNumbers = "uniqueEmployeeNumbers",
    /// What several roles in one application amount to, where the application does not say (ROL-09).
    RolePolicy = "rolePolicy",
    /// Whether an administrator as whom the provider's support acts gets a mail too (NOT-05).
    MailSupportLogin = "mailSupportLogin",
    /// The team that whoever is disabled moves to; unset: none (STA-11).
    DeactivatedTeam = "deactivatedTeam",
    /// The languages that the company configured, at most 30; none: any language there is (PRF-07).
    Languages = "languages",
    /// The company's own language, one of those; unset: the first of them.
    CompanyLanguage = "companyLanguage",
    /// The custom authentication server, where single sign-on passes through to one (SSO-07).
    PassThroughAddress = "passThroughAddress",
    /// Whether a password of this directory opens an account that is kept in LDAP.
    LocalPasswordsForLdap = "localPasswordsForLdap",
    /// Whether users can be deleted at all; without it they are disabled only (DEL-15).
    DeletionAllowed = "deletionAllowed",
    /// Whether username and email are masked only by a request that a second person approves.
    MaskingBySecondPerson = "maskingBySecondPerson",
}

/// What a setting is. The order is stored: append only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SettingValue {
    /// Not in use.
    Unset,
    /// A count, or minutes.
    Number(u32),
    /// On or off.
    Flag(bool),
    /// Of [`Setting::SsoMode`].
    Sso(SsoMode),
    /// All roles together, or one at a time.
    RolePolicy(RolePolicy),
    /// A team, by its id.
    Team(TeamId),
    /// Languages, each once.
    Languages(Vec<LanguageTag>),
    /// One language.
    Language(LanguageTag),
    /// Of [`Setting::PassThroughAddress`]: names a server of the company, and nobody.
    Address(ServerAddress),
}

impl Setting {
    /// True for a value of the setting's kind and within its bounds.
    #[must_use]
    pub fn accepts(self, value: &SettingValue) -> bool {
        let numbers = match self {
            Setting::LockAfterFailures => 1..=FAILURES_MAX,
            Setting::UnlockAfterMinutes if *value == SettingValue::Unset => return true,
            Setting::DeactivatedTeam => return matches!(value, SettingValue::Team(_) | SettingValue::Unset),
            Setting::CompanyLanguage => {
                return matches!(value, SettingValue::Language(_) | SettingValue::Unset);
            }
            Setting::PassThroughAddress => {
                return matches!(value, SettingValue::Address(_) | SettingValue::Unset);
            }
            Setting::Languages => {
                return matches!(value, SettingValue::Languages(tags) if are_distinct(tags));
            }
            Setting::UnlockAfterMinutes | Setting::SessionMinutes => 1..=YEAR_MINUTES,
            Setting::PasswordMinLength => PASSWORD_LENGTHS,
            Setting::SessionsPerUserMax => 1..=SESSIONS_MAX,
            Setting::TemporaryPasswordMinutes => 1..=MONTH_MINUTES,
            Setting::SsoMode => return matches!(value, SettingValue::Sso(_)),
            Setting::RolePolicy => return matches!(value, SettingValue::RolePolicy(_)),
            Setting::EndSessionsOnPasswordChange
            | Setting::UniqueEmployeeNumbers
            | Setting::DeletionAllowed
            | Setting::RefuseCommonPasswords
            | Setting::ShowMailedPasswords
            | Setting::MailInitialPasswords
            | Setting::SecurityQuestionAfterReset
            | Setting::SecurityQuestionBeforeProxy
            | Setting::MailSupportLogin
            | Setting::LocalPasswordsForLdap
            | Setting::MaskingBySecondPerson => {
                return matches!(value, SettingValue::Flag(_));
            }
        };
        matches!(value, SettingValue::Number(number) if numbers.contains(number))
    }
}

fn are_distinct(tags: &[LanguageTag]) -> bool {
    tags.len() <= LANGUAGES_MAX && (1..tags.len()).all(|place| !tags[..place].contains(&tags[place]))
}

/// All settings, as they are in force. Units and bounds: [`Setting`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each setting documents itself")]
pub struct Settings {
    pub lock_after_failures: u32,
    pub unlock_after_minutes: Option<u32>,
    pub end_sessions_on_password_change: bool,
    pub session_minutes: u32,
    pub password_min_length: u32,
    pub refuse_common_passwords: bool,
    pub temporary_password_minutes: u32,
    pub show_mailed_passwords: bool,
    pub mail_initial_passwords: bool,
    pub security_question_after_reset: bool,
    pub security_question_before_proxy: bool,
    pub sessions_per_user_max: u32,
    pub sso_mode: SsoMode,
    pub unique_employee_numbers: bool,
    pub role_policy: RolePolicy,
    pub mail_support_login: bool,
    pub deactivated_team: Option<TeamId>,
    pub languages: Vec<LanguageTag>,
    pub company_language: Option<LanguageTag>,
    pub pass_through_address: Option<ServerAddress>,
    pub local_passwords_for_ldap: bool,
    /// Users can be deleted (DEL-15).
    pub deletion_allowed: bool,
    pub masking_by_second_person: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            lock_after_failures: 5,
            unlock_after_minutes: None,
            end_sessions_on_password_change: true,
            session_minutes: 12 * 60,
            password_min_length: *PASSWORD_LENGTHS.start(),
            refuse_common_passwords: true,
            temporary_password_minutes: 24 * 60,
            show_mailed_passwords: false,
            mail_initial_passwords: true,
            security_question_after_reset: false,
            security_question_before_proxy: false,
            sessions_per_user_max: 100,
            sso_mode: SsoMode::Off,
            unique_employee_numbers: false,
            role_policy: RolePolicy::Union,
            mail_support_login: false,
            deactivated_team: None,
            languages: Vec::new(),
            company_language: None,
            pass_through_address: None,
            local_passwords_for_ldap: false,
            deletion_allowed: true,
            masking_by_second_person: false,
        }
    }
}

impl Settings {
    /// One of them.
    #[must_use]
    pub fn get(&self, setting: Setting) -> SettingValue {
        match setting {
            Setting::LockAfterFailures => SettingValue::Number(self.lock_after_failures),
            Setting::UnlockAfterMinutes => {
                self.unlock_after_minutes.map_or(SettingValue::Unset, SettingValue::Number)
            }
            Setting::EndSessionsOnPasswordChange => SettingValue::Flag(self.end_sessions_on_password_change),
            Setting::SessionMinutes => SettingValue::Number(self.session_minutes),
            Setting::PasswordMinLength => SettingValue::Number(self.password_min_length),
            Setting::RefuseCommonPasswords => SettingValue::Flag(self.refuse_common_passwords),
            Setting::TemporaryPasswordMinutes => SettingValue::Number(self.temporary_password_minutes),
            Setting::ShowMailedPasswords => SettingValue::Flag(self.show_mailed_passwords),
            Setting::MailInitialPasswords => SettingValue::Flag(self.mail_initial_passwords),
            Setting::SecurityQuestionAfterReset => SettingValue::Flag(self.security_question_after_reset),
            Setting::SecurityQuestionBeforeProxy => SettingValue::Flag(self.security_question_before_proxy),
            Setting::SessionsPerUserMax => SettingValue::Number(self.sessions_per_user_max),
            Setting::SsoMode => SettingValue::Sso(self.sso_mode),
            Setting::UniqueEmployeeNumbers => SettingValue::Flag(self.unique_employee_numbers),
            Setting::RolePolicy => SettingValue::RolePolicy(self.role_policy),
            Setting::MailSupportLogin => SettingValue::Flag(self.mail_support_login),
            Setting::DeactivatedTeam => self.deactivated_team.map_or(SettingValue::Unset, SettingValue::Team),
            Setting::Languages => SettingValue::Languages(self.languages.clone()),
            Setting::CompanyLanguage => {
                self.company_language.clone().map_or(SettingValue::Unset, SettingValue::Language)
            }
            Setting::PassThroughAddress => {
                self.pass_through_address.clone().map_or(SettingValue::Unset, SettingValue::Address)
            }
            Setting::LocalPasswordsForLdap => SettingValue::Flag(self.local_passwords_for_ldap),
            Setting::DeletionAllowed => SettingValue::Flag(self.deletion_allowed),
            Setting::MaskingBySecondPerson => SettingValue::Flag(self.masking_by_second_person),
        }
    }

    /// A value of another kind than the setting's changes nothing.
    fn set(&mut self, setting: Setting, value: SettingValue) {
        match (setting, value) {
            (Setting::LockAfterFailures, SettingValue::Number(number)) => self.lock_after_failures = number,
            (Setting::UnlockAfterMinutes, SettingValue::Number(minutes)) => {
                self.unlock_after_minutes = Some(minutes);
            }
            (Setting::UnlockAfterMinutes, SettingValue::Unset) => self.unlock_after_minutes = None,
            (Setting::EndSessionsOnPasswordChange, SettingValue::Flag(flag)) => {
                self.end_sessions_on_password_change = flag;
            }
            (Setting::SessionMinutes, SettingValue::Number(minutes)) => self.session_minutes = minutes,
            (Setting::PasswordMinLength, SettingValue::Number(least)) => self.password_min_length = least,
            (Setting::RefuseCommonPasswords, SettingValue::Flag(flag)) => self.refuse_common_passwords = flag,
            (Setting::TemporaryPasswordMinutes, SettingValue::Number(minutes)) => {
                self.temporary_password_minutes = minutes;
            }
            (Setting::ShowMailedPasswords, SettingValue::Flag(flag)) => self.show_mailed_passwords = flag,
            (Setting::MailInitialPasswords, SettingValue::Flag(flag)) => self.mail_initial_passwords = flag,
            (Setting::SecurityQuestionAfterReset, SettingValue::Flag(flag)) => {
                self.security_question_after_reset = flag;
            }
            (Setting::SecurityQuestionBeforeProxy, SettingValue::Flag(flag)) => {
                self.security_question_before_proxy = flag;
            }
            (Setting::SessionsPerUserMax, SettingValue::Number(most)) => self.sessions_per_user_max = most,
            (Setting::SsoMode, SettingValue::Sso(mode)) => self.sso_mode = mode,
            (Setting::DeletionAllowed, SettingValue::Flag(flag)) => self.deletion_allowed = flag,
            (Setting::UniqueEmployeeNumbers, SettingValue::Flag(flag)) => self.unique_employee_numbers = flag,
            (Setting::RolePolicy, SettingValue::RolePolicy(policy)) => self.role_policy = policy,
            (Setting::MailSupportLogin, SettingValue::Flag(flag)) => self.mail_support_login = flag,
            (Setting::DeactivatedTeam, SettingValue::Team(team)) => self.deactivated_team = Some(team),
            (Setting::DeactivatedTeam, SettingValue::Unset) => self.deactivated_team = None,
            (Setting::Languages, SettingValue::Languages(tags)) => self.languages = tags,
            (Setting::CompanyLanguage, SettingValue::Language(tag)) => self.company_language = Some(tag),
            (Setting::CompanyLanguage, SettingValue::Unset) => self.company_language = None,
            (Setting::PassThroughAddress, SettingValue::Address(to)) => self.pass_through_address = Some(to),
            (Setting::PassThroughAddress, SettingValue::Unset) => self.pass_through_address = None,
            (Setting::LocalPasswordsForLdap, SettingValue::Flag(flag)) => {
                self.local_passwords_for_ldap = flag
            }
            (Setting::MaskingBySecondPerson, SettingValue::Flag(flag)) => {
                self.masking_by_second_person = flag;
            }
            _ => {}
        }
    }
}

/// What was chosen so far, over what the configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChosenSettings(BTreeMap<Setting, SettingValue>);

impl ChosenSettings {
    /// Keeps a choice.
    pub fn choose(&mut self, setting: Setting, value: SettingValue) {
        self.0.insert(setting, value);
    }

    /// What was chosen, by setting.
    pub fn iter(&self) -> impl Iterator<Item = (Setting, &SettingValue)> {
        self.0.iter().map(|(setting, value)| (*setting, value))
    }

    /// The settings in force over these defaults.
    #[must_use]
    pub fn over(&self, defaults: &Settings) -> Settings {
        let mut settings = defaults.clone();
        self.iter().for_each(|(setting, value)| settings.set(setting, value.clone()));
        settings
    }
}
