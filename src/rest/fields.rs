//! What the body of `POST /users` may hold: the fields of the input of `createUser`.

use rollbook_schema::value::PersonField;

/// One member of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// As in GraphQL.
    pub name: &'static str,
    /// What its value is.
    pub form: FieldForm,
    /// One sentence for the document.
    pub help: &'static str,
}

/// What the value of a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldForm {
    /// A text.
    Text,
    /// A text that nobody may read back.
    Secret,
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Ids of roles.
    Roles,
    /// Ids of business units.
    BusinessUnits,
    /// A whole number.
    Number,
    /// Custom attributes by their keys.
    Attributes,
}

const fn field(name: &'static str, form: FieldForm, help: &'static str) -> Field {
    Field { name, form, help }
}

/// What must be there; everything else may be left out or null.
pub(super) const REQUIRED: [&str; 2] = ["kind", "email"];

const KINDS: &[&str] = &["AGENT", "CLIENT"];
const SEGMENTS: &[&str] = &["REGISTERED", "VERIFIED", "EVERYONE"];
const PROFILES: &[&str] = &["STANDARD", "ADMINISTRATOR", "USER_MANAGER", "AUDITOR", "COMPLIANCE_OFFICER"];
const SOURCES: &[&str] = &["LOCAL", "LDAP", "SAML"];
const LICENSES: &[&str] = &["READ_WRITE", "READ_ONLY"];

const FIXED: &[Field] = &[
    field("kind", FieldForm::Choice(KINDS), "Internal, or external and free of charge."),
    field("email", FieldForm::Text, "Unique among all users, compared without case."),
    field(
        "password",
        FieldForm::Secret,
        "6 to 128 characters. Without one, nobody signs in as this user until one is set.",
    ),
    field("username", FieldForm::Text, "Unique, compared without case; the email, if it is left out."),
    field("emailVerified", FieldForm::Flag, "Whether the email is known to be theirs."),
    field(
        "segment",
        FieldForm::Choice(SEGMENTS),
        "The segment to start in; VERIFIED says what emailVerified says.",
    ),
    field("accessProfile", FieldForm::Choice(PROFILES), "STANDARD, if it is left out."),
    field("roles", FieldForm::Roles, "Roles to start with. An agent's first role takes a seat."),
    field(
        "maxChats",
        FieldForm::Number,
        "Chats at once, 0 to 1,000; the directory's default, if it is left out.",
    ),
    field("team", FieldForm::Text, "The primary team, by its id."),
    field("businessUnits", FieldForm::BusinessUnits, "Business units to belong to, by their ids."),
    field("reportsTo", FieldForm::Text, "Whom the user reports to, by the user's id."),
    field("source", FieldForm::Choice(SOURCES), "Where the user is kept; LOCAL, if it is left out."),
    field("license", FieldForm::Choice(LICENSES), "The seat to take; with roles and none named: READ_WRITE."),
    field(
        "sendWelcomeEmail",
        FieldForm::Flag,
        "Mail them a welcome, with what is needed to sign in but the password.",
    ),
    field(
        "automation",
        FieldForm::Text,
        "Name of the automation rule that creates this user: then the rule is the actor.",
    ),
    field(
        "attributes",
        FieldForm::Attributes,
        "Custom attributes to start with, as their types are written.",
    ),
    field("reason", FieldForm::Text, "Why, or the ticket that asked for it."),
];

/// All members of the body. Those of the person are the ones that the schema crate lists.
#[must_use]
pub fn fields() -> Vec<Field> {
    let person = PersonField::ALL.into_iter().map(|of| field(of.name(), FieldForm::Text, person_help(of)));
    FIXED.iter().copied().chain(person).collect()
}

fn person_help(field: PersonField) -> &'static str {
    match field {
        PersonField::FullName => "Required, unless first or last name is given.",
        PersonField::DisplayName => "The full name, if it is left out.",
        _ => "May be left out.",
    }
}
