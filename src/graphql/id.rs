//! Ids that say their type: `user_8`, `role_1`, `event_42`.

use std::fmt;

use async_graphql::ID;
use rollbook_schema::value::LicenseType;
use rollbook_schema::{
    ApplicationId, ArtefactId, AttributeId, BusinessUnitId, DashboardId, Position, RoleId, SavedViewId,
    SessionId, Subject, TeamId, UserId, UserRuleId,
};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GlobalId {
    User(UserId),
    Role(RoleId),
    Dashboard(DashboardId),
    Team(TeamId),
    BusinessUnit(BusinessUnitId),
    Attribute(AttributeId),
    Application(ApplicationId),
    Artefact(ArtefactId),
    UserRule(UserRuleId),
    /// By its position: what the log is read by.
    Event(Position),
}

impl GlobalId {
    /// Only the form that is handed out: `user_08` names nothing.
    pub(super) fn parse(id: &ID) -> Option<GlobalId> {
        let (kind, digits) = id.split_once('_')?;
        let number: u64 = digits.parse().ok()?;
        let id = match kind {
            "user" => GlobalId::User(UserId(number)),
            "role" => GlobalId::Role(RoleId(number)),
            "dashboard" => GlobalId::Dashboard(DashboardId(number)),
            "team" => GlobalId::Team(TeamId(number)),
            "unit" => GlobalId::BusinessUnit(BusinessUnitId(number)),
            "attribute" => GlobalId::Attribute(AttributeId(number)),
            "application" => GlobalId::Application(ApplicationId(number)),
            "artefact" => GlobalId::Artefact(ArtefactId(number)),
            "rule" => GlobalId::UserRule(UserRuleId(number)),
            "event" => GlobalId::Event(Position(number)),
            _ => return None,
        };
        (number.to_string() == digits).then_some(id)
    }
}

impl fmt::Display for GlobalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GlobalId::User(id) => write!(f, "user_{id}"),
            GlobalId::Role(id) => write!(f, "role_{id}"),
            GlobalId::Dashboard(id) => write!(f, "dashboard_{id}"),
            GlobalId::Team(id) => write!(f, "team_{id}"),
            GlobalId::BusinessUnit(id) => write!(f, "unit_{id}"),
            GlobalId::Attribute(id) => write!(f, "attribute_{id}"),
            GlobalId::Application(id) => write!(f, "application_{id}"),
            GlobalId::Artefact(id) => write!(f, "artefact_{id}"),
            GlobalId::UserRule(id) => write!(f, "rule_{id}"),
            GlobalId::Event(position) => write!(f, "event_{position}"),
        }
    }
}

pub(super) fn of_user(user: UserId) -> ID {
    ID(GlobalId::User(user).to_string())
}

pub(super) fn of_role(role: RoleId) -> ID {
    ID(GlobalId::Role(role).to_string())
}

pub(super) fn of_dashboard(dashboard: DashboardId) -> ID {
    ID(GlobalId::Dashboard(dashboard).to_string())
}

/// Says whose session it is, so that it is found under its user.
pub(super) fn of_session(user: UserId, session: SessionId) -> ID {
    ID(format!("session_{user}_{session}"))
}

/// Only the form that is handed out.
pub(super) fn session(id: &ID) -> Option<(UserId, SessionId)> {
    let (user, session) = id.strip_prefix("session_")?.split_once('_')?;
    let found = (UserId(user.parse().ok()?), session.parse().ok()?);
    (of_session(found.0, found.1) == *id).then_some(found)
}

/// Says whose view it is, as that of a session does; of the company's, the tenant.
pub(super) fn of_saved_view(owner: UserId, view: SavedViewId) -> ID {
    ID(format!("view_{owner}_{view}"))
}

/// Only the form that is handed out.
pub(super) fn saved_view(id: &ID) -> Option<(UserId, SavedViewId)> {
    let (owner, view) = id.strip_prefix("view_")?.split_once('_')?;
    let found = (UserId(owner.parse().ok()?), SavedViewId(view.parse().ok()?));
    (of_saved_view(found.0, found.1) == *id).then_some(found)
}

pub(super) fn of_team(team: TeamId) -> ID {
    ID(GlobalId::Team(team).to_string())
}

pub(super) fn of_business_unit(unit: BusinessUnitId) -> ID {
    ID(GlobalId::BusinessUnit(unit).to_string())
}

pub(super) fn of_attribute(attribute: AttributeId) -> ID {
    ID(GlobalId::Attribute(attribute).to_string())
}

pub(super) fn of_application(application: ApplicationId) -> ID {
    ID(GlobalId::Application(application).to_string())
}

pub(super) fn of_artefact(artefact: ArtefactId) -> ID {
    ID(GlobalId::Artefact(artefact).to_string())
}

