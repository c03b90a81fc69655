//! Where rows go: into a directory, or into a rehearsal of one.

use std::cell::RefCell;

use rollbook_schema::value::RoleName;
use rollbook_schema::{Rejection, RejectionCode, Rejections, RoleId};

use super::flight::Pending;
use super::new_user::NewUser;
use super::outcome::Fate;
use super::row::RowError;
use super::served::ServedDirectory;
use super::stopped;
use crate::access::Caller;
use crate::directory::{Asking, Directory, Rehearsal, Rehearsed};
use crate::writer::CommandError;

/// Where rows go.
pub(super) enum Target {
    /// To stay.
    Directory(Directory),
    /// To stay, at a server.
    Server(ServedDirectory),
    /// To be judged.
    Rehearsal(Box<RefCell<Rehearsal>>),
}

impl Target {
    /// Asks for a user. The fate is what the writer says, once it is durable and visible.
    pub(super) fn ask(&self, user: NewUser) -> Pending {
        let key = user.idempotency_key();
        let roles = match self.roles(&user.roles) {
            Ok(roles) => roles,
            Err(rejection) => return landed(refused(&rejection.into())),
        };
        match self {
            Target::Server(server) => server.ask(&key, &user, &roles),
            Target::Rehearsal(rehearsal) => {
                landed(match rehearsal.borrow_mut().create_user(&key, user.command(roles)) {
                    Ok(Rehearsed { user, repeated: false }) => Fate::Created(user),
                    Ok(Rehearsed { user, repeated: true }) => Fate::Repeated(user),
                    Err(rejections) => refused(&rejections),
                })
            }
            Target::Directory(directory) => {
                let (directory, command) = (directory.clone(), user.command(roles));
                let mut asking = Asking::by(Caller::Operator);
                asking.idempotency_key = Some(key);
                Box::pin(async move {
                    match directory.ask(asking, command).await {
                        Ok(outcome) => {
                            let user = outcome.user().unwrap_or_default();
                            Ok(if outcome.repeated { Fate::Repeated(user) } else { Fate::Created(user) })
                        }
                        Err(CommandError::Refused(rejections)) => Ok(refused(&rejections)),
                        Err(CommandError::Stopped(stop)) => Err(stopped(stop)),
                    }
                })
            }
        }
    }

    fn roles(&self, names: &[RoleName]) -> Result<Vec<RoleId>, Rejection> {
        let known = |name: &RoleName| match self {
            Target::Directory(directory) => {
                directory.views().roles.by_name(name.as_str()).map(|role| role.id)
            }
            Target::Server(server) => server.role(name),
            Target::Rehearsal(rehearsal) => rehearsal.borrow().role(name),
        };
        let missing = Rejection::of("roles", RejectionCode::NotFound);
        names.iter().map(|name| known(name).ok_or(missing)).collect()
    }
}

fn landed(fate: Fate) -> Pending {
    Box::pin(std::future::ready(Ok(fate)))
}

fn refused(rejections: &Rejections) -> Fate {
    Fate::Refused(rejections.iter().map(|rejection| RowError::from(*rejection)).collect())
}
