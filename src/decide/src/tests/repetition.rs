//! A repeated command is known by what it led to; a refused one is judged anew.

use rollbook_schema::command::RunStep;
use rollbook_schema::event::{EventType, MaskMode};
use rollbook_schema::value::{DateOrder, Preference, RecordUpdate, RolePolicy};
use rollbook_schema::{Actor, Command, CommandId, Subject, UserId};

use rollbook_schema::value::{Setting, SettingValue};

use super::*;

fn last_command(directory: &Directory) -> CommandId {
    CommandId(u128::from(directory.commands).to_be_bytes())
}

#[test]
fn acc_21_a_carried_out_command_has_a_receipt_over_all_its_events() {
    let mut directory = Directory::small();
    directory.given(with_roles(&[1], with_password("bob")));
    let id = last_command(&directory);
    let receipt = directory.models.commands.receipt(Actor::OPERATOR.id, id).expect("it is known");
    assert_eq!(receipt.first_event, EventType::UserCreated);
    assert_eq!(receipt.subject, Subject::User(UserId(10)));
    assert_eq!(receipt.last.0 - receipt.first.0, 3);
    assert_eq!(receipt.last, directory.models.head());
}

#[test]
fn a_command_of_another_actor_is_another_command() {
    let mut directory = Directory::small();
    directory.given(agent("bob"));
    let id = last_command(&directory);
    assert_eq!(directory.models.commands.receipt(UserId(8), id), None);
}

/// Asks a command that leaves a trace, and says whether it has a receipt.
#[track_caller]
fn has_receipt(directory: &mut Directory, command: impl Into<Command>) -> bool {
    let before = directory.log.len();
    directory.tried(command);
    assert!(directory.log.len() > before, "the command leaves a trace");
    let actor = directory.actor.id;
    directory.models.commands.receipt(actor, last_command(directory)).is_some()
}

#[test]
fn the_trace_of_a_refusal_is_no_receipt() {
    let mut directory = Directory::small();
    directory.given(size(ReadWrite, 0)).given(set_password(8));
    assert!(!has_receipt(&mut directory, grant(8, ReadWrite)));
    assert!(!has_receipt(&mut directory, automated(agent("ann"))));
    for _ in 0..3 {
        assert!(!has_receipt(&mut directory, wrong_password(8)));
    }
    assert!(directory.user(8).locked);
    assert!(has_receipt(&mut directory, unlock(8)));
}

const GIVEN_UP: RunStep =
    RunStep::Fail { attempt: 24, fault: rollbook_schema::value::RuleFault::Refused, gives_up: true };

