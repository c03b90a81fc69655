//! Which column holds which field.

use std::borrow::Cow;

use rollbook_schema::value::{AttributeKey, PersonField};

/// What stands before the key of a custom attribute, in the name of its field.
const ATTRIBUTE: &str = "attr.";

/// A field of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Administrative capabilities.
    AccessProfile,
    /// Name of the primary team.
    Team,
    /// Names of business units.
    BusinessUnits,
    /// Username or email of whom the user reports to.
    ReportsTo,
    /// Chats at once.
    MaxChats,
    /// Whether a welcome is mailed.
    SendWelcomeEmail,
    /// Where the user is kept.
    Source,
    /// What describes the person.
    Person(PersonField),
    /// A custom attribute, by its key in lower case.
    Attribute(AttributeKey),
}

impl Field {
    /// Every field but the attributes, which tenants define.
    pub fn all() -> impl Iterator<Item = Field> {
        let own = [
            Field::Email,
            Field::Username,
            Field::Kind,
            Field::Roles,
            Field::License,
            Field::AccessProfile,
            Field::Team,
            Field::BusinessUnits,
            Field::ReportsTo,
            Field::MaxChats,
            Field::SendWelcomeEmail,
            Field::Source,
        ];
        own.into_iter().chain(PersonField::ALL.map(Field::Person))
    }

    /// Its name in the API; of an attribute, its key after `attr.`.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Field::Email => "email",
            Field::Username => "username",
            Field::Kind => "kind",
            Field::Roles => "roles",
            Field::License => "license",
            Field::AccessProfile => "accessProfile",
            Field::Team => "team",
            Field::BusinessUnits => "businessUnits",
            Field::ReportsTo => "reportsTo",
            Field::MaxChats => "maxChats",
            Field::SendWelcomeEmail => "sendWelcomeEmail",
            Field::Source => "source",
            Field::Person(field) => field.name(),
            Field::Attribute(key) => return Cow::Owned(format!("{ATTRIBUTE}{}", key.as_str())),
        })
    }

    /// The field of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Field> {
        Field::all().find(|field| field.name() == name).or_else(|| Field::attribute(name)?)
    }

    /// Takes several texts, in CSV parted by `;`.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self, Field::Roles | Field::BusinessUnits)
    }

    /// The attribute that a name or header names after `attr.`; within, `None` if no attribute can be
    /// called so. Keys are compared without case.
    fn attribute(name: &str) -> Option<Option<Field>> {
        let name = name.trim().to_ascii_lowercase();
        let key = name.strip_prefix(ATTRIBUTE)?;
        Some(AttributeKey::parse(key).ok().map(Field::Attribute))
    }

    /// What its column is called in exports of other programs, squeezed.
    fn headers(&self) -> &'static [&'static str] {
        match self {
            Field::Email => &["email", "mail", "emailaddress", "workemail", "businessemail"],
            Field::Username => &["username", "login", "loginname", "userid", "useraccount"],
            Field::Kind => &["kind", "usertype", "userkind"],
            Field::Roles => &["roles", "role"],
            Field::License => &["license", "licence", "licensetype"],
            // One word only: nobody becomes an administrator by a column that meant something else.
            Field::AccessProfile => &["accessprofile"],
            Field::Team => &["team", "teamname", "primaryteam"],
            Field::BusinessUnits => &["businessunits", "businessunit"],
            Field::ReportsTo => &["reportsto", "supervisor", "linemanager"],
            Field::MaxChats => &["maxchats", "maximumchats"],
            // No word that exports of other programs have for something else, such as where a client heard of us.
            Field::Source => &["usersource"],
            Field::SendWelcomeEmail => &["sendwelcomeemail", "welcomeemail", "welcomemail"],
            Field::Attribute(_) => &[],
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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// Nobody can be created without an email.
    #[error("the first line names no column for email: name it by --email-column")]
    NoEmail,
    /// Two columns for one field.
    #[error("columns {first} and {second} both hold {field}: name one by --column {field}=HEADER")]
    Twice {
        /// What they hold.
        field: Cow<'static, str>,
        /// From 1.
        first: usize,
        /// From 1.
        second: usize,
    },
    /// A named column that is not there.
    #[error("no column has the header that was named for {field}")]
    NotThere {
        /// What it should hold.
        field: Cow<'static, str>,
    },
    /// No attribute can have the key.
    #[error("column {column} names no attribute: after `attr.` stands its key, letters, digits and _")]
    AttributeKey {
        /// From 1.
        column: usize,
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
            fields[at] = Some(field.clone());
        }
        claim_attributes(headers, &mut fields)?;
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
        self.fields.get(column).cloned().flatten()
    }

    /// Numbers, from 1, of columns that are left aside.
    pub fn left_aside(&self) -> impl Iterator<Item = usize> {
        self.fields.iter().enumerate().filter(|(_, field)| field.is_none()).map(|(at, _)| at + 1)
    }
}

/// Columns that are headed `attr.` and a key, and that were not named for anything else.
fn claim_attributes(headers: &[&str], fields: &mut [Option<Field>]) -> Result<(), HeaderFault> {
    for (at, header) in headers.iter().enumerate() {
        let Some(attribute) = Field::attribute(header).filter(|_| fields[at].is_none()) else { continue };
        let attribute = attribute.ok_or(HeaderFault::AttributeKey { column: at + 1 })?;
        if let Some(first) = fields.iter().position(|field| field.as_ref() == Some(&attribute)) {
            let (first, second) = (first.min(at) + 1, first.max(at) + 1);
            return Err(HeaderFault::Twice { field: attribute.name(), first, second });
        }
        fields[at] = Some(attribute);
    }
    Ok(())
}

/// Letters and digits only, in lower case: `E-Mail` and `email` are one.
fn squeeze(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
