//! What sealed values tell of a person, said by their types: the register of personal data is made of it.
//!
//! A payload seals only what is [`Described`]: an event with a sealed part of a type that is not described does
//! not compile, and one whose type is stands in the register without another line.

use crate::event::{AttributeChange, AttributeNames, Change, LoginChange, PersonChange};
use crate::personal::Group;
use crate::record::Context;
use crate::value::{
    ApplicationName, ArtefactContent, AttributeLabel, BusinessUnitName, ChoiceName, DashboardName, Login,
    MailWording, MailedPassword, MaskedLogin, PasswordVerifier, PersonField, PersonFields, PortalPage,
    Preference, RoleName, RuleName, SavedViewTexts, SecurityQuestion, TeamName, UserRuleTexts,
};

/// Says which fields a sealed value may hold, by their names in the API.
pub trait Described {
    /// The fields.
    fn fields() -> Vec<&'static str>;
}

/// Under whose key a part is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SealedUnder {
    /// The person whom the event describes.
    Person,
    /// Whoever acted.
    Actor,
    /// The tenant: names of things, given by people.
    Tenant,
    /// A key of whoever acted and of some weeks: of sign-ins and sign-outs.
    Period,
    /// A key of its own, destroyed when the secret is replaced or used up.
    Secret,
}

/// One sealed part of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartShape {
    /// Under whose key.
    pub under: SealedUnder,
    /// Under which of the owner's keys.
    pub group: Group,
    /// What may stand in it.
    pub fields: Vec<&'static str>,
}

impl PartShape {
    /// The part that every event has: where the request came from.
    #[must_use]
    pub fn context() -> PartShape {
        PartShape { under: SealedUnder::Actor, group: Group::Context, fields: Context::fields() }
    }

    /// The same part of whatever a sign-in or a sign-out led to.
    #[must_use]
    pub fn sign_in_context() -> PartShape {
        PartShape { under: SealedUnder::Period, ..PartShape::context() }
    }
}

impl<T: Described> Described for Change<T> {
    fn fields() -> Vec<&'static str> {
        T::fields()
    }
}

impl<T: Described> Described for Option<T> {
    fn fields() -> Vec<&'static str> {
        T::fields()
    }
}

impl<T: Described> Described for Vec<T> {
    fn fields() -> Vec<&'static str> {
        T::fields()
    }
}

/// A value that is one field.
macro_rules! one_field {
    ($($value:ty: $name:literal,)*) => {
        $(impl Described for $value {
            fn fields() -> Vec<&'static str> {
                vec![$name]
            }
        })*
    };
}

one_field! {
    ApplicationName: "applicationName",
    AttributeLabel: "attributeLabel",
    BusinessUnitName: "businessUnitName",
    ChoiceName: "choiceName",
    DashboardName: "dashboardName",
    MailedPassword: "temporaryPassword",
    PasswordVerifier: "passwordHash",
    PortalPage: "portalPage",
    RoleName: "roleName",
    RuleName: "automationRule",
    TeamName: "teamName",
    // Of one person, and each of its own name: the names stand in `AttributeDefined`.
    AttributeChange: "customAttributes",
}

/// A value of named fields: naming each without `..` keeps the list whole.
macro_rules! named_fields {
    ($($value:ident { $($field:ident = $name:literal),* $(,)? })*) => {
        $(impl Described for $value {
            fn fields() -> Vec<&'static str> {
                let _whole = |value: &$value| {
                    let $value { $($field: _),* } = value;
                };
                vec![$($name),*]
            }
        })*
    };
}

named_fields! {
    // Of whomever the texts name.
    ArtefactContent { module = "module", container = "container", name = "name", parts = "parts" }
    Login { username = "username", email = "email" }
    LoginChange { username = "username", email = "email" }
    MaskedLogin { username = "maskedUsername", email = "maskedEmail" }
    SecurityQuestion { question = "securityQuestion", verifier = "securityAnswerHash" }
    MailWording { subject = "mailSubject", text = "mailText" }
    SavedViewTexts { name = "savedViewName", terms = "savedViewTerms" }
    UserRuleTexts { name = "userRuleName", url = "userRuleUrl" }
    AttributeNames { key = "attributeKey", label = "attributeLabel", choices = "choiceNames" }
    Context {
        request_id = "requestId",
        client_address = "clientAddress",
        user_agent = "userAgent",
        reason = "reason",
    }
}

impl Described for PersonFields {
    fn fields() -> Vec<&'static str> {
        PersonField::ALL.map(PersonField::name).to_vec()
    }
}

impl Described for PersonChange {
    fn fields() -> Vec<&'static str> {
        PersonFields::fields()
    }
}

/// Of the preferences only those that tell something are sealed.
impl Described for Preference {
    fn fields() -> Vec<&'static str> {
        vec![Preference::AccessibilityMode(true).name()]
    }
}
