//! Starts a session. The password was checked before, against a credential that may have been
//! replaced since. Whoever is refused is told nothing (STA-01); the record says why.

use rollbook_projections::decision::User;
use rollbook_schema::command::{PasswordProof, SignIn};
use rollbook_schema::event::{AccountLocked, LockCause, SignInFailed, SignedIn};
use rollbook_schema::{Event, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, Refusal};

pub(crate) fn decide(asked: &Asked<'_>, command: &SignIn) -> Outcome {
    let Some(user) = asked.models.users.present(command.user) else {
        return refused(Vec::new());
    };
    // Not recorded: whoever goes on trying could fill the log.
    if user.locked {
        return refused(Vec::new());
    }
    if !is_current(command.proof, user) {
        return refused(wrong_password(asked, command, user));
    }
    if !user.is_enabled() {
        return refused(disabled(asked, command, user));
    }
    let SignIn { user, session, token_digest, expires_at, .. } = *command;
    Ok(vec![SignedIn { user, session, token_digest, expires_at }.into()])
}

fn is_current(proof: PasswordProof, user: &User) -> bool {
    matches!(proof, PasswordProof::Matches(credential) if user.credential == Some(credential))
}

/// Wrong passwords are counted, and lock the account of anybody (STA-06, AUT-14).
fn wrong_password(asked: &Asked<'_>, command: &SignIn, user: &User) -> Vec<Event> {
    let failures = user.failures.saturating_add(1);
    let code = SignInFailed::WRONG_PASSWORD.to_owned();
    let mut record = vec![SignInFailed { user: command.user, code, failures }.into()];
    if failures >= lock_after(asked) {
        record.push(AccountLocked { user: command.user, cause: LockCause::FailedSignIns }.into());
    }
    record
}

/// Recorded as often as wrong passwords would be, then no more until the standing changes.
fn disabled(asked: &Asked<'_>, command: &SignIn, user: &User) -> Vec<Event> {
    if user.refusals >= lock_after(asked) {
        return Vec::new();
    }
    let code = SignInFailed::DISABLED.to_owned();
    vec![SignInFailed { user: command.user, code, failures: user.failures }.into()]
}

fn lock_after(asked: &Asked<'_>) -> u32 {
    asked.moment.settings.lock_after_failures.max(1)
}

fn refused(record: Vec<Event>) -> Outcome {
    Err(Refusal { rejections: RejectionCode::SignInFailed.into(), record })
}
