//! Everything that has an id.

use async_graphql::{ID, Interface};

use super::{
    Application, Artefact, AttributeDefinition, BusinessUnit, Dashboard, Entry, Role, Team, User, UserRule,
};

/// Something that can be read again by its id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "&ID"))]
pub(in crate::graphql) enum Node {
    User(User),
    Role(Role),
    Team(Team),
    BusinessUnit(BusinessUnit),
    HistoryEntry(Entry),
    Dashboard(Dashboard),
    AttributeDefinition(AttributeDefinition),
    Application(Application),
    Artefact(Artefact),
    UserRule(UserRule),
}
