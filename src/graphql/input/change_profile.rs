//! Changed fields of a profile.

use async_graphql::{ID, InputObject, MaybeUndefined};
use rollbook_schema::command::ChangeProfile;
use rollbook_schema::value::{EmailAddress, Flaw, PersonField, PersonText, Username};
use rollbook_schema::{Command, RejectionCode};

use super::Flaws;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};

/// Fields to change. A field that is left out stays as it is; `null` empties it.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeProfileInput {
    user_id: ID,
    /// Cannot be emptied.
    username: MaybeUndefined<String>,
    /// Cannot be emptied. A changed email is no longer verified.
    email: MaybeUndefined<String>,
    /// Cannot be emptied.
    display_name: MaybeUndefined<String>,
    /// Cannot be emptied.
    full_name: MaybeUndefined<String>,
    first_name: MaybeUndefined<String>,
    last_name: MaybeUndefined<String>,
    title: MaybeUndefined<String>,
    employee_number: MaybeUndefined<String>,
    land_line_phone: MaybeUndefined<String>,
    mobile_phone: MaybeUndefined<String>,
    street_address: MaybeUndefined<String>,
    postal_code: MaybeUndefined<String>,
    /// May have several lines; at most 1,000 characters. What shows it must escape it.
    signature: MaybeUndefined<String>,
    /// Unique; only where single sign-on is by SAML.
    federation_id: MaybeUndefined<String>,
    /// Only where there is single sign-on.
    cca_federation_id: MaybeUndefined<String>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeProfileInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let username = kept_or_set("username", &self.username, Username::parse, flaws);
        let email = kept_or_set("email", &self.email, EmailAddress::parse, flaws);
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
        let person = given.into_iter().filter_map(|(field, text)| Some((field, change(field, text, flaws)?)));
        let person = person.collect();
        Some(ChangeProfile { user: user?, username, email, person }.into())
    }
}

/// What a descriptive field becomes; `None` if it stays. A blank text empties, as `null` does.
pub(super) fn change(
    field: PersonField,
    text: &MaybeUndefined<String>,
    flaws: &mut Flaws,
) -> Option<Option<PersonText>> {
    match text {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(text) => {
            Some(flaws.optional(field.name(), Some(text), |text| field.parse(text)))
        }
    }
}

/// A field that every user has.
fn kept_or_set<T>(
    field: &'static str,
    text: &MaybeUndefined<String>,
    parse: fn(&str) -> Result<T, Flaw>,
    flaws: &mut Flaws,
) -> Option<T> {
    match text {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => {
            flaws.refuse(field, RejectionCode::Required);
            None
        }
        MaybeUndefined::Value(text) => flaws.take(field, parse(text)),
    }
}
