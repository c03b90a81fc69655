//! What events about retention changed, and how they are told.

use rollbook_schema::Event;
use rollbook_schema::value::{ErasureLimit, RetentionState};

use super::changes::List;
use crate::graphql::id;
use crate::graphql::retention::of_rule;

pub(super) fn list(list: &mut List<'_>, event: &Event) {
    match event {
        Event::RetentionRuleDefined(e) => {
            let ErasureLimit::DeletedFor(months) = e.limit;
            list.clear("retentionRule", None, Some(of_rule(e.rule).0));
            list.clear("months", None, Some(months.months()));
        }
        Event::SignInRetentionDefined(e) => {
            list.clear("retentionRule", None, Some(of_rule(e.rule).0));
            list.clear("days", None, Some(e.after.days()));
        }
        Event::SignInContextShredded(e) => list.clear("records", None, Some(e.records)),
        Event::RetentionRuleSwitched(e) => {
            let (from, to) = match e.to {
                RetentionState::On => ("OFF", "ON"),
                RetentionState::Off => ("ON", "OFF"),
            };
            list.clear("state", Some(from), Some(to));
        }
        Event::RetentionRuleDeleted(e) => list.clear("retentionRule", Some(of_rule(e.rule).0), None),
        Event::RetentionRunStarted(e) => list.clear("retentionRule", None, Some(of_rule(e.rule).0)),
        Event::RetentionApplied(e) => list.clear("retentionRun", None, Some(id::of_event(e.run).0)),
        Event::RetentionRunEnded(e) => {
            list.clear("applied", None, Some(e.applied));
            list.clear("kept", None, Some(e.kept));
        }
        _ => {}
    }
}

pub(super) fn sentence(event: &Event, actor: &str, subject: &str) -> String {
    match event {
        Event::SignInRetentionDefined(e) => format!("{actor} defined retention rule {}", e.rule),
        Event::SignInContextShredded(e) => {
            format!("{actor} made unreadable where {subject} signed in from: {} records", e.records)
        }
        Event::RetentionRuleDefined(e) => format!("{actor} defined retention rule {}", e.rule),
        Event::RetentionRuleSwitched(e) if e.to == RetentionState::On => {
            format!("{actor} switched retention rule {} on", e.rule)
        }
        Event::RetentionRuleSwitched(e) => format!("{actor} switched retention rule {} off", e.rule),
        Event::RetentionRuleDeleted(e) => format!("{actor} deleted retention rule {}", e.rule),
        Event::RetentionRunStarted(e) => format!("{actor} began to carry retention rule {} out", e.rule),
        Event::RetentionRunEnded(e) => {
            let (rule, applied, kept) = (e.rule, e.applied, e.kept);
            format!("{actor} carried retention rule {rule} out upon {applied} people, {kept} kept")
        }
        _ => format!("{actor} found the time of {subject} to be over"),
    }
}
