//! Asks for a person to be masked or erased: due a month from now (Article 12(3) GDPR), decided by somebody
//! else (MSK-04).

use rollbook_schema::command::RequestMasking;
use rollbook_schema::event::{MaskMode, MaskingRequested};
use rollbook_schema::{Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::forgetting::{agreed, forgettable, has_reason, is_not_last_administrator};
use crate::refusal::{Outcome, Refusal};

/// Months from receipt to decision.
pub(crate) const DUE_AFTER_MONTHS: u32 = 1;

pub(crate) fn decide(asked: &Asked<'_>, command: &RequestMasking) -> Outcome {
    let user = forgettable(asked, command.user)?;
    asked.expects_version_of(Subject::User(command.user))?;
    is_not_last_administrator(asked, command.user)?;
    match (&command.username, &command.email) {
        (Some(username), Some(email)) if !user.masked => _ = agreed(user, username, email)?,
        // Nobody can give again what was masked: the id is what is left, and it agrees with no other name.
        (None, None) if user.masked => is_left_to_erase(asked, command)?,
        (_, _) if user.masked => return Err(refused_for(asked, command)),
        (None, _) => return Err(Rejection::of("username", RejectionCode::Required).into()),
        (_, None) => return Err(Rejection::of("email", RejectionCode::Required).into()),
        (Some(_), Some(_)) => {}
    }
    has_reason(asked)?;
    if asked.models.maskings.waiting(command.user).is_some() {
        return Err(RejectionCode::MaskingWaits.into());
    }
    let RequestMasking { user, mode, username_format, email_format, legal_basis, .. } = *command;
    let due_at = asked.moment.now.plus_months(DUE_AFTER_MONTHS);
    Ok(vec![MaskingRequested { user, mode, username_format, email_format, legal_basis, due_at }.into()])
}

/// Whose username and email are masked can still be erased, once.
fn is_left_to_erase(asked: &Asked<'_>, command: &RequestMasking) -> Result<(), Refusal> {
    let can_be = command.mode == MaskMode::Erasure && !asked.models.maskings.is_erased(command.user);
    if can_be { Ok(()) } else { Err(RejectionCode::UserMasked.into()) }
}

/// Names were given for somebody who has none any more.
fn refused_for(asked: &Asked<'_>, command: &RequestMasking) -> Refusal {
    match is_left_to_erase(asked, command) {
        Ok(()) => RejectionCode::KeysDisagree.into(),
        Err(refusal) => refusal,
    }
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::RequestMasking;
    use rollbook_schema::event::MaskMode;

    use crate::tests::*;

    #[test]
    fn msk_12_a_request_is_due_in_a_month() {
        Directory::small().because("T-1").when(
            request(8, "ann", MaskMode::History),
            expect!["MaskingRequested user=8 dueAt=2026-02-01T00:00:00.000Z emailFormat=STUB legalBasis=CONSENT_WITHDRAWN mode=HISTORY usernameFormat=INITIALS"],
        );
    }

    #[test]
    fn msk_03_keys_of_two_people_are_refused_and_recorded() {
        let mixed =
            RequestMasking { email: Some(email("cid@example.com")), ..request(8, "ann", MaskMode::History) };
        Directory::small().because("T-1").when(
            mixed,
            expect![[r#"
                refused: KEYS_DISAGREE
                record: AttemptDenied code=KEYS_DISAGREE command=RequestMasking on={user:8}"#]],
        );
    }

    #[test]
    fn msk_03_a_request_with_a_missing_key_is_refused() {
        let without = RequestMasking { email: None, ..request(8, "ann", MaskMode::History) };
        Directory::small().because("T-1").when(without, expect!["refused: REQUIRED@email"]);
        let without = RequestMasking { username: None, ..request(8, "ann", MaskMode::History) };
        Directory::small().because("T-1").when(without, expect!["refused: REQUIRED@username"]);
    }

    #[test]
    fn msk_18_who_is_masked_can_be_erased_by_the_id_that_is_left_and_once() {
        let by_id = |mode| RequestMasking { username: None, email: None, ..request(8, "ann", mode) };
        let mut directory = Directory::small();
        directory.given(agent("bob")).given(disable(8)).given(mask(8, "ann")).because("T-1").by(10);
        directory.when(by_id(MaskMode::History), expect!["refused: USER_MASKED"]);
        directory.when(
            request(8, "ann", MaskMode::Erasure),
            expect![[r#"
                refused: KEYS_DISAGREE
                record: AttemptDenied code=KEYS_DISAGREE command=RequestMasking on={user:8}"#]],
        );
        let request = directory.given(by_id(MaskMode::Erasure)).head();
        directory.given(delete(8)).by(9).given(approve(8, request));
        assert!(directory.models.maskings.is_erased(rollbook_schema::UserId(8)));
        directory.when(by_id(MaskMode::Erasure), expect!["refused: USER_MASKED"]);
    }

    #[test]
    fn the_last_administrator_is_not_asked_about_and_the_attempt_is_recorded() {
        let mut directory = Directory::small();
        directory.given(assign_profile(8, rollbook_schema::value::AccessProfile::Administrator));
        directory.because("T-1").when(
            request(8, "ann", MaskMode::History),
            expect![[r#"
                refused: LAST_ADMINISTRATOR
                record: AttemptDenied code=LAST_ADMINISTRATOR command=RequestMasking on={user:8}"#]],
        );
    }

    #[test]
    fn msk_12_a_request_names_its_ticket() {
        Directory::small().when(request(8, "ann", MaskMode::History), expect!["refused: REQUIRED@reason"]);
    }

    #[test]
    fn one_request_about_a_user_waits() {
        let mut directory = Directory::small();
        directory.because("T-1").given(request(8, "ann", MaskMode::History)).when(
            request(8, "ann", MaskMode::Erasure),
            expect![[r#"
                refused: MASKING_WAITS
                record: AttemptDenied code=MASKING_WAITS command=RequestMasking on={user:8}"#]],
        );
    }

    #[test]
    fn a_held_person_is_not_asked_about_and_the_attempt_is_recorded() {
        let mut directory = Directory::small();
        directory.because("T-1").given(hold(8)).when(
            request(8, "ann", MaskMode::History),
            expect![[r#"
                refused: LEGAL_HOLD
                record: AttemptDenied code=LEGAL_HOLD command=RequestMasking on={user:8}"#]],
        );
    }
}
