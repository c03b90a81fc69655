//! Which buttons a reader is shown: the answers of the access table, asked before a button is drawn.
//!
//! Hiding is a courtesy. The same table is asked again when the button is pressed.

use rollbook_schema::UserId;
use rollbook_schema::command::{
    AssignAccessProfile, AssignRole, CancelPasswordChange, Command, DeleteUser, DisableUser, EnableUser,
    EndSessions, ForcePasswordChange, LockAccount, RemoveAvatar, ResetPassword, UnlockAccount,
};
use rollbook_schema::id::RoleId;
use rollbook_schema::value::{AccessProfile, PasswordVerifier, Timestamp};

use super::visit::Visit;
use crate::access::{Capability, holds};

impl Visit {
    /// May the reader do what the capability names?
    pub fn holds(&self, capability: Capability) -> bool {
        holds(&self.caller(), capability)
    }

    /// May the reader ask this?
    pub fn may(&self, command: impl Into<Command>) -> bool {
        self.directory().permits(&self.caller(), &command.into())
    }
}

/// What the reader may ask of one user. What the user's state has to say is the rule's own matter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deeds {
    pub disable: bool,
    pub enable: bool,
    pub lock: bool,
    pub unlock: bool,
    pub delete: bool,
    pub set_password: bool,
    pub reset_password: bool,
    pub force_change: bool,
    pub end_sessions: bool,
    pub assign_profile: bool,
    pub assign_access: bool,
    pub change_picture: bool,
}

impl Deeds {
    pub fn of(visit: &Visit, user: UserId) -> Deeds {
        let verifier = || PasswordVerifier::from_phc(String::new());
        let expires_at = Timestamp::from_millis(0);
        Deeds {
            disable: visit.may(DisableUser { user, keep_team: None }),
            enable: visit.may(EnableUser { user }),
            lock: visit.may(LockAccount { user }),
            unlock: visit.may(UnlockAccount { user }),
            delete: visit.may(DeleteUser { user, called: Vec::new() }),
            // Whoever may demand a new password may also set one; the own one is changed elsewhere.
            set_password: visit.may(ForcePasswordChange { user }),
            reset_password: visit.may(ResetPassword { user, verifier: verifier(), expires_at, mailed: None }),
            force_change: visit.may(CancelPasswordChange { user }),
            end_sessions: visit.may(EndSessions { user, kept: None }),
            assign_profile: visit.may(AssignAccessProfile { user, profile: AccessProfile::Standard }),
            assign_access: visit.may(AssignRole { user, role: RoleId(0), license: None }),
            change_picture: visit.may(RemoveAvatar { user }),
        }
    }
}
