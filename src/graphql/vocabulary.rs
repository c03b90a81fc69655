//! The small enums, each a mirror of one in the schema crate: the conversions are total both ways.

use async_graphql::Enum;
use rollbook_projections::view as known;
use rollbook_schema::{Subject, event, record, value};

/// What kind of user somebody is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::UserKind")]
pub(super) enum UserKind {
    /// Internal; holds a seat.
    Agent,
    /// External; free and unlimited.
    Client,
    /// Reserved, never a person.
    Standard,
}

/// What a role gives access to.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::Surface")]
pub(super) enum Surface {
    Lists,
    Views,
    Reports,
    Dashboards,
    Charts,
}

/// Which administrative capabilities a user has.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::AccessProfile")]
pub(super) enum AccessProfile {
    /// Only what everybody may do with the own account.
    Standard,
    /// Everything but compliance work.
    Administrator,
    /// Users, but neither roles nor license pools nor access profiles.
    UserManager,
    /// Reads history and state; sees pseudonyms.
    Auditor,
    /// Masks people, and sees whom.
    ComplianceOfficer,
    /// Attached at deletion; grants nothing and cannot be assigned.
    DeletedUser,
}

/// The two kinds of license.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::LicenseType")]
pub(super) enum LicenseType {
    /// May change things, as roles permit.
    ReadWrite,
    /// May view only, whatever the roles.
    ReadOnly,
}

/// How a username is masked.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::UsernameMaskFormat")]
pub(super) enum UsernameMaskFormat {
    /// `John.Peter` becomes `Unknown User (Jo Pe)`.
    Initials,
    /// `Unknown User` alone.
    Plain,
}

/// How an email is masked. No mask is a deliverable address.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::EmailMaskFormat")]
pub(super) enum EmailMaskFormat {
    /// `jo***@***`.
    Stub,
    /// `***@example.com.invalid`.
    Domain,
    /// `masked-12@invalid`.
    Id,
}

/// What kind of actor it was.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "record::ActorKind")]
pub(super) enum ActorKind {
    /// Somebody signed in.
    Person,
    /// The program itself, or an automation rule.
    Automation,
    /// The operator of the machine, at the command line.
    Operator,
    /// Who provides the directory to the tenant.
    Provider,
}

/// As whom somebody may act.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::ProxyScope")]
pub(super) enum ProxyScope {
    /// All users and teams: the default.
    All,
    /// Only those named; nobody, if none is.
    Selected,
}

/// What kind of program signs in, as it says itself.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::ClientType")]
pub(super) enum ClientType {
    /// A browser.
    Web,
    /// An app on a telephone or a tablet; refused to users without `mobileAccess`.
    Mobile,
    /// A program on a desk.
    Desktop,
}

/// Which way a list runs.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderDirection {
    /// Least first.
    Asc,
    /// Greatest first.
    Desc,
}

impl From<OrderDirection> for known::Direction {
    fn from(direction: OrderDirection) -> Self {
        match direction {
            OrderDirection::Asc => known::Direction::Ascending,
            OrderDirection::Desc => known::Direction::Descending,
        }
    }
}

/// What an event can be about.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubjectKind {
    /// One user.
    User,
    /// The user type as a whole, where no user exists.
    UserType,
    /// One role.
    Role,
    /// The seats of one type.
    LicensePool,
    /// The directory itself.
    Tenant,
    /// One dashboard.
    Dashboard,
    /// One team.
    Team,
    /// One business unit.
    BusinessUnit,
    /// One custom attribute.
    Attribute,
    /// One application.
    Application,
    /// One artefact of another system.
    Artefact,
    /// One rule on users.
    UserRule,
}

impl From<Subject> for SubjectKind {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::User(_) => SubjectKind::User,
            Subject::UserType => SubjectKind::UserType,
            Subject::Role(_) => SubjectKind::Role,
            Subject::LicensePool(_) => SubjectKind::LicensePool,
            Subject::Tenant => SubjectKind::Tenant,
            Subject::Dashboard(_) => SubjectKind::Dashboard,
            Subject::Team(_) => SubjectKind::Team,
            Subject::BusinessUnit(_) => SubjectKind::BusinessUnit,
            Subject::Attribute(_) => SubjectKind::Attribute,
            Subject::Application(_) => SubjectKind::Application,
            Subject::Artefact(_) => SubjectKind::Artefact,
            Subject::UserRule(_) => SubjectKind::UserRule,
        }
    }
}

