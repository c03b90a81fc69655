//! Ending what is known of people after a time.

use super::fields_of;
use crate::event::DestroyedKey;
use crate::id::{Position, RetentionRuleId, UserId};
use crate::value::{RetentionLimit, RetentionState};

fields_of! {
    /// Makes a rule, which is off.
    DefineRetentionRule {
        /// What it ends, and when.
        limit: RetentionLimit,
    }
    /// Switches a rule on, as a second person; or off.
    SwitchRetentionRule {
        /// Which.
        rule: RetentionRuleId,
        /// Whether it is carried out.
        to: RetentionState,
    }
    /// Takes a rule away.
    DeleteRetentionRule {
        /// Which.
        rule: RetentionRuleId,
    }
    /// Begins to carry a rule out.
    StartRetentionRun {
        /// Which.
        rule: RetentionRuleId,
    }
    /// Erases somebody whose time is over, or ends where somebody signed in from.
    ApplyRetention {
        /// Whom.
        user: UserId,
        /// By which rule.
        rule: RetentionRuleId,
        /// In which run, by the position of its event.
        run: Position,
        /// The person's keys, those that will be destroyed among them.
        keys: Vec<DestroyedKey>,
    }
    /// Ends a run.
    EndRetentionRun {
        /// Of which rule.
        rule: RetentionRuleId,
        /// Which, by the position of its event.
        run: Position,
        /// People it was due for, and who are kept.
        kept: u64,
    }
}
