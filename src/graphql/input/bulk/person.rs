//! What is known of many users: fields that several people can share, preferences, custom attributes.

use async_graphql::{InputObject, MaybeUndefined};
use rollbook_schema::command::{ChangePreferences, ChangeProfile, SetAttributes};
use rollbook_schema::value::PersonField;

use super::{OfUser, of_user};
use crate::graphql::input::change_preferences::PreferencesInput;
use crate::graphql::input::change_profile::change;
use crate::graphql::input::{AttributeInput, Flaws};

/// Fields that several people can share. A field that is left out stays as it is; `null` empties it.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkProfile {
    title: MaybeUndefined<String>,
    land_line_phone: MaybeUndefined<String>,
    street_address: MaybeUndefined<String>,
    postal_code: MaybeUndefined<String>,
    /// May have several lines; at most 1,000 characters. What shows it must escape it.
    signature: MaybeUndefined<String>,
}

impl BulkProfile {
    pub(super) fn changed(self, flaws: &mut Flaws) -> Option<OfUser> {
        let given = [
            (PersonField::Title, &self.title),
            (PersonField::LandLinePhone, &self.land_line_phone),
            (PersonField::StreetAddress, &self.street_address),
            (PersonField::PostalCode, &self.postal_code),
            (PersonField::Signature, &self.signature),
        ];
        let person = given.into_iter().filter_map(|(field, text)| Some((field, change(field, text, flaws)?)));
        let person: Vec<_> = person.collect();
        of_user(move |user| ChangeProfile { user, username: None, email: None, person: person.clone() })
    }
}

/// Preferences to change. One that is left out stays as it is; `null` puts the default back.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkPreferences {
    #[graphql(flatten)]
    preferences: PreferencesInput,
}

impl BulkPreferences {
    pub(super) fn changed(self, flaws: &mut Flaws) -> Option<OfUser> {
        let preferences = self.preferences.parse(flaws)?;
        of_user(move |user| ChangePreferences { user, preferences: preferences.clone() })
    }
}

/// Values to set and to clear; attributes that are not named stay.
#[derive(InputObject)]
pub(in crate::graphql) struct BulkAttributes {
    attributes: Vec<AttributeInput>,
}

impl BulkAttributes {
    pub(super) fn set(self, flaws: &mut Flaws) -> Option<OfUser> {
        let attributes = AttributeInput::entries(&self.attributes, flaws);
        of_user(move |user| SetAttributes { user, attributes: attributes.clone() })
    }
}
