//! What the tenant chooses.

use async_graphql::{ID, InputObject, MaybeUndefined};
use rollbook_schema::command::ChangeSettings;
use rollbook_schema::value::{LanguageTag, ServerAddress, Setting, SettingValue};
use rollbook_schema::{Command, RejectionCode};

use super::Flaws;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};
use crate::graphql::id;
use crate::graphql::output::RolePolicy;
use crate::graphql::vocabulary::SsoMode;

/// Settings to choose. One that is left out stays as it is.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeSettingsInput {
    /// Wrong passwords in a row that lock an account: 1 to 1000.
    lock_after_failures: MaybeUndefined<i32>,
    /// Minutes, up to a year, after which such a lock ends by itself; `null`: an administrator unlocks.
    unlock_after_minutes: MaybeUndefined<i32>,
    /// Whether a new password ends the sessions of its user.
    end_sessions_on_password_change: MaybeUndefined<bool>,
    /// How long a session lasts: 1 minute to a year. Sessions that run keep their end.
    session_minutes: MaybeUndefined<i32>,
    /// Least characters of a password that somebody chooses: 6 to 128.
    password_min_length: MaybeUndefined<i32>,
    /// Whether passwords that many people use are refused.
    refuse_common_passwords: MaybeUndefined<bool>,
    /// How long a temporary password opens the account: 1 minute to 30 days.
    temporary_password_minutes: MaybeUndefined<i32>,
    /// Whether who resets a password is shown it though it was mailed.
    show_mailed_passwords: MaybeUndefined<bool>,
    /// Whether who is created without a password is mailed one.
    mail_initial_passwords: MaybeUndefined<bool>,
    /// Whether a reset demands the answer to the security question of who has one.
    security_question_after_reset: MaybeUndefined<bool>,
    /// Whether the first proxy login demands the answer to one's own.
    security_question_before_proxy: MaybeUndefined<bool>,
    /// Sessions that a user may have at once: 1 to 1000. One more ends the oldest.
    sessions_per_user_max: MaybeUndefined<i32>,
    /// How people sign in from elsewhere.
    sso_mode: MaybeUndefined<SsoMode>,
    /// Whether no two users have the same employee number. Those who have one keep it.
    unique_employee_numbers: MaybeUndefined<bool>,
    /// What several roles in one application amount to, where the application does not say.
    role_policy: MaybeUndefined<RolePolicy>,
    /// Whether an administrator as whom the provider's support acts gets a mail too.
    mail_support_login: MaybeUndefined<bool>,
    /// The team that whoever is disabled moves to; `null`: none.
    deactivated_team: MaybeUndefined<ID>,
    /// The languages that the company configured, as BCP 47 tags, at most 30; with one, nobody chooses
    /// another; `null` or none: any language can be chosen.
    languages: MaybeUndefined<Vec<String>>,
    /// The company's own language, one of those; `null`: the first of them.
    company_language: MaybeUndefined<String>,
    /// The custom authentication server: an `https` URL with neither user, query nor fragment; `null`: none.
    /// Only where single sign-on passes through to one.
    pass_through_address: MaybeUndefined<String>,
    /// Whether a password of this directory opens an account that is kept in LDAP.
    local_passwords_for_ldap: MaybeUndefined<bool>,
    /// Whether users can be deleted; without it they are disabled only.
    deletion_allowed: MaybeUndefined<bool>,
    /// Whether username and email are masked only by a request that a second person approves: `maskPii` is
    /// refused then.
    masking_by_second_person: MaybeUndefined<bool>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeSettingsInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let given = [
            (Setting::LockAfterFailures, number(self.lock_after_failures)),
            (Setting::UnlockAfterMinutes, number(self.unlock_after_minutes)),
            (Setting::EndSessionsOnPasswordChange, flag(self.end_sessions_on_password_change)),
            (Setting::SessionMinutes, number(self.session_minutes)),
            (Setting::PasswordMinLength, number(self.password_min_length)),
            (Setting::RefuseCommonPasswords, flag(self.refuse_common_passwords)),
            (Setting::TemporaryPasswordMinutes, number(self.temporary_password_minutes)),
            (Setting::ShowMailedPasswords, flag(self.show_mailed_passwords)),
            (Setting::MailInitialPasswords, flag(self.mail_initial_passwords)),
            (Setting::SecurityQuestionAfterReset, flag(self.security_question_after_reset)),
            (Setting::SecurityQuestionBeforeProxy, flag(self.security_question_before_proxy)),
            (Setting::SessionsPerUserMax, number(self.sessions_per_user_max)),
            (Setting::SsoMode, mode(self.sso_mode)),
            (Setting::UniqueEmployeeNumbers, flag(self.unique_employee_numbers)),
            (Setting::RolePolicy, policy(self.role_policy)),
            (Setting::MailSupportLogin, flag(self.mail_support_login)),
            (
                Setting::DeactivatedTeam,
                named(self.deactivated_team, |id| id::team(&id).map(SettingValue::Team)),
            ),
            (Setting::Languages, languages(self.languages)),
            (
                Setting::CompanyLanguage,
                named(self.company_language, |tag| LanguageTag::parse(&tag).ok().map(SettingValue::Language)),
            ),
            (
                Setting::PassThroughAddress,
                named(self.pass_through_address, |url| {
                    ServerAddress::parse(&url).ok().map(SettingValue::Address)
                }),
            ),
            (Setting::LocalPasswordsForLdap, flag(self.local_passwords_for_ldap)),
            (Setting::DeletionAllowed, flag(self.deletion_allowed)),
            (Setting::MaskingBySecondPerson, flag(self.masking_by_second_person)),
        ];
        let mut changes = Vec::new();
        for (setting, value) in given.into_iter().filter_map(|(setting, given)| Some((setting, given?))) {
            match value {
                Some(value) => changes.push((setting, value)),
                None => flaws.refuse(setting.name(), RejectionCode::Invalid),
            }
        }
        Some(ChangeSettings { changes }.into())
    }
}

