//! What a refused command leaves behind.

use rollbook_schema::command::CreateUser;
use rollbook_schema::event::{AttemptDenied, UserCreationFailed};
use rollbook_schema::value::RuleName;
use rollbook_schema::{Command, Event, Personal, Rejection, RejectionCode, Rejections, Subject};

use crate::asked::Asked;
use crate::{DENIED_ATTEMPTS_PER_MINUTE, Decision};

/// What a rule answers.
pub(crate) type Outcome = Result<Vec<Event>, Refusal>;

/// Why not, and what the rule itself wants recorded.
pub(crate) struct Refusal {
    pub(crate) rejections: Rejections,
    pub(crate) record: Vec<Event>,
}

impl<R: Into<Rejections>> From<R> for Refusal {
    fn from(rejections: R) -> Self {
        Refusal { rejections: rejections.into(), record: Vec::new() }
    }
}

impl Refusal {
    /// The decision, with the trace that refusals of this kind leave.
    pub(crate) fn traced(self, asked: &Asked<'_>, command: &Command) -> Decision {
        let Refusal { rejections, mut record } = self;
        if let Command::CreateUser(CreateUser { rule: Some(rule), .. }) = command {
            record.extend(creation_failed(asked, command, rule, rejections.code()));
        } else if let Some(code) =
            rejections.iter().map(|rejection| rejection.code).find(|code| is_traced(command, *code))
        {
            let on = command.subject().unwrap_or(Subject::UserType);
            record.extend(attempt_denied(asked, command.stem(), code, on));
        }
        Decision::Refused { rejections, record }
    }
}

/// One rejection or more, or none.
pub(crate) fn refuse_any(rejections: Vec<Rejection>) -> Result<(), Refusal> {
    Rejections::from_all(rejections).map_or(Ok(()), |rejections| Err(rejections.into()))
}

/// The record of a denied attempt, unless this actor has had enough of them in this minute.
pub(crate) fn attempt_denied(
    asked: &Asked<'_>,
    stem: &str,
    code: RejectionCode,
    on: Subject,
) -> Option<Event> {
    let recorded = asked.models.denials.count(asked.envelope.actor.id, asked.moment.now);
    let denied = AttemptDenied { command: stem.to_owned(), code: code.as_str().to_owned(), on };
    (recorded < DENIED_ATTEMPTS_PER_MINUTE).then(|| denied.into())
}

/// Shortage of seats (LIC-06), a masking whose keys disagree (MSK-03), and whatever would forget somebody
/// against a hold or without a second person, or whom nobody may forget, are recorded.
/// So is every attempt to act as somebody else (PXY-26), but one that was called off (PXY-03)
/// and one that was not complete.
fn is_traced(command: &Command, code: RejectionCode) -> bool {
    if matches!(command, Command::StartProxy(_) | Command::StartSupport(_)) {
        return !matches!(code, RejectionCode::AcknowledgementNeeded | RejectionCode::Required);
    }
    if forgets(command) && matches!(code, RejectionCode::ReservedUser | RejectionCode::LastAdministrator) {
        return true;
    }
    matches!(
        code,
        RejectionCode::NoLicenceAvailable
            | RejectionCode::KeysDisagree
            | RejectionCode::LegalHold
            | RejectionCode::MaskingWaits
            | RejectionCode::SecondPersonNeeded
            | RejectionCode::NotRequester
            | RejectionCode::NotDeleted
    )
}

/// Whether a command would forget somebody, or asks for it.
fn forgets(command: &Command) -> bool {
    matches!(command, Command::MaskPii(_) | Command::RequestMasking(_) | Command::ApproveMasking(_))
}

/// LIC-08: the attempted identity gets an id of its own, and so a key that can be destroyed.
fn creation_failed(
    asked: &Asked<'_>,
    command: &Command,
    rule: &RuleName,
    code: RejectionCode,
) -> Option<Event> {
    let Command::CreateUser(CreateUser { login, .. }) = command else { return None };
    let failed = UserCreationFailed {
        attempted: asked.models.users.next_id(),
        code: code.as_str().to_owned(),
        login: Personal::Known(login.clone()),
        rule: Personal::Known(rule.clone()),
    };
    Some(failed.into())
}
