//! The ways out.

use std::path::PathBuf;
use std::time::Duration;

use lettre::Message;
use rollbook_schema::value::MailFault;

use super::relay::Relay;
use super::{MailSettings, MailTransport};

/// Why mail cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum MailerFault {
    /// The sender's address is none.
    #[error("the sender's address of mails is not an address")]
    From,
    /// The folder cannot be made.
    #[error("the folder for mails cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// A password would travel in clear, or could be made to.
    #[error(
        "mail-user and mail-password need smtps:// or smtp://…?tls=required: a password is never sent in clear"
    )]
    LoginInClear,
    /// The certificates of the authorities cannot be used.
    #[error("could not use {} (mail-ca-file): {source}", file.display())]
    Authorities {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// TLS cannot be set up.
    #[error("TLS to the mail relay cannot be set up with these settings")]
    Tls,
}

/// An opened way out.
pub(super) enum Way {
    Console,
    File(PathBuf),
    Smtp(Box<Relay>),
}

impl Way {
    /// `None` where mail is not sent at all.
    pub(super) fn open(settings: &MailSettings) -> Result<Option<Way>, MailerFault> {
        Ok(Some(match &settings.transport {
            MailTransport::None => return Ok(None),
            MailTransport::Console => Way::Console,
            MailTransport::File(folder) => {
                std::fs::create_dir_all(folder)?;
                Way::File(folder.clone())
            }
            MailTransport::Smtp { host, port, encryption } => {
                let (login, ca_file) = (settings.login.as_ref(), settings.ca_file.as_deref());
                Way::Smtp(Box::new(Relay::open(host, *port, *encryption, login, ca_file)?))
            }
        }))
    }

    /// Bounds how long one mail may take at a relay.
    pub(super) fn within(&mut self, send_within: Duration) {
        if let Way::Smtp(relay) = self {
            relay.send_within = send_within;
        }
    }

    /// Hands a mail over; `name` is that of its file.
    pub(super) async fn send(&self, name: &str, message: Message) -> Result<(), MailFault> {
        match self {
            Way::Console => {
                println!("{}", String::from_utf8_lossy(&message.formatted()));
                Ok(())
            }
            Way::File(folder) => {
                let (path, bytes) = (folder.join(name), message.formatted());
                let written = tokio::task::spawn_blocking(move || std::fs::write(path, bytes)).await;
                if matches!(written, Ok(Ok(()))) { Ok(()) } else { Err(MailFault::Unreachable) }
            }
            Way::Smtp(relay) => relay.send(&message).await,
        }
    }
}
