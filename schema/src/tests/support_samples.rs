//! Samples of the provider's support and of notices.

use crate::event::{
    Event, MailQueued, NoticeDismissed, SettingChange, SettingsChanged, SupportEnded, SupportStarted,
};
use crate::id::{Digest, Position, SessionId, TeamId, UserId};
use crate::value::{LanguageTag, MailTemplate, ServerAddress, Setting, SettingValue, Timestamp};

/// Every event of support at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let (user, session) = (UserId(8), SessionId([7; 16]));
    vec![
        SupportStarted {
            user,
            session,
            token_digest: Digest([9; 32]),
            expires_at: Timestamp::from_millis(1_700_000_000_000),
        }
        .into(),
        SupportEnded { user, session }.into(),
        NoticeDismissed { user, notice: Position(300) }.into(),
    ]
}

#[test]
fn new_settings_are_stored_after_those_before() {
    let tag = |text: &str| LanguageTag::parse(text).unwrap();
    let address = ServerAddress::parse("https://a.org").unwrap();
    let changed = |setting, to| {
        let changes = vec![SettingChange { setting, from: SettingValue::Unset, to }];
        Event::from(SettingsChanged { changes }).clear_bytes().unwrap()
    };
    let languages = SettingValue::Languages(vec![tag("de")]);
    assert_eq!(changed(Setting::DeactivatedTeam, SettingValue::Team(TeamId(3))), [1, 16, 0, 5, 3]);
    assert_eq!(changed(Setting::Languages, languages), [1, 17, 0, 6, 1, 2, b'd', b'e']);
    assert_eq!(
        changed(Setting::CompanyLanguage, SettingValue::Language(tag("de"))),
        [1, 18, 0, 7, 2, b'd', b'e']
    );
    let stored = changed(Setting::PassThroughAddress, SettingValue::Address(address));
    assert_eq!(stored[..5], [1, 19, 0, 8, 13]);
    assert_eq!(changed(Setting::LocalPasswordsForLdap, SettingValue::Flag(true)), [1, 20, 0, 2, 1]);
    assert_eq!(changed(Setting::DeletionAllowed, SettingValue::Flag(true)), [1, 21, 0, 2, 1]);
    assert_eq!(changed(Setting::MaskingBySecondPerson, SettingValue::Flag(true)), [1, 22, 0, 2, 1]);
}

#[test]
fn a_new_template_is_stored_after_those_before() {
    let queued = |template| Event::from(MailQueued { user: UserId(8), template }).clear_bytes().unwrap();
    assert_eq!(queued(MailTemplate::Welcome), [8, 0]);
    assert_eq!(queued(MailTemplate::SupportLogin), [8, 4]);
    assert_eq!(queued(MailTemplate::SignOffAsked), [8, 5]);
    assert_eq!(queued(MailTemplate::SignOffDecided), [8, 6]);
}
