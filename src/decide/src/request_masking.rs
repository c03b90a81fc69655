//! Asks for a person to be masked or erased: due a month from now (Article 12(3) GDPR), decided by somebody
//! else (MSK-04).

use rollbook_schema::command::RequestMasking;
use rollbook_schema::event::MaskingRequested;
use rollbook_schema::{RejectionCode, Subject};

use crate::asked::Asked;
use crate::forgetting::{agreed, forgettable, has_reason};
use crate::refusal::Outcome;

/// Months from receipt to decision.
pub(crate) const DUE_AFTER_MONTHS: u32 = 1;

pub(crate) fn decide(asked: &Asked<'_>, command: &RequestMasking) -> Outcome {
    let user = forgettable(asked, command.user)?;
    asked.expects_version_of(Subject::User(command.user))?;
    if user.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    agreed(user, &command.username, &command.email)?;
    has_reason(asked)?;
    if asked.models.maskings.waiting(command.user).is_some() {
        return Err(RejectionCode::MaskingWaits.into());
    }
    let RequestMasking { user, mode, username_format, email_format, legal_basis, .. } = *command;
    let due_at = asked.moment.now.plus_months(DUE_AFTER_MONTHS);
    Ok(vec![MaskingRequested { user, mode, username_format, email_format, legal_basis, due_at }.into()])
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
            RequestMasking { email: email("cid@example.com"), ..request(8, "ann", MaskMode::History) };
        Directory::small().because("T-1").when(
            mixed,
            expect![[r#"
                refused: KEYS_DISAGREE
                record: AttemptDenied code=KEYS_DISAGREE command=RequestMasking on={user:8}"#]],
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
