//! Callers as they are now: rights and sessions can end while somebody still reads.

use rollbook_projections::view::{ProxyParent, SessionRow, Views};

use super::Directory;
use crate::access::{Caller, Person, stays_proxy, stays_support};

impl Directory {
    /// The same caller with the rights of now; `None` for a person whose session has ended.
    #[must_use]
    pub fn caller_now(&self, caller: &Caller) -> Option<Caller> {
        let Caller::Person(person) = caller else { return Some(*caller) };
        let views = self.views();
        let mut sessions = views.sessions.of(person.id, self.now());
        let session = sessions.find(|session| session.session == person.session)?;
        signed_in_by(&views, session).filter(|person| self.is_let_in(person)).map(Caller::Person)
    }
}

/// Whom a session signs in, with the rights of now; under a proxy, as far as whoever acts still may.
pub(super) fn signed_in_by(views: &Views, session: &SessionRow) -> Option<Person> {
    let row = views.users.get(session.user).filter(|row| row.active && !row.deleted)?;
    match session.proxy {
        Some(ProxyParent::SUPPORT) if !stays_support(row) => return None,
        None | Some(ProxyParent::SUPPORT) => {}
        Some(real) => {
            views.users.get(real.user).filter(|actor| stays_proxy(actor, row))?;
        }
    }
    Some(Person {
        id: row.id,
        kind: row.kind,
        profile: row.access_profile,
        license: row.license,
        session: session.session,
        must_change_password: views.sessions.is_restricted(row.id, session.session),
        proxy: session.proxy,
    })
}
