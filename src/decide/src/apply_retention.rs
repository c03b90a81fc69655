//! Erases somebody whose time is over by a rule that is on, or makes unreadable where somebody signed in from.
//!
//! Judged once more inside the writer, so that a hold that came after the run began keeps the person. Kept are also
//! who restricted what is done with their data, since they may need it (Article 18(1)(b) and (c) GDPR), and who asked
//! for their file and does not have it yet.

use rollbook_projections::sign_in_keys::SignInKey;
use rollbook_schema::command::ApplyRetention;
use rollbook_schema::event::{DestroyedKey, MaskMode, RetentionApplied, SignInContextShredded};
use rollbook_schema::value::{RetentionDays, RetentionLimit, RetentionMonths};
use rollbook_schema::{Event, Rejection, RejectionCode, UserId};

use crate::asked::Asked;
use crate::define_retention_rule::in_force;
use crate::forgetting::{Way, forgettable, masked, sign_in_key};
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ApplyRetention) -> Outcome {
    let ApplyRetention { user, rule: id, run, ref keys } = *command;
    let rule = in_force(asked, id)?;
    if rule.run.is_none_or(|under_way| under_way.run != run) {
        return Err(Rejection::of("run", RejectionCode::NotFound).into());
    }
    forgettable(asked, user)?;
    let requests = &asked.models.access_requests;
    if requests.is_restricted(user) {
        return Err(RejectionCode::ProcessingRestricted.into());
    }
    if requests.waiting(user).is_some() {
        return Err(RejectionCode::AccessRequestWaits.into());
    }
    let ended = match rule.limit {
        RetentionLimit::DeletedFor(months) => erased(asked, user, months, keys)?,
        RetentionLimit::SignInContextAfter(days) => vec![shredded(asked, user, days, keys)?],
    };
    Ok([RetentionApplied { user, rule: id, run }.into()].into_iter().chain(ended).collect())
}

fn erased(
    asked: &Asked<'_>,
    user: UserId,
    months: RetentionMonths,
    keys: &[DestroyedKey],
) -> Result<Vec<Event>, Rejection> {
    let due_at = asked.models.retention.due_at(user, months);
    if due_at.is_none_or(|due_at| asked.moment.now < due_at) {
        return Err(Rejection::new(RejectionCode::NotDue));
    }
    // Nothing is shown instead, so that no format matters.
    let (username_format, email_format) = Default::default();
    let way = Way { mode: MaskMode::Erasure, username_format, email_format };
    Ok(masked(asked, user, None, &way, keys))
}

