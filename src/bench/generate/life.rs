//! Who does what: people arrive over the whole time, and few of them do most.

use rollbook_decide::Settings;
use rollbook_schema::command::{
    AddTeamMember, AssignRole, ChangeProfile, Command, CreateTeam, CreateUser, DefineRole, DeleteUser,
    DisableUser, EnableUser, GrantLicense, LockAccount, PasswordProof, SignIn, SignOut, SizeLicensePool,
    UnassignRole, UnlockAccount,
};
use rollbook_schema::id::Digest;
use rollbook_schema::value::{
    ClientType, LicenseType, PasswordVerifier, PersonField, PersonText, RoleName, TeamName, UserKind,
};
use rollbook_schema::{Actor, CredentialNumber, Event, Position, RoleId, SessionId, Subject, TeamId, UserId};

use super::super::fault::BenchFault;
use super::super::population::Seeded;
use super::{Volume, names};
use crate::access::Caller;
use crate::directory::BareWriter;
use crate::writer::{Committed, Job};

const ROLES: u64 = 8;
/// People of one team, and teams at most: departments, not one for each thousand.
const TEAM_PEOPLE: u64 = 100;
const TEAMS_MAX: u64 = 2_000;
/// Teams below each team.
const TEAM_BRANCHES: u64 = 10;
/// Of so many people, one is a client; the others are agents.
const CLIENT_EVERY: u64 = 4;
/// Of so many times that one of those who do least is to be disabled, they are deleted once.
const DELETES_ONE_OF: usize = 8;

/// What the generator knows of a person.
#[derive(Clone, Copy)]
struct Somebody {
    credential: Option<CredentialNumber>,
    session: Option<SessionId>,
}

/// Draws commands, and learns from what they led to.
pub(super) struct Life {
    volume: Volume,
    seeded: Seeded,
    verifier: PasswordVerifier,
    /// Asked for so far.
    born: u64,
    /// By arrival. The first are the most active.
    people: Vec<Somebody>,
    roles: Vec<RoleId>,
    teams: Vec<TeamId>,
    session_millis: i64,
}

impl Life {
    pub(super) fn begin(volume: Volume, verifier: PasswordVerifier) -> Self {
        let session_millis = i64::from(Settings::default().session_minutes) * 60_000;
        let (people, roles, teams) = (Vec::new(), Vec::new(), Vec::new());
        Life { volume, seeded: Seeded(volume.seed), verifier, born: 0, people, roles, teams, session_millis }
    }

    /// People who were not asked for yet.
    pub(super) fn people_to_come(&self) -> u64 {
        self.volume.users - self.born
    }

    /// True as long as nobody was created.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// What stands before the first of them: seats, roles, a tree of teams.
    pub(super) fn founding(&self) -> Result<Vec<Command>, BenchFault> {
        let owned = u32::try_from(self.volume.users).unwrap_or(u32::MAX);
        let seats = LicenseType::ALL.map(|license| SizeLicensePool { license, owned }.into());
        let roles = (0..ROLES).map(|number| {
            let name = RoleName::parse(&format!("Role {number}"))?;
            Ok(DefineRole { name, kind: UserKind::Agent, surfaces: Vec::new() }.into())
        });
        let teams = (1..=(self.volume.users / TEAM_PEOPLE).clamp(1, TEAMS_MAX)).map(|number| {
            let name = TeamName::parse(&format!("Team {number}"))?;
            let parent = (number > 1).then(|| TeamId(1 + (number - 2) / TEAM_BRANCHES));
            Ok(CreateTeam { name, parent }.into())
        });
        seats.into_iter().map(Ok).chain(roles).chain(teams).collect()
    }

    /// The next command, where the log stands at a position.
    pub(super) fn next(&mut self, writer: &BareWriter, head: Position) -> Result<Job, BenchFault> {
        // So many of the people as of the events: they arrive over the whole time.
        let due = u128::from(self.born) * u128::from(self.volume.events)
            <= u128::from(self.volume.users) * u128::from(head.0);
        let over = head.0 >= self.volume.events;
        if self.people_to_come() > 0 && (due || over || self.people.is_empty()) {
            self.born += 1;
            return Ok(writer.job(Caller::Operator, self.arrival(self.born)?));
        }
        let rank = self.active();
        match self.seeded.below(100) {
            0..45 => Ok(self.sign_in(writer, rank)),
            45..55 => Ok(self.sign_out(writer, rank)),
            drawn => Ok(writer.job(Caller::Operator, self.administration(drawn, rank)?)),
        }
    }

    /// Takes in what a batch led to.
    pub(super) fn learn(&mut self, committed: &Committed) {
        for recorded in &committed.events {
            match &recorded.event {
                Event::UserCreated(created) if created.user > UserId::FIRST_PERSON => {
                    self.people.push(Somebody { credential: None, session: None });
                }
                Event::PasswordSet(set) => self.change(set.user, |one| one.credential = Some(set.credential)),
                Event::SignedIn(signed_in) => {
                    self.change(signed_in.user, |one| one.session = Some(signed_in.session));
                }
                _ => match recorded.envelope.subject {
                    Subject::Role(role) if !self.roles.contains(&role) => self.roles.push(role),
                    Subject::Team(team) if self.teams.last().is_none_or(|last| *last < team) => {
                        self.teams.push(team);
                    }
                    _ => {}
                },
            }
        }
    }

