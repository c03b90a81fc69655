//! Values: parsed once at the edge, trusted inside.
//!
//! Each `parse` returns a [`Flaw`] that names what is wrong, never the value itself.

mod access_profile;
mod application_name;
mod artefact;
mod attribute;
mod business_unit_name;
mod calendar_date;
mod chat_limit;
mod client_type;
mod dashboard_name;
mod decimal;
mod email;
mod formatted;
mod formatted_number;
mod kind;
mod language_tag;
mod languages;
mod legal_basis;
mod license;
mod mail;
mod mail_wording;
mod mailed_password;
mod mask;
mod password;
mod person;
mod phone;
mod portal_page;
mod preference;
mod proxy_grant;
mod public_key;
mod retention;
mod role_name;
mod role_policy;
mod saved_view;
mod security_question;
mod server_address;
mod settings;
mod signature;
mod single_sign_on;
mod standard_user;
mod team_name;
mod text;
mod time;
mod time_zone;
mod user_rule;
mod username;

pub use access_profile::AccessProfile;
pub use application_name::ApplicationName;
pub use artefact::{
    ARTEFACT_PARTS_MAX, ArtefactContent, ArtefactKind, ArtefactName, ArtefactPart, ArtefactText, PartContent,
};
pub use attribute::{
    ATTRIBUTE_CHOICES_MAX, ATTRIBUTES_MAX, AttributeKey, AttributeLabel, AttributeText, AttributeType,
    AttributeValue, ChoiceName, ChoiceNumber,
};
pub use business_unit_name::BusinessUnitName;
pub use calendar_date::CalendarDate;
pub use chat_limit::ChatLimit;
pub use client_type::ClientType;
pub use dashboard_name::DashboardName;
pub use decimal::Decimal;
pub use email::EmailAddress;
pub use formatted::formatted;
pub use formatted_number::{FRACTION_DIGITS_MAX, formatted_number, formatted_percentage};
pub use kind::{Surface, UserKind};
pub use language_tag::LanguageTag;
pub use legal_basis::LegalBasis;
pub use license::LicenseType;
pub use mail::{MailFault, MailTemplate, SignOffNotice};
pub use mail_wording::{MailLanguage, MailSubject, MailText, MailWording, Piece, Placeholder, pieces};
pub use mailed_password::MailedPassword;
pub use mask::{EmailMaskFormat, MaskedLogin, UsernameMaskFormat, mask_email, mask_username};
pub use password::{Password, PasswordVerifier};
pub use person::{Login, PersonField, PersonFields, PersonText};
pub use phone::e164;
pub use portal_page::PortalPage;
pub use preference::{DateOrder, DateSeparator, Preference, Preferences, TimeFormat};
pub use proxy_grant::{ProxyGrant, ProxyScope};
pub use public_key::PublicKey;
pub use retention::{ErasureLimit, RetentionDays, RetentionLimit, RetentionMonths, RetentionState};
pub use role_name::RoleName;
pub use role_policy::RolePolicy;
pub use saved_view::{
    ListColumn, ListLicense, ListSegment, ListState, ListTerm, ListTerms, SavedViewName, SavedViewTexts,
    SearchText,
};
pub use security_question::{QuestionText, SecurityAnswer, SecurityQuestion};
pub use server_address::ServerAddress;
pub use settings::{ChosenSettings, Setting, SettingValue, Settings};
pub use signature::Signature;
pub use single_sign_on::{SsoMode, UserSource};
pub use standard_user::{STANDARD_USERS, StandardUser};
pub use team_name::TeamName;
pub use text::{Reason, RuleName};
pub use time::Timestamp;
pub use time_zone::TimeZone;
pub use user_rule::{
    NewSuperior, RecordUpdate, RuleAction, RuleFault, RuleTest, RuleTrigger, RuleUrl, UserRuleName,
    UserRuleTexts,
};
pub use username::{RESERVED_USERNAMES, Username};

/// Why a text is not a value of the type asked for. Carries no personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Nothing but white space.
    #[error("must not be blank")]
    Blank,
    /// Fewer code points than allowed.
    #[error("must have at least {min} characters")]
    TooShort {
        /// Code points.
        min: usize,
    },
    /// More code points than allowed.
    #[error("must have at most {max} characters")]
    TooLong {
        /// Code points.
        max: usize,
    },
    /// A control, formatting or other character that the type forbids.
    #[error("contains a character that is not allowed here")]
    Character,
    /// Not of the form.
    #[error("is not of the expected form")]
    Form,
    /// Can be mistaken for another text (Unicode TS 39).
    #[error("mixes scripts or can be mistaken for another name")]
    Confusable,
    /// Belongs to a reserved user (RSV-03).
    #[error("is reserved")]
    Reserved,
    /// Outside the range of the type.
    #[error("is out of range")]
    Range,
}
