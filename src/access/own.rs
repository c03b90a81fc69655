//! What people keep doing for themselves with a license that only reads (LIC-05).

use rollbook_schema::Command;

/// Is it about the own account, and no change of what others see?
pub(super) fn is_kept_with_read_only(command: &Command) -> bool {
    matches!(
        command,
        Command::SetPassword(_)
            | Command::SetSecurityQuestion(_)
            | Command::RemoveSecurityQuestion(_)
            | Command::SignOut(_)
            | Command::EndSession(_)
            | Command::EndSessions(_)
            | Command::EndProxy(_)
            | Command::ChooseActiveRole(_)
            | Command::EndSupport(_)
            | Command::DismissNotice(_)
            | Command::ChangePreferences(_)
            | Command::SaveView(_)
            | Command::ChangeSavedView(_)
            | Command::RemoveSavedView(_)
    )
}
