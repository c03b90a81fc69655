//! What the outbox needs: to whom a mail goes now, and a place to record what became of it.

use rollbook_projections::view::MailRow;
use rollbook_schema::command::{RecordMailAttempt, ResendMail};
use rollbook_schema::value::{
    LanguageTag, MailFault, MailLanguage, MailTemplate, MailWording, MailedPassword, PersonField,
    Preferences, Timestamp,
};
use rollbook_schema::{Event, Position, Rejection, RejectionCode, UserId};

use super::history::ReadFault;
use super::{Asking, Directory};
use crate::access::Caller;
use crate::writer::Answer;

/// To whom a mail goes: as they are now. Personal: no `Debug`.
pub struct Addressee {
    /// The address of this moment.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub username: String,
    /// In which language they read.
    pub language: MailLanguage,
}

/// That of the interface, else that of numbers (PRF-08).
fn language_of(preferences: &Preferences) -> MailLanguage {
    let chosen = preferences.language.as_ref().or(preferences.locale.as_ref());
    match chosen.map(LanguageTag::language) {
        Some("de") => MailLanguage::German,
        _ => MailLanguage::English,
    }
}

/// A password that a mail tells. Personal: no `Debug`.
pub struct Enclosed {
    /// The password.
    pub password: MailedPassword,
    /// From then on it opens nothing.
    pub expires_at: Timestamp,
}

impl Directory {
    /// Is mail sent at all?
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.inner.options.sends_mail
    }

    /// Would a mail to this user go, and arrive as far as is known?
    pub(super) fn mail_reaches(&self, user: UserId) -> bool {
        self.inner.options.sends_mail && !self.views().mail.is_undeliverable(user)
    }

    /// The password that a waiting mail tells; `None` if it opens nothing any more.
    ///
    /// # Errors
    /// [`ReadFault`] when the log or the keys fail.
    pub fn enclosed(&self, row: &MailRow) -> Result<Option<Enclosed>, ReadFault> {
        let Some(expires_at) = self.enclosed_until(row) else { return Ok(None) };
        Ok(match self.recorded(row.mail)?.map(|recorded| recorded.event) {
            Some(Event::PasswordMailQueued(queued)) => {
                queued.password.known().map(|password| Enclosed { password: password.clone(), expires_at })
            }
            _ => None,
        })
    }

    /// Until when the password that a mail tells opens something; `None` if it opens nothing any more.
    #[must_use]
    pub fn enclosed_until(&self, row: &MailRow) -> Option<Timestamp> {
        let in_force = self.views().sessions.demands().temporary(row.user).copied();
        let in_force = in_force.filter(|it| Some(it.credential) == row.credential && !it.is_over(self.now()));
        in_force.map(|it| it.expires_at)
    }

    /// Whom a mail would reach; `None` for users who were deleted or masked.
    #[must_use]
    pub fn addressee(&self, user: UserId) -> Option<Addressee> {
        let views = self.views();
        let row = views.users.get(user).filter(|row| !row.deleted && !row.masked)?;
        let (email, username) = (row.email()?, row.username()?);
        let name = row.person(PersonField::DisplayName).unwrap_or(username);
        let language = language_of(views.preferences.of(user));
        let (email, name, username) = (email.to_owned(), name.to_owned(), username.to_owned());
        Some(Addressee { email, name, username, language })
    }

    /// The company's own words of a mail; `None`: those of the program.
    #[must_use]
    pub fn mail_wording(&self, template: MailTemplate, language: MailLanguage) -> Option<MailWording> {
        self.views().references.mail_wordings.own(template, language).cloned()
    }

    /// Sends a mail again, to the address of now.
    ///
    /// # Errors
    /// `NOT_FOUND` for a mail of somebody else, `PASSWORD_MAILED_ONCE` for one with a password, `MAIL_WAITING`
    /// where one of its kind waits, and the refusals of the rule.
    pub async fn resend_mail(&self, mut asking: Asking, user: UserId, mail: Position) -> Answer {
        // Access first: what is in the outbox is told to nobody else.
        let template = MailTemplate::Welcome;
        self.permit(&asking, &ResendMail { user, template }.into()).await?;
        let template = self.resendable(user, mail)?;
        // Of one key, each mail that is sent again is a command of its own: what such a command leaves in the
        // log is what a notice leaves, so that it could not be told from one, nor from another mail.
        if let Some(key) = &asking.idempotency_key {
            asking.idempotency_key = Some(self.mail_command_id(key, mail)?.to_string());
        }
        self.ask(asking, ResendMail { user, template }).await
    }

    fn resendable(&self, user: UserId, mail: Position) -> Result<MailTemplate, Rejection> {
        let refused = |code| Rejection::of("mailId", code);
        let views = self.views();
        let row = views.mail.of(user).find(|row| row.mail == mail).ok_or(refused(RejectionCode::NotFound))?;
        if row.credential.is_some() {
            return Err(refused(RejectionCode::PasswordMailedOnce));
        }
        Ok(row.template)
    }

    /// Records an attempt, once however often it is told.
    ///
    /// # Errors
    /// `NOT_FOUND` for a user who was deleted meanwhile, `BUSY`, or a directory that stopped.
    pub async fn record_mail_attempt(
        &self,
        row: &MailRow,
        attempt: u32,
        fault: Option<MailFault>,
        gives_up: bool,
    ) -> Answer {
        let mut asking = Asking::by(Caller::System);
        asking.idempotency_key = Some(format!("mail {} attempt {attempt}", row.mail));
        let mut envelope = self.envelope(&asking)?;
        envelope.causation = Some(row.mail);
        let command = RecordMailAttempt { user: row.user, mail: row.mail, attempt, fault, gives_up };
        self.submit(envelope, command.into()).await
    }
}
