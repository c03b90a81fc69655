//! Which column holds which field.

use rollbook_schema::value::PersonField;

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Required (ACC-03).
    Email,
    /// Else the email.
    Username,
    /// Agent or client.
    Kind,
    /// Names of roles.
    Roles,
    /// RW or RO.
    License,
    /// What describes the person.
    Person(PersonField),
}

impl Field {
    /// Every field.
    pub fn all() -> impl Iterator<Item = Field> {
        let own = [Field::Email, Field::Username, Field::Kind, Field::Roles, Field::License];
        own.into_iter().chain(PersonField::ALL.map(Field::Person))
    }

    /// Its name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Field::Email => "email",
            Field::Username => "username",
            Field::Kind => "kind",
            Field::Roles => "roles",
            Field::License => "license",
            Field::Person(field) => field.name(),
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Field> {
        Field::all().find(|field| field.name() == name)
    }

    /// What its column is called in exports of other programs, squeezed.
    fn headers(self) -> &'static [&'static str] {
        match self {
            Field::Email => &["email", "mail", "emailaddress", "workemail", "businessemail"],
            Field::Username => &["username", "login", "loginname", "userid", "useraccount"],
            Field::Kind => &["kind", "usertype", "userkind"],
            Field::Roles => &["roles", "role"],
            Field::License => &["license", "licence", "licensetype"],
            Field::Person(field) => match field {
                PersonField::DisplayName => &["displayname", "preferredname"],
                PersonField::FullName => &["fullname", "name", "employeename"],
                PersonField::FirstName => &["firstname", "givenname", "forename"],
                PersonField::LastName => &["lastname", "surname", "familyname"],
                PersonField::Title => &["title", "jobtitle", "position"],
                PersonField::EmployeeNumber => {
                    &["employeenumber", "employeeno", "employeeid", "personnelnumber", "staffid"]
                }
                PersonField::LandLinePhone => {
                    &["landlinephone", "phone", "phonenumber", "telephone", "workphone", "landline"]
                }
                PersonField::MobilePhone => &["mobilephone", "mobile", "cell", "cellphone", "mobilenumber"],
                PersonField::StreetAddress => &["streetaddress", "street", "address"],
                PersonField::PostalCode => &["postalcode", "postcode", "zip", "zipcode"],
                PersonField::Signature => &["signature", "emailsignature"],
                PersonField::FederationId => &["federationid", "samlid", "nameid"],
                PersonField::CcaFederationId => &["ccafederationid"],
            },
        }
    }
}

/// A column that the operator named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedColumn {
    /// What it holds.
    pub field: Field,
    /// Its header, in any case.
    pub header: String,
}

/// Why the first line names no usable columns. No header is shown: without a header line it would be a
/// person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// Nobody can be created without an email.
    #[error("the first line names no column for email: name it by --email-column")]
    NoEmail,
    /// Two columns for one field.
    #[error("columns {first} and {second} both hold {field}: name one by --column {field}=HEADER")]
    Twice {
        /// What they hold.
        field: &'static str,
        /// From 1.
        first: usize,
        /// From 1.
        second: usize,
    },
    /// A named column that is not there.
    #[error("no column has the header that was named for {field}")]
    NotThere {
        /// What it should hold.
        field: &'static str,
    },
    /// The header line is not a record.
    #[error("the first line cannot be read: {0}")]
    Broken(&'static str),
    /// The header line is not text.
    #[error("the first line is not UTF-8: save the file as UTF-8")]
    NotText,
    /// Two bytes a character.
    #[error("the file is UTF-16: save it as UTF-8")]
    Utf16,
}

/// What each column holds, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    fields: Vec<Option<Field>>,
}

impl Columns {
    /// Reads the header line. A column that the operator named comes before any that is known by itself.
    ///
    /// # Errors
    /// [`HeaderFault`].
    pub fn from_headers(headers: &[&str], named: &[NamedColumn]) -> Result<Columns, HeaderFault> {
        let squeezed: Vec<String> = headers.iter().map(|header| squeeze(header)).collect();
        let mut fields = vec![None; headers.len()];
        for NamedColumn { field, header } in named {
            let wanted = squeeze(header);
            let at = squeezed.iter().position(|header| *header == wanted);
            let at = at.ok_or(HeaderFault::NotThere { field: field.name() })?;
            fields[at] = Some(*field);
        }
        for field in Field::all().filter(|field| named.iter().all(|named| named.field != *field)) {
            let holds =
                |at: &usize| fields[*at].is_none() && field.headers().contains(&squeezed[*at].as_str());
            let mut found = (0..headers.len()).filter(holds);
            let (first, second) = (found.next(), found.next());
            if let (Some(first), Some(second)) = (first, second) {
                let (first, second) = (first + 1, second + 1);
                return Err(HeaderFault::Twice { field: field.name(), first, second });
            }
            if let Some(at) = first {
                fields[at] = Some(field);
            }
        }
        if !fields.contains(&Some(Field::Email)) {
            return Err(HeaderFault::NoEmail);
        }
        Ok(Columns { fields })
    }

    /// Columns in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.fields.len()
    }

    /// What a column holds.
    #[must_use]
    pub fn field(&self, column: usize) -> Option<Field> {
        self.fields.get(column).copied().flatten()
    }

    /// Numbers, from 1, of columns that are left aside.
    pub fn left_aside(&self) -> impl Iterator<Item = usize> {
        self.fields.iter().enumerate().filter(|(_, field)| field.is_none()).map(|(at, _)| at + 1)
    }
}

/// Letters and digits only, in lower case: `E-Mail` and `email` are one.
fn squeeze(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
