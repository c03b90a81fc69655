//! Whom or what each command is about.

use super::Command;
use crate::record::Subject;

impl Command {
    /// Whom or what the command would change; `None` where it makes something new.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        let user = match self {
            Command::CreateUser(_) | Command::DefineRole(_) | Command::DefineDashboard(_) => return None,
            Command::DefineAttribute(_) => return None,
            Command::RenameAttribute(c) => return Some(Subject::Attribute(c.attribute)),
            Command::AddAttributeChoice(c) => return Some(Subject::Attribute(c.attribute)),
            Command::RetireAttributeChoice(c) => return Some(Subject::Attribute(c.attribute)),
            Command::RetireAttribute(c) => return Some(Subject::Attribute(c.attribute)),
            Command::SetAttributes(c) => c.user,
            Command::ChangeSource(c) => c.user,
            Command::DeleteDashboard(c) => return Some(Subject::Dashboard(c.dashboard)),
            Command::SetRoleDashboard(c) => return Some(Subject::Role(c.role)),
            Command::CreateTeam(_) | Command::CreateBusinessUnit(_) => return None,
            Command::RenameTeam(c) => return Some(Subject::Team(c.team)),
            Command::MoveTeam(c) => return Some(Subject::Team(c.team)),
            Command::DeleteTeam(c) => return Some(Subject::Team(c.team)),
            Command::RenameBusinessUnit(c) => return Some(Subject::BusinessUnit(c.business_unit)),
            Command::DeleteBusinessUnit(c) => return Some(Subject::BusinessUnit(c.business_unit)),
            Command::AddTeamMember(c) => c.user,
            Command::ChangeProxyGrant(c) => c.user,
            Command::StartProxy(c) => c.user,
            Command::EndProxy(c) => c.user,
            Command::RemoveTeamMember(c) => c.user,
            Command::AddToBusinessUnit(c) => c.user,
            Command::RemoveFromBusinessUnit(c) => c.user,
            Command::DeleteRole(c) => return Some(Subject::Role(c.role)),
            Command::SizeLicensePool(c) => return Some(Subject::LicensePool(c.license)),
            Command::RecordDeniedAttempt(c) => return Some(c.on),
            Command::ChangeSettings(_) => return Some(Subject::Tenant),
            Command::ChangeProfile(c) => c.user,
            Command::ChangePreferences(c) => c.user,
            Command::SetAvatar(c) => c.user,
            Command::RemoveAvatar(c) => c.user,
            Command::ChangeReportingLine(c) => c.user,
            Command::ChangeChatLimit(c) => c.user,
            Command::ChangeDefaultChatLimit(_) => return Some(Subject::Tenant),
            Command::AssignAccessProfile(c) => c.user,
            Command::DisableUser(c) => c.user,
            Command::EnableUser(c) => c.user,
            Command::DeleteUser(c) => c.user,
            Command::LockAccount(c) => c.user,
            Command::UnlockAccount(c) => c.user,
            Command::SetPassword(c) => c.user,
            Command::ResetPassword(c) => c.user,
            Command::ForcePasswordChange(c) => c.user,
            Command::CancelPasswordChange(c) => c.user,
            Command::EndSession(c) => c.user,
            Command::EndSessions(c) => c.user,
            Command::SignIn(c) => c.user,
            Command::SignOut(c) => c.user,
            Command::RecordMailAttempt(c) => c.user,
            Command::SetSecurityQuestion(c) => c.user,
            Command::RemoveSecurityQuestion(c) => c.user,
            Command::ResendMail(c) => c.user,
            Command::AssignRole(c) => c.user,
            Command::UnassignRole(c) => c.user,
            Command::GrantLicense(c) => c.user,
            Command::RevokeLicense(c) => c.user,
            Command::MaskPii(c) => c.user,
            Command::StartSupport(c) => c.user,
            Command::EndSupport(c) => c.user,
            Command::DismissNotice(c) => c.user,
        };
        Some(Subject::User(user))
    }
}
