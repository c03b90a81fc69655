//! Activity history: which positions of the log are about whom, by whom and of what type.
//!
//! Only positions are kept. An entry is read, opened and shown from the log itself, so this view
//! holds nothing that erasure would have to forget: nothing by request id or network address, which are
//! sealed, and looked for in the log.
//!
//! An event costs about 12 bytes here, whatever the length of the log: two or three bytes for whom it is
//! about and as many for who did it (packed while short, two bytes in a bitmap), two for its type, two for
//! the kind of its subject, and one to three for its moment.

mod about;
mod criterion;
mod moments;
mod packed;
mod posting;
mod query;
mod subjects;

use std::collections::BTreeMap;

use roaring::RoaringTreemap;
use rollbook_schema::event::{Event, EventType, ProfileField, RecordedEvent};
use rollbook_schema::record::Subject;
use rollbook_schema::value::{PersonField, Timestamp};
use rollbook_schema::{Position, RoleId, SessionId, UserId};

pub use query::{HistoryDirection, HistoryPage, HistoryQuery, HistoryWindow};
pub use subjects::HistorySubject;

use super::canon::Canon;
use crate::id_table::IdTable;
use moments::Moments;
use posting::Posting;
use serde::{Deserialize, Serialize};
use subjects::FewSubjects;

/// Types whose places in the digest were given before types were named there, so that a log of those
/// days keeps its digest. Never longer: any other type is written by its name, once it has happened.
const UNNAMED: [EventType; 22] = [
    EventType::UserCreated,
    EventType::UserCreationFailed,
    EventType::ProfileChanged,
    EventType::AccessProfileAssigned,
    EventType::UserDisabled,
    EventType::UserEnabled,
    EventType::UserDeleted,
    EventType::AccountLocked,
    EventType::AccountUnlocked,
    EventType::PasswordSet,
    EventType::SignedIn,
    EventType::SignedOut,
    EventType::SignInFailed,
    EventType::AttemptDenied,
    EventType::RoleDefined,
    EventType::RoleDeleted,
    EventType::RoleAssigned,
    EventType::RoleUnassigned,
    EventType::LicensePoolSized,
    EventType::LicenseGranted,
    EventType::LicenseRevoked,
    EventType::PiiMasked,
];

/// Positions by subject, actor and type.
#[derive(Clone, Serialize, Deserialize)]
pub struct ActivityHistory {
    users: IdTable<UserPostings>,
    types: Vec<RoaringTreemap>,
    on_users: RoaringTreemap,
    on_user_type: RoaringTreemap,
    on_roles: RoaringTreemap,
    on_role: BTreeMap<RoleId, Posting>,
    on_pools: [RoaringTreemap; 2],
    on_tenant: RoaringTreemap,
    /// About teams and business units.
    on_groups: RoaringTreemap,
    /// Each thing of the last two alone; nothing that the digest does not hold already.
    on_few: FewSubjects,
    /// What was done in each proxy session, and as whom.
    proxies: BTreeMap<SessionId, ProxyPostings>,
    /// What was done on behalf of whom, by somebody else; in the digest by its sessions.
    on_behalf_of: BTreeMap<UserId, Posting>,
    /// Where somebody read everybody's history; in the digest by type.
    read_of_everybody: RoaringTreemap,
    /// Where display names were set after creation: few users ever change theirs.
    renamed: BTreeMap<UserId, Posting>,
    moments: Moments,
}

/// The positions of one user.
#[derive(Clone, Default, Serialize, Deserialize)]
struct UserPostings {
    on: Posting,
    by: Posting,
    created_at: Option<Position>,
}

/// The positions of one proxy session.
#[derive(Clone, Default, Serialize, Deserialize)]
struct ProxyPostings {
    user: Option<UserId>,
    positions: Posting,
}

impl Default for ActivityHistory {
    fn default() -> Self {
        ActivityHistory {
            users: IdTable::default(),
            types: vec![RoaringTreemap::new(); EventType::ALL.len()],
            on_users: RoaringTreemap::new(),
            on_user_type: RoaringTreemap::new(),
            on_roles: RoaringTreemap::new(),
            on_role: BTreeMap::new(),
            on_pools: Default::default(),
            on_tenant: RoaringTreemap::new(),
            on_groups: RoaringTreemap::new(),
            on_few: FewSubjects::default(),
            proxies: BTreeMap::new(),
            on_behalf_of: BTreeMap::new(),
            read_of_everybody: RoaringTreemap::new(),
            renamed: BTreeMap::new(),
            moments: Moments::default(),
        }
    }
}

impl ActivityHistory {
    /// The latest event at or before `at` that set the display name of a user: there the name of that
    /// time is read (HIS-08). `None` before the user's creation.
    #[must_use]
    pub fn name_position(&self, user: UserId, at: Position) -> Option<Position> {
        let renamed = self.renamed.get(&user).and_then(|posting| posting.last_up_to(at.0));
        let created = self.users.get(user.0).and_then(|postings| postings.created_at);
        renamed.map(Position).or(created.filter(|created| *created <= at))
    }