fn shredded(
    asked: &Asked<'_>,
    user: UserId,
    days: RetentionDays,
    keys: &[DestroyedKey],
) -> Result<Event, Rejection> {
    let due: Vec<&SignInKey> = asked.models.sign_in_keys.due_of(user, days, asked.moment.now).collect();
    if due.is_empty() {
        return Err(Rejection::new(RejectionCode::NotDue));
    }
    let records = due.iter().map(|key| key.records).sum();
    let destroyed = due.into_iter().map(|key| sign_in_key(key, keys)).collect();
    Ok(SignInContextShredded { user, destroyed, records }.into())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::{CredentialNumber, Event, Group, KeyOwner, RejectionCode, UserId};

    use crate::Decision;
    use crate::tests::*;

    const MONTH: i64 = 31 * 24 * 60 * 60 * 1000;

    /// Ann (8) was deleted, cid (9) is there; a rule of one month is on, and a run of it has begun.
    fn under_way() -> (Directory, u64) {
        let mut directory = Directory::small();
        directory.given(agent("bob")).because("policy 3").given(delete(8)).by(10).given(rule(1));
        directory.by(9).given(switch_on(1)).as_automation();
        let run = directory.given(start_run(1)).head();
        (directory, run)
    }

    fn refused(directory: &mut Directory, user: u64, run: u64) -> RejectionCode {
        match directory.ask(&apply(user, run).into()) {
            Decision::Refused { rejections, .. } => rejections.code(),
            Decision::Accepted { .. } => panic!("it was done"),
        }
    }

    #[test]
    fn who_was_deleted_long_enough_is_erased_once() {
        let (mut directory, run) = under_way();
        assert_eq!(refused(&mut directory, 8, run), RejectionCode::NotDue);
        directory.after_millis(MONTH).given(apply(8, run));
        assert!(directory.models.maskings.is_erased(rollbook_schema::UserId(8)));
        assert_eq!(refused(&mut directory, 8, run), RejectionCode::NotDue);
        assert_eq!(refused(&mut directory, 9, run), RejectionCode::NotDue);
        directory.when(end_run(run), expect!["RetentionRunEnded applied=1 kept=0 rule=1 run=11"]);
    }

    #[test]
    fn who_is_held_restricted_or_waits_for_their_file_is_kept() {
        for (keep, code) in [
            (hold(8).into(), RejectionCode::LegalHold),
            (restrict(8).into(), RejectionCode::ProcessingRestricted),
            (open_request(8).into(), RejectionCode::AccessRequestWaits),
        ] {
            let keep: rollbook_schema::Command = keep;
            let (mut directory, run) = under_way();
            directory.by(10).given(keep).as_automation().after_millis(MONTH);
            assert_eq!(refused(&mut directory, 8, run), code);
        }
    }

    /// Ann (8) signed out under key 40 on the first day, and under key 41 on the thirty-second; a rule of 30 days is on,
    /// and a run of it has begun.
    fn under_way_for_sign_ins() -> (Directory, u64) {
        let mut directory = Directory::small();
        directory.given(agent("bob")).given(set_password(8)).because("policy 3").given(sign_in_rule(30));
        directory.by(9).given(switch_on(1));
        for (session, key) in [(1, 40), (2, 41)] {
            signs_in_under(&mut directory, session, key);
            directory.after_millis(MONTH);
        }
        let run = directory.as_automation().given(start_run(1)).head();
        (directory, run)
    }

    /// Ann, as the writer does it.
    fn signs_in_under(directory: &mut Directory, session: u8, key: u64) {
        directory.context_key = Some(CredentialNumber(key));
        directory.by(8).given(sign_in(8, 1, session));
        directory.context_key = None;
    }

    #[test]
    fn where_somebody_signed_in_from_long_enough_ago_is_ended_key_by_key() {
        let (mut directory, run) = under_way_for_sign_ins();
        directory.now = directory.now.plus_millis(-MONTH / 2);
        directory.given(apply(8, run));
        let Some(Event::SignInContextShredded(shredded)) = directory.log.last().map(|it| &it.event) else {
            panic!("it ends with the keys")
        };
        let keys: Vec<_> = shredded.destroyed.iter().map(|key| (key.owner, key.group)).collect();
        assert_eq!(keys, [(KeyOwner::Credential(CredentialNumber(40)), Group::Context)]);
        assert_eq!(shredded.records, 1);
        assert_eq!(refused(&mut directory, 8, run), RejectionCode::NotDue, "the other is too young");
        directory.after_millis(MONTH).given(apply(8, run));
        assert!(directory.models.sign_in_keys.is_empty());
        assert_eq!(refused(&mut directory, 9, run), RejectionCode::NotDue);
        directory.when(end_run(run), expect!["RetentionRunEnded applied=2 kept=0 rule=1 run=13"]);
    }

    #[test]
    fn sign_ins_of_who_is_held_are_kept() {
        let (mut directory, run) = under_way_for_sign_ins();
        directory.by(10).given(hold(8)).as_automation();
        assert_eq!(refused(&mut directory, 8, run), RejectionCode::LegalHold);
    }

    #[test]
    fn an_erasure_destroys_the_keys_of_sign_ins_too() {
        let mut directory = Directory::small();
        directory.given(set_password(8)).given(agent("bob"));
        signs_in_under(&mut directory, 1, 40);
        directory.by(10).given(delete(8)).because("policy 3").given(rule(1)).by(9).given(switch_on(1));
        let run = directory.as_automation().given(start_run(1)).head();
        directory.after_millis(MONTH).given(apply(8, run));
        let mut keys = directory.log.iter().flat_map(|recorded| recorded.event.destroys());
        assert!(keys.any(|key| key == (KeyOwner::Credential(CredentialNumber(40)), Group::Context)));
        assert!(directory.models.sign_in_keys.of(UserId(8)).is_empty());
    }

    #[test]
    fn a_rule_that_was_switched_off_meanwhile_touches_nobody() {
        let (mut directory, run) = under_way();
        directory.by(10).given(switch_off(1)).as_automation().after_millis(MONTH);
        assert_eq!(refused(&mut directory, 8, run), RejectionCode::NotFound);
    }
}
