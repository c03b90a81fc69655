//! Samples of what happens to teams, business units and proxy logins.

use crate::event::{
    AddedToBusinessUnit, BusinessUnitCreated, BusinessUnitDeleted, BusinessUnitRenamed, Change, Event,
    ProxyEnded, ProxyGrantChanged, ProxyStarted, RemovedFromBusinessUnit, TeamCreated, TeamDeleted,
    TeamMemberAdded, TeamMemberRemoved, TeamMoved, TeamRenamed,
};
use crate::id::{BusinessUnitId, Digest, SessionId, TeamId, UserId};
use crate::personal::Personal;
use crate::value::{BusinessUnitName, ProxyGrant, TeamName, Timestamp};

const ADA: UserId = UserId(8);
const TEAM: TeamId = TeamId(2);
const UNIT: BusinessUnitId = BusinessUnitId(3);

/// Every event of this file at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    [teams(), business_units(), proxies()].concat()
}

fn teams() -> Vec<Event> {
    let name = |text: &str| TeamName::parse(text).unwrap();
    let (user, team) = (ADA, TEAM);
    vec![
        TeamCreated { team, parent: Some(TeamId(1)), name: Personal::Known(name("East")) }.into(),
        TeamCreated { team, parent: None, name: Personal::Known(name("World")) }.into(),
        TeamRenamed { team, name: Personal::Known(Change { from: name("East"), to: name("Far East") }) }
            .into(),
        TeamMoved { team, from: Some(TeamId(1)), to: None }.into(),
        TeamMoved { team, from: None, to: Some(TeamId(1)) }.into(),
        TeamDeleted { team }.into(),
        TeamMemberAdded { user, team }.into(),
        TeamMemberRemoved { user, team }.into(),
    ]
}

fn business_units() -> Vec<Event> {
    let name = |text: &str| BusinessUnitName::parse(text).unwrap();
    let (user, business_unit) = (ADA, UNIT);
    let renamed = Change { from: name("Sales"), to: name("Sales and Service") };
    vec![
        BusinessUnitCreated { business_unit, name: Personal::Known(name("Sales")) }.into(),
        BusinessUnitRenamed { business_unit, name: Personal::Known(renamed) }.into(),
        BusinessUnitDeleted { business_unit }.into(),
        AddedToBusinessUnit { user, business_unit }.into(),
        RemovedFromBusinessUnit { user, business_unit }.into(),
    ]
}

fn proxies() -> Vec<Event> {
    let (user, session) = (ADA, SessionId([7; 16]));
    let selected = ProxyGrant::selected(vec![UserId(9), UserId(300)], vec![TEAM]);
    vec![
        ProxyGrantChanged { user, from: ProxyGrant::default(), to: selected }.into(),
        ProxyStarted {
            user,
            session,
            parent: SessionId([6; 16]),
            token_digest: Digest([9; 32]),
            expires_at: Timestamp::from_millis(1_700_000_000_000),
        }
        .into(),
        ProxyEnded { user, session }.into(),
    ]
}
