//! How somebody wants things shown, and what they want to be told: never what they may do, with two
//! exceptions ([`Preference::MobileAccess`], [`Preference::DelegatedSso`]), which are given and not chosen.

use serde::{Deserialize, Serialize};

use super::{LanguageTag, TimeZone};
use crate::id::{ApplicationId, DashboardId, RoleId};

/// In which order day, month and year are written (PRF-01). The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DateOrder {
    /// Day, month, year.
    #[default]
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// What stands between them (PRF-02). The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DateSeparator {
    /// `31/12/2026`.
    #[default]
    Slash,
    /// `31.12.2026`.
    Dot,
}

/// How hours are counted (PRF-03). The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TimeFormat {
    /// `23:59`.
    #[default]
    H24,
    /// `11:59 PM`.
    H12,
}

/// One preference with its value. The order is stored: append only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Preference {
    /// PRF-01.
    DateOrder(DateOrder),
    /// PRF-02.
    DateSeparator(DateSeparator),
    /// PRF-03.
    TimeFormat(TimeFormat),
    /// PRF-04; `None`: UTC.
    TimeZone(Option<TimeZone>),
    /// PRF-06: how numbers are written; `None`: as nobody in particular does.
    Locale(Option<LanguageTag>),
    /// PRF-08: of the interface; `None`: the directory's.
    Language(Option<LanguageTag>),
    /// PRF-13: no notices that ask for an approval or report one. Agents only (PRF-15).
    SignOffNotificationsDisabled(bool),
    /// PRF-16: may sign in from mobile programs.
    MobileAccess(bool),
    /// PRO-07. Tells of somebody's health, so it is personal.
    AccessibilityMode(bool),
    /// PRF-09: shown after signing in; `None`: that of a role (PRF-10). Agents only (PRF-15).
    HomeDashboard(Option<DashboardId>),
    /// PRF-17: seen first after signing in; `None`: the first by creation.
    InitialApplication(Option<ApplicationId>),
    /// PRF-18: in force in it when a session begins; `None`: the first by creation.
    InitialRole(Option<RoleId>),
    /// SSO-08: single sign-on is on for this user, where it is delegated.
    DelegatedSso(bool),
}

impl Preference {
    /// The name in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Preference::DateOrder(_) => "dateOrder",
            Preference::DateSeparator(_) => "dateSeparator",
            Preference::TimeFormat(_) => "timeFormat",
            Preference::TimeZone(_) => "timeZone",
            Preference::Locale(_) => "locale",
            Preference::Language(_) => "language",
            Preference::SignOffNotificationsDisabled(_) => "signOffNotificationsDisabled",
            Preference::MobileAccess(_) => "mobileAccess",
            Preference::AccessibilityMode(_) => "accessibilityMode",
            Preference::HomeDashboard(_) => "homeDashboard",
            Preference::InitialApplication(_) => "initialApplication",
            Preference::InitialRole(_) => "initialRole",
            Preference::DelegatedSso(_) => "delegatedSso",
        }
    }

    /// Tells something about the person, and is sealed.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        matches!(self, Preference::AccessibilityMode(_))
    }

    /// Clients do not have it (PRF-15).
    #[must_use]
    pub fn is_for_agents_only(&self) -> bool {
        matches!(self, Preference::SignOffNotificationsDisabled(_) | Preference::HomeDashboard(_))
    }

    /// People choose it for themselves (PRF-14). Access from mobile programs, and single sign-on, are
    /// rights, which whoever manages users gives and takes.
    #[must_use]
    pub fn is_own_choice(&self) -> bool {
        !matches!(self, Preference::MobileAccess(_) | Preference::DelegatedSso(_))
    }
}

/// All preferences of one user; the default is what a new user has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Preferences {
    /// PRF-01.
    pub date_order: DateOrder,
    /// PRF-02.
    pub date_separator: DateSeparator,
    /// PRF-03.
    pub time_format: TimeFormat,
    /// PRF-04.
    pub time_zone: Option<TimeZone>,
    /// PRF-06.
    pub locale: Option<LanguageTag>,
    /// PRF-08.
    pub language: Option<LanguageTag>,
    /// PRF-13.
    pub sign_off_notifications_disabled: bool,
    /// PRF-16.
    pub mobile_access: bool,
    /// PRO-07.
    pub accessibility_mode: bool,
    /// PRF-09.
    pub home_dashboard: Option<DashboardId>,
    /// PRF-17.
    pub initial_application: Option<ApplicationId>,
    /// PRF-18.
    pub initial_role: Option<RoleId>,
    /// SSO-08.
    pub delegated_sso: bool,
}

impl Preferences {
    /// What a new user has.
    pub const DEFAULT: Preferences = Preferences {
        date_order: DateOrder::Dmy,
        date_separator: DateSeparator::Slash,
        time_format: TimeFormat::H24,
        time_zone: None,
        locale: None,
        language: None,
        sign_off_notifications_disabled: false,
        mobile_access: true,
        accessibility_mode: false,
        home_dashboard: None,
        initial_application: None,
        initial_role: None,
        delegated_sso: false,
    };

    /// The value that is in force of the preference that `other` is about.
    #[must_use]
    pub fn same_as(&self, other: &Preference) -> Preference {
        match other {
            Preference::DateOrder(_) => Preference::DateOrder(self.date_order),
            Preference::DateSeparator(_) => Preference::DateSeparator(self.date_separator),
            Preference::TimeFormat(_) => Preference::TimeFormat(self.time_format),
            Preference::TimeZone(_) => Preference::TimeZone(self.time_zone.clone()),
            Preference::Locale(_) => Preference::Locale(self.locale.clone()),
            Preference::Language(_) => Preference::Language(self.language.clone()),
            Preference::SignOffNotificationsDisabled(_) => {
                Preference::SignOffNotificationsDisabled(self.sign_off_notifications_disabled)
            }
            Preference::MobileAccess(_) => Preference::MobileAccess(self.mobile_access),
            Preference::AccessibilityMode(_) => Preference::AccessibilityMode(self.accessibility_mode),
            Preference::HomeDashboard(_) => Preference::HomeDashboard(self.home_dashboard),
            Preference::InitialApplication(_) => Preference::InitialApplication(self.initial_application),
            Preference::InitialRole(_) => Preference::InitialRole(self.initial_role),
            Preference::DelegatedSso(_) => Preference::DelegatedSso(self.delegated_sso),
        }
    }

    /// Puts one in force.
    pub fn set(&mut self, preference: &Preference) {
        match preference {
            Preference::DateOrder(order) => self.date_order = *order,
            Preference::DateSeparator(separator) => self.date_separator = *separator,
            Preference::TimeFormat(format) => self.time_format = *format,
            Preference::TimeZone(zone) => self.time_zone.clone_from(zone),
            Preference::Locale(tag) => self.locale.clone_from(tag),
            Preference::Language(tag) => self.language.clone_from(tag),
            Preference::SignOffNotificationsDisabled(is) => self.sign_off_notifications_disabled = *is,
            Preference::MobileAccess(is) => self.mobile_access = *is,
            Preference::AccessibilityMode(is) => self.accessibility_mode = *is,
            Preference::HomeDashboard(dashboard) => self.home_dashboard = *dashboard,
            Preference::InitialApplication(application) => self.initial_application = *application,
            Preference::InitialRole(role) => self.initial_role = *role,
            Preference::DelegatedSso(is) => self.delegated_sso = *is,
        }
    }

    /// Forgets what tells about the person.
    pub fn forget_personal(&mut self) {
        self.accessibility_mode = Preferences::DEFAULT.accessibility_mode;
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences::DEFAULT
    }
}