/// `None`: left out. `Some(None)`: no number that a setting could be.
#[expect(clippy::option_option, reason = "left out, impossible and given are three things")]
fn number(given: MaybeUndefined<i32>) -> Option<Option<SettingValue>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(Some(SettingValue::Unset)),
        MaybeUndefined::Value(number) => Some(u32::try_from(number).ok().map(SettingValue::Number)),
    }
}

/// `null` puts it out of use.
#[expect(clippy::option_option, reason = "as for numbers")]
fn named<T>(
    given: MaybeUndefined<T>,
    parse: impl Fn(T) -> Option<SettingValue>,
) -> Option<Option<SettingValue>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(Some(SettingValue::Unset)),
        MaybeUndefined::Value(value) => Some(parse(value)),
    }
}

#[expect(clippy::option_option, reason = "as for numbers")]
fn languages(given: MaybeUndefined<Vec<String>>) -> Option<Option<SettingValue>> {
    let parsed = |tags: Vec<String>| {
        let tags: Result<_, _> = tags.iter().map(|tag| LanguageTag::parse(tag)).collect();
        tags.ok().map(SettingValue::Languages)
    };
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(Some(SettingValue::Languages(Vec::new()))),
        MaybeUndefined::Value(tags) => Some(parsed(tags)),
    }
}

#[expect(clippy::option_option, reason = "as for numbers")]
fn policy(given: MaybeUndefined<RolePolicy>) -> Option<Option<SettingValue>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(policy) => Some(Some(SettingValue::RolePolicy(policy.into()))),
    }
}

#[expect(clippy::option_option, reason = "as for numbers")]
fn flag(given: MaybeUndefined<bool>) -> Option<Option<SettingValue>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(flag) => Some(Some(SettingValue::Flag(flag))),
    }
}

#[expect(clippy::option_option, reason = "as for numbers")]
fn mode(given: MaybeUndefined<SsoMode>) -> Option<Option<SettingValue>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(mode) => Some(Some(SettingValue::Sso(mode.into()))),
    }
}
