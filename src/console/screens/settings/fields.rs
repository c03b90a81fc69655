//! The settings in groups, each with the control that fits its type. A test holds the list against the schema.

use crate::console::words::{Text, settings as words};

/// What a setting takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// On or off.
    Switch,
    /// A whole number within bounds.
    Number { least: u32, most: u32 },
    /// The same, or blank for none.
    NumberOrNone { most: u32 },
    /// One of a closed list: value and text.
    Choice(&'static [(&'static str, Text)]),
    /// A team, or none.
    Team,
    /// One line, or blank for none.
    Line,
    /// Several words with commas between them.
    Words,
}

/// One setting, by its name in the API.
pub(super) struct Setting {
    pub name: &'static str,
    pub label: Text,
    pub about: Text,
    pub control: Control,
}

const fn of(name: &'static str, (label, about): (Text, Text), control: Control) -> Setting {
    Setting { name, label, about, control }
}

/// Minutes in a year.
const YEAR_MINUTES: u32 = 366 * 24 * 60;
/// Minutes in thirty days.
const MONTH_MINUTES: u32 = 30 * 24 * 60;

const PASSWORDS: &[Setting] = &[
    of("passwordMinLength", words::PASSWORD_MIN_LENGTH, Control::Number { least: 6, most: 128 }),
    of("refuseCommonPasswords", words::REFUSE_COMMON_PASSWORDS, Control::Switch),
    of(
        "temporaryPasswordMinutes",
        words::TEMPORARY_PASSWORD_MINUTES,
        Control::Number { least: 1, most: MONTH_MINUTES },
    ),
    of("mailInitialPasswords", words::MAIL_INITIAL_PASSWORDS, Control::Switch),
    of("showMailedPasswords", words::SHOW_MAILED_PASSWORDS, Control::Switch),
    of("securityQuestionAfterReset", words::SECURITY_QUESTION_AFTER_RESET, Control::Switch),
];

const SIGNING_IN: &[Setting] = &[
    of("lockAfterFailures", words::LOCK_AFTER_FAILURES, Control::Number { least: 1, most: 1000 }),
    of("unlockAfterMinutes", words::UNLOCK_AFTER_MINUTES, Control::NumberOrNone { most: YEAR_MINUTES }),
    of("sessionMinutes", words::SESSION_MINUTES, Control::Number { least: 1, most: YEAR_MINUTES }),
    of("sessionsPerUserMax", words::SESSIONS_PER_USER_MAX, Control::Number { least: 1, most: 1000 }),
    of("endSessionsOnPasswordChange", words::END_SESSIONS_ON_PASSWORD_CHANGE, Control::Switch),
    of("securityQuestionBeforeProxy", words::SECURITY_QUESTION_BEFORE_PROXY, Control::Switch),
    of("mailSupportLogin", words::MAIL_SUPPORT_LOGIN, Control::Switch),
];

const ELSEWHERE: &[Setting] = &[
    of(
        "ssoMode",
        words::SSO_MODE,
        Control::Choice(&[
            ("OFF", words::SSO_OFF),
            ("PASS_THROUGH", words::SSO_PASS_THROUGH),
            ("DELEGATED", words::SSO_DELEGATED),
            ("SAML", words::SSO_SAML),
        ]),
    ),
    of("passThroughAddress", words::PASS_THROUGH_ADDRESS, Control::Line),
    of("localPasswordsForLdap", words::LOCAL_PASSWORDS_FOR_LDAP, Control::Switch),
];

const USERS: &[Setting] = &[
    of("rolePolicy", words::ROLE_POLICY, Control::Choice(POLICIES)),
    of("uniqueEmployeeNumbers", words::UNIQUE_EMPLOYEE_NUMBERS, Control::Switch),
    of("deactivatedTeam", words::DEACTIVATED_TEAM, Control::Team),
    of("deletionAllowed", words::DELETION_ALLOWED, Control::Switch),
    of("maskingBySecondPerson", words::MASKING_BY_SECOND_PERSON, Control::Switch),
];

const LANGUAGES: &[Setting] = &[
    of("languages", words::LANGUAGES, Control::Words),
    of("companyLanguage", words::COMPANY_LANGUAGE, Control::Line),
];

/// What several roles in one application can amount to.
pub(in crate::console) const POLICIES: &[(&str, Text)] =
    &[("UNION", words::UNION), ("ACTIVE_ONE", words::ACTIVE_ONE)];

/// Every setting, in groups.
pub(super) const GROUPS: &[(Text, &[Setting])] = &[
    (words::PASSWORDS, PASSWORDS),
    (words::SIGNING_IN, SIGNING_IN),
    (words::ELSEWHERE, ELSEWHERE),
    (words::USERS, USERS),
    (words::LANGUAGES_GROUP, LANGUAGES),
];

/// Every setting.
pub(super) fn all() -> impl Iterator<Item = &'static Setting> {
    GROUPS.iter().flat_map(|(_, settings)| settings.iter())
}
