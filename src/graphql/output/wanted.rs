//! Which personal fields of a user a document asks for: the others are not copied out of the view.

use async_graphql::{Lookahead, SelectionField};
use rollbook_schema::value::PersonField;

/// What to copy.
#[derive(Clone, Copy, Default)]
pub(in crate::graphql) struct Wanted {
    pub username: bool,
    pub label: bool,
    pub editable: bool,
    pub email: bool,
    pub roles: bool,
    pub access: bool,
    pub teams: bool,
    pub business_units: bool,
    pub may_proxy: bool,
    pub proxy_grant: bool,
    person: [bool; PersonField::ALL.len()],
}

impl Wanted {
    /// What is asked of the users that stand at these places of the document.
    pub(in crate::graphql) fn at<'a>(places: impl IntoIterator<Item = Lookahead<'a>>) -> Self {
        let mut wanted = Wanted::default();
        for place in places {
            for field in place.selection_fields().iter().flat_map(SelectionField::selection_set) {
                wanted.add(field.name());
            }
        }
        wanted
    }

    /// What the table of users shows (LST-02).
    pub(in crate::graphql) fn table() -> Self {
        let columns = Wanted { username: true, label: true, email: true, ..Wanted::default() };
        Wanted { roles: true, business_units: true, ..columns }
    }

    pub(in crate::graphql) fn person(&self, field: PersonField) -> bool {
        self.person[field as usize]
    }

    fn add(&mut self, name: &str) {
        match name {
            "username" => self.username = true,
            "email" => self.email = true,
            "roles" => self.roles = true,
            "access" => self.access = true,
            "mayProxy" => self.may_proxy = true,
            "proxyGrant" => self.proxy_grant = true,
            "teams" => self.teams = true,
            "businessUnits" => self.business_units = true,
            "label" | "primaryLabel" => self.label = true,
            "editable" => self.editable = true,
            "landLinePhoneE164" => self.person[PersonField::LandLinePhone as usize] = true,
            "mobilePhoneE164" => self.person[PersonField::MobilePhone as usize] = true,
            name => {
                if let Some(field) = PersonField::ALL.into_iter().find(|field| field.name() == name) {
                    self.person[field as usize] = true;
                }
            }
        }
    }
}
