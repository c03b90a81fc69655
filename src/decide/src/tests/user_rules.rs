//! What rules do when a user is deleted.

use rollbook_schema::command::{DefineUserRule, DeleteUser};
use rollbook_schema::value::RecordUpdate::{self, *};
use rollbook_schema::value::{NewSuperior, RuleTest, UserKind};
use rollbook_schema::{RoleId, UserRuleId, Version};

use super::*;

const GONE: &str = "accessProfileFrom=STANDARD accessProfileTo=DELETED_USER";

/// Ann, 8, reports to bob, 10; the client 9 and dan, 11, report to ann.
fn company() -> Directory {
    let mut directory = Directory::small();
    directory.given(agent("bob")).given(agent("dan"));
    directory.given(report(8, Some(10))).given(report(9, Some(8))).given(report(11, Some(8)));
    directory
}

/// What a deletion of ann leads to, without the words that say how she was.
fn deletion(directory: &mut Directory) -> String {
    deletion_calling(directory, &[])
}

fn deletion_calling(directory: &mut Directory, called: &[(u64, u64)]) -> String {
    let called = called.iter().map(|(rule, version)| (UserRuleId(*rule), Version(*version))).collect();
    let decision = directory.ask(&DeleteUser { user: UserId(8), called }.into());
    outcome::text(&decision).replace(GONE, "…")
}

fn hand_over(to: NewSuperior) -> DefineUserRule {
    updating("Hand over", &[ReassignReports(to)])
}

fn user(id: u64) -> NewSuperior {
    NewSuperior::User(UserId(id))
}

