//! The first start on an empty directory makes the administrator.

use rollbook_schema::command::CreateUser;
use rollbook_schema::event::Origin;
use rollbook_schema::value::{
    AccessProfile, EmailAddress, Flaw, Login, Password, PasswordVerifier, PersonField, PersonFields,
    PersonText, UserKind, UserSource, Username,
};
use zeroize::Zeroizing;

use super::{Asking, Directory};
use crate::access::Caller;
use crate::writer::CommandError;

/// What the operator said about the first administrator.
#[derive(Clone, Default)]
pub struct FirstAdministrator {
    /// `None`: `admin@example.com`.
    pub email: Option<String>,
    /// `None`: one is made up.
    pub password: Option<Zeroizing<String>>,
}

/// Why there is no administrator.
#[derive(Debug, thiserror::Error)]
pub enum FirstStartFault {
    /// What the operator gave is not valid.
    #[error("the first administrator's {field} {flaw}")]
    Value {
        /// Which setting.
        field: &'static str,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// The command was not accepted.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// What the first start did.
pub struct FirstStart {
    /// The username to sign in with.
    pub username: &'static str,
    /// A password that was made up, to be shown once; `None` if the operator gave one.
    pub made_up_password: Option<Zeroizing<String>>,
}

const USERNAME: &str = "admin";
pub(crate) const EMAIL: &str = "admin@example.com";
const DISPLAY_NAME: &str = "Administrator";

impl Directory {
    /// Makes the administrator if the log is empty; `None` if it is not.
    ///
    /// # Errors
    /// [`FirstStartFault`] when a given value is not valid, or nothing can be written.
    pub async fn first_start(
        &self,
        wanted: FirstAdministrator,
    ) -> Result<Option<FirstStart>, FirstStartFault> {
        if self.inner.log.head().position > 0 {
            return Ok(None);
        }
        let value = |field| move |flaw| FirstStartFault::Value { field, flaw };
        let made_up = if wanted.password.is_none() { Some(self.inner.identities.password()) } else { None };
        let password = wanted.password.or_else(|| made_up.clone()).unwrap_or_default();
        let password = Password::parse(password.to_string()).map_err(value("password"))?;
        let email = wanted.email.as_deref().unwrap_or(EMAIL);
        let command = administrator(email, self.hash(password).await?)?;
        self.ask(Asking::by(Caller::System), command).await?;
        Ok(Some(FirstStart { username: USERNAME, made_up_password: made_up }))
    }
}

/// The command that makes them.
pub(crate) fn administrator(email: &str, verifier: PasswordVerifier) -> Result<CreateUser, FirstStartFault> {
    let value = |field| move |flaw| FirstStartFault::Value { field, flaw };
    let login = Login {
        username: Username::parse(USERNAME).map_err(value("username"))?,
        email: EmailAddress::parse(email).map_err(value("email"))?,
    };
    let mut person = PersonFields::default();
    let name = PersonText::parse(DISPLAY_NAME).map_err(value("name"))?;
    person.0.insert(PersonField::DisplayName, name.clone());
    person.0.insert(PersonField::FullName, name);
    Ok(CreateUser {
        kind: UserKind::Agent,
        login,
        person,
        verifier: Some(verifier),
        initial: None,
        email_verified: false,
        access_profile: AccessProfile::Administrator,
        roles: Vec::new(),
        license: None,
        origin: Origin::FirstStart,
        welcome: false,
        rule: None,
        max_chats: None,
        team: None,
        attributes: Vec::new(),
        business_units: Vec::new(),
        reports_to: None,
        source: UserSource::Local,
    })
}
