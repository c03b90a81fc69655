//! Changes preferences: only those that really change (HIS-09), and of clients only what they have (PRF-15).

use std::collections::BTreeMap;

use rollbook_schema::command::ChangePreferences;
use rollbook_schema::event::{Change, PreferencesChanged};
use rollbook_schema::value::{Preference, SsoMode, UserKind};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::initial;
use crate::refusal::{Outcome, refuse_any};

const NO_ROLE: Preference = Preference::InitialRole(None);

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangePreferences) -> Outcome {
    let user = asked.user(command.user)?;
    let mut wanted: BTreeMap<&str, &Preference> =
        command.preferences.iter().map(|preference| (preference.name(), preference)).collect();
    let mut wrong = Vec::new();
    for (name, preference) in &wanted {
        if user.kind != UserKind::Agent && preference.is_for_agents_only() {
            wrong.push(Rejection::of(name, RejectionCode::AgentsOnly));
        } else if let Preference::HomeDashboard(Some(dashboard)) = preference
            && !asked.models.dashboards.exists(*dashboard)
        {
            wrong.push(Rejection::of(name, RejectionCode::NotFound));
        }
        if let Preference::Language(Some(tag)) = preference
            && !asked.moment.settings.offers_language(tag)
        {
            wrong.push(Rejection::of(name, RejectionCode::LanguageNotOffered));
        }
        if matches!(preference, Preference::DelegatedSso(_))
            && asked.moment.settings.sso_mode != SsoMode::Delegated
        {
            wrong.push(Rejection::of(name, RejectionCode::SsoModeMismatch));
        }
        wrong.extend(initial::flaw(asked, command.user, &wanted, preference));
    }
    refuse_any(wrong)?;

    if initial::leaves_role(asked, command.user, &wanted) {
        wanted.insert(NO_ROLE.name(), &NO_ROLE);
    }
    let held = asked.models.preferences.of(command.user);
    let changes = wanted.into_values().map(|to| Change { from: held.same_as(to), to: to.clone() });
    let (personal, changes): (Vec<_>, Vec<_>) =
        changes.filter(|change| change.from != change.to).partition(|change| change.to.is_personal());
    if changes.is_empty() && personal.is_empty() {
        return Ok(Vec::new());
    }
    let personal = if personal.is_empty() { Personal::Absent } else { Personal::Known(personal) };
    Ok(vec![PreferencesChanged { user: command.user, changes, personal }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::DashboardId;
    use rollbook_schema::value::{
        DateOrder, LanguageTag, Preference, Setting, SettingValue, SsoMode, TimeZone,
    };

    use crate::tests::*;

    #[test]
    fn prf_07_a_language_is_chosen_among_several_only() {
        let tag = |text: &str| LanguageTag::parse(text).expect("a tag");
        let speaks = |tags: &[&str]| {
            let tags = tags.iter().map(|text| tag(text)).collect();
            choose(Setting::Languages, SettingValue::Languages(tags))
        };
        let reads = |text: &str| prefer(8, &[Preference::Language(Some(tag(text)))]);
        Directory::small()
            .given(reads("fr"))
            .given(speaks(&["de", "en"]))
            .when(reads("it"), expect!["refused: LANGUAGE_NOT_OFFERED@language"])
            .given(reads("en"))
            .given(speaks(&["en"]))
            .when(reads("en"), expect!["refused: LANGUAGE_NOT_OFFERED@language"])
            .given(prefer(8, &[Preference::Language(None)]));
    }

    #[test]
    fn sso_08_single_sign_on_is_switched_on_where_it_is_delegated() {
        let on = || prefer(8, &[Preference::DelegatedSso(true)]);
        Directory::small()
            .when(on(), expect!["refused: SSO_MODE_MISMATCH@delegatedSso"])
            .given(choose(Setting::SsoMode, SettingValue::Sso(SsoMode::Delegated)))
            .given(on());
    }

    const YMD: Preference = Preference::DateOrder(DateOrder::Ymd);
    const MDY: Preference = Preference::DateOrder(DateOrder::Mdy);
    const DMY: Preference = Preference::DateOrder(DateOrder::Dmy);

    #[test]
    fn prf_19_old_and_new_value_are_recorded() {
        Directory::small()
            .when(
                prefer(8, &[YMD]),
                expect!["PreferencesChanged user=8 changes=[{from:{dateOrder:DMY},to:{dateOrder:YMD}}]"],
            )
            .when(
                prefer(8, &[MDY]),
                expect!["PreferencesChanged user=8 changes=[{from:{dateOrder:YMD},to:{dateOrder:MDY}}]"],
            );
    }

    #[test]
    fn his_09_only_real_changes_are_recorded() {
        Directory::small()
            .when(prefer(8, &[]), expect!["nothing"])
            .when(prefer(8, &[DMY, Preference::MobileAccess(true)]), expect!["nothing"])
            .given(prefer(8, &[YMD]))
            .when(prefer(8, &[YMD]), expect!["nothing"])
            .when(prefer(8, &[MDY, YMD]), expect!["nothing"]);
    }

    #[test]
    fn prf_04_prf_06_zone_and_tags_are_set_and_emptied() {
        let zone = Preference::TimeZone(TimeZone::parse("Asia/Tokyo").ok());
        let locale = Preference::Locale(LanguageTag::parse("ja-JP").ok());
        Directory::small().given(prefer(8, &[zone, locale])).when(
            prefer(8, &[Preference::TimeZone(None)]),
            expect!["PreferencesChanged user=8 changes=[{from:{timeZone:Asia/Tokyo},to:{timeZone:null}}]"],
        );
    }

    #[test]
    fn prf_15_clients_have_no_sign_off_notifications_to_disable() {
        let disabled = |is| Preference::SignOffNotificationsDisabled(is);
        Directory::small()
            .when(
                prefer(9, &[disabled(true), YMD]),
                expect!["refused: AGENTS_ONLY@signOffNotificationsDisabled"],
            )
            .when(prefer(9, &[disabled(false)]), expect!["refused: AGENTS_ONLY@signOffNotificationsDisabled"])
            .given(prefer(9, &[YMD]))
            .given(prefer(8, &[disabled(true)]));
    }

    #[test]
    fn pro_07_what_tells_of_health_is_sealed() {
        Directory::small().when(
            prefer(8, &[Preference::AccessibilityMode(true)]),
            expect!["PreferencesChanged user=8 changes=[] +Person"],
        );
    }

    #[test]
    fn prf_09_a_home_dashboard_is_one_that_is_there_or_none() {
        let home = |id: Option<u64>| Preference::HomeDashboard(id.map(DashboardId));
        Directory::small()
            .when(prefer(8, &[home(Some(1))]), expect!["refused: NOT_FOUND@homeDashboard"])
            .given(dashboard("Sales"))
            .given(prefer(8, &[home(Some(1))]))
            .given(prefer(8, &[home(Some(0))]))
            .given(prefer(8, &[home(None)]))
            .given(delete_dashboard(1))
            .when(prefer(8, &[home(Some(1))]), expect!["refused: NOT_FOUND@homeDashboard"])
            .when(prefer(9, &[home(None)]), expect!["refused: AGENTS_ONLY@homeDashboard"]);
    }

    #[test]
    fn the_deleted_prefer_nothing() {
        let mut directory = Directory::small();
        directory.given(prefer(8, &[YMD])).given(delete(8));
        directory.when(prefer(8, &[MDY]), expect!["refused: NOT_FOUND@id"]);
        assert_eq!(directory.models.preferences.of(rollbook_schema::UserId(8)), &Default::default());
    }
}
