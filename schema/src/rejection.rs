//! Expected refusals: data with a code, from the rule to the form field. Nothing personal in them.

mod reason;

use std::fmt;

pub use crate::rejections::Rejections;
pub use reason::{Rejection, SeatCount};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Why a command was refused: a closed list that clients can rely on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RejectionCode { $($(#[$doc])* $name,)* }

        impl RejectionCode {
            /// Every code.
            pub const ALL: &'static [RejectionCode] = &[$(RejectionCode::$name,)*];

            /// The code as clients see it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(RejectionCode::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// A required value is missing or blank.
    Required = "REQUIRED";
    /// Not a value of the field's type.
    Invalid = "INVALID";
    /// Fewer characters than allowed.
    TooShort = "TOO_SHORT";
    /// More characters than allowed.
    TooLong = "TOO_LONG";
    /// More than one request may name.
    TooMany = "TOO_MANY";
    /// Another user holds the email (ACC-04), or a username equal to it (ACC-14).
    EmailTaken = "EMAIL_TAKEN";
    /// Another user holds the username (ACC-12), or an email equal to it (ACC-14).
    UsernameTaken = "USERNAME_TAKEN";
    /// Another role has the name.
    RoleNameTaken = "ROLE_NAME_TAKEN";
    /// Another dashboard has the name.
    DashboardNameTaken = "DASHBOARD_NAME_TAKEN";
    /// The name belongs to a reserved user (RSV-03).
    ReservedName = "RESERVED_NAME";
    /// Reserved users cannot be changed (RSV-02).
    ReservedUser = "RESERVED_USER";
    /// Does not exist, or not for this actor.
    NotFound = "NOT_FOUND";
    /// The actor may not do this.
    Forbidden = "FORBIDDEN";
    /// Nobody is signed in.
    Unauthenticated = "UNAUTHENTICATED";
    /// Name or password are wrong, or the account cannot sign in: which, is not told (STA-01).
    SignInFailed = "SIGN_IN_FAILED";
    /// The user changed since the version that the client saw.
    VersionConflict = "VERSION_CONFLICT";
    /// The idempotency key was used for another command.
    IdempotencyConflict = "IDEMPOTENCY_CONFLICT";
    /// No seat of the type is free (LIC-06).
    NoLicenceAvailable = "NO_LICENCE_AVAILABLE";
    /// The actor's license is read-only (LIC-05).
    ReadOnlyLicence = "READ_ONLY_LICENCE";
    /// More than 1,536,000 bytes (PRO-13).
    ImageTooLarge = "IMAGE_TOO_LARGE";
    /// Neither JPEG nor GIF nor PNG, by its content (PRO-12), or not readable as such.
    ImageNotSupported = "IMAGE_NOT_SUPPORTED";
    /// Nobody reports to themselves (PRO-05).
    ReportsToSelf = "REPORTS_TO_SELF";
    /// The one to report to reports to this user, directly or not (PRO-05).
    ReportingCycle = "REPORTING_CYCLE";
    /// Too many people stand above.
    ReportingTooDeep = "REPORTING_TOO_DEEP";
    /// Clients do not have this (PRF-15).
    AgentsOnly = "AGENTS_ONLY";
    /// Clients need no license (LIC-09).
    NotForClients = "NOT_FOR_CLIENTS";
    /// The role is for the other kind of user (ROL-03).
    KindMismatch = "KIND_MISMATCH";
    /// A client role cannot give access to this (ROL-04).
    SurfaceNotForKind = "SURFACE_NOT_FOR_KIND";
    /// Somebody still holds the role.
    RoleInUse = "ROLE_IN_USE";
    /// No grant of the actor's covers the user (PXY-17).
    ProxyNotGranted = "PROXY_NOT_GRANTED";
    /// Who acts as somebody else switches back first (PXY-26).
    NestedProxy = "NESTED_PROXY";
    /// Acting as somebody else is recorded: that must be acknowledged first (PXY-03).
    AcknowledgementNeeded = "ACKNOWLEDGEMENT_NEEDED";
    /// It would leave nobody: that must be confirmed (PXY-15).
    ConfirmationNeeded = "CONFIRMATION_NEEDED";
    /// A proxy grant names the user (PXY-25).
    NamedInProxyGrant = "NAMED_IN_PROXY_GRANT";
    /// Another team has the name.
    TeamNameTaken = "TEAM_NAME_TAKEN";
    /// Somebody is still in the team, or a team lies below it, or a proxy grant names it.
    TeamInUse = "TEAM_IN_USE";
    /// A team cannot lie below itself (TEA-06).
    TeamCycle = "TEAM_CYCLE";
    /// Who is in a team stays in at least one (TEA-03).
    LastTeam = "LAST_TEAM";
    /// Before disabling, all teams but one are left, or one is named that is kept (STA-10).
    TeamsLeft = "TEAMS_LEFT";
    /// The user is not in this team.
    NotInTeam = "NOT_IN_TEAM";
    /// Another business unit has the name.
    BusinessUnitNameTaken = "BUSINESS_UNIT_NAME_TAKEN";
    /// Somebody still belongs to the business unit.
    BusinessUnitInUse = "BUSINESS_UNIT_IN_USE";
    /// An agent with roles keeps a seat: unassign the roles first (LIC-07).
    SeatNeeded = "SEAT_NEEDED";
    /// Not on one's own account (STA-03, DEL-17).
    OwnAccount = "OWN_ACCOUNT";
    /// One administrator must always be left (STA-18).
    LastAdministrator = "LAST_ADMINISTRATOR";
    /// The user is disabled.
    UserDisabled = "USER_DISABLED";
    /// The user's login was masked and cannot come back (MSK-11).
    UserMasked = "USER_MASKED";
    /// Only disabled or deleted users are masked (MSK-15).
    NotDeactivated = "NOT_DEACTIVATED";
    /// Email, username and id are not those of one user (MSK-03).
    KeysDisagree = "KEYS_DISAGREE";
    /// The current password given is wrong.
    WrongPassword = "WRONG_PASSWORD";
    /// Many people use this password: it is the first that is tried.
    PasswordTooCommon = "PASSWORD_TOO_COMMON";
    /// The new password is the current one.
    PasswordUnchanged = "PASSWORD_UNCHANGED";
    /// This session may only set a new password, and sign out (AUT-05).
    PasswordChangeRequired = "PASSWORD_CHANGE_REQUIRED";
    /// Too much is waiting already: try again shortly.
    Busy = "BUSY";
    /// The tenant's provider sets the number of seats, and nobody else (LIC-13).
    SeatsSizedByProvider = "SEATS_SIZED_BY_PROVIDER";
    /// Another attribute has the key.
    AttributeKeyTaken = "ATTRIBUTE_KEY_TAKEN";
    /// The attribute has a choice of this name.
    ChoiceTaken = "CHOICE_TAKEN";
    /// The attribute is not for this kind of user.
    AttributeNotForKind = "ATTRIBUTE_NOT_FOR_KIND";
    /// There are as many as there can be.
    LimitReached = "LIMIT_REACHED";
    /// The answer is not that of the security question (AUT-08).
    WrongSecurityAnswer = "WRONG_SECURITY_ANSWER";
    /// The tenant asks no security questions (AUT-08).
    SecurityQuestionsOff = "SECURITY_QUESTIONS_OFF";
    /// The first proxy login takes a security question of one's own (AUT-15).
    SecurityQuestionNeeded = "SECURITY_QUESTION_NEEDED";
    /// A mail of this kind waits already.
    MailWaiting = "MAIL_WAITING";
    /// A password is mailed once: reset it again (AUT-07).
    PasswordMailedOnce = "PASSWORD_MAILED_ONCE";
    /// The user is kept in LDAP, and changed there (SSO-01).
    ManagedInLdap = "MANAGED_IN_LDAP";
    /// Single sign-on of the tenant has no use for this field (SSO-06).
    SsoModeMismatch = "SSO_MODE_MISMATCH";
    /// Another user has the federation id (SSO-09).
    FederationIdTaken = "FEDERATION_ID_TAKEN";
    /// Another user has the employee number, and the tenant wants each once (PRO-06).
    EmployeeNumberTaken = "EMPLOYEE_NUMBER_TAKEN";
    /// Another application has the name.
    ApplicationNameTaken = "APPLICATION_NAME_TAKEN";
    /// Somebody may still run the application, or still assumes the role in it.
    ApplicationInUse = "APPLICATION_IN_USE";
    /// The application does not offer the role.
    RoleNotOffered = "ROLE_NOT_OFFERED";
    /// The user does not have the role.
    RoleNotHeld = "ROLE_NOT_HELD";
    /// The user may not run the application, or not in this role.
    NoApplicationAccess = "NO_APPLICATION_ACCESS";
    /// In this application all roles are in force together (ROL-09).
    AllRolesInForce = "ALL_ROLES_IN_FORCE";
    /// Only clients and their roles have this (ROL-05).
    ClientsOnly = "CLIENTS_ONLY";
    /// Support acts as an administrator of the tenant, and as nobody else (PXY-21).
    AdministratorsOnly = "ADMINISTRATORS_ONLY";
    /// The company has not configured this language, or only one (PRF-07).
    LanguageNotOffered = "LANGUAGE_NOT_OFFERED";
    /// The agent switched notices about approvals off (NOT-04): nothing is mailed.
    SignOffNotificationsDisabled = "SIGN_OFF_NOTIFICATIONS_DISABLED";
    /// What is known of the user must be kept: neither masked nor erased nor deleted.
    LegalHold = "LEGAL_HOLD";
    /// A masking request about the user waits already.
    MaskingWaits = "MASKING_WAITS";
    /// A second person decides: neither who asked for it nor whom it is about, nor one acting as the other.
    SecondPersonNeeded = "SECOND_PERSON_NEEDED";
    /// Only the requester takes a request back.
    NotRequester = "NOT_REQUESTER";
    /// Only deleted users are erased (MSK-15, MSK-18).
    NotDeleted = "NOT_DELETED";
    /// The time of a request was extended already.
    AlreadyExtended = "ALREADY_EXTENDED";
    /// The time of a request is over: it can no longer be extended.
    Overdue = "OVERDUE";
    /// No mail is sent here, or none arrives at the user's address (NOT-06).
    MailDoesNotReach = "MAIL_DOES_NOT_REACH";
    /// The person asked already, and was not answered yet.
    AccessRequestWaits = "ACCESS_REQUEST_WAITS";
    /// Nobody fetched the file since the person asked for it.
    FileNotFetched = "FILE_NOT_FETCHED";
    /// Something still names the user (REF-20, REF-21).
    Referenced = "REFERENCED";
    /// The administrator created with the directory (DEL-08).
    FirstAdministrator = "FIRST_ADMINISTRATOR";
    /// The tenant chose that users are not deleted (DEL-15).
    DeletionNotAllowed = "DELETION_NOT_ALLOWED";
    /// Another rule has the name.
    UserRuleNameTaken = "USER_RULE_NAME_TAKEN";
    /// After a deletion there is no record to update: such a rule can only invoke (BRL-04).
    InvokeOnly = "INVOKE_ONLY";
    /// The configuration does not allow calls to this origin.
    OriginNotAllowed = "ORIGIN_NOT_ALLOWED";
    /// A rule that runs before the deletion failed, so that nothing was done (BRL-05).
    RuleFailed = "RULE_FAILED";
    /// A rule that must be called before the deletion was not, or was changed since (BRL-05).
    RuleNotCalled = "RULE_NOT_CALLED";
}

impl fmt::Display for RejectionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn sentence(code: RejectionCode) -> &'static str {
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
        RejectionCode::Forbidden => "you may not do this",
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
        RejectionCode::UserRuleNameTaken => "another rule has this name",
        RejectionCode::InvokeOnly => "a rule that runs after the deletion can only invoke",
        RejectionCode::OriginNotAllowed => "the configuration does not allow calls to this origin",
        RejectionCode::RuleFailed => "a rule that runs before the deletion failed",
        RejectionCode::RuleNotCalled => "the rules changed meanwhile: try again",
    }
}