impl From<SubjectKind> for known::HistorySubject {
    fn from(kind: SubjectKind) -> Self {
        match kind {
            SubjectKind::User => known::HistorySubject::Users,
            SubjectKind::UserType => known::HistorySubject::UserType,
            SubjectKind::Role => known::HistorySubject::Roles,
            SubjectKind::LicensePool => known::HistorySubject::LicensePools,
            SubjectKind::Tenant => known::HistorySubject::Tenant,
            SubjectKind::Dashboard => known::HistorySubject::Dashboards,
            SubjectKind::Team => known::HistorySubject::Teams,
            SubjectKind::BusinessUnit => known::HistorySubject::BusinessUnits,
            SubjectKind::Attribute => known::HistorySubject::Attributes,
            SubjectKind::Application => known::HistorySubject::Applications,
            SubjectKind::Artefact => known::HistorySubject::Artefacts,
            SubjectKind::UserRule => known::HistorySubject::UserRules,
        }
    }
}

/// In which way history was read.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "event::ReadingWay")]
pub(super) enum ReadingWay {
    /// Page by page.
    Page,
    /// As it happens.
    Follow,
    /// As a file.
    Export,
}

/// A language that mails are written in.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::MailLanguage")]
pub(super) enum MailLanguage {
    /// Whoever chose none of the others.
    English,
    /// German, of any region.
    German,
}

/// What a mail says.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::MailTemplate")]
pub(super) enum MailTemplate {
    /// Welcome, and what is needed to sign in; never a password.
    Welcome,
    /// A first password, for one sign-in and a time.
    InitialPassword,
    /// Both in one mail.
    WelcomeWithPassword,
    /// A password in the place of the one before, for one sign-in and a time.
    TemporaryPassword,
    /// The provider's support acts as the reader.
    SupportLogin,
    /// An approval is asked of the reader.
    SignOffAsked,
    /// What the reader asked to be approved was decided.
    SignOffDecided,
}

/// What a notice about an approval says.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::SignOffNotice")]
pub(super) enum SignOffNotice {
    /// An approval is asked for.
    Asked,
    /// What was asked for is decided.
    Decided,
}

/// Why a mail did not go.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::MailFault")]
pub(super) enum MailFault {
    /// The mail server could not be reached, or broke off.
    Unreachable,
    /// The mail server said: not now.
    Deferred,
    /// The mail server said: never.
    Refused,
    /// There is no address any more.
    NoAddress,
    /// The password that it should have told opens nothing any more.
    Expired,
}

/// How a mail stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "known::MailState")]
pub(super) enum MailState {
    /// It waits for its first or next attempt.
    Waiting,
    /// The mail server took it.
    Sent,
    /// It is not tried again.
    Failed,
    /// Its user was deleted before it went, or the password in it was used or replaced.
    Withdrawn,
}

/// What the values of a custom attribute are.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::AttributeType")]
pub(super) enum AttributeType {
    /// One line of at most 500 characters.
    Text,
    /// A decimal number of at most 18 digits, written like `-12.5`.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A day, written like `2026-12-31`.
    Date,
    /// One of those that were defined, by its name.
    Choice,
}

/// How people sign in from elsewhere.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::SsoMode")]
pub(super) enum SsoMode {
    /// They do not.
    Off,
    /// By a custom authentication server.
    PassThrough,
    /// By the provider of the client program.
    Delegated,
    /// By SAML: users have federation ids.
    Saml,
}

/// Where a user is kept.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::UserSource")]
pub(super) enum UserSource {
    /// Here.
    Local,
    /// In an LDAP directory, and changed there only.
    Ldap,
    /// Here, made from what a SAML identity provider said.
    Saml,
}
