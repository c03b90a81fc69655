//! Changed preferences.

use async_graphql::{ID, InputObject, MaybeUndefined};
use rollbook_schema::Command;
use rollbook_schema::command::ChangePreferences;
use rollbook_schema::value::{Flaw, LanguageTag, Preference, Preferences, TimeZone};

use super::Flaws;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};
use crate::graphql::output::{DateOrder, DateSeparator, TimeFormat};

/// Preferences to change. One that is left out stays as it is; `null` puts the default back.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangePreferencesInput {
    user_id: ID,
    #[graphql(flatten)]
    preferences: PreferencesInput,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangePreferencesInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let preferences = self.preferences.parse(flaws);
        Some(ChangePreferences { user: user?, preferences: preferences? }.into())
    }
}

/// The preferences of one user, or of many.
#[derive(InputObject)]
pub(super) struct PreferencesInput {
    date_order: MaybeUndefined<DateOrder>,
    date_separator: MaybeUndefined<DateSeparator>,
    time_format: MaybeUndefined<TimeFormat>,
    /// A name of the IANA database, such as `Europe/Berlin`: see `timeZones`.
    time_zone: MaybeUndefined<String>,
    /// How numbers are written: a BCP 47 tag, such as `de-CH`.
    locale: MaybeUndefined<String>,
    /// Of the interface: a BCP 47 tag, one of the languages that the company configured where it did; with
    /// one of them there is no choice.
    language: MaybeUndefined<String>,
    /// Agents only.
    sign_off_notifications_disabled: MaybeUndefined<bool>,
    /// Given by whoever manages users; nobody gives it to themselves.
    mobile_access: MaybeUndefined<bool>,
    accessibility_mode: MaybeUndefined<bool>,
    /// Shown after signing in; `null`: that of a role. Agents only.
    home_dashboard: MaybeUndefined<ID>,
    /// Seen first after signing in: one that the user may run; `null`: the first by creation.
    initial_application: MaybeUndefined<ID>,
    /// In force in it when a session begins: one of the user's roles there; `null`: the first by creation.
    initial_role: MaybeUndefined<ID>,
    /// Single sign-on is on for this user. Only where it is delegated; given by whoever manages users.
    delegated_sso: MaybeUndefined<bool>,
}

impl PreferencesInput {
    pub(super) fn parse(self, flaws: &mut Flaws) -> Option<Vec<Preference>> {
        let default = Preferences::DEFAULT;
        let home_dashboard = match &self.home_dashboard {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(Some(flaws.dashboard("homeDashboard", id)?)),
        };
        let initial_application = match &self.initial_application {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(Some(flaws.application("initialApplication", id)?)),
        };
        let initial_role = match &self.initial_role {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(Some(flaws.role("initialRole", id)?)),
        };
        let preferences = [
            chosen(self.date_order, default.date_order).map(Preference::DateOrder),
            chosen(self.date_separator, default.date_separator).map(Preference::DateSeparator),
            chosen(self.time_format, default.time_format).map(Preference::TimeFormat),
            named("timeZone", &self.time_zone, TimeZone::parse, flaws).map(Preference::TimeZone),
            named("locale", &self.locale, LanguageTag::parse, flaws).map(Preference::Locale),
            named("language", &self.language, LanguageTag::parse, flaws).map(Preference::Language),
            chosen(self.sign_off_notifications_disabled, default.sign_off_notifications_disabled)
                .map(Preference::SignOffNotificationsDisabled),
            chosen(self.mobile_access, default.mobile_access).map(Preference::MobileAccess),
            chosen(self.accessibility_mode, default.accessibility_mode).map(Preference::AccessibilityMode),
            home_dashboard.map(Preference::HomeDashboard),
            initial_application.map(Preference::InitialApplication),
            initial_role.map(Preference::InitialRole),
            chosen(self.delegated_sso, default.delegated_sso).map(Preference::DelegatedSso),
        ];
        Some(preferences.into_iter().flatten().collect())
    }
}

/// What a preference becomes; `None` if it stays.
fn chosen<I: Into<T>, T>(given: MaybeUndefined<I>, default: T) -> Option<T> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(default),
        MaybeUndefined::Value(value) => Some(value.into()),
    }
}

/// What a named preference becomes: nothing in particular with `null` or a blank text.
fn named<T>(
    field: &'static str,
    given: &MaybeUndefined<String>,
    parse: fn(&str) -> Result<T, Flaw>,
    flaws: &mut Flaws,
) -> Option<Option<T>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(text) => Some(flaws.optional(field, Some(text), parse)),
    }
}
