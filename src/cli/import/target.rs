//! Where rows go: into a directory, or into a rehearsal of one.

use std::cell::RefCell;

use rollbook_schema::value::{AttributeKey, BusinessUnitName, RoleName, TeamName};
use rollbook_schema::{BusinessUnitId, Rejection, RejectionCode, Rejections, RoleId, TeamId, UserId};

use super::columns::Field;
use super::flight::Pending;
use super::new_user::{More, Named, NewUser, Superior};
use super::outcome::Fate;
use super::row::RowError;
use super::served::ServedDirectory;
use super::stopped;
use crate::access::Caller;
use crate::cli::Failure;
use crate::directory::{Asking, Directory, Rehearsal, Rehearsed};
use crate::writer::CommandError;

/// Where rows go.
pub(super) enum Target {
    /// To stay.
    Directory(Directory),
    /// To stay, at a server.
    Server(Box<ServedDirectory>),
    /// To be judged.
    Rehearsal(Box<RefCell<Rehearsal>>),
}

impl Target {
    /// Whether a superior is known. A server has to be asked, and what it said is kept for the row.
    pub(super) async fn finds(&self, above: &Superior) -> Result<bool, Failure> {
        match self {
            Target::Server(server) => server.finds(above).await,
            _ => Ok(self.superior(above).is_some()),
        }
    }

    /// Asks for a user. The fate is what the writer says, once it is durable and visible.
    pub(super) fn ask(&self, user: NewUser) -> Pending {
        let key = user.idempotency_key();
        let keys: Vec<AttributeKey> = user.more.attributes.iter().map(|entry| entry.key.clone()).collect();
        let named = match self.named(&user) {
            Ok(named) => named,
            Err(rejections) => return landed(Fate::Refused(rejections)),
        };
        match self {
            Target::Server(server) => server.ask(&key, &user, &named),
            Target::Rehearsal(rehearsal) => {
                landed(match rehearsal.borrow_mut().create_user(&key, user.command(named)) {
                    Ok(Rehearsed { user, repeated: false }) => Fate::Created(user),
                    Ok(Rehearsed { user, repeated: true }) => Fate::Repeated(user),
                    Err(rejections) => refused(&rejections, &keys),
                })
            }
            Target::Directory(directory) => {
                let (directory, command) = (directory.clone(), user.command(named));
                let mut asking = Asking::by(Caller::Operator);
                asking.idempotency_key = Some(key);
                Box::pin(async move {
                    match directory.ask(asking, command).await {
                        Ok(outcome) => {
                            let user = outcome.user().unwrap_or_default();
                            Ok(if outcome.repeated { Fate::Repeated(user) } else { Fate::Created(user) })
                        }
                        Err(CommandError::Refused(rejections)) => Ok(refused(&rejections, &keys)),
                        Err(CommandError::Stopped(stop)) => Err(stopped(stop)),
                    }
                })
            }
        }
    }

    /// The ids of everything that the row names; every name that nothing has, in the order of the form.
    fn named(&self, user: &NewUser) -> Result<Named, Vec<RowError>> {
        let More { team, business_units, reports_to, .. } = &user.more;
        let roles: Option<Vec<RoleId>> = user.roles.iter().map(|role| self.role(role)).collect();
        let units: Option<Vec<BusinessUnitId>> = business_units.iter().map(|unit| self.unit(unit)).collect();
        let named = Named {
            roles: roles.clone().unwrap_or_default(),
            team: team.as_ref().and_then(|team| self.team(team)),
            business_units: units.clone().unwrap_or_default(),
            reports_to: reports_to.as_ref().and_then(|above| self.superior(above)),
        };
        let missing = [
            ("roles", roles.is_none()),
            ("team", team.is_some() && named.team.is_none()),
            ("businessUnits", units.is_none()),
            ("reportsTo", reports_to.is_some() && named.reports_to.is_none()),
        ];
        let missing = missing.into_iter().filter(|(_, is_missing)| *is_missing);
        let missing = missing.map(|(field, _)| Rejection::of(field, RejectionCode::NotFound).into());
        let missing: Vec<RowError> = missing.collect();
        if missing.is_empty() { Ok(named) } else { Err(missing) }
    }

    fn role(&self, name: &RoleName) -> Option<RoleId> {
        match self {
            Target::Directory(directory) => {
                directory.views().roles.by_name(name.as_str()).map(|role| role.id)
            }
            Target::Server(server) => server.role(name),
            Target::Rehearsal(rehearsal) => rehearsal.borrow().role(name),
        }
    }

    fn team(&self, name: &TeamName) -> Option<TeamId> {
        match self {
            Target::Directory(directory) => {
                let views = directory.views();
                let has_name = |of: &Option<TeamName>| of.as_ref().is_some_and(|of| of.key() == name.key());
                views.teams.iter().find(|team| !team.deleted && has_name(&team.name)).map(|team| team.id)
            }
            Target::Server(server) => server.team(name),
            Target::Rehearsal(rehearsal) => rehearsal.borrow().team(name),
        }
    }

    fn unit(&self, name: &BusinessUnitName) -> Option<BusinessUnitId> {
        match self {
            Target::Directory(directory) => {
                let views = directory.views();
                let has_name =
                    |of: &Option<BusinessUnitName>| of.as_ref().is_some_and(|of| of.key() == name.key());
                let mut units = views.business_units.iter();
                units.find(|unit| !unit.deleted && has_name(&unit.name)).map(|unit| unit.id)
            }
            Target::Server(server) => server.unit(name),
            Target::Rehearsal(rehearsal) => rehearsal.borrow().business_unit(name),
        }
    }

    fn superior(&self, Superior(login): &Superior) -> Option<UserId> {
        match self {
            Target::Directory(directory) => directory.views().users.by_login(login),
            Target::Server(server) => server.superior(login),
            Target::Rehearsal(rehearsal) => rehearsal.borrow().user(login),
        }
    }
}

fn landed(fate: Fate) -> Pending {
    Box::pin(std::future::ready(Ok(fate)))
}

/// An entry of the attributes is told by its key, which the header named.
fn refused(rejections: &Rejections, keys: &[AttributeKey]) -> Fate {
    let told = |rejection: &Rejection| {
        let key = rejection.entry.filter(|_| rejection.field == Some("attributes"));
        let error = RowError::from(*rejection);
        match key.and_then(|entry| keys.get(entry)) {
            Some(key) => RowError { field: Some(Field::Attribute(key.clone()).name()), ..error },
            None => error,
        }
    };
    Fate::Refused(rejections.iter().map(told).collect())
}
