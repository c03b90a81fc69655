//! What the models must do that no rule shows: rules are tested in crate `rollbook-decide`.

#![allow(clippy::unwrap_used, reason = "the texts stand in the cases")]

use rollbook_schema::event::*;
use rollbook_schema::event::{
    AccountLockExpired, EndCause, PasswordChangeCancelled, PasswordChangeForced, PasswordReset, SessionEnded,
    SessionsEnded, SettingsChanged,
};
use rollbook_schema::value::*;
use rollbook_schema::*;

use super::*;

mod artefacts;
mod forgetting;
use artefacts::artefacts;
use forgetting::masking_requests;
mod saved_views;
mod user_rules;

fn recorded(position: u64, event: Event) -> RecordedEvent {
    let envelope = Envelope {
        position: Position(position),
        event_id: EventId(u128::from(position).to_be_bytes()),
        recorded_at: Timestamp::from_millis(1_000),
        subject: event.subject(),
        subject_version: Version(u64::from(event.event_type().raises_version())),
        actor: Actor::OPERATOR,
        on_behalf_of: None,
        proxy_session: None,
        command_id: CommandId(u128::from(position).to_be_bytes()),
        causation: None,
        correlation_id: CorrelationId::default(),
        context: Personal::Absent,
        context_key: None,
    };
    RecordedEvent { envelope, event }
}

fn created(user: u64, name: &str) -> Event {
    let username = Username::parse(name).unwrap();
    let email = EmailAddress::parse(&format!("{name}@example.com")).unwrap();
    let full_name = (PersonField::FullName, PersonText::parse(name).unwrap());
    let created = UserCreated {
        user: UserId(user),
        kind: UserKind::Agent,
        email_verified: false,
        access_profile: AccessProfile::Standard,
        origin: Origin::Request,
        login: Personal::Known(Login { username, email }),
        person: Personal::Known(PersonFields([full_name].into())),
    };
    created.into()
}

fn granted(user: u64) -> Event {
    let (user, license) = (UserId(user), LicenseType::ReadWrite);
    LicenseGranted { user, license, replaces: None, cause: LicenseCause::Request }.into()
}

fn folded(events: Vec<Event>) -> DecisionModels {
    let mut models = DecisionModels::new();
    for (position, event) in (1..).zip(events) {
        models.fold(&recorded(position, event));
    }
    models
}

