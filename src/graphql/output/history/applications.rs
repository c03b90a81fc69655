//! What events about applications, access to them and portal pages changed.

use rollbook_schema::value::{self, PortalPage};
use rollbook_schema::{Event, RoleId};

use super::changes::List;
use super::word;
use crate::graphql::id;
use crate::graphql::output::RolePolicy;

pub(super) fn list(list: &mut List<'_>, event: &Event) {
    match event {
        Event::ApplicationDefined(e) => {
            list.clear("name", None, e.name.known().map(|name| name.as_str()));
            list.clear("roles", None, roles(&e.roles));
            list.clear("rolePolicy", None, e.policy.map(policy));
        }
        Event::ApplicationChanged(e) => {
            if let Some(name) = e.name.known() {
                list.clear("name", Some(name.from.as_str()), Some(name.to.as_str()));
            }
            if let Some(change) = &e.roles {
                list.clear("roles", roles(&change.from), roles(&change.to));
            }
            if let Some(change) = &e.policy {
                list.clear("rolePolicy", change.from.map(policy), change.to.map(policy));
            }
        }
        Event::ApplicationDeleted(_) => list.clear("deleted", Some(false), Some(true)),
        Event::ApplicationAccessGranted(e) => {
            list.clear("application", None, Some(id::of_application(e.application).0));
            list.clear("roles", roles(&e.from), roles(&e.to));
        }
        Event::ApplicationAccessRevoked(e) => {
            list.clear("application", Some(id::of_application(e.application).0), None);
            list.clear("roles", roles(&e.from), None);
        }
        Event::ActiveRoleChosen(e) => {
            list.clear("session", None, Some(id::of_session(e.user, e.session).0));
            list.clear("activeRole", Some(id::of_role(e.from).0), Some(id::of_role(e.to).0));
        }
        Event::RolePortalPagesSet(e) => {
            let change = e.pages.known();
            let (from, to) = (change.map(|change| &change.from), change.map(|change| &change.to));
            list.clear("portalPages", from.and_then(|it| pages(it)), to.and_then(|it| pages(it)));
        }
        _ => {}
    }
}

/// Null for none.
fn roles(roles: &[RoleId]) -> Option<String> {
    let named: Vec<String> = roles.iter().map(|role| id::of_role(*role).0).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

fn pages(pages: &[PortalPage]) -> Option<String> {
    let named: Vec<&str> = pages.iter().map(PortalPage::as_str).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

fn policy(policy: value::RolePolicy) -> String {
    word(RolePolicy::from(policy))
}
