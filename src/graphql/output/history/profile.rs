//! What a changed profile changed.

use rollbook_schema::event::{Change, ProfileChanged, ProfileField};
use rollbook_schema::value;

use super::changes::{List, texts};

impl List<'_> {
    pub(super) fn profile_changed(&mut self, e: &ProfileChanged) {
        for field in &e.fields {
            match field {
                ProfileField::Username => {
                    let change = e.login.known().and_then(|login| login.username.as_ref());
                    let mask = self.sight.mask.username.as_deref();
                    self.login_change("username", texts(change, |name| name.as_str()), mask);
                }
                ProfileField::Email => {
                    let change = e.login.known().and_then(|login| login.email.as_ref());
                    let mask = self.sight.mask.email.as_deref();
                    self.login_change("email", texts(change, |email| email.as_str()), mask);
                }
                ProfileField::Person(field) => {
                    let changes = e.person.known().map(Vec::as_slice).unwrap_or_default();
                    match changes.iter().find(|change| change.field == *field) {
                        Some(found) => {
                            let Change { from, to } = &found.change;
                            let text = |text: &'_ Option<value::PersonText>| {
                                text.as_ref().map(|text| text.as_str().to_owned())
                            };
                            self.personal(field.name(), text(from).as_deref(), text(to).as_deref());
                        }
                        None => self.erased(field.name(), None, None),
                    }
                }
            }
        }
    }

    fn login_change(&mut self, field: &str, known: Option<(&str, &str)>, mask: Option<&str>) {
        match known {
            Some((from, to)) => self.personal(field, Some(from), Some(to)),
            None => self.erased(field, mask, mask),
        }
    }
}