    fn change(&mut self, user: UserId, change: impl FnOnce(&mut Somebody)) {
        let rank = user.0.checked_sub(UserId::FIRST_PERSON.0 + 1).and_then(|rank| usize::try_from(rank).ok());
        if let Some(one) = rank.and_then(|rank| self.people.get_mut(rank)) {
            change(one);
        }
    }

    /// Whom the next command is about, by rank. As likely to be among the first ten as among the next ninety or
    /// the next nine hundred, which is Zipf's law, by whole numbers: no two machines round them differently.
    fn active(&mut self) -> usize {
        let sizes = usize::try_from(self.people.len().ilog2()).unwrap_or(0) + 1;
        let first = 1 << self.seeded.below(sizes);
        (first + self.seeded.below(first) - 1).min(self.people.len() - 1)
    }

    fn arrival(&mut self, number: u64) -> Result<CreateUser, BenchFault> {
        let person = names::person(self.volume.seed, number);
        let (kind, roles) = match number % CLIENT_EVERY {
            0 => (UserKind::Client, Vec::new()),
            _ => (UserKind::Agent, vec![self.roles[self.seeded.below(self.roles.len())]]),
        };
        let team = match (kind, self.teams.is_empty()) {
            (UserKind::Agent, false) => Some(self.teams[self.seeded.below(self.teams.len())]),
            _ => None,
        };
        let mut create =
            CreateUser { team, verifier: Some(self.verifier.clone()), ..person.create(kind, roles)? };
        let title = PersonText::parse(&names::title(&mut self.seeded))?;
        create.person.0.insert(PersonField::Title, title);
        Ok(create)
    }

    fn sign_in(&mut self, writer: &BareWriter, rank: usize) -> Job {
        let (user, now) = (user_of(rank), writer.now());
        // Of twenty, one mistypes.
        let proof = match self.people[rank].credential {
            Some(credential) if self.seeded.below(20) > 0 => PasswordProof::Matches(credential),
            _ => PasswordProof::Wrong,
        };
        let mut token = Digest::default();
        token.0.chunks_mut(8).for_each(|part| part.copy_from_slice(&self.seeded.draw().to_le_bytes()));
        let sign_in = SignIn {
            user,
            proof,
            session: writer.identities().session(now),
            token_digest: token,
            expires_at: now.plus_millis(self.session_millis),
            client: ClientType::Web,
        };
        self.as_themselves(writer, user, sign_in)
    }

    fn sign_out(&mut self, writer: &BareWriter, rank: usize) -> Job {
        let user = user_of(rank);
        match self.people[rank].session.take() {
            Some(session) => self.as_themselves(writer, user, SignOut { user, session }),
            None => self.sign_in(writer, rank),
        }
    }

    /// Asked by the person: recorded under their name, with where they were.
    fn as_themselves(&mut self, writer: &BareWriter, user: UserId, command: impl Into<Command>) -> Job {
        let mut job = writer.job(Caller::System, command);
        job.envelope.actor = Actor::person(user);
        job.envelope.context.client_address =
            Some(format!("198.51.100.{}", self.seeded.below(usize::from(u8::MAX))));
        job.envelope.context.user_agent =
            Some("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned());
        job
    }

    /// What is refused, such as a lock of whoever is locked, is asked all the same.
    fn administration(&mut self, drawn: usize, rank: usize) -> Result<Command, BenchFault> {
        let user = user_of(rank);
        let seldom = rank > self.people.len() / 2;
        let role = self.roles[self.seeded.below(self.roles.len())];
        Ok(match drawn {
            55 => LockAccount { user }.into(),
            56 | 57 => UnlockAccount { user }.into(),
            58 if seldom && self.seeded.below(DELETES_ONE_OF) == 0 => {
                DeleteUser { user, called: Vec::new() }.into()
            }
            58 => DisableUser { user, keep_team: None }.into(),
            59 | 60 => EnableUser { user }.into(),
            61..64 => AssignRole { user, role, license: None }.into(),
            64 | 65 => UnassignRole { user, role }.into(),
            66 | 67 => {
                let license = LicenseType::ALL[self.seeded.below(LicenseType::ALL.len())];
                GrantLicense { user, license }.into()
            }
            68 | 69 if !self.teams.is_empty() => {
                let team = self.teams[self.seeded.below(self.teams.len())];
                AddTeamMember { user, team }.into()
            }
            70..85 => self.profile(user, PersonField::LandLinePhone, names::phone)?,
            _ => self.profile(user, PersonField::Title, names::title)?,
        })
    }

    fn profile(
        &mut self,
        user: UserId,
        field: PersonField,
        text: fn(&mut Seeded) -> String,
    ) -> Result<Command, BenchFault> {
        let person = vec![(field, Some(PersonText::parse(&text(&mut self.seeded))?))];
        Ok(ChangeProfile { user, username: None, email: None, person }.into())
    }
}

fn user_of(rank: usize) -> UserId {
    UserId(UserId::FIRST_PERSON.0 + 1 + rank as u64)
}