    /// As whom somebody acted in a proxy session.
    #[must_use]
    pub fn proxied_user(&self, session: SessionId) -> Option<UserId> {
        self.proxies.get(&session)?.user
    }

    /// The last position recorded at or before a moment; [`Position::START`] if there is none.
    /// Where the recorded time steps back, an event counts as recorded with the latest one before it.
    #[must_use]
    pub fn position_at(&self, moment: Timestamp) -> Position {
        self.moments.position_at(moment)
    }

    /// The position of the last event folded.
    #[must_use]
    pub fn reached(&self) -> Position {
        self.moments.last()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        let position = envelope.position;
        self.moments.push(position, envelope.recorded_at);
        file(&mut self.types[recorded.event.event_type() as usize], position);
        self.file_subject(envelope.subject, position);
        self.postings(envelope.actor.id).by.push(position.0);
        if let Some(user) = envelope.on_behalf_of.filter(|user| *user != envelope.actor.id) {
            self.postings(user).by.push(position.0);
            self.on_behalf_of.entry(user).or_default().push(position.0);
        }
        if let Some(session) = envelope.proxy_session {
            self.proxies.entry(session).or_default().positions.push(position.0);
        }
        match &recorded.event {
            Event::ProxyStarted(e) => {
                let postings = self.proxies.entry(e.session).or_default();
                postings.user = Some(e.user);
                postings.positions.push(position.0);
            }
            Event::SupportStarted(e) => {
                let postings = self.proxies.entry(e.session).or_default();
                postings.user = Some(e.user);
                postings.positions.push(position.0);
            }
            Event::HistoryRead(e) if e.user.is_none() => {
                self.read_of_everybody.insert(position.0);
            }
            Event::UserCreated(e) => {
                self.postings(e.user).created_at.get_or_insert(position);
            }
            Event::ProfileChanged(e)
                if e.fields.contains(&ProfileField::Person(PersonField::DisplayName)) =>
            {
                self.renamed.entry(e.user).or_default().push(position.0);
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("history");
        for (user, postings) in self.users.iter() {
            canon.number(user);
            postings.on.write(&mut canon);
            postings.by.write(&mut canon);
            canon.maybe(postings.created_at, |canon, position| canon.number(position.0));
        }
        let sets = [&self.on_users, &self.on_user_type, &self.on_roles, &self.on_tenant];
        let of_type = |of: EventType| &self.types[of as usize];
        for set in UNNAMED.into_iter().map(of_type).chain(sets).chain(&self.on_pools) {
            canon.ids(set);
        }
        for (id, posting) in self.on_role.iter().map(|(role, posting)| (role.0, posting)) {
            canon.number(id);
            posting.write(&mut canon);
        }
        for (id, posting) in self.renamed.iter().map(|(user, posting)| (user.0, posting)) {
            canon.number(id);
            posting.write(&mut canon);
        }
        self.moments.write(&mut canon);
        for named in EventType::ALL.iter().filter(|of| !UNNAMED.contains(of) && !of_type(**of).is_empty()) {
            canon.bytes(named.name().as_bytes());
            canon.ids(of_type(*named));
        }
        if !self.on_groups.is_empty() {
            canon.bytes(b"groups");
            canon.ids(&self.on_groups);
        }
        for (session, postings) in &self.proxies {
            canon.bytes(&session.0);
            canon.maybe(postings.user, |canon, user| canon.number(user.0));
            postings.positions.write(&mut canon);
        }
        canon.finish()
    }

    fn file_subject(&mut self, subject: Subject, position: Position) {
        match subject {
            Subject::User(user) => {
                file(&mut self.on_users, position);
                self.postings(user).on.push(position.0);
            }
            Subject::UserType => {
                file(&mut self.on_user_type, position);
            }
            Subject::Role(role) => {
                file(&mut self.on_roles, position);
                self.on_role.entry(role).or_default().push(position.0);
            }
            Subject::LicensePool(license) => {
                file(&mut self.on_pools[license as usize], position);
            }
            // What the directory is set up with.
            Subject::Tenant
            | Subject::Dashboard(_)
            | Subject::Attribute(_)
            | Subject::Application(_)
            | Subject::Artefact(_)
            | Subject::UserRule(_) => {
                file(&mut self.on_tenant, position);
                self.on_few.push(subject, position.0);
            }
            Subject::Team(_) | Subject::BusinessUnit(_) => {
                file(&mut self.on_groups, position);
                self.on_few.push(subject, position.0);
            }
        }
    }

    fn postings(&mut self, user: UserId) -> &mut UserPostings {
        self.users.place(user.0).get_or_insert_default()
    }
}

/// Positions come in the order of the log, each once; at the end a set takes them without a search.
fn file(set: &mut RoaringTreemap, position: Position) {
    let _ = set.try_push(position.0);
}
