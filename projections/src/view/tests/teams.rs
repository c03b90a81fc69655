//! Teams and business units: both ways of asking, and who reaches whom.

use rollbook_schema::event::{
    AddedToBusinessUnit, BusinessUnitCreated, TeamCreated, TeamDeleted, TeamMemberAdded, TeamMemberRemoved,
    TeamMoved,
};
use rollbook_schema::value::{BusinessUnitName, TeamName};
use rollbook_schema::{BusinessUnitId, Personal, TeamId, UserId};

use super::story::Story;
use crate::view::UserSet;

fn team(story: &mut Story, id: u64, parent: Option<u64>) -> TeamId {
    let name = Personal::Known(TeamName::parse(&format!("Team {id}")).unwrap());
    story.tell(TeamCreated { team: TeamId(id), parent: parent.map(TeamId), name });
    TeamId(id)
}

fn ids(users: &UserSet) -> Vec<u64> {
    users.iter().map(|user| user.0).collect()
}

/// 1 above 2 above 3, and 4 beside; users 8 to 11 in the teams 1 to 4, and 12 in none.
fn tree() -> Story {
    let mut story = Story::default();
    for (id, parent) in [(1, None), (2, Some(1)), (3, Some(2)), (4, None)] {
        let team = team(&mut story, id, parent);
        let user = story.create(7 + id, &format!("user{id}"), "Somebody");
        story.tell(TeamMemberAdded { user, team });
    }
    story.create(12, "user5", "Somebody");
    story
}

#[test]
fn tea_01_membership_is_asked_both_ways() {
    let mut story = tree();
    story.tell(TeamMemberAdded { user: UserId(8), team: TeamId(4) });
    assert_eq!(story.views.teams.of(UserId(8)), [TeamId(1), TeamId(4)]);
    assert_eq!(ids(&story.views.teams.members(TeamId(4))), [8, 11]);
    story.tell(TeamMemberRemoved { user: UserId(8), team: TeamId(1) });
    assert_eq!(story.views.teams.of(UserId(8)), [TeamId(4)]);
    assert!(story.views.teams.members(TeamId(1)).is_empty());
}

#[test]
fn tea_06_reach_goes_down_and_not_up_or_aside() {
    let story = tree();
    let reach = |user| story.views.teams.reach(UserId(user)).map(|users| ids(&users));
    assert_eq!(reach(8), Some(vec![8, 9, 10]));
    assert_eq!(reach(10), Some(vec![10]));
    assert_eq!(reach(12), None, "who is in no team reaches everybody");
    assert_eq!(ids(&story.views.teams.members_within(TeamId(2))), [9, 10]);
}

#[test]
fn tea_06_moving_a_team_moves_the_reach_of_all_below_it() {
    let mut story = tree();
    story.tell(TeamMoved { team: TeamId(2), from: Some(TeamId(1)), to: Some(TeamId(4)) });
    let reach = |user| story.views.teams.reach(UserId(user)).map(|users| ids(&users));
    assert_eq!((reach(8), reach(11)), (Some(vec![8]), Some(vec![9, 10, 11])));
}

#[test]
fn one_user_is_reached_exactly_if_the_whole_reach_holds_them() {
    let mut story = tree();
    story.delete(UserId(10));
    let teams = &story.views.teams;
    for asker in 8..=12 {
        for user in 8..=13 {
            let expected = teams.reach(UserId(asker)).is_none_or(|reach| reach.contains(UserId(user)));
            assert_eq!(teams.reaches(UserId(asker), UserId(user)), expected, "{asker} {user}");
        }
    }
}

#[test]
fn a_deleted_user_is_in_no_team_and_within_the_reach_of_before() {
    let mut story = tree();
    story.delete(UserId(10));
    assert!(story.views.teams.members(TeamId(3)).is_empty());
    assert!(story.views.teams.reaches(UserId(8), UserId(10)));
    assert!(!story.views.teams.reaches(UserId(11), UserId(10)));
}

#[test]
fn a_log_with_a_cycle_of_teams_is_still_answered() {
    let mut story = tree();
    story.tell(TeamMoved { team: TeamId(1), from: None, to: Some(TeamId(3)) });
    assert_eq!(story.views.teams.reach(UserId(9)).map(|users| ids(&users)), Some(vec![8, 9, 10]));
    assert!(!story.views.teams.reaches(UserId(11), UserId(8)));
}

#[test]
fn a_deleted_team_lies_nowhere_and_keeps_its_name() {
    let mut story = tree();
    story.tell(TeamMemberRemoved { user: UserId(10), team: TeamId(3) });
    story.tell(TeamDeleted { team: TeamId(3) });
    let row = story.views.teams.get(TeamId(3)).unwrap();
    assert!(row.deleted && row.name.is_some());
    assert_eq!(story.views.teams.get(TeamId(2)).unwrap().subteams().count(), 0);
}

#[test]
fn tea_04_business_units_are_asked_both_ways() {
    let mut story = tree();
    let business_unit = BusinessUnitId(1);
    let name = Personal::Known(BusinessUnitName::parse("Sales").unwrap());
    story.tell(BusinessUnitCreated { business_unit, name });
    for user in [UserId(8), UserId(9)] {
        story.tell(AddedToBusinessUnit { user, business_unit });
    }
    assert_eq!(story.views.business_units.of(UserId(8)), [business_unit]);
    story.delete(UserId(8));
    assert_eq!(ids(&story.views.business_units.members(business_unit)), [9]);
}
