//! The access review: who held which right at a moment, and who had given it. As lines for GraphQL, CSV
//! and JSON alike, each as far as whoever asks may see it.

mod csv;
mod routes;

use rollbook_projections::access_review::{AccessReview, Holding, HoldingKey, Right};
use rollbook_projections::view::Views;
use rollbook_schema::UserId;
use rollbook_schema::record::ActorKind;
use rollbook_schema::value::{AccessProfile, LicenseType, PersonField, ProxyGrant, ProxyScope};
use serde::Serialize;

use crate::access::{Caller, Capability, holds, profile_holds, reaches, reaches_team, uses};

pub use csv::{HEADING, write_line};
pub use routes::{Form, download, routes};

/// One right of one user. Ids are those of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewLine {
    /// Who holds it.
    pub user: String,
    /// Null for readers who may not see people.
    pub user_name: Option<String>,
    /// False while the user is disabled: nothing can be done with the right then.
    pub user_active: bool,
    /// `ACCESS_PROFILE`, `LICENSE`, `ROLE`, `TEAM` or `PROXY`.
    pub right: &'static str,
    /// Which: a profile, a type of license, an id, or the scope of a proxy right.
    pub which: String,
    /// The name of the role or team at that moment; for a selected proxy right, whom it covers, by id.
    pub name: Option<String>,
    /// Who gave it.
    pub granted_by: String,
    /// `PERSON`, `AUTOMATION`, `OPERATOR` or `PROVIDER`.
    pub granted_by_kind: &'static str,
    /// As whom it was given, where somebody acted as somebody else.
    pub on_behalf_of: Option<String>,
    /// By which event.
    pub position: u64,
    /// When that was recorded.
    pub granted_at: String,
}

/// Who reads a review, and from what.
#[derive(Clone, Copy)]
pub struct Reviewer<'a> {
    /// Rights at the moment.
    pub rights: &'a AccessReview,
    /// Names at the moment; `None` shows none.
    pub views: Option<&'a Views>,
    /// What reach is judged by; `None` for the operator, who reaches everybody.
    pub today: Option<&'a Views>,
    /// Who asks.
    pub caller: Caller,
}

impl<'a> Reviewer<'a> {
    /// Every right behind a place that may be seen, in the order of users.
    pub fn holdings(self, behind: Option<HoldingKey>) -> impl Iterator<Item = Holding<'a>> {
        let all = self.rights.behind(behind).filter(move |holding| self.sees(holding));
        all.filter(move |holding| behind.is_none_or(|key| holding.key() > key))
    }

    /// A right as a line.
    #[must_use]
    pub fn line(&self, holding: &Holding<'_>) -> ReviewLine {
        let (right, which, name) = self.named(&holding.right);
        let granted = holding.granted;
        ReviewLine {
            user: user_id(holding.user),
            user_name: self.user_name(holding.user),
            user_active: holding.active,
            right,
            which,
            name,
            granted_by: user_id(granted.actor.id),
            granted_by_kind: actor_kind(granted.actor.kind),
            on_behalf_of: granted.on_behalf_of.map(user_id),
            position: granted.position.0,
            granted_at: granted.at.to_string(),
        }
    }

    fn sees(&self, holding: &Holding<'_>) -> bool {
        let may = |capability| holds(&self.caller, capability);
        self.knows_of(holding.user)
            && match holding.right {
                Right::AccessProfile(_) | Right::Proxy(_) => true,
                Right::License(_) => may(Capability::SeeLicenses),
                Right::Role(_) => may(Capability::SeeRoles),
                Right::Team(team) => {
                    let reaches = |today: &Views| reaches_team(&self.caller, &today.teams, team);
                    may(Capability::SeeTeams) && self.today.is_none_or(reaches)
                }
            }
    }

    /// Whoever is out of reach, or restricted, is not there for this reader (Article 18 GDPR).
    fn knows_of(&self, user: UserId) -> bool {
        let knows =
            |today: &Views| reaches(&self.caller, &today.teams, user) && uses(&self.caller, today, user);
        self.today.is_none_or(knows)
    }

    fn user_name(&self, user: UserId) -> Option<String> {
        let sees = holds(&self.caller, Capability::SeePeople) || self.caller.user() == Some(user);
        let row = self.views.filter(|_| sees)?.users.get(user)?;
        row.person(PersonField::DisplayName).map(str::to_owned)
    }

    fn named(&self, right: &Right<'_>) -> (&'static str, String, Option<String>) {
        match right {
            Right::AccessProfile(profile) => ("ACCESS_PROFILE", profile_name(*profile).to_owned(), None),
            Right::License(license) => ("LICENSE", license_name(*license).to_owned(), None),
            Right::Role(role) => {
                let row = self.views.and_then(|views| views.roles.get(*role));
                let name = row.and_then(|row| row.name.as_ref()).map(|name| name.as_str().to_owned());
                ("ROLE", format!("role_{role}"), name)
            }
            Right::Team(team) => {
                let row = self.views.and_then(|views| views.teams.get(*team));
                let name = row.and_then(|row| row.name.as_ref()).map(|name| name.as_str().to_owned());
                ("TEAM", format!("team_{team}"), name)
            }
            Right::Proxy(grant) => ("PROXY", scope_name(grant.scope).to_owned(), self.covered(grant)),
        }
    }

    /// Whom a selected grant names, as far as they may be known of.
    fn covered(&self, grant: &ProxyGrant) -> Option<String> {
        let sees_user = |user: &&UserId| self.knows_of(**user);
        let sees_team = |team: &&rollbook_schema::TeamId| {
            self.today.is_none_or(|today| reaches_team(&self.caller, &today.teams, **team))
        };
        let users = grant.users.iter().filter(sees_user).map(|user| user_id(*user));
        let teams = grant.teams.iter().filter(sees_team).map(|team| format!("team_{team}"));
        let named: Vec<String> = users.chain(teams).collect();
        (grant.scope == ProxyScope::Selected).then(|| named.join(" "))
    }
}

/// Does a profile permit to act as somebody else? Whoever has it may act as everybody they reach, unless
/// their proxy right was changed.
#[must_use]
pub fn permits_proxy(profile: AccessProfile) -> bool {
    profile_holds(profile, Capability::ProxyLogin)
}

fn user_id(user: UserId) -> String {
    format!("user_{user}")
}

fn actor_kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "PERSON",
        ActorKind::Automation => "AUTOMATION",
        ActorKind::Operator => "OPERATOR",
        ActorKind::Provider => "PROVIDER",
    }
}

fn profile_name(profile: AccessProfile) -> &'static str {
    match profile {
        AccessProfile::Administrator => "ADMINISTRATOR",
        AccessProfile::UserManager => "USER_MANAGER",
        AccessProfile::Auditor => "AUDITOR",
        AccessProfile::ComplianceOfficer => "COMPLIANCE_OFFICER",
        AccessProfile::Standard => "STANDARD",
        AccessProfile::DeletedUser => "DELETED_USER",
    }
}

/// The name of a type of license in the API.
#[must_use]
pub fn license_name(license: LicenseType) -> &'static str {
    match license {
        LicenseType::ReadWrite => "READ_WRITE",
        LicenseType::ReadOnly => "READ_ONLY",
    }
}

fn scope_name(scope: ProxyScope) -> &'static str {
    match scope {
        ProxyScope::All => "ALL",
        ProxyScope::Selected => "SELECTED",
    }
}