#[test]
fn brl_05_direct_reports_go_to_the_superior() {
    let mut directory = company();
    directory.given(hand_over(NewSuperior::Superior));
    expect![[r#"
        UserRuleStarted user=8 rule=1
        ReportingLineChanged user=9 from=8 to=10
        ReportingLineChanged user=11 from=8 to=10
        UserRuleFinished user=8 attempt=1 changes=2 rule=1
        UserDeleted user=8 …"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn brl_05_direct_reports_go_to_nobody() {
    let mut directory = company();
    directory.given(hand_over(NewSuperior::Nobody));
    expect![[r#"
        UserRuleStarted user=8 rule=1
        ReportingLineChanged user=9 from=8
        ReportingLineChanged user=11 from=8
        UserRuleFinished user=8 attempt=1 changes=2 rule=1
        UserDeleted user=8 …"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn brl_05_one_of_them_takes_over() {
    let mut directory = company();
    directory.given(hand_over(user(11)));
    expect![[r#"
        UserRuleStarted user=8 rule=1
        ReportingLineChanged user=9 from=8 to=11
        ReportingLineChanged user=11 from=8 to=10
        UserRuleFinished user=8 attempt=1 changes=2 rule=1
        UserDeleted user=8 …"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn brl_05_a_rule_that_fails_blocks_the_deletion_and_changes_nothing() {
    let mut directory = company();
    directory.given(updating("Leave", &[EndSessions])).given(hand_over(user(8)));
    expect![[r#"
        refused: RULE_FAILED#2
        record: UserRuleStarted user=8 rule=2
        UserRuleFailed user=8 attempt=1 fault=SUPERIOR_GONE givesUp=true rule=2"#]]
    .assert_eq(&deletion(&mut directory));
    assert_eq!(directory.models.reporting.above(UserId(9)), Some(UserId(8)));
}

#[test]
fn brl_05_nobody_comes_to_stand_below_themselves() {
    let mut directory = company();
    directory.given(agent("eve")).given(report(12, Some(11))).given(hand_over(user(12)));
    expect![[r#"
        refused: RULE_FAILED#1
        record: UserRuleStarted user=8 rule=1
        UserRuleFailed user=8 attempt=1 fault=SUPERIOR_BELOW givesUp=true rule=1"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn brl_05_a_rule_takes_what_would_keep_the_user() {
    let mut directory = company();
    directory.given(team("World", None)).given(join(8, 1)).given(unit("Sales")).given(add_to_unit(8, 1));
    directory.given(select(10, &[8, 11], &[])).given(select(8, &[8], &[1]));
    directory.given(set_password(8)).given(sign_in(8, 1, 1));
    directory.when(delete(8), expect!["refused: NAMED_IN_PROXY_GRANT"]);
    let all = [RemoveGrantsTo, RemoveGrantsBy, LeaveTeams, LeaveBusinessUnits, EndSessions];
    directory.given(updating("Leave", &all));
    expect![[r#"
        UserRuleStarted user=8 rule=1
        ProxyGrantChanged user=8 from={scope:SELECTED,teams:[1],users:[8]} to={scope:SELECTED,teams:[1],users:[]}
        ProxyGrantChanged user=10 from={scope:SELECTED,teams:[],users:[8,11]} to={scope:SELECTED,teams:[],users:[11]}
        ProxyGrantChanged user=8 from={scope:SELECTED,teams:[1],users:[]} to={scope:SELECTED,teams:[],users:[]}
        TeamMemberRemoved user=8 team=1
        RemovedFromBusinessUnit user=8 businessUnit=1
        SessionsEnded user=8 cause=REVOKED
        UserRuleFinished user=8 attempt=1 changes=6 rule=1
        UserDeleted user=8 … credential=1"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn brl_05_the_own_grant_alone_does_not_keep_the_user() {
    let mut directory = company();
    directory.given(select(8, &[8], &[])).given(updating("Leave", &[RemoveGrantsBy]));
    expect![[r#"
        UserRuleStarted user=8 rule=1
        ProxyGrantChanged user=8 from={scope:SELECTED,teams:[],users:[8]} to={scope:SELECTED,teams:[],users:[]}
        UserRuleFinished user=8 attempt=1 changes=1 rule=1
        UserDeleted user=8 …"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn rules_run_in_their_order_and_what_is_done_is_done() {
    let mut directory = company();
    directory.given(hand_over(NewSuperior::Nobody));
    let first = DefineUserRule { order: Some(1), ..hand_over(NewSuperior::Superior) };
    let first = DefineUserRule { name: calling_after("Before that").name, ..first };
    directory.given(first);
    expect![[r#"
        UserRuleStarted user=8 rule=2
        ReportingLineChanged user=9 from=8 to=10
        ReportingLineChanged user=11 from=8 to=10
        UserRuleFinished user=8 attempt=1 changes=2 rule=2
        UserRuleStarted user=8 rule=1
        UserRuleFinished user=8 attempt=1 changes=0 rule=1
        UserDeleted user=8 …"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn a_rule_runs_for_whom_its_condition_names_and_while_it_is_in_force() {
    let with = |condition| DefineUserRule { condition, ..calling_after("Clean up") };
    let agents = vec![RuleTest::Kind(UserKind::Agent), RuleTest::Role(RoleId(1))];
    let mut directory = company();
    directory.given(with(agents)).given(assign(8, 1));
    directory.when(
        delete(9),
        expect!["UserDeleted user=9 accessProfileFrom=STANDARD accessProfileTo=DELETED_USER"],
    );
    let mut off = company();
    off.given(calling_after("Clean up")).given(disable_rule(1));
    expect!["UserDeleted user=8 …"].assert_eq(&deletion(&mut off));
    expect![[r#"
        UserRuleQueued user=8 rule=1
        UserDeleted user=8 … seatReleased=READ_WRITE"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn brl_03_a_rule_to_be_called_was_called_as_it_is_now() {
    let mut directory = company();
    directory.given(calling_before("Tell"));
    expect!["refused: RULE_NOT_CALLED#1"].assert_eq(&deletion(&mut directory));
    directory.given(disable_rule(1)).given(enable_rule(1));
    expect!["refused: RULE_NOT_CALLED#1"].assert_eq(&deletion_calling(&mut directory, &[(1, 1)]));
    expect!["UserDeleted user=8 …"].assert_eq(&deletion_calling(&mut directory, &[(7, 1), (1, 3)]));
}

#[test]
fn nobody_is_called_for_a_deletion_that_is_refused_anyway() {
    let mut directory = company();
    directory.given(calling_before("Tell")).because("ticket 7").given(hold(8));
    expect![[r#"
        refused: LEGAL_HOLD
        record: AttemptDenied code=LEGAL_HOLD command=DeleteUser on={user:8}"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn one_rule_changes_a_thousand_records_at_most() {
    let mut directory = Directory::small();
    for number in 0..=1000 {
        directory.given(client(&format!("c{number}"))).given(report(10 + number, Some(8)));
    }
    directory.given(hand_over(NewSuperior::Nobody));
    expect![[r#"
        refused: RULE_FAILED#1
        record: UserRuleStarted user=8 rule=1
        UserRuleFailed user=8 attempt=1 fault=TOO_MANY_CHANGES givesUp=true rule=1"#]]
    .assert_eq(&deletion(&mut directory));
}

#[test]
fn every_update_finds_nothing_where_there_is_nothing() {
    const ALL: [RecordUpdate; 6] = [
        ReassignReports(NewSuperior::Superior),
        RemoveGrantsBy,
        RemoveGrantsTo,
        LeaveTeams,
        LeaveBusinessUnits,
        EndSessions,
    ];
    let mut directory = Directory::small();
    directory.given(updating("Leave", &ALL));
    expect![[r#"
        UserRuleStarted user=8 rule=1
        UserRuleFinished user=8 attempt=1 changes=0 rule=1
        UserDeleted user=8 …"#]]
    .assert_eq(&deletion(&mut directory));
}
