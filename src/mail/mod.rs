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
mod template;
mod transport;

use std::path::PathBuf;

pub use delivery::{Mailer, deliver_due, run};
pub use transport::MailerFault;

/// How and as whom mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// By which way.
    pub transport: MailTransport,
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
    /// To a relay that takes mail without TLS and without signing in: on this machine, or on a network
    /// that is trusted.
    Smtp {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
    },
}

impl MailTransport {
    /// Parses `none`, `console`, `file:DIR` or `smtp://HOST:PORT`.
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
        let (host, port) = text.strip_prefix("smtp://")?.trim_end_matches('/').rsplit_once(':')?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let is_plain = !host.is_empty() && !host.contains(['/', '@', ' ']);
        is_plain.then_some(MailTransport::Smtp { host: host.to_owned(), port: port.parse().ok()? })
    }
}
