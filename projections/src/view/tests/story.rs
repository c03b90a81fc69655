//! Stories: sequences of events, told one by one or made up from random bytes.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use rollbook_schema::event::{
    AccountLockExpired, EndCause, PasswordChangeCancelled, PasswordChangeForced, PasswordReset, SessionsEnded,
};
use rollbook_schema::event::{
    AccountLocked, AccountUnlocked, Change, Event, LicenseCause, LicenseGranted, LicensePoolSized,
    LicenseRevoked, LockCause, LoginChange, MaskMode, Origin, PasswordSet, PersonChange, PiiMasked,
    ProfileChanged, ProfileField, RecordedEvent, RoleAssigned, RoleDefined, RoleUnassigned, SignedIn,
    SignedOut, UserCreated, UserDeleted, UserDisabled, UserEnabled,
};
use rollbook_schema::id::Digest;
use rollbook_schema::record::{Actor, Envelope};
use rollbook_schema::value::{
    AccessProfile, EmailAddress, EmailMaskFormat, LicenseType, Login, MaskedLogin, PersonField, PersonFields,
    PersonText, RoleName, Timestamp, UserKind, Username, UsernameMaskFormat, mask_email, mask_username,
};
use rollbook_schema::{
    CommandId, CorrelationId, CredentialNumber, EventId, Personal, Position, RoleId, SessionId, UserId,
    Version,
};

use crate::view::Views;

const FIRST: [&str; 8] = ["Anna", "José", "Jose", "Łucja", "Иван", "Zoë", "Bo", "ANNIKA"];
const LAST: [&str; 7] = ["Groß", "Smith", "Ó Briain", "Nguyễn", "Li", "Smithson", "Şahin"];
const DOMAINS: [&str; 4] = ["example.org", "Mail.Example.com", "bücher.example", "anna.example"];

/// Events so far, and the views that saw each as it was told.
#[derive(Default)]
pub(super) struct Story {
    pub(super) events: Vec<RecordedEvent>,
    pub(super) views: Views,
    pub(super) now: i64,
    pub(super) actor: Option<Actor>,
    people: Vec<Person>,
    roles: u64,
}

#[derive(Clone)]
struct Person {
    id: UserId,
    username: String,
    email: String,
    masked: bool,
}

impl Story {
    /// The next event, at the time of now.
    pub(super) fn tell(&mut self, event: impl Into<Event>) -> Position {
        let event = event.into();
        let position = Position(self.events.len() as u64 + 1);
        let envelope = Envelope {
            position,
            event_id: EventId::default(),
            recorded_at: Timestamp::from_millis(self.now),
            subject: event.subject(),
            subject_version: Version(position.0),
            actor: self.actor.unwrap_or(Actor::SYSTEM),
            on_behalf_of: None,
            proxy_session: None,
            command_id: CommandId::default(),
            causation: None,
            correlation_id: CorrelationId::default(),
            context: Personal::Absent,
            context_key: None,
        };
        let recorded = RecordedEvent { envelope, event };
        self.views.fold(&recorded);
        self.events.push(recorded);
        position
    }

    /// A user with these names; the email is the username at `example.org`.
    pub(super) fn create(&mut self, id: u64, username: &str, display_name: &str) -> UserId {
        self.create_with(id, username, &format!("{username}@example.org"), display_name)
    }

    pub(super) fn create_with(&mut self, id: u64, username: &str, email: &str, name: &str) -> UserId {
        let user = UserId(id);
        let person = [(PersonField::DisplayName, text(name))].into_iter().collect();
        self.tell(UserCreated {
            user,
            kind: if id.is_multiple_of(3) { UserKind::Client } else { UserKind::Agent },
            email_verified: id.is_multiple_of(2),
            access_profile: AccessProfile::Standard,
            origin: Origin::Request,
            login: Personal::Known(login(username, email)),
            person: Personal::Known(PersonFields(person)),
        });
        let (username, email) = (username.to_owned(), email.to_owned());
        self.people.push(Person { id: user, username, email, masked: false });
        user
    }

