//! Sends what is due, records what became of it, and waits for more.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use rollbook_projections::view::MailRow;
use rollbook_schema::Position;
use rollbook_schema::value::{MailFault, Timestamp};

use super::transport::{MailerFault, Way};
use super::{MailSettings, template};
use crate::directory::{Addressee, Directory, Enclosed};
use crate::http::Shutdown;

/// Attempts before a mail is given up: with the pauses between, a little over an hour.
const ATTEMPTS_MAX: u32 = 8;
/// Between the first attempt and the second; doubled each time.
const PAUSE_MILLIS: i64 = 30_000;
/// The longest pause between two attempts.
const PAUSE_MILLIS_MAX: i64 = 30 * 60_000;
/// Mails of one pass; the rest is due in the next.
const PASS_MAILS_MAX: usize = 100;

/// Sends mail by one way, as one sender.
pub struct Mailer {
    way: Way,
    from: Mailbox,
    sign_in_at: String,
}

impl Mailer {
    /// `None` where mail is not sent at all.
    ///
    /// # Errors
    /// [`MailerFault`] for a sender that is none, or a folder that cannot be made.
    pub fn open(settings: &MailSettings) -> Result<Option<Mailer>, MailerFault> {
        let from = settings.from.parse().map_err(|_| MailerFault::From)?;
        let sign_in_at = settings.sign_in_at.clone();
        Ok(Way::open(&settings.transport)?.map(|way| Mailer { way, from, sign_in_at }))
    }

    async fn send(
        &self,
        row: &MailRow,
        to: &Addressee,
        enclosed: Option<Enclosed>,
        now: Timestamp,
    ) -> Result<(), MailFault> {
        let message = self.message(row, to, enclosed, now).ok_or(MailFault::Refused)?;
        self.way.send(&format!("mail-{}.eml", row.mail), message).await
    }

    /// `None` for an address that cannot stand in a mail.
    fn message(
        &self,
        row: &MailRow,
        to: &Addressee,
        enclosed: Option<Enclosed>,
        now: Timestamp,
    ) -> Option<Message> {
        let letter = template::write(row.template, to, enclosed.as_ref(), &self.sign_in_at)?;
        let address = to.email.parse().ok()?;
        let sent_at = UNIX_EPOCH + Duration::from_millis(now.millis().unsigned_abs());
        let id = format!("<mail-{}-{}@{}>", row.mail, row.queued_at.millis(), self.from.email.domain());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(to.name.clone()), address))
            .subject(letter.subject)
            .date(sent_at)
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text);
        message.ok()
    }
}

/// Follows the log until told to stop.
pub async fn run(directory: Directory, mailer: Mailer, shutdown: Shutdown) {
    let mut reached = directory.watch_reached();
    let (mut seen, mut due) = (Position::START, Some(directory.now()));
    loop {
        reached.borrow_and_update();
        let queued = directory.views().mail.last_queued();
        let is_due = due.is_some_and(|due| due <= directory.now());
        // Most of what happens is no mail: then there is nothing to look through.
        if is_due || queued > seen {
            seen = queued;
            due = deliver_due(&directory, &mailer).await;
        }
        let pause = due.map(|due| (due.millis() - directory.now().millis()).max(0).unsigned_abs());
        let pause = Duration::from_millis(pause.unwrap_or(PAUSE_MILLIS_MAX.unsigned_abs()));
        tokio::select! {
            () = shutdown.begun() => return,
            changed = reached.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// One pass: tries everything that is due, and tells when the next is; `None` if nothing waits.
pub async fn deliver_due(directory: &Directory, mailer: &Mailer) -> Option<Timestamp> {
    let now = directory.now();
    let (rows, later) = due(directory, now);
    for row in rows {
        let Some(result) = attempt_one(directory, mailer, &row, now).await else { continue };
        let attempt = row.attempts + 1;
        let is_final = matches!(result, Err(MailFault::Refused | MailFault::NoAddress | MailFault::Expired));
        let gives_up = result.is_err() && (is_final || attempt >= ATTEMPTS_MAX);
        if let Err(fault) = result {
            tracing::warn!(mail = row.mail.0, attempt, ?fault, gives_up, "a mail was not sent");
        }
        if let Err(error) = directory.record_mail_attempt(&row, attempt, result.err(), gives_up).await {
            tracing::warn!(mail = row.mail.0, %error, "what became of a mail could not be recorded");
        }
        if result == Err(MailFault::Unreachable) {
            // Nobody else would get through now either.
            return Some(directory.now().plus_millis(PAUSE_MILLIS));
        }
    }
    if later.is_some_and(|later| later <= now) { later } else { due(directory, now).1 }
}

/// `None` where the directory cannot be read: then nothing was tried.
async fn attempt_one(
    directory: &Directory,
    mailer: &Mailer,
    row: &MailRow,
    now: Timestamp,
) -> Option<Result<(), MailFault>> {
    let Some(to) = directory.addressee(row.user) else { return Some(Err(MailFault::NoAddress)) };
    if row.credential.is_none() {
        return Some(mailer.send(row, &to, None, now).await);
    }
    match directory.enclosed(row) {
        Ok(Some(enclosed)) => Some(mailer.send(row, &to, Some(enclosed), now).await),
        Ok(None) => Some(Err(MailFault::Expired)),
        Err(fault) => {
            tracing::error!(mail = row.mail.0, %fault, "the password of a mail cannot be read");
            None
        }
    }
}

/// What is due, and when the next of the others is.
fn due(directory: &Directory, now: Timestamp) -> (Vec<MailRow>, Option<Timestamp>) {
    let views = directory.views();
    let (mut rows, mut later) = (Vec::new(), None::<Timestamp>);
    for row in views.mail.waiting() {
        let at = due_at(row);
        if at <= now && rows.len() < PASS_MAILS_MAX {
            rows.push(*row);
        } else {
            later = Some(later.map_or(at, |later| later.min(at)));
        }
    }
    (rows, later)
}

/// At once, then after pauses that double.
fn due_at(row: &MailRow) -> Timestamp {
    let Some(attempted_at) = row.attempted_at else { return row.queued_at };
    let doubled = PAUSE_MILLIS.saturating_mul(1 << row.attempts.saturating_sub(1).min(20));
    attempted_at.plus_millis(doubled.min(PAUSE_MILLIS_MAX))
}
