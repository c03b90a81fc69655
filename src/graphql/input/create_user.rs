//! A new user.

use async_graphql::{ID, InputObject};
use rollbook_schema::RejectionCode;
use rollbook_schema::command::CreateUser;
use rollbook_schema::event::Origin;
use rollbook_schema::value::{
    self, ChatLimit, EmailAddress, Login, Password, PersonField, PersonFields, RuleName, Username,
};

use super::{AttributeInput, Flaws};
use crate::graphql::asking::{AskTerms, Terms};
use crate::graphql::segment::UserSegment;
use crate::graphql::vocabulary::{AccessProfile, LicenseType, UserKind, UserSource};

/// A new agent or client. Made whole, or not at all.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateUserInput {
    kind: UserKind,
    /// Unique among all users of both kinds, compared without case.
    email: String,
    /// 6 to 128 characters, and what the tenant demands besides. Without one, a first
    /// password is mailed; where no mail goes, nobody can sign in until it is reset.
    #[graphql(secret)]
    password: Option<String>,
    /// Unique, compared without case; the email, if it is not given.
    username: Option<String>,
    /// Required, unless first or last name is given.
    full_name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// The full name, if it is not given.
    display_name: Option<String>,
    title: Option<String>,
    employee_number: Option<String>,
    land_line_phone: Option<String>,
    mobile_phone: Option<String>,
    street_address: Option<String>,
    postal_code: Option<String>,
    /// May have several lines.
    signature: Option<String>,
    /// Unique; only where single sign-on is by SAML.
    federation_id: Option<String>,
    /// Only where there is single sign-on.
    cca_federation_id: Option<String>,
    #[graphql(default)]
    email_verified: bool,
    /// The segment to start in: `VERIFIED` says what `emailVerified` says.
    segment: Option<UserSegment>,
    /// `STANDARD`, if it is not given.
    access_profile: Option<AccessProfile>,
    /// Roles to start with. An agent's first role takes a seat.
    roles: Option<Vec<ID>>,
    /// The seat to take; with roles and none named: `READ_WRITE`.
    license: Option<LicenseType>,
    /// Chats at once, 0 to 1,000; the directory's default, if it is not given. Agents only.
    max_chats: Option<i32>,
    /// Mail them a welcome, with what is needed to sign in but a password that was given here.
    #[graphql(default)]
    send_welcome_email: bool,
    /// The primary team. Whoever is bound by teams themselves names one within their reach.
    team: Option<ID>,
    /// Business units to belong to.
    business_units: Option<Vec<ID>>,
    /// Whom the user reports to.
    reports_to: Option<ID>,
    /// Where the user is kept: `LOCAL`, if it is not given. An LDAP user has no password here. Given by
    /// administrators.
    source: Option<UserSource>,
    /// Custom attributes to start with.
    #[graphql(default)]
    attributes: Vec<AttributeInput>,
    /// Name of the automation rule that creates this user: then the rule is the actor, and a refusal
    /// is written to the history of the user type.
    automation: Option<String>,
    #[graphql(flatten)]
    terms: AskTerms,
}

/// A user to be made, with the password that is not hashed yet.
pub(in crate::graphql) struct NewUser {
    pub command: CreateUser,
    pub password: Option<Password>,
}

impl CreateUserInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    /// Every field is looked at, whatever is wrong with the others.
    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<NewUser> {
        let person = self.person(flaws);
        let email = flaws.take("email", EmailAddress::parse(&self.email));
        let username = match (&self.username, &email) {
            (Some(username), _) => flaws.take("username", Username::parse(username)),
            (None, Some(email)) => flaws.take("username", Username::parse(email.as_str())),
            (None, None) => None,
        };
        let roles = self.roles.unwrap_or_default();
        let roles: Vec<_> = roles.iter().filter_map(|role| flaws.role("roles", role)).collect();
        let team = self.team.as_ref().and_then(|team| flaws.team("team", team));
        let units = self.business_units.unwrap_or_default();
        let business_units =
            units.iter().filter_map(|unit| flaws.business_unit("businessUnits", unit)).collect();
        let reports_to = self.reports_to.as_ref().and_then(|above| flaws.user("reportsTo", above));
        let attributes = AttributeInput::entries(&self.attributes, flaws);
        let rule = flaws.optional("automation", self.automation.as_deref(), RuleName::parse);
        let email_verified = self.email_verified || self.segment == Some(UserSegment::Verified);
        if self.email_verified && self.segment == Some(UserSegment::Registered) {
            flaws.refuse("segment", RejectionCode::Invalid);
        }
        let max_chats =
            self.max_chats.and_then(|chats| flaws.take("maxChats", ChatLimit::parse(chats.into())));
        let password = self.password.map(|typed| flaws.take("password", Password::parse(typed)));
        let command = CreateUser {
            kind: self.kind.into(),
            login: Login { username: username?, email: email? },
            person,
            verifier: None,
            initial: None,
            email_verified,
            access_profile: self.access_profile.map(value::AccessProfile::from).unwrap_or_default(),
            roles,
            license: self.license.map(Into::into),
            welcome: self.send_welcome_email,
            origin: if rule.is_some() { Origin::Automation } else { Origin::Request },
            rule,
            max_chats,
            team,
            attributes,
            business_units,
            reports_to,
            source: self.source.map(value::UserSource::from).unwrap_or_default(),
        };
        let password = match password {
            Some(parsed) => Some(parsed?),
            None => None,
        };
        Some(NewUser { command, password })
    }

    /// At least a full name can be made of what is given (ACC-07).
    fn person(&self, flaws: &mut Flaws) -> PersonFields {
        let given = [
            (PersonField::DisplayName, &self.display_name),
            (PersonField::FullName, &self.full_name),
            (PersonField::FirstName, &self.first_name),
            (PersonField::LastName, &self.last_name),
            (PersonField::Title, &self.title),
            (PersonField::EmployeeNumber, &self.employee_number),
            (PersonField::LandLinePhone, &self.land_line_phone),
            (PersonField::MobilePhone, &self.mobile_phone),
            (PersonField::StreetAddress, &self.street_address),
            (PersonField::PostalCode, &self.postal_code),
            (PersonField::Signature, &self.signature),
            (PersonField::FederationId, &self.federation_id),
            (PersonField::CcaFederationId, &self.cca_federation_id),
        ];
        let mut person = PersonFields::default();
        let mut names_are_whole = true;
        for (field, text) in given {
            let parsed = flaws.optional(field.name(), text.as_deref(), |text| field.parse(text));
            let is_flawed = parsed.is_none() && text.as_ref().is_some_and(|text| !text.trim().is_empty());
            names_are_whole &= !(is_flawed && is_part_of_full_name(field));
            person.0.extend(parsed.map(|text| (field, text)));
        }
        let person = person.completed();
        // A flawed name is reported as such, and is not missing besides.
        if names_are_whole && person.get(PersonField::FullName).is_none() {
            flaws.refuse("fullName", RejectionCode::Required);
        }
        person
    }
}

fn is_part_of_full_name(field: PersonField) -> bool {
    matches!(field, PersonField::FullName | PersonField::FirstName | PersonField::LastName)
}
