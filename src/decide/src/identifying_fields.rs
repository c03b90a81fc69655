//! Federation ids are there only where single sign-on is, and unique (SSO-06, SSO-09, SSO-10); employee
//! numbers are unique if the tenant says so (PRO-06).

use rollbook_schema::value::{PersonField, PersonText, SsoMode};
use rollbook_schema::{Rejection, RejectionCode, UserId};

use crate::asked::Asked;

/// What is wrong with fields that a user would get; emptied ones are never wrong.
pub(crate) fn wrong<'a>(
    asked: &Asked<'_>,
    user: Option<UserId>,
    fields: impl IntoIterator<Item = (PersonField, &'a PersonText)>,
) -> Vec<Rejection> {
    let fields = fields.into_iter();
    fields
        .filter_map(|(field, text)| Some(Rejection::of(field.name(), code(asked, user, field, text)?)))
        .collect()
}

fn code(
    asked: &Asked<'_>,
    user: Option<UserId>,
    field: PersonField,
    text: &PersonText,
) -> Option<RejectionCode> {
    let settings = asked.moment.settings;
    let is_taken = || asked.models.identifiers.is_taken(field, text, user);
    match field {
        PersonField::FederationId if settings.sso_mode != SsoMode::Saml => {
            Some(RejectionCode::SsoModeMismatch)
        }
        PersonField::CcaFederationId if settings.sso_mode == SsoMode::Off => {
            Some(RejectionCode::SsoModeMismatch)
        }
        PersonField::FederationId if is_taken() => Some(RejectionCode::FederationIdTaken),
        PersonField::EmployeeNumber if settings.unique_employee_numbers && is_taken() => {
            Some(RejectionCode::EmployeeNumberTaken)
        }
        _ => None,
    }
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::CreateUser;
    use rollbook_schema::value::{PersonField, Setting, SettingValue, SsoMode};

    use crate::tests::*;

    fn mode(mode: SsoMode) -> rollbook_schema::command::ChangeSettings {
        choose(Setting::SsoMode, SettingValue::Sso(mode))
    }

    const FEDERATED: [(PersonField, Option<&str>); 1] = [(PersonField::FederationId, Some("f-1"))];
    const CCA: [(PersonField, Option<&str>); 1] = [(PersonField::CcaFederationId, Some("c-1"))];
    const NUMBERED: [(PersonField, Option<&str>); 1] = [(PersonField::EmployeeNumber, Some("E1"))];

    #[test]
    fn sso_06_sso_09_a_federation_id_is_accepted_with_saml_only() {
        Directory::small()
            .when(change_person(8, &FEDERATED), expect!["refused: SSO_MODE_MISMATCH@federationId"])
            .given(mode(SsoMode::Delegated))
            .when(change_person(8, &FEDERATED), expect!["refused: SSO_MODE_MISMATCH@federationId"])
            .given(mode(SsoMode::Saml))
            .given(change_person(8, &FEDERATED))
            .given(mode(SsoMode::Off))
            .given(change_person(8, &[(PersonField::FederationId, None)]));
    }

    #[test]
    fn sso_09_a_federation_id_is_unique_among_those_who_are_there() {
        let person = person(&[(PersonField::FullName, "Bob"), (PersonField::FederationId, "f-1")]);
        let bob = || CreateUser { person: person.clone(), ..agent("bob") };
        Directory::small()
            .given(mode(SsoMode::Saml))
            .given(change_person(8, &FEDERATED))
            .when(change_person(9, &FEDERATED), expect!["refused: FEDERATION_ID_TAKEN@federationId"])
            .when(bob(), expect!["refused: FEDERATION_ID_TAKEN@federationId"])
            .given(delete(8))
            .given(bob());
    }

    #[test]
    fn sso_10_the_second_federation_id_stands_apart_and_needs_single_sign_on() {
        Directory::small()
            .when(change_person(8, &CCA), expect!["refused: SSO_MODE_MISMATCH@ccaFederationId"])
            .given(mode(SsoMode::PassThrough))
            .given(change_person(8, &CCA))
            .given(change_person(9, &CCA));
    }

    #[test]
    fn pro_06_employee_numbers_are_unique_only_if_the_tenant_says_so() {
        Directory::small()
            .given(change_person(8, &NUMBERED))
            .given(change_person(9, &NUMBERED))
            .given(agent("bob"))
            .given(choose(Setting::UniqueEmployeeNumbers, SettingValue::Flag(true)))
            .when(change_person(10, &NUMBERED), expect!["refused: EMPLOYEE_NUMBER_TAKEN@employeeNumber"])
            .when(change_person(8, &NUMBERED), expect!["nothing"])
            .given(change_person(8, &[(PersonField::EmployeeNumber, Some("E2"))]));
    }
}