/// One event of each type, about a user, a role and a session that need not exist.
fn one_of_each_type() -> Vec<Event> {
    let (user, role, session) = (UserId(20), RoleId(5), SessionId([1; 16]));
    let at = Timestamp::from_millis(2_000);
    vec![
        UserCreationFailed {
            attempted: user,
            code: String::new(),
            login: Personal::Erased,
            rule: Personal::Erased,
        }
        .into(),
        ProfileChanged {
            user,
            fields: vec![ProfileField::Email],
            login: Personal::Erased,
            person: Personal::Erased,
        }
        .into(),
        ReportingLineChanged { user, from: None, to: Some(UserId(21)) }.into(),
        ChatLimitChanged { user, from: None, to: Some(ChatLimit::DEFAULT) }.into(),
        DefaultChatLimitChanged { from: ChatLimit::DEFAULT, to: ChatLimit::DEFAULT }.into(),
        DashboardDefined { dashboard: DashboardId(1), name: Personal::Erased }.into(),
        DashboardDeleted { dashboard: DashboardId(1) }.into(),
        RoleDashboardSet { role, from: None, to: Some(DashboardId(1)) }.into(),
        AvatarSet { user, avatar: id::Digest::default(), sealed_bytes: 1, replaces: None }.into(),
        AvatarRemoved { user, avatar: id::Digest::default() }.into(),
        PreferencesChanged { user, changes: Vec::new(), personal: Personal::Erased }.into(),
        AccessProfileAssigned { user, from: AccessProfile::Standard, to: AccessProfile::Administrator }
            .into(),
        UserDisabled { user, seat_released: None }.into(),
        UserEnabled { user, seat_taken: None }.into(),
        AccountLocked { user, cause: LockCause::Request }.into(),
        AccountUnlocked { user }.into(),
        PasswordSet {
            user,
            credential: CredentialNumber(3),
            replaces: None,
            kept_session: None,
            verifier: Personal::Erased,
        }
        .into(),
        PasswordReset {
            user,
            credential: CredentialNumber(4),
            replaces: None,
            expires_at: at,
            verifier: Personal::Erased,
        }
        .into(),
        PasswordChangeForced { user }.into(),
        PasswordChangeCancelled { user }.into(),
        AccountLockExpired { user }.into(),
        SessionEnded { user, session, cause: EndCause::Request }.into(),
        SessionsEnded { user, kept_session: None, cause: EndCause::Revoked }.into(),
        SettingsChanged { changes: Vec::new() }.into(),
        SignedIn { user, session, token_digest: id::Digest::default(), expires_at: at }.into(),
        SignedOut { user, session }.into(),
        SignInFailed { user, code: String::new(), failures: 1 }.into(),
        AttemptDenied { command: String::new(), code: String::new(), on: Subject::Tenant }.into(),
        RoleAssigned { user, role }.into(),
        RoleUnassigned { user, role }.into(),
        RoleDeleted { role }.into(),
        RoleDefined { role, kind: UserKind::Agent, surfaces: Vec::new(), name: Personal::Erased }.into(),
        LicensePoolSized { license: LicenseType::ReadOnly, from: 0, to: 1 }.into(),
        granted(20),
        LicenseRevoked { user, license: LicenseType::ReadWrite, cause: LicenseCause::Role }.into(),
        UserDeleted {
            user,
            access_profile_from: AccessProfile::Standard,
            access_profile_to: AccessProfile::DeletedUser,
            seat_released: None,
            credential: None,
        }
        .into(),
        PiiMasked {
            user,
            mode: MaskMode::History,
            username_format: UsernameMaskFormat::default(),
            email_format: EmailMaskFormat::default(),
            destroyed: Vec::new(),
            masked: Personal::Erased,
        }
        .into(),
        MailQueued { user, template: MailTemplate::Welcome }.into(),
        MailSent { user, mail: Position(3), attempt: 1 }.into(),
        MailFailed { user, mail: Position(3), attempt: 1, fault: MailFault::Deferred, gives_up: false }
            .into(),
        erased(21),
    ]
    .into_iter()
    .chain(groups_and_proxies(user, session, at))
    .chain(attributes(user))
    .chain(applications(user, session, role))
    .chain(masking_requests(user, at))
    .chain(super::access_requests::one_of_each(user, at))
    .chain(artefacts())
    .chain(crate::retention::one_of_each(user))
    .chain(user_rules::one_of_each(user))
    .chain(saved_views::one_of_each(user))
    .collect()
}

fn groups_and_proxies(user: UserId, session: SessionId, at: Timestamp) -> Vec<Event> {
    let (team, business_unit) = (TeamId(3), BusinessUnitId(4));
    let to = ProxyGrant::selected(vec![user], vec![team]);
    let token_digest = id::Digest::default();
    vec![
        TeamMemberAdded { user, team }.into(),
        TeamMemberRemoved { user, team: TeamId(9) }.into(),
        TeamMoved { team, from: None, to: Some(team) }.into(),
        TeamRenamed { team, name: Personal::Erased }.into(),
        TeamDeleted { team }.into(),
        TeamCreated { team, parent: Some(TeamId(9)), name: Personal::Erased }.into(),
        AddedToBusinessUnit { user, business_unit }.into(),
        RemovedFromBusinessUnit { user, business_unit: BusinessUnitId(9) }.into(),
        BusinessUnitRenamed { business_unit, name: Personal::Erased }.into(),
        BusinessUnitDeleted { business_unit }.into(),
        BusinessUnitCreated { business_unit, name: Personal::Erased }.into(),
        ProxyGrantChanged { user, from: ProxyGrant::default(), to }.into(),
        // A session that is its own parent: no rule makes one, and its end must end.
        ProxyStarted { user, session, parent: session, token_digest, expires_at: at }.into(),
        ProxyEnded { user, session }.into(),
        SupportStarted { user, session, token_digest, expires_at: at }.into(),
        SupportEnded { user, session }.into(),
        NoticeDismissed { user, notice: Position(1) }.into(),
        rollbook_schema::event::HistoryRead { user: None, way: rollbook_schema::event::ReadingWay::Page }
            .into(),
        PasswordMailQueued {
            user,
            template: MailTemplate::Welcome,
            credential: CredentialNumber(30),
            secret: CredentialNumber(31),
            password: Personal::Erased,
        }
        .into(),
        MailedPasswordDestroyed { user, secret: CredentialNumber(31) }.into(),
        SigningKeyRotated {
            from: PublicKey::default(),
            to: PublicKey::default(),
            cause: RotationCause::Requested,
        }
        .into(),
    ]
}

