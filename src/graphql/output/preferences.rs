//! How things are shown to somebody.

use async_graphql::{Enum, SimpleObject};
use rollbook_schema::UserId;
use rollbook_schema::value::{self, Preference};

use super::history::word;
use super::{Application, Dashboard, Role};
use crate::access::Caller;
use crate::graphql::id;
use crate::graphql::rights::sees_person;
use crate::graphql::when::Scene;

/// In which order day, month and year are written.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::DateOrder")]
pub(in crate::graphql) enum DateOrder {
    /// Day, month, year: the default.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// What stands between day, month and year.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::DateSeparator")]
pub(in crate::graphql) enum DateSeparator {
    /// `/`: the default.
    Slash,
    /// `.`
    Dot,
}

/// How hours are counted.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::TimeFormat")]
pub(in crate::graphql) enum TimeFormat {
    /// `23:59`: the default.
    #[graphql(name = "H24")]
    H24,
    /// `11:59 PM`.
    #[graphql(name = "H12")]
    H12,
}

/// How things are shown to a user, and what they are told.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct Preferences {
    pub date_order: DateOrder,
    pub date_separator: DateSeparator,
    pub time_format: TimeFormat,
    /// Null: UTC.
    pub time_zone: Option<String>,
    /// How numbers are written. Dates follow `dateOrder`, whatever the locale.
    pub locale: Option<String>,
    /// Of the interface; null: the directory's.
    pub language: Option<String>,
    /// No notices that ask for an approval or report one.
    pub sign_off_notifications_disabled: bool,
    /// May sign in from mobile programs.
    pub mobile_access: bool,
    /// For impaired vision or motor skills. Null for readers who may not see people.
    pub accessibility_mode: Option<bool>,
    /// Chosen to be shown after signing in, there or not; null: none was chosen.
    pub home_dashboard: Option<Dashboard>,
    /// Chosen to be seen first after signing in, still to be run or not; null: none was chosen.
    pub initial_application: Option<Application>,
    /// Chosen to be in force in it when a session begins, still assumed or not; null: none was chosen.
    pub initial_role: Option<Role>,
}

impl Preferences {
    pub(in crate::graphql) fn of(user: UserId, scene: Scene<'_>, caller: &Caller) -> Preferences {
        let views = scene.shown;
        let sees_person = sees_person(scene.today, caller, user);
        let role = |role| views.roles.get(role).map(|row| Role::of(row, scene, caller));
        let known = views.preferences.of(user);
        Preferences {
            date_order: known.date_order.into(),
            date_separator: known.date_separator.into(),
            time_format: known.time_format.into(),
            time_zone: known.time_zone.as_ref().map(|zone| zone.as_str().to_owned()),
            locale: known.locale.as_ref().map(|tag| tag.as_str().to_owned()),
            language: known.language.as_ref().map(|tag| tag.as_str().to_owned()),
            sign_off_notifications_disabled: known.sign_off_notifications_disabled,
            mobile_access: known.mobile_access,
            accessibility_mode: sees_person.then_some(known.accessibility_mode),
            home_dashboard: known.home_dashboard.map(|id| Dashboard::of(id, views)),
            initial_application: known
                .initial_application
                .and_then(|id| views.applications.get(id))
                .map(|row| Application::of(row, scene)),
            initial_role: known.initial_role.and_then(role),
        }
    }
}

/// The value of a preference as it stands in this API; `None` for null.
pub(in crate::graphql) fn preference_text(preference: &Preference) -> Option<String> {
    match preference {
        Preference::DateOrder(order) => Some(word(DateOrder::from(*order))),
        Preference::DateSeparator(separator) => Some(word(DateSeparator::from(*separator))),
        Preference::TimeFormat(format) => Some(word(TimeFormat::from(*format))),
        Preference::TimeZone(zone) => zone.as_ref().map(|zone| zone.as_str().to_owned()),
        Preference::HomeDashboard(dashboard) => dashboard.map(|id| id::of_dashboard(id).0),
        Preference::InitialApplication(application) => application.map(|id| id::of_application(id).0),
        Preference::InitialRole(role) => role.map(|id| id::of_role(id).0),
        Preference::Locale(tag) | Preference::Language(tag) => {
            tag.as_ref().map(|tag| tag.as_str().to_owned())
        }
        Preference::SignOffNotificationsDisabled(is)
        | Preference::MobileAccess(is)
        | Preference::AccessibilityMode(is) => Some(is.to_string()),
    }
}
