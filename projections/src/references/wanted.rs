//! Whom a search is for: the five attributes that can name a user (REF-01).

use rollbook_schema::UserId;
use rollbook_schema::value::PersonField;

use crate::decision::User;
use crate::view::UserRow;
use crate::view::fold_text::fold_text;

/// Which attribute names a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedBy {
    /// REF-02: the user itself, or the id in a text.
    UserId,
    /// REF-03.
    Username,
    /// REF-04.
    Email,
    /// REF-05.
    FederationId,
    /// REF-06.
    CcaFederationId,
}

/// A user, and what they are called. What is not known of them is not searched: nothing matches nothing.
pub struct Wanted {
    user: UserId,
    /// As texts are compared.
    texts: Vec<(NamedBy, String)>,
}

impl Wanted {
    /// The user with these attributes; blank ones count as missing.
    #[must_use]
    pub fn new<'a>(user: UserId, named: impl IntoIterator<Item = (NamedBy, Option<&'a str>)>) -> Self {
        let ids = [(NamedBy::UserId, format!("user_{user}")), (NamedBy::UserId, user.to_string())];
        let named = named.into_iter().filter_map(|(by, text)| Some((by, text?.trim())));
        let named = named.filter(|(_, text)| !text.is_empty()).map(|(by, text)| (by, fold_text(text)));
        Wanted { user, texts: ids.into_iter().chain(named).collect() }
    }

    /// A user as rules know them.
    #[must_use]
    pub fn of_model(id: UserId, user: &User) -> Self {
        let login = user.login.as_ref();
        let person = |field| user.person(field).map(|text| text.as_str());
        let federation = [
            (NamedBy::FederationId, person(PersonField::FederationId)),
            (NamedBy::CcaFederationId, person(PersonField::CcaFederationId)),
        ];
        let login = [
            (NamedBy::Username, login.map(|login| login.username.as_str())),
            (NamedBy::Email, login.map(|login| login.email.as_str())),
        ];
        Wanted::new(id, login.into_iter().chain(federation))
    }

    /// A user as lists know them. A mask names nobody.
    #[must_use]
    pub fn of_row(row: &UserRow) -> Self {
        let login = |text: Option<&'_ str>| text.filter(|_| !row.masked).map(str::to_owned);
        let (username, email) = (login(row.username()), login(row.email()));
        let named = [
            (NamedBy::Username, username.as_deref()),
            (NamedBy::Email, email.as_deref()),
            (NamedBy::FederationId, row.person(PersonField::FederationId)),
            (NamedBy::CcaFederationId, row.person(PersonField::CcaFederationId)),
        ];
        Wanted::new(row.id, named)
    }

    /// Who.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.user
    }

    /// What they are called, in the form in which texts are compared.
    pub fn texts(&self) -> impl Iterator<Item = (NamedBy, &str)> {
        self.texts.iter().map(|(by, text)| (*by, text.as_str()))
    }
}

/// Shows nobody.
impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wanted({})", self.user)
    }
}
