//! Entries of history: read from the log, opened, and shown as far as the caller may see.

mod access_request;
mod applications;
mod attributes;
mod changes;
mod entry;
mod masking;
mod preferences;
mod profile;
mod retention;
mod saved_views;
mod setting;
mod sight;
mod summary;
mod user_rules;

pub(super) use changes::FieldChange;
pub(in crate::graphql) use entry::Entry;

use rollbook_schema::{
    ApplicationId, BusinessUnitId, Event, Position, RecordedEvent, RoleId, Subject, TeamId, UserId,
    UserRuleId,
};

use crate::access::{Caller, reaches_team};
use crate::directory::{Directory, HistoryEntry, ReadFault};
use crate::graphql::rights::{sees_event, sees_person};
pub(in crate::graphql) use changes::word;
use sight::{Mask, Sight};

/// Reads entries for one caller.
#[derive(Clone)]
pub(in crate::graphql) struct Reader {
    pub directory: Directory,
    pub caller: Caller,
    /// Names are read from the log too, so only if they are asked for.
    pub with_names: bool,
}

impl Reader {
    /// The entries at some positions. Reads the log: not for an async task.
    pub(in crate::graphql) fn entries(&self, positions: &[Position]) -> Result<Vec<Entry>, ReadFault> {
        let mut entries = Vec::with_capacity(positions.len());
        for position in positions {
            if let Some(recorded) = self.directory.recorded(*position)? {
                entries.push(self.entry(recorded)?);
            }
        }
        Ok(entries)
    }

    /// One entry, if there is one and the caller may see it.
    pub(in crate::graphql) fn find(&self, position: Position) -> Result<Option<Entry>, ReadFault> {
        if position == Position::START || position > self.directory.reached() {
            return Ok(None);
        }
        let recorded = self.directory.recorded(position)?;
        let seen = recorded.filter(|recorded| self.sees(recorded));
        seen.map(|recorded| self.entry(recorded)).transpose()
    }

    /// May the caller know of this event?
    pub(in crate::graphql) fn sees(&self, recorded: &RecordedEvent) -> bool {
        sees_event(&self.directory.views(), &self.caller, recorded.envelope.subject)
    }

    /// May the caller see this user's names, addresses and the like?
    pub(in crate::graphql) fn sees_person(&self, user: UserId) -> bool {
        sees_person(&self.directory.views(), &self.caller, user)
    }

    pub(in crate::graphql) fn entry(&self, recorded: RecordedEvent) -> Result<Entry, ReadFault> {
        let entry = if self.with_names {
            self.directory.entry(recorded)?
        } else {
            HistoryEntry { recorded, actor_name: None, subject_name: None }
        };
        let sight = self.sight(about(&entry.recorded), &entry.recorded.event);
        Ok(Entry::of(entry, self, &sight))
    }

    /// What the caller may see of the person that an event is about; of nobody in particular, what may
    /// be seen of everybody.
    fn sight(&self, user: Option<UserId>, event: &Event) -> Sight<'_> {
        // Nobody has the id 0.
        let views = self.directory.views();
        let sees_person = sees_person(&views, &self.caller, user.unwrap_or(UserId(0)));
        let row = user.and_then(|user| views.users.get(user)).filter(|row| row.masked && sees_person);
        let own = |text: Option<&str>| text.map(str::to_owned);
        let mask = row.map(|row| Mask { username: own(row.username()), email: own(row.email()) });
        let attributes = attributes::spoken_of(event, views.attributes.table());
        Sight { sees_person, mask: mask.unwrap_or_default(), attributes, reader: self }
    }

    /// The name, or the number where there is none; `None` for a team that the reader may not know of.
    fn team_name(&self, team: TeamId) -> Option<String> {
        let views = self.directory.views();
        if !reaches_team(&self.caller, &views.teams, team) {
            return None;
        }
        let name = views.teams.get(team).and_then(|row| row.name.as_ref());
        Some(name.map_or_else(|| team.to_string(), |name| name.as_str().to_owned()))
    }

    fn business_unit_name(&self, unit: BusinessUnitId) -> Option<String> {
        let views = self.directory.views();
        views.business_units.get(unit)?.name.as_ref().map(|name| name.as_str().to_owned())
    }

    fn application_name(&self, application: ApplicationId) -> Option<String> {
        let views = self.directory.views();
        views.applications.get(application)?.name.as_ref().map(|name| name.as_str().to_owned())
    }

    fn user_rule_name(&self, rule: UserRuleId) -> Option<String> {
        let views = self.directory.views();
        views.user_rules.get(rule)?.name.as_ref().map(|name| name.as_str().to_owned())
    }

    fn role_name(&self, role: RoleId) -> Option<String> {
        let views = self.directory.views();
        views.roles.get(role)?.name.as_ref().map(|name| name.as_str().to_owned())
    }
}

/// The person that an event is about.
fn about(recorded: &RecordedEvent) -> Option<UserId> {
    match recorded.envelope.subject {
        Subject::User(user) => Some(user),
        Subject::UserType
        | Subject::Role(_)
        | Subject::LicensePool(_)
        | Subject::Tenant
        | Subject::Dashboard(_)
        | Subject::Team(_)
        | Subject::BusinessUnit(_)
        | Subject::Attribute(_)
        | Subject::Application(_)
        | Subject::Artefact(_)
        | Subject::UserRule(_) => None,
    }
}
