//! Refused sign-ins: counted, recorded, and told apart by nobody.
//!
//! A wrong password of a known account becomes an event (AUT-14) and may lock the account; of an unknown
//! account it is only counted, in memory, so that nobody can fill the log from outside. The answer is the
//! same, and so is the time it takes:
//! - Each attempt costs one hash, whether there is an account, a password, a lock or none of them.
//! - An attempt that will be refused is put into the writer's queue and not waited for, so it does not
//!   tell whether something was written and synced. One at an unknown account takes the same way, with an
//!   id that nobody has. The queue keeps the order, so the attempt after the last one that is permitted
//!   meets the lock all the same; it is only the views that show it a moment later. Every refusal pauses
//!   for as long as a sync mostly takes, so whoever looks right after it mostly sees it; nothing relies on it.
//! - A right password that will be refused (locked, disabled, no mobile access, a temporary one that is over) is answered
//!   like a wrong one: else a locked account would still tell when a guess is right.
//!
//! Only who may enter is waited for.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rollbook_schema::command::{PasswordProof, SignIn};
use rollbook_schema::value::{ClientType, Timestamp};
use rollbook_schema::{CommandEnvelope, RejectionCode, UserId};

use super::Directory;
use crate::writer::CommandError;

/// Nobody has this id: attempts at unknown accounts are judged under it, and leave no trace.
pub(super) const NOBODY: UserId = UserId(0);

/// Between the hash and the refusal, for known and unknown accounts alike.
const REFUSAL_PAUSE: Duration = Duration::from_millis(20);

impl Directory {
    /// Sign-ins that named an unknown account, since the directory was opened.
    #[must_use]
    pub fn unknown_sign_ins(&self) -> u64 {
        self.inner.unknown_sign_ins.load(Ordering::Relaxed)
    }

    pub(super) fn count_unknown_sign_in(&self) {
        self.inner.unknown_sign_ins.fetch_add(1, Ordering::Relaxed);
    }

    /// May the attempt succeed, as far as the views know? The rule decides; this says who is waited for.
    pub(super) fn may_enter(&self, attempt: &SignIn, now: Timestamp) -> bool {
        let SignIn { user, proof, client, .. } = *attempt;
        let views = self.views();
        let settings = views.settings.over(&self.inner.configured);
        let is_unlocked = |locked: bool| !locked || views.lockouts.ran_out(user, &settings, now);
        let stands =
            views.users.get(user).is_some_and(|row| row.active && !row.deleted && is_unlocked(row.locked));
        let temporary = views.sessions.demands().temporary(user);
        let is_let_in = client != ClientType::Mobile || views.preferences.of(user).mobile_access;
        proof != PasswordProof::Wrong
            && stands
            && is_let_in
            && !temporary.is_some_and(|temporary| temporary.is_over(now))
    }

    /// Has the attempt judged and recorded, and answers after a pause that is the same for all.
    pub(super) async fn refuse_sign_in(&self, envelope: CommandEnvelope, attempt: SignIn) -> CommandError {
        let queued = self.enqueue(envelope, attempt.into());
        tokio::time::sleep(REFUSAL_PAUSE).await;
        match queued {
            // The answer is dropped: whatever it is, this one is refused.
            Ok(_) => RejectionCode::SignInFailed.into(),
            Err(error) => error,
        }
    }
}