pub(super) fn artefact(id: &ID) -> Option<ArtefactId> {
    match GlobalId::parse(id) {
        Some(GlobalId::Artefact(artefact)) => Some(artefact),
        _ => None,
    }
}

pub(super) fn application(id: &ID) -> Option<ApplicationId> {
    match GlobalId::parse(id) {
        Some(GlobalId::Application(application)) => Some(application),
        _ => None,
    }
}

pub(super) fn of_user_rule(rule: UserRuleId) -> ID {
    ID(GlobalId::UserRule(rule).to_string())
}

pub(super) fn user_rule(id: &ID) -> Option<UserRuleId> {
    match GlobalId::parse(id) {
        Some(GlobalId::UserRule(rule)) => Some(rule),
        _ => None,
    }
}

pub(super) fn of_event(position: Position) -> ID {
    ID(GlobalId::Event(position).to_string())
}

/// A session in which somebody acts as another: a ULID.
pub(super) fn of_proxy_session(session: SessionId) -> ID {
    ID(session.to_string())
}

/// What an event is about; `None` where there is one only.
pub(super) fn of_subject(subject: Subject) -> Option<ID> {
    match subject {
        Subject::User(user) => Some(of_user(user)),
        Subject::Role(role) => Some(of_role(role)),
        Subject::Dashboard(dashboard) => Some(of_dashboard(dashboard)),
        Subject::Team(team) => Some(of_team(team)),
        Subject::BusinessUnit(unit) => Some(of_business_unit(unit)),
        Subject::Attribute(attribute) => Some(of_attribute(attribute)),
        Subject::Application(application) => Some(of_application(application)),
        Subject::Artefact(artefact) => Some(of_artefact(artefact)),
        Subject::UserRule(rule) => Some(of_user_rule(rule)),
        Subject::LicensePool(LicenseType::ReadWrite) => Some(ID("pool_READ_WRITE".to_owned())),
        Subject::LicensePool(LicenseType::ReadOnly) => Some(ID("pool_READ_ONLY".to_owned())),
        Subject::UserType | Subject::Tenant => None,
    }
}

/// What an event can be about, by its id.
pub(super) fn subject(id: &ID) -> Option<Subject> {
    Some(match GlobalId::parse(id) {
        Some(GlobalId::User(user)) => Subject::User(user),
        Some(GlobalId::Role(role)) => Subject::Role(role),
        Some(GlobalId::Dashboard(dashboard)) => Subject::Dashboard(dashboard),
        Some(GlobalId::Team(team)) => Subject::Team(team),
        Some(GlobalId::BusinessUnit(unit)) => Subject::BusinessUnit(unit),
        Some(GlobalId::Attribute(attribute)) => Subject::Attribute(attribute),
        Some(GlobalId::Application(application)) => Subject::Application(application),
        Some(GlobalId::Artefact(artefact)) => Subject::Artefact(artefact),
        Some(GlobalId::UserRule(rule)) => Subject::UserRule(rule),
        Some(GlobalId::Event(_)) => return None,
        None => {
            let pools = [LicenseType::ReadWrite, LicenseType::ReadOnly].map(Subject::LicensePool);
            return pools.into_iter().find(|pool| of_subject(*pool).as_ref() == Some(id));
        }
    })
}

pub(super) fn user(id: &ID) -> Option<UserId> {
    match GlobalId::parse(id) {
        Some(GlobalId::User(user)) => Some(user),
        _ => None,
    }
}

pub(super) fn role(id: &ID) -> Option<RoleId> {
    match GlobalId::parse(id) {
        Some(GlobalId::Role(role)) => Some(role),
        _ => None,
    }
}

pub(super) fn event(id: &ID) -> Option<Position> {
    match GlobalId::parse(id) {
        Some(GlobalId::Event(position)) => Some(position),
        _ => None,
    }
}

pub(super) fn dashboard(id: &ID) -> Option<DashboardId> {
    match GlobalId::parse(id) {
        Some(GlobalId::Dashboard(dashboard)) => Some(dashboard),
        _ => None,
    }
}

pub(super) fn team(id: &ID) -> Option<TeamId> {
    match GlobalId::parse(id) {
        Some(GlobalId::Team(team)) => Some(team),
        _ => None,
    }
}

pub(super) fn business_unit(id: &ID) -> Option<BusinessUnitId> {
    match GlobalId::parse(id) {
        Some(GlobalId::BusinessUnit(unit)) => Some(unit),
        _ => None,
    }
}

pub(super) fn attribute(id: &ID) -> Option<AttributeId> {
    match GlobalId::parse(id) {
        Some(GlobalId::Attribute(attribute)) => Some(attribute),
        _ => None,
    }
}
