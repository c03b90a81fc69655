//! A client of the pipeline: what it holds, and how the façade would see it.

use rollbook::access::{Caller, Person, stays_proxy, stays_support};
use rollbook_projections::view::{ProxyParent, SessionRow, UserRow, Views};
use rollbook_schema::command::{Command, MaskPii, PasswordProof};
use rollbook_schema::value::{
    AccessProfile, EmailAddress, EmailMaskFormat, Timestamp, Username, UsernameMaskFormat,
};
use rollbook_schema::{SessionId, UserId};

/// What a client was given and still holds.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// For an answer.
    pub waits: bool,
    own: Option<(UserId, SessionId)>,
    proxy: Option<(UserId, SessionId)>,
}

impl Client {
    /// The session whose token it sends.
    pub fn session(&self) -> Option<(UserId, SessionId)> {
        self.proxy.or(self.own)
    }

    /// Throws a token away that opened nothing.
    pub fn forget(&mut self, session: SessionId) {
        self.proxy = self.proxy.filter(|(_, held)| *held != session);
        self.own = self.own.filter(|(_, held)| *held != session);
    }

    /// An answer arrived, for a command that was accepted or for one that was not.
    pub fn answered(&mut self, accepted: Option<&Command>) {
        self.waits = false;
        match accepted {
            Some(Command::SignIn(c)) => (self.own, self.proxy) = (Some((c.user, c.session)), None),
            Some(Command::StartProxy(c)) => self.proxy = Some((c.user, c.session)),
            Some(Command::StartSupport(c)) => self.proxy = Some((c.user, c.session)),
            Some(Command::EndProxy(_) | Command::EndSupport(_)) => self.proxy = None,
            Some(Command::SignOut(_)) => (self.own, self.proxy) = (None, None),
            _ => {}
        }
    }
}

/// Whom a session signs in, by the views of now.
pub fn signed_in(views: &Views, user: UserId, session: SessionId, now: Timestamp) -> Option<Person> {
    let found = views.sessions.of(user, now).find(|found| found.session == session)?;
    let row = views.users.get(user).filter(|row| row.active && !row.deleted)?;
    match found.proxy {
        None => {}
        Some(ProxyParent::SUPPORT) => return stays_support(row).then(|| person(views, row, found)),
        Some(real) => _ = views.users.get(real.user).filter(|actor| stays_proxy(actor, row))?,
    }
    Some(person(views, row, found))
}

fn person(views: &Views, row: &UserRow, found: &SessionRow) -> Person {
    let (user, session) = (row.id, found.session);
    Person {
        id: user,
        kind: row.kind,
        profile: row.access_profile,
        license: row.license,
        session,
        must_change_password: views.sessions.is_restricted(user, session),
        proxy: found.proxy,
    }
}

/// A compliance officer, if one of the clients is: mostly somebody else than who asks.
pub fn officer(clients: &[Client], views: &Views, now: Timestamp) -> Option<Caller> {
    let sessions = clients.iter().filter_map(Client::session);
    let mut people = sessions.filter_map(|(user, session)| signed_in(views, user, session, now));
    people.find(|person| person.profile == AccessProfile::ComplianceOfficer).map(Caller::Person)
}

/// What checking a password finds: every other account has the first one, and the last is nobody's.
pub fn proof(views: &Views, user: UserId, password: usize) -> PasswordProof {
    match views.credentials.of(user) {
        Some(held) if password < 2 => PasswordProof::Matches(held.credential),
        _ => PasswordProof::Wrong,
    }
}

/// By the keys that were read; `None` where a mask was.
pub fn masking(user: UserId, username: &str, email: &str) -> Option<Command> {
    let command = MaskPii {
        user,
        username: Username::parse(username).ok()?,
        email: EmailAddress::parse(email).ok()?,
        username_format: UsernameMaskFormat::default(),
        email_format: EmailMaskFormat::default(),
        fingerprint: [0; 16],
    };
    Some(command.into())
}