    pub(super) fn delete(&mut self, user: UserId) {
        self.tell(UserDeleted {
            user,
            access_profile_from: AccessProfile::Standard,
            access_profile_to: AccessProfile::DeletedUser,
            seat_released: None,
            credential: None,
        });
    }

    pub(super) fn sign_in(&mut self, user: UserId, session: u8, expires_at: i64) -> Digest {
        let token_digest = Digest([session; 32]);
        self.tell(SignedIn {
            user,
            session: SessionId([session; 16]),
            token_digest,
            expires_at: Timestamp::from_millis(expires_at),
        });
        token_digest
    }

    pub(super) fn rename(&mut self, user: UserId, username: Option<&str>, name: Option<&str>) {
        let from = self.people.iter().find(|person| person.id == user).cloned().unwrap();
        let mut fields = Vec::new();
        let mut login = Personal::Absent;
        if let Some(to) = username {
            fields.push(ProfileField::Username);
            let change = Change { from: parsed(&from.username), to: parsed(to) };
            login = Personal::Known(LoginChange { username: Some(change), email: None });
            self.person(user).username = to.to_owned();
        }
        let mut person = Personal::Absent;
        if let Some(name) = name {
            fields.push(ProfileField::Person(PersonField::DisplayName));
            let change = Change { from: None, to: Some(text(name)) };
            person = Personal::Known(vec![PersonChange { field: PersonField::DisplayName, change }]);
        }
        self.tell(ProfileChanged { user, fields, login, person });
    }

    pub(super) fn mask(&mut self, user: UserId) {
        let person = self.person(user);
        person.masked = true;
        let masks = MaskedLogin {
            username: mask_username(&parsed(&person.username), UsernameMaskFormat::Initials),
            email: mask_email(&EmailAddress::parse(&person.email).unwrap(), user, EmailMaskFormat::Stub),
        };
        self.tell(PiiMasked {
            user,
            mode: MaskMode::History,
            username_format: UsernameMaskFormat::Initials,
            email_format: EmailMaskFormat::Stub,
            destroyed: Vec::new(),
            masked: Personal::Known(masks),
        });
    }

    pub(super) fn define_role(&mut self, id: u64, name: &str) -> RoleId {
        let name = Personal::Known(RoleName::parse(name).unwrap());
        self.tell(RoleDefined { role: RoleId(id), kind: UserKind::Agent, surfaces: Vec::new(), name });
        RoleId(id)
    }

    /// What a rebuild sees after the keys of masked people were destroyed.
    pub(super) fn erased_events(&self) -> Vec<RecordedEvent> {
        let masked = |user| self.people.iter().any(|person| person.id == user && person.masked);
        let mut events = self.events.clone();
        for recorded in &mut events {
            match &mut recorded.event {
                Event::UserCreated(e) if masked(e.user) => e.login = Personal::Erased,
                Event::ProfileChanged(e) if masked(e.user) && e.login != Personal::Absent => {
                    e.login = Personal::Erased;
                }
                _ => {}
            }
        }
        events
    }

    fn person(&mut self, user: UserId) -> &mut Person {
        self.people.iter_mut().find(|person| person.id == user).unwrap()
    }

    /// A story out of random bytes: everything that can happen to a user list.
    pub(super) fn random(u: &mut Unstructured<'_>) -> Result<Story> {
        let mut story = Story::default();
        for _ in 0..u.int_in_range(0..=80)? {
            story.now += u.int_in_range(-1..=3)?;
            if story.people.len() < 3 || u.ratio(1, 3)? {
                story.create_someone(u)?;
            } else {
                let person = story.people[u.choose_index(story.people.len())?].clone();
                story.happen_to(&person, u)?;
            }
        }
        Ok(story)
    }

