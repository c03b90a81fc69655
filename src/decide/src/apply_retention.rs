//! Erases somebody whose time is over by a rule that is on.
//!
//! Judged once more inside the writer, so that a hold that came after the run began keeps the person. Kept are also
//! who restricted what is done with their data, since they may need it (Article 18(1)(b) and (c) GDPR), and who asked
//! for their file and does not have it yet.

use rollbook_schema::command::ApplyRetention;
use rollbook_schema::event::{DestroyedKey, MaskMode, PiiMasked, RetentionApplied};
use rollbook_schema::{KeyOwner, Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::define_retention_rule::in_force;
use crate::forgetting::{ERASED, forgettable};
use crate::refusal::Outcome;
use crate::{mailed_password, security_answer};

pub(crate) fn decide(asked: &Asked<'_>, command: &ApplyRetention) -> Outcome {
    let ApplyRetention { user, rule: id, run, ref fingerprints } = *command;
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
    let due_at = asked.models.retention.due_at(user, rule.limit);
    if due_at.is_none_or(|due_at| asked.moment.now < due_at) {
        return Err(RejectionCode::NotDue.into());
    }
    let destroyed = ERASED.map(|group| DestroyedKey {
        owner: KeyOwner::Subject(user),
        group,
        // None for a key that is gone already: it is ordered destroyed all the same.
        fingerprint: fingerprints.iter().find(|(of, _)| *of == group).map(|(_, it)| *it).unwrap_or_default(),
    });
    let masked = PiiMasked {
        user,
        mode: MaskMode::Erasure,
        username_format: Default::default(),
        email_format: Default::default(),
        destroyed: destroyed.to_vec(),
        masked: Personal::Absent,
    };
    let secrets = mailed_password::destroyed(asked, user).into_iter();
    let secrets = secrets.chain(security_answer::removed(asked, user));
    Ok([RetentionApplied { user, rule: id, run }.into(), masked.into()].into_iter().chain(secrets).collect())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::RejectionCode;

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

    #[test]
    fn a_rule_that_was_switched_off_meanwhile_touches_nobody() {
        let (mut directory, run) = under_way();
        directory.by(10).given(switch_off(1)).as_automation().after_millis(MONTH);
        assert_eq!(refused(&mut directory, 8, run), RejectionCode::NotFound);
    }
}
