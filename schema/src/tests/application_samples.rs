//! Samples of what happens to applications, who runs them, and pages of the portal.

use crate::event::{
    ActiveRoleChosen, ApplicationAccessGranted, ApplicationAccessRevoked, ApplicationChanged,
    ApplicationDefined, ApplicationDeleted, Change, Event, RolePortalPagesSet,
};
use crate::id::{ApplicationId, RoleId, SessionId, UserId};
use crate::personal::Personal;
use crate::value::{ApplicationName, PortalPage, RolePolicy};

/// Every event of this file at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let name = |text: &str| ApplicationName::parse(text).unwrap();
    let (user, application, session) = (UserId(8), ApplicationId(2), SessionId([7; 16]));
    let (first, second) = (RoleId(1), RoleId(3));
    let page = |text: &str| PortalPage::parse(text).unwrap();
    let defined = |policy, roles| {
        ApplicationDefined { application, roles, policy, name: Personal::Known(name("Sales")) }.into()
    };
    vec![
        defined(None, Vec::new()),
        defined(Some(RolePolicy::ActiveOne), vec![first, second]),
        ApplicationChanged {
            application,
            roles: Some(Change { from: vec![first, second], to: vec![first] }),
            policy: Some(Change { from: Some(RolePolicy::ActiveOne), to: None }),
            name: Personal::Absent,
        }
        .into(),
        ApplicationChanged {
            application,
            roles: None,
            policy: None,
            name: Personal::Known(Change { from: name("Sales"), to: name("Sales East") }),
        }
        .into(),
        ApplicationChanged {
            application,
            roles: None,
            policy: Some(Change { from: None, to: Some(RolePolicy::Union) }),
            name: Personal::Absent,
        }
        .into(),
        ApplicationDeleted { application }.into(),
        ApplicationAccessGranted { user, application, from: vec![first], to: vec![first, second] }.into(),
        ApplicationAccessRevoked { user, application, from: vec![first, second] }.into(),
        ActiveRoleChosen { user, session, application, from: first, to: second }.into(),
        RolePortalPagesSet {
            role: second,
            pages: Personal::Known(Change { from: Vec::new(), to: vec![page("/tickets"), page("/welcome")] }),
        }
        .into(),
    ]
}
