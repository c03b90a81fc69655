//! The ways out.

use std::path::PathBuf;
use std::time::Duration;

use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use rollbook_schema::value::MailFault;

use super::MailTransport;

/// How long one mail may take on its way to the relay.
const SEND_WITHIN: Duration = Duration::from_secs(30);

/// Why mail cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum MailerFault {
    /// The sender's address is none.
    #[error("the sender's address of mails is not an address")]
    From,
    /// The folder cannot be made.
    #[error("the folder for mails cannot be used: {0}")]
    Folder(#[from] std::io::Error),
}

/// An opened way out.
pub(super) enum Way {
    Console,
    File(PathBuf),
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
}

impl Way {
    /// `None` where mail is not sent at all.
    pub(super) fn open(transport: &MailTransport) -> Result<Option<Way>, MailerFault> {
        Ok(Some(match transport {
            MailTransport::None => return Ok(None),
            MailTransport::Console => Way::Console,
            MailTransport::File(folder) => {
                std::fs::create_dir_all(folder)?;
                Way::File(folder.clone())
            }
            MailTransport::Smtp { host, port } => {
                let relay = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.as_str());
                Way::Smtp(Box::new(relay.port(*port).timeout(Some(SEND_WITHIN)).build()))
            }
        }))
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
            Way::Smtp(relay) => relay.send(message).await.map(drop).map_err(|error| fault(&error)),
        }
    }
}

/// What the relay said, without its words: they may repeat the address.
fn fault(error: &lettre::transport::smtp::Error) -> MailFault {
    if error.is_permanent() || error.is_client() {
        MailFault::Refused
    } else if error.is_transient() {
        MailFault::Deferred
    } else {
        MailFault::Unreachable
    }
}
