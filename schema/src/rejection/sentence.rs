//! What a code says to people. Repeats nothing that was typed.

use super::RejectionCode;

pub(super) fn sentence(code: RejectionCode) -> &'static str {
    match code {
        RejectionCode::Required => "a value is required",
        RejectionCode::Invalid => "the value is not valid",
        RejectionCode::TooShort => "the value is too short",
        RejectionCode::TooLong => "the value is too long",
        RejectionCode::TooMany => "more than one request may name",
        RejectionCode::EmailTaken => "another user has this email",
        RejectionCode::UsernameTaken => "another user has this username",
        RejectionCode::RoleNameTaken => "another role has this name",
        RejectionCode::DashboardNameTaken => "another dashboard has this name",
        RejectionCode::ReservedName => "this name is reserved",
        RejectionCode::ReservedUser => "reserved users cannot be changed",
        RejectionCode::NotFound => "there is no such thing",
        RejectionCode::Forbidden => "you may not do this: ask an administrator",
        RejectionCode::Unauthenticated => "sign in first",
        RejectionCode::SignInFailed => "name or password are wrong, or the account cannot sign in",
        RejectionCode::VersionConflict => "it was changed meanwhile: read it again",
        RejectionCode::IdempotencyConflict => "the idempotency key was used for another command",
        RejectionCode::NoLicenceAvailable => "no license of this type is available",
        RejectionCode::ReadOnlyLicence => "a read-only license does not permit changes",
        RejectionCode::ImageTooLarge => "a picture has at most 1,536,000 bytes",
        RejectionCode::ImageNotSupported => {
            "a picture is a JPEG, GIF or PNG of at most 8,192 pixels a side and 25 million in all"
        }
        RejectionCode::ReportsToSelf => "nobody reports to themselves",
        RejectionCode::ReportingCycle => "they report to this user already",
        RejectionCode::ReportingTooDeep => "too many people stand above them",
        RejectionCode::AgentsOnly => "only agents have this",
        RejectionCode::NotForClients => "clients need no license",
        RejectionCode::KindMismatch => "the role is for another kind of user",
        RejectionCode::SurfaceNotForKind => "a client role cannot give access to this",
        RejectionCode::RoleInUse => "somebody still has this role",
        RejectionCode::ProxyNotGranted => "you may not act as this user",
        RejectionCode::NestedProxy => "switch back first",
        RejectionCode::AcknowledgementNeeded => {
            "a record will be made of all that you do: acknowledge that first"
        }
        RejectionCode::ConfirmationNeeded => "this leaves nobody: confirm it",
        RejectionCode::NamedInProxyGrant => "a proxy grant names this user",
        RejectionCode::TeamNameTaken => "another team has this name",
        RejectionCode::TeamInUse => "the team is not empty, or a proxy grant names it",
        RejectionCode::TeamCycle => "a team cannot lie below itself",
        RejectionCode::LastTeam => "a user who is in a team stays in at least one",
        RejectionCode::TeamsLeft => {
            "the user is in several teams: leave all but one, or name the one to keep"
        }
        RejectionCode::NotInTeam => "the user is not in this team",
        RejectionCode::BusinessUnitNameTaken => "another business unit has this name",
        RejectionCode::BusinessUnitInUse => "somebody still belongs to this business unit",
        RejectionCode::SeatNeeded => "an agent with roles needs a license: unassign the roles first",
        RejectionCode::OwnAccount => "you cannot do this to your own account",
        RejectionCode::LastAdministrator => "one administrator must be left",
        RejectionCode::UserDisabled => "the user is disabled",
        RejectionCode::UserMasked => "the user's name was masked for good",
        RejectionCode::NotDeactivated => "disable or delete the user first",
        RejectionCode::KeysDisagree => "email, username and id do not belong to one user",
        RejectionCode::WrongPassword => "the current password is wrong",
        RejectionCode::PasswordTooCommon => "this password is used by many people: choose another",
        RejectionCode::PasswordUnchanged => "the new password is the current one",
        RejectionCode::PasswordChangeRequired => "set a new password first",
        RejectionCode::AttributeKeyTaken => "another attribute has this key",
        RejectionCode::ChoiceTaken => "the attribute has this choice already",
        RejectionCode::AttributeNotForKind => "the attribute is not for this kind of user",
        RejectionCode::ManagedInLdap => "managed in LDAP",
        RejectionCode::SsoModeMismatch => "single sign-on is not in the mode that uses this",
        RejectionCode::FederationIdTaken => "another user has this federation id",
        RejectionCode::EmployeeNumberTaken => "another user has this employee number",
        RejectionCode::LimitReached => "there are as many as there can be",
        RejectionCode::Busy => "too much is waiting: try again shortly",
        RejectionCode::WrongSecurityAnswer => "the answer is wrong",
        RejectionCode::SecurityQuestionsOff => "no security questions are asked here",
        RejectionCode::SecurityQuestionNeeded => "choose a security question of your own first",
        RejectionCode::MailWaiting => "such a mail waits already",
        RejectionCode::PasswordMailedOnce => "a password is mailed once: reset it again",
        RejectionCode::LanguageNotOffered => "the company does not offer a choice of this language",
        RejectionCode::SignOffNotificationsDisabled => "this agent switched such notices off",
        RejectionCode::AdministratorsOnly => "support acts as an administrator only",
        RejectionCode::SeatsSizedByProvider => "the provider sets the number of seats",
        RejectionCode::ApplicationNameTaken => "another application has this name",
        RejectionCode::ApplicationInUse => "somebody still runs this application in this way",
        RejectionCode::RoleNotOffered => "the application does not offer this role",
        RejectionCode::RoleNotHeld => "the user does not have this role",
        RejectionCode::NoApplicationAccess => "the user may not run this application, or not in this role",
        RejectionCode::AllRolesInForce => "in this application all roles are in force together",
        RejectionCode::ClientsOnly => "only clients have this",
        RejectionCode::LegalHold => "a legal hold keeps what is known of this user",
        RejectionCode::MaskingWaits => "a masking request about this user waits already",
        RejectionCode::SecondPersonNeeded => "a second person must decide this",
        RejectionCode::NotRequester => "only who made the request takes it back",
        RejectionCode::NotDeleted => "delete the user first",
        RejectionCode::AlreadyExtended => "its time was extended already",
        RejectionCode::Overdue => "its time is over",
        RejectionCode::MailDoesNotReach => {
            "mail does not reach this user: reset this password alone, and hand it over"
        }
        RejectionCode::AccessRequestWaits => "a request of this user for their file waits already",
        RejectionCode::FileNotFetched => "fetch the file first",
        RejectionCode::Referenced => {
            "this user is still named elsewhere: resolve each of these references first"
        }
        RejectionCode::FirstAdministrator => "the administrator created with the directory is not deleted",
        RejectionCode::DeletionNotAllowed => "users are not deleted here: disable them",
        RejectionCode::ProcessingRestricted => "what is known of this user is kept and not used",
        RejectionCode::NotDue => "the time of this user is not over",
        RejectionCode::UserRuleNameTaken => "another rule has this name",
        RejectionCode::InvokeOnly => "a rule that runs after the deletion can only invoke",
        RejectionCode::OriginNotAllowed => "the configuration does not allow calls to this origin",
        RejectionCode::RuleFailed => "a rule that runs before the deletion failed",
        RejectionCode::RuleNotCalled => "the rules changed meanwhile: try again",
        RejectionCode::PlaceholderUnknown => "something between double braces cannot be filled in here",
        RejectionCode::PlaceholderMissing => {
            "something between double braces that this mail needs is missing"
        }
        RejectionCode::SavedViewNameTaken => "another view has this name",
    }
}
