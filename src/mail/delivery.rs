//! Sends what is due, records what became of it, and waits for more.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, MIME_VERSION_1_0};
use rollbook_projections::view::MailRow;
use rollbook_schema::Position;
use rollbook_schema::value::{MailFault, MailWording, Timestamp};

use super::transport::{MailerFault, Way};
use super::{Jitter, MailSettings, template};
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
/// How long a stop waits for the mail that is on its way.
pub const STOP_WITHIN: Duration = Duration::from_secs(5);

/// Sends mail by one way, as one sender.
pub struct Mailer {
    way: Way,
    from: Mailbox,
    sign_in_at: String,
    jitter: Jitter,
}

impl Mailer {
    /// `None` where mail is not sent at all.
    ///
    /// # Errors
    /// [`MailerFault`] for a sender that is none, a folder that cannot be made, or a relay that cannot be
    /// used safely with these settings.
    pub fn open(settings: &MailSettings, jitter: Jitter) -> Result<Option<Mailer>, MailerFault> {
        let from = settings.from.parse().map_err(|_| MailerFault::From)?;
        let sign_in_at = settings.sign_in_at.clone();
        Ok(Way::open(settings)?.map(|way| Mailer { way, from, sign_in_at, jitter }))
    }

    /// The same with another bound on how long one mail may take at the relay.
    #[must_use]
    pub fn within(mut self, send_within: Duration) -> Mailer {
        self.way.within(send_within);
        self
    }

    async fn send(
        &self,
        row: &MailRow,
        to: &Addressee,
        enclosed: Option<Enclosed>,
        own: Option<&MailWording>,
        now: Timestamp,
    ) -> Result<(), MailFault> {
        let message = self.message(row, to, enclosed, own, now).ok_or(MailFault::Refused)?;
        self.way.send(&format!("mail-{}.eml", row.mail), message).await
    }

    /// `None` for an address that cannot stand in a mail.
    fn message(
        &self,
        row: &MailRow,
        to: &Addressee,
        enclosed: Option<Enclosed>,
        own: Option<&MailWording>,
        now: Timestamp,
    ) -> Option<Message> {
        let letter = template::write(row.template, own, to, enclosed.as_ref(), &self.sign_in_at)?;
        let address = to.email.parse().ok()?;
        let sent_at = UNIX_EPOCH + Duration::from_millis(now.millis().unsigned_abs());
        let id = format!("<mail-{}-{}@{}>", row.mail, row.queued_at.millis(), self.from.email.domain());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(to.name.clone()), address))
            .subject(letter.subject)
            .date(sent_at)
            .message_id(Some(id))
            // RFC 2045, 4: without it a reader need not take the content type for one.
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text);
        message.ok()
    }
}

