//! Expected refusals: data with a code, from the rule to the form field. Nothing personal in them.

mod reason;
mod sentence;

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
    /// What is known of the person is kept and not used.
    ProcessingRestricted = "PROCESSING_RESTRICTED";
    /// The person's time is not over.
    NotDue = "NOT_DUE";
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
    /// Another view of the same owner has the name.
    SavedViewNameTaken = "SAVED_VIEW_NAME_TAKEN";
    /// A place in the words of a mail that cannot be filled in.
    PlaceholderUnknown = "PLACEHOLDER_UNKNOWN";
    /// Without a place that is missing, the mail is of no use.
    PlaceholderMissing = "PLACEHOLDER_MISSING";
}

impl fmt::Display for RejectionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
