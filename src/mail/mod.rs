//! The outbox: a policy that follows the log and sends what was queued (NOT-07).
//!
//! What shall be mailed is an event beside the one that caused it, so it is queued exactly if that
//! happened; every attempt is an event too. So the outbox is a view like any other: seen on the profile,
//! rebuilt by a replay, and taken up after a stop where it stood. No command waits for a mail, and none
//! fails for one.
//!
//! A mail is written when it is sent, to the address of that moment; the log holds neither. A password that
//! it tells waits sealed beside what queued it, and its key is destroyed when the mail went or never will. Between
//! sending and recording that, a process can die: then the mail goes twice, under one `Message-ID`.

mod delivery;
mod jitter;
mod relay;
mod template;
mod transport;

use std::path::PathBuf;

pub use delivery::{Mailer, STOP_WITHIN, deliver_due, expire_due, run};
pub use jitter::Jitter;
pub use relay::{Encryption, RelayLogin};
pub(crate) use template::{built_in, preview};
pub use transport::MailerFault;

/// How and as whom mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// By which way.
    pub transport: MailTransport,
    /// As whom the relay knows us, where it asks.
    pub login: Option<RelayLogin>,
    /// A file of certificates (PEM) that are trusted for the relay, instead of those of the system.
    pub ca_file: Option<PathBuf>,
    /// The sender's address.
    pub from: String,
    /// Where people sign in: stands in the mails.
    pub sign_in_at: String,
}

/// By which way mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailTransport {
    /// Not at all: it waits in the outbox.
    None,
    /// Onto standard output, for development.
    Console,
    /// Into a folder, a file each, for development.
    File(PathBuf),
    /// To a relay.
    Smtp {
        /// Its name or address: what its certificate must be for.
        host: String,
        /// Its port.
        port: u16,
        /// How the way there is protected.
        encryption: Encryption,
    },
}

impl MailTransport {
    /// Parses `none`, `console`, `file:DIR`, `smtps://HOST:PORT` (TLS from the first byte) or
    /// `smtp://HOST:PORT?tls=MODE` (STARTTLS; where no mode is said, `required`, and `none` to this machine).
    #[must_use]
    pub fn parse(text: &str) -> Option<MailTransport> {
        match text {
            "none" => return Some(MailTransport::None),
            "console" => return Some(MailTransport::Console),
            _ => {}
        }
        if let Some(folder) = text.strip_prefix("file:") {
            return (!folder.is_empty()).then(|| MailTransport::File(PathBuf::from(folder)));
        }
        let (authority, said) = match text.strip_prefix("smtps://") {
            Some(authority) => (authority, Some(Encryption::Implicit)),
            None => match text.strip_prefix("smtp://")?.split_once('?') {
                Some((authority, query)) => {
                    (authority, Some(Encryption::parse(query.strip_prefix("tls=")?)?))
                }
                None => (text.strip_prefix("smtp://")?, None),
            },
        };
        let (host, port) = authority.trim_end_matches('/').rsplit_once(':')?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let encryption = said.unwrap_or_else(|| Encryption::wanted_to(host));
        let is_plain = !host.is_empty() && !host.contains(['/', '@', '?', '#', ' ']);
        is_plain.then_some(MailTransport::Smtp {
            host: host.to_owned(),
            port: port.parse().ok()?,
            encryption,
        })
    }
}