/// Follows the log until told to stop. Without a mailer nothing goes, and what expires is still destroyed.
pub async fn run(directory: Directory, mailer: Option<Mailer>, shutdown: Shutdown) {
    let mut reached = directory.watch_reached();
    let (mut seen, mut due) = (Position::START, Some(directory.now()));
    while !shutdown.has_begun() {
        reached.borrow_and_update();
        let queued = directory.views().mail.last_queued();
        let is_due = due.is_some_and(|due| due <= directory.now());
        // Most of what happens is no mail: then there is nothing to look through.
        if is_due || queued > seen {
            seen = queued;
            let expires = expire_due(&directory).await;
            let sends = match &mailer {
                Some(mailer) => pass(&directory, mailer, &shutdown).await,
                None => None,
            };
            due = expires.into_iter().chain(sends).min();
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

/// Gives up every mail whose password is over, so that its key is destroyed; tells when the next is over.
pub async fn expire_due(directory: &Directory) -> Option<Timestamp> {
    let waiting: Vec<MailRow> = directory.views().mail.waiting().copied().collect();
    let (mut over, mut next) = (Vec::new(), None::<Timestamp>);
    for row in waiting.into_iter().filter(|row| row.credential.is_some()) {
        match directory.enclosed_until(&row) {
            Some(until) => next = Some(next.map_or(until, |next| next.min(until))),
            None => over.push(row),
        }
    }
    for row in over {
        record(directory, &row, Err(MailFault::Expired)).await;
    }
    next
}

/// One pass: tries everything that is due, and tells when the next is; `None` if nothing waits.
pub async fn deliver_due(directory: &Directory, mailer: &Mailer) -> Option<Timestamp> {
    pass(directory, mailer, &Shutdown::default()).await
}

/// As [`deliver_due`]; told to stop, it ends after the mail that is on its way.
async fn pass(directory: &Directory, mailer: &Mailer, shutdown: &Shutdown) -> Option<Timestamp> {
    let now = directory.now();
    let (rows, later) = due(directory, mailer.jitter, now);
    for row in rows {
        if shutdown.has_begun() {
            return None;
        }
        let Some(result) = attempt_one(directory, mailer, &row, now).await else { continue };
        record(directory, &row, result).await;
        if result == Err(MailFault::Unreachable) {
            // Nobody else would get through now either.
            return Some(directory.now().plus_millis(PAUSE_MILLIS));
        }
    }
    if later.is_some_and(|later| later <= now) { later } else { due(directory, mailer.jitter, now).1 }
}

async fn record(directory: &Directory, row: &MailRow, result: Result<(), MailFault>) {
    let attempt = row.attempts + 1;
    let is_final = matches!(result, Err(MailFault::Refused | MailFault::NoAddress | MailFault::Expired));
    let gives_up = result.is_err() && (is_final || attempt >= ATTEMPTS_MAX);
    if let Err(fault) = result {
        tracing::warn!(mail = row.mail.0, attempt, ?fault, gives_up, "a mail was not sent");
    }
    if let Err(error) = directory.record_mail_attempt(row, attempt, result.err(), gives_up).await {
        tracing::warn!(mail = row.mail.0, %error, "what became of a mail could not be recorded");
    }
}

/// `None` where the directory cannot be read: then nothing was tried.
async fn attempt_one(
    directory: &Directory,
    mailer: &Mailer,
    row: &MailRow,
    now: Timestamp,
) -> Option<Result<(), MailFault>> {
    let Some(to) = directory.addressee(row.user) else { return Some(Err(MailFault::NoAddress)) };
    let own = directory.mail_wording(row.template, to.language);
    if row.credential.is_none() {
        return Some(mailer.send(row, &to, None, own.as_ref(), now).await);
    }
    match directory.enclosed(row) {
        Ok(Some(enclosed)) => Some(mailer.send(row, &to, Some(enclosed), own.as_ref(), now).await),
        Ok(None) => Some(Err(MailFault::Expired)),
        Err(fault) => {
            tracing::error!(mail = row.mail.0, %fault, "the password of a mail cannot be read");
            None
        }
    }
}

/// What is due, and when the next of the others is. Who was tried least goes first: a mail at which the
/// relay hangs then holds nobody else for long.
fn due(directory: &Directory, jitter: Jitter, now: Timestamp) -> (Vec<MailRow>, Option<Timestamp>) {
    let views = directory.views();
    let (mut rows, mut later) = (Vec::new(), None::<Timestamp>);
    let mut wait_until = |at: Timestamp| later = Some(later.map_or(at, |later| later.min(at)));
    // Article 18: mail to whom nobody may use waits for the restriction to be lifted.
    let may_go = |row: &&MailRow| views.access_requests.restricted_since(row.user).is_none();
    for row in views.mail.waiting().filter(may_go) {
        let at = due_at(row, jitter);
        if at <= now { rows.push(*row) } else { wait_until(at) }
    }
    rows.sort_by_key(|row| (row.attempts, row.mail));
    if rows.len() > PASS_MAILS_MAX {
        rows.truncate(PASS_MAILS_MAX);
        wait_until(now);
    }
    (rows, later)
}

/// At once, then after pauses that double up to a bound, each spread a little.
fn due_at(row: &MailRow, jitter: Jitter) -> Timestamp {
    let Some(attempted_at) = row.attempted_at else { return row.queued_at };
    let doubled = PAUSE_MILLIS.saturating_mul(1 << row.attempts.saturating_sub(1).min(20));
    attempted_at.plus_millis(jitter.spread(doubled.min(PAUSE_MILLIS_MAX), row.mail, row.attempts))
}
