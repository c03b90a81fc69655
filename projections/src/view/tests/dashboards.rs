//! Which dashboard is shown to whom.

use rollbook_schema::event::{DashboardDefined, DashboardDeleted, RoleDashboardSet, RoleDeleted};
use rollbook_schema::value::DashboardName;
use rollbook_schema::{DashboardId, Personal, RoleId};

use super::story::Story;

const SYSTEM: DashboardId = DashboardId::SYSTEM;

/// Dashboards 1 and 2; role 1 gives none, role 2 gives 2, role 3 gives 1.
fn story() -> Story {
    let mut story = Story::default();
    for (id, name) in [(1, "Sales"), (2, "Support")] {
        let name = Personal::Known(DashboardName::parse(name).unwrap());
        story.tell(DashboardDefined { dashboard: DashboardId(id), name });
    }
    for (role, dashboard) in [(2, 2), (3, 1)] {
        let to = Some(DashboardId(dashboard));
        story.tell(RoleDashboardSet { role: RoleId(role), from: None, to });
    }
    story
}

fn effective(story: &Story, chosen: Option<u64>, roles: &[u64]) -> DashboardId {
    let roles: Vec<RoleId> = roles.iter().copied().map(RoleId).collect();
    story.views.dashboards.effective(chosen.map(DashboardId), &roles)
}

#[test]
fn prf_11_the_first_role_by_creation_that_has_a_default_decides() {
    let story = story();
    assert_eq!(effective(&story, None, &[1, 2, 3]), DashboardId(2));
    assert_eq!(effective(&story, None, &[3, 2, 1]), DashboardId(2));
    assert_eq!(effective(&story, None, &[1, 3]), DashboardId(1));
}

#[test]
fn prf_10_there_is_always_one() {
    let story = story();
    assert_eq!(effective(&story, None, &[]), SYSTEM);
    assert_eq!(effective(&story, None, &[1]), SYSTEM);
    assert_eq!(effective(&story, Some(99), &[1]), SYSTEM);
}

#[test]
fn prf_12_what_is_gone_is_passed_over_as_a_choice_and_as_a_default() {
    let mut story = story();
    assert_eq!(effective(&story, Some(2), &[3]), DashboardId(2));
    story.tell(DashboardDeleted { dashboard: DashboardId(2) });
    assert_eq!(effective(&story, Some(2), &[2, 3]), DashboardId(1));
    story.tell(RoleDeleted { role: RoleId(3) });
    assert_eq!(effective(&story, Some(2), &[2, 3]), SYSTEM);
}