fn attributes(user: UserId) -> Vec<Event> {
    use rollbook_schema::value::{AttributeType, ChoiceNumber};
    let (attribute, choice) = (AttributeId(3), ChoiceNumber(1));
    vec![
        AttributesSet { user, changes: Vec::new(), sealed: Personal::Erased }.into(),
        AttributeChoiceRetired { attribute, choice }.into(),
        AttributeRenamed { attribute, label: Personal::Erased }.into(),
        AttributeRetired { attribute }.into(),
        AttributeDefined {
            attribute,
            value_type: AttributeType::Choice,
            kinds: Vec::new(),
            personal: false,
            required: false,
            names: Personal::Erased,
        }
        .into(),
        AttributeChoiceAdded { attribute, choice, name: Personal::Erased }.into(),
        SourceChanged { user, from: UserSource::Local, to: UserSource::Ldap }.into(),
        SecurityQuestionSet {
            user,
            credential: CredentialNumber(5),
            replaces: None,
            question: Personal::Erased,
        }
        .into(),
        SecurityQuestionRemoved { user, credential: CredentialNumber(5) }.into(),
    ]
}

fn applications(user: UserId, session: SessionId, role: RoleId) -> Vec<Event> {
    let application = ApplicationId(6);
    vec![
        ApplicationChanged { application, roles: None, policy: None, name: Personal::Erased }.into(),
        ApplicationAccessGranted { user, application, from: Vec::new(), to: vec![role] }.into(),
        ActiveRoleChosen { user, session, application, from: role, to: role }.into(),
        ApplicationAccessRevoked { user, application, from: Vec::new() }.into(),
        ApplicationDeleted { application }.into(),
        ApplicationDefined { application, roles: vec![role], policy: None, name: Personal::Erased }.into(),
        RolePortalPagesSet { role, pages: Personal::Erased }.into(),
    ]
}

fn erased(user: u64) -> Event {
    match created(user, "erased") {
        Event::UserCreated(event) => {
            UserCreated { login: Personal::Erased, person: Personal::Erased, ..event }.into()
        }
        other => other,
    }
}

#[test]
fn any_event_can_be_folded_even_about_somebody_unknown() {
    let mut events = one_of_each_type();
    let mut types: Vec<EventType> = events.iter().map(Event::event_type).collect();
    types.sort_unstable();
    types.dedup();
    assert_eq!(types, EventType::ALL, "the list above is whole");
    let again = one_of_each_type();
    events.extend(again);
    assert_eq!(folded(events).head(), Position(2 * EventType::ALL.len() as u64));
}

#[test]
fn a_user_created_with_an_erased_login_claims_no_name() {
    let models = folded(vec![erased(8)]);
    assert!(models.users.get(UserId(8)).unwrap().login.is_none());
    assert_eq!(format!("{:?}", models.names), "Names(0)");
}