    fn create_someone(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        // Ids mostly ascend; imports of other orders must come out the same.
        let n = self.people.len() as u64;
        let id = 8 + if u.ratio(1, 5)? { 1000 - n } else { n };
        let (first, last) = (*u.choose(&FIRST)?, *u.choose(&LAST)?);
        let username = format!("{}{n}", if u.arbitrary()? { "anna." } else { "Bo@org-" });
        let email = format!("{}.{n}@{}", if u.arbitrary()? { "josé" } else { "Bo" }, u.choose(&DOMAINS)?);
        self.create_with(id, &username, &email, &format!("{first} {last}"));
        Ok(())
    }

    fn happen_to(&mut self, person: &Person, u: &mut Unstructured<'_>) -> Result<()> {
        let user = person.id;
        let license = *u.choose(&LicenseType::ALL)?;
        let role = RoleId(u.int_in_range(1..=3)?);
        match u.int_in_range(0..=20)? {
            0 => {
                let n = self.events.len();
                let username = format!("renamed{n}");
                let name = format!("{} {}", u.choose(&FIRST)?, u.choose(&LAST)?);
                let username = (!person.masked && u.arbitrary()?).then_some(username.as_str());
                self.rename(user, username, Some(&name));
            }
            1 => _ = self.tell(UserDisabled { user, seat_released: None }),
            2 => _ = self.tell(UserEnabled { user, seat_taken: Some(license) }),
            3 => self.delete(user),
            4 => _ = self.tell(AccountLocked { user, cause: LockCause::Request }),
            5 => _ = self.tell(AccountUnlocked { user }),
            6 => self.set_password(user),
            7 | 8 => _ = self.sign_in(user, u.arbitrary()?, self.now + u.int_in_range(0..=9)?),
            9 => _ = self.tell(SignedOut { user, session: SessionId([u.arbitrary()?; 16]) }),
            10 => {
                if self.roles < role.0 {
                    self.roles = role.0;
                    self.define_role(role.0, &format!("Role {}", role.0));
                }
                self.tell(RoleAssigned { user, role });
            }
            11 => _ = self.tell(RoleUnassigned { user, role }),
            12 => {
                _ = self.tell(LicenseGranted { user, license, replaces: None, cause: LicenseCause::Request })
            }
            13 => {
                self.tell(LicensePoolSized { license, from: 0, to: 3 });
                self.tell(LicenseRevoked { user, license, cause: LicenseCause::Request });
            }
            14 => _ = self.tell(PasswordChangeForced { user }),
            15 => _ = self.tell(PasswordChangeCancelled { user }),
            16 => self.reset_password(user),
            17 => _ = self.tell(AccountLocked { user, cause: LockCause::FailedSignIns }),
            18 => _ = self.tell(AccountLockExpired { user }),
            19 => {
                let kept_session = u.arbitrary::<bool>()?.then_some(SessionId([1; 16]));
                self.tell(SessionsEnded { user, kept_session, cause: EndCause::Revoked });
            }
            _ => self.mask(user),
        }
        Ok(())
    }

    pub(super) fn reset_password(&mut self, user: UserId) {
        self.tell(PasswordReset {
            user,
            credential: CredentialNumber(self.events.len() as u64),
            replaces: None,
            expires_at: Timestamp::from_millis(self.now + 5),
            verifier: Personal::Erased,
        });
    }

    pub(super) fn set_password(&mut self, user: UserId) {
        self.tell(PasswordSet {
            user,
            credential: CredentialNumber(self.events.len() as u64),
            replaces: None,
            kept_session: None,
            verifier: Personal::Erased,
        });
    }
}

/// Tests a property on stories long enough for something to happen in them.
pub(super) fn for_stories(property: impl FnMut(&mut Unstructured<'_>) -> Result<()>) {
    arbtest(property).size_min(1024).size_max(8192).budget_ms(1000).run();
}

fn login(username: &str, email: &str) -> Login {
    Login { username: parsed(username), email: EmailAddress::parse(email).unwrap() }
}

fn parsed(username: &str) -> Username {
    Username::parse(username).unwrap()
}

fn text(text: &str) -> PersonText {
    PersonText::parse(text).unwrap()
}