#[test]
fn every_accepted_command_begins_as_its_stem_says() {
    let mut directory = Directory::small();
    directory.by(10).because("ticket 7");
    let commands: Vec<Command> = vec![
        with_password("bob").into(),
        rename(8, "anna").into(),
        prefer(8, &[Preference::DateOrder(DateOrder::Ymd)]).into(),
        report(8, Some(10)).into(),
        chats(8, Some(3)).into(),
        set_avatar(8, 1).into(),
        remove_avatar(8).into(),
        default_chats(7).into(),
        rotate_key(1, 2).into(),
        assign_profile(8, rollbook_schema::value::AccessProfile::Administrator).into(),
        support(8, 9).into(),
        end_support(8, 9).into(),
        dismiss(8, 18).into(),
        assign_profile(10, rollbook_schema::value::AccessProfile::Administrator).into(),
        assign_profile(8, rollbook_schema::value::AccessProfile::Auditor).into(),
        choose(Setting::SecurityQuestionAfterReset, SettingValue::Flag(true)).into(),
        set_question(10, Some(1)).into(),
        remove_question(10, Some(1)).into(),
        resend(8).into(),
        notify(8).into(),
        sign_in(10, 1, 1).into(),
        proxy(8, 2).into(),
        end_proxy(8, 2).into(),
        sign_out(10, 1).into(),
        sign_in(10, 1, 2).into(),
        end_session(10, 2).into(),
        sign_in(10, 1, 3).into(),
        end_sessions(10).into(),
        agent_role("Second").into(),
        assign(10, 1).into(),
        assign(10, 3).into(),
        application("Sales", &[1, 3]).into(),
        change_application(1, None, None, Some(Some(RolePolicy::ActiveOne))).into(),
        grant_access(10, 1, &[1, 3]).into(),
        sign_in(10, 1, 4).into(),
        choose_role(10, 4, 1, 3).into(),
        revoke_access(10, 1).into(),
        delete_application(1).into(),
        unassign(10, 3).into(),
        pages(2, &["/tickets"]).into(),
        reset_password(8).into(),
        force(8).into(),
        cancel(8).into(),
        choose(Setting::SessionMinutes, SettingValue::Number(60)).into(),
        set_password(8).into(),
        assign(8, 1).into(),
        unassign(8, 1).into(),
        grant(8, ReadOnly).into(),
        revoke(8).into(),
        lock(8).into(),
        unlock(8).into(),
        select(8, &[9], &[]).into(),
        select(8, &[10], &[]).into(),
        team("World", None).into(),
        team("East", None).into(),
        rename_team(1, "Globe").into(),
        move_team(2, Some(1)).into(),
        join(8, 1).into(),
        join(8, 2).into(),
        leave(8, 2).into(),
        delete_team(2).into(),
        unit("Sales").into(),
        rename_unit(1, "Selling").into(),
        add_to_unit(8, 1).into(),
        remove_from_unit(8, 1).into(),
        delete_unit(1).into(),
        disable(8).into(),
        enable(8).into(),
        rollbook_schema::command::RecordMailAttempt {
            user: UserId(8),
            mail: rollbook_schema::Position(1),
            attempt: 1,
            fault: None,
            gives_up: false,
        }
        .into(),
        source(8, rollbook_schema::value::UserSource::Saml).into(),
        choice_attribute("floor", &["First"]).into(),
        label(1, "Storey").into(),
        add_choice(1, "Second").into(),
        set(8, &[("floor", Some("Second"))]).into(),
        retire_choice(1, 2).into(),
        retire_attribute(1).into(),
        grant_all(8).into(),
        artefact("Escalate", &[]).into(),
        change_artefact(1, &[stands("condition", "open")]).into(),
        recycle_artefact(1).into(),
        restore_artefact(1).into(),
        purge_artefact(1).into(),
        says("Hi").into(),
        save_view(8, "Mine", &[]).into(),
        name_view(8, 1, "Ours").into(),
        remove_view(8, 1).into(),
        updating("Leave", &[RecordUpdate::LeaveTeams]).into(),
        calling_before("Tell").into(),
        named_rule(2, "Tell first").into(),
        reorder_before(&[2, 1]).into(),
        ran(8, 2, RunStep::Start).into(),
        disable_rule(2).into(),
        enable_rule(2).into(),
        delete_rule(1).into(),
        delete_rule(2).into(),
        delete(8).into(),
        mask_with(8, login("anna", "ann@example.com")).into(),
        agent_role("Sales").into(),
        dashboard("Sales").into(),
        role_dashboard(1, Some(1)).into(),
        delete_dashboard(1).into(),
        delete_role(3).into(),
        size(ReadOnly, 5).into(),
        rollbook_schema::command::RecordReading {
            user: None,
            way: rollbook_schema::event::ReadingWay::Export,
        }
        .into(),
        rollbook_schema::command::RecordDeniedAttempt {
            command: "DeleteUser",
            code: rollbook_schema::RejectionCode::Forbidden,
            on: Subject::Tenant,
        }
        .into(),
    ];
    let mut stems: Vec<&str> = commands.iter().map(Command::stem).collect();
    for command in commands {
        begins_as_its_stem_says(&mut directory, &command);
    }
    for command in access_requests(directory.head() + 1) {
        stems.push(command.stem());
        begins_as_its_stem_says(directory.by(10), &command);
    }
    stems.extend(retention(&mut directory));
    // Its rule would stand before every deletion.
    directory.given(calling_after("Clean up")).given(agent("yan"));
    let yan = directory.models.users.next_id().0 - 1;
    directory.given(delete(yan)).given(ran(yan, 3, GIVEN_UP));
    stems.push("RetryUserRule");
    begins_as_its_stem_says(&mut directory, &retry_rule(yan, 3).into());
    let first_request = directory.head() + 1;
    for (actor, command) in maskings(first_request) {
        stems.push(command.stem());
        begins_as_its_stem_says(directory.by(actor), &command);
    }
    stems.sort_unstable();
    stems.dedup();
    let mut all = Command::STEMS.to_vec();
    all.sort_unstable();
    assert_eq!(stems, all);
}

fn begins_as_its_stem_says(directory: &mut Directory, command: &Command) {
    let Decision::Accepted { events, .. } = directory.ask(command) else {
        panic!("{} was refused", command.stem());
    };
    let first = events.first().map(Event::event_type);
    let is_beginning = |first| crate::begins_with(command.stem()).contains(&first);
    assert!(first.is_some_and(is_beginning), "{}", command.stem());
}

/// Who asks what about the client: each command leads to one event, the approval to two.
fn maskings(first_request: u64) -> Vec<(u64, Command)> {
    let request = || request(9, "cid", MaskMode::History).into();
    vec![
        (10, request()),
        (10, extend(9, first_request).into()),
        (10, withdraw(9, first_request).into()),
        (10, request()),
        (8, decline(9, first_request + 3).into()),
        (10, request()),
        (10, hold(9).into()),
        (10, lift(9).into()),
        (10, disable(9).into()),
        (8, approve(9, first_request + 5).into()),
        (10, complete(9, first_request + 10).into()),
    ]
}

/// Each command leads to one event.
fn access_requests(first: u64) -> Vec<Command> {
    vec![
        open_request(9).into(),
        extend_request(9, first).into(),
        fetch_file(9).into(),
        fulfil(9, first).into(),
        open_request(9).into(),
        refuse_request(9, first + 4).into(),
        restrict(9).into(),
        lift_restriction(9).into(),
    ]
}

/// A rule from definition to deletion, upon somebody who was deleted a month ago.
fn retention(directory: &mut Directory) -> Vec<&'static str> {
    const MONTH: i64 = 31 * 24 * 60 * 60 * 1000;
    let mut stems = Vec::new();
    let mut ask = |directory: &mut Directory, command: Command| {
        stems.push(command.stem());
        begins_as_its_stem_says(directory, &command);
    };
    directory.by(10).given(agent("zoe"));
    let zoe = directory.models.users.next_id().0 - 1;
    directory.given(delete(zoe)).after_millis(MONTH);
    ask(directory, rule(1).into());
    ask(directory.by(8), switch_on(1).into());
    ask(directory.as_automation(), start_run(1).into());
    let run = directory.head();
    ask(directory, apply(zoe, run).into());
    ask(directory, end_run(run).into());
    ask(directory.by(10), delete_retention_rule(1).into());
    stems
}