#[test]
fn deleting_somebody_does_not_take_a_name_that_another_holds_now() {
    let deleted = UserDeleted {
        user: UserId(8),
        access_profile_from: AccessProfile::Standard,
        access_profile_to: AccessProfile::DeletedUser,
        seat_released: None,
        credential: None,
    };
    let masked = PiiMasked {
        user: UserId(8),
        mode: MaskMode::History,
        username_format: UsernameMaskFormat::default(),
        email_format: EmailMaskFormat::default(),
        destroyed: Vec::new(),
        masked: Personal::Absent,
    };
    let models = folded(vec![created(8, "ann"), deleted.into(), created(9, "ann"), masked.into()]);
    assert_eq!(models.names.holder("ann"), Some(UserId(9)));
    assert_eq!(models.names.holder("ann@example.com"), Some(UserId(9)));
}

#[test]
fn a_destroyed_key_of_the_person_takes_the_person_along() {
    let key =
        DestroyedKey { owner: KeyOwner::Subject(UserId(8)), group: Group::Person, fingerprint: [0; 16] };
    let masked = PiiMasked {
        user: UserId(8),
        mode: MaskMode::History,
        username_format: UsernameMaskFormat::default(),
        email_format: EmailMaskFormat::default(),
        destroyed: vec![key],
        masked: Personal::Absent,
    };
    let live = folded(vec![created(8, "ann"), masked.clone().into()]);
    let rebuilt = folded(vec![erased(8), masked.into()]);
    assert!(live.users.get(UserId(8)).unwrap().person(PersonField::FullName).is_none());
    assert_eq!(live.digest(), rebuilt.digest());
}

#[test]
fn digests_agree_on_one_state_and_on_no_other() {
    let events = || vec![created(8, "ann"), created(9, "bob"), granted(8)];
    assert_eq!(folded(events()).digest(), folded(events()).digest());
    let others = [
        vec![created(8, "ann"), created(9, "bob"), granted(9)],
        vec![created(8, "ann"), created(9, "Bob"), granted(8)],
        vec![created(8, "ann"), erased(9), granted(8)],
        vec![created(8, "ann"), created(9, "bob")],
    ];
    for other in others {
        assert_ne!(folded(events()).digest(), folded(other).digest());
    }
}

#[test]
fn nothing_personal_is_printed() {
    let models = folded(vec![created(8, "zacharias")]);
    assert!(!format!("{models:?}").contains("zacharias"));
}

#[test]
fn only_the_last_commands_are_remembered() {
    let mut commands = Commands::remembering(3);
    for position in 1..=5 {
        let recorded = recorded(position, created(7 + position, "ann"));
        commands.remember(&recorded.envelope, &recorded.event);
    }
    let known = |number: u64| {
        commands.receipt(Actor::OPERATOR.id, CommandId(u128::from(number).to_be_bytes())).is_some()
    };
    assert_eq!((1..=5).map(known).collect::<Vec<_>>(), [false, false, true, true, true]);
}

#[test]
fn versions_come_from_the_envelope_and_only_from_changes() {
    let denied = AttemptDenied { command: String::new(), code: String::new(), on: Subject::Role(RoleId(9)) };
    let models = folded(vec![created(8, "ann"), denied.into()]);
    assert_eq!(models.version_of(Subject::User(UserId(8))), Version(1));
    assert_eq!(models.version_of(Subject::Role(RoleId(9))), Version(0));
    assert_eq!(models.version_of(Subject::User(UserId(99))), Version(0));
    assert!(models.versions.is_empty(), "what never changed is not kept");
}

#[test]
fn ids_that_were_used_up_belong_to_nobody() {
    let failed = UserCreationFailed {
        attempted: UserId(8),
        code: String::new(),
        login: Personal::Absent,
        rule: Personal::Absent,
    };
    let models = folded(vec![failed.into()]);
    assert!(models.users.get(UserId(8)).is_none());
    assert_eq!(models.users.next_id(), UserId(9));
}

#[test]
fn reserved_users_are_not_in_the_models() {
    let models = folded(vec![created(3, "somebody")]);
    assert!(models.users.get(UserId(3)).is_none());
    assert_eq!(models.users.next_id(), UserId::FIRST_PERSON);
}
