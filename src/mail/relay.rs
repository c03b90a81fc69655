//! The way to a mail relay: connect, protect, sign in, hand over. Each step is taken by itself, since what
//! fails before the address is named says nothing about it.
//!
//! Trusted are the roots of the system (`rustls-native-certs`), as an operator keeps them: a list built
//! into the program would go stale with it, and could not know the authority of a company.

use std::fmt;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::{Address, Message};
use rollbook_schema::value::MailFault;
use zeroize::Zeroizing;

use super::transport::MailerFault;

/// How long one mail may take, from looking up the relay to its last word.
pub(super) const SEND_WITHIN: Duration = Duration::from_secs(30);
/// How long a relay is waited for to take note of the farewell. The mail is with it by then.
const QUIT_WITHIN: Duration = Duration::from_secs(1);
/// Replies that speak of who asks and not of the address: 454, 530, 534, 535 and 538 of RFC 4954 and 3207.
const ABOUT_US: [u16; 5] = [454, 530, 534, 535, 538];
/// Longest file of certificates, in bytes.
const CA_BYTES_MAX: u64 = 1 << 20;

/// How the way to a relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte.
    Implicit,
    /// STARTTLS, or no mail.
    Required,
    /// STARTTLS where the relay offers it. Who stands between can take the offer away.
    Opportunistic,
    /// None: to this machine, or over a network that is trusted.
    None,
}

impl Encryption {
    /// Parses the mode of `smtp://`.
    pub(super) fn parse(text: &str) -> Option<Encryption> {
        match text {
            "required" => Some(Encryption::Required),
            "opportunistic" => Some(Encryption::Opportunistic),
            "none" => Some(Encryption::None),
            _ => None,
        }
    }

    /// Where nobody said how: what does not leave the machine needs no TLS, and relays for developers have none.
    pub(super) fn wanted_to(host: &str) -> Encryption {
        let is_here = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        if is_here { Encryption::None } else { Encryption::Required }
    }

    /// Nothing is said in clear, whoever stands between.
    fn is_certain(self) -> bool {
        matches!(self, Encryption::Implicit | Encryption::Required)
    }
}

/// Name and password for a relay. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct RelayLogin {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Zeroizing<String>,
}

impl fmt::Debug for RelayLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RelayLogin(…)")
    }
}

/// A relay, as it is reached.
pub(super) struct Relay {
    host: String,
    port: u16,
    protection: Protection,
    credentials: Option<Credentials>,
    /// How long one mail may take.
    pub(super) send_within: Duration,
}

enum Protection {
    Implicit(TlsParameters),
    Required(TlsParameters),
    Opportunistic(TlsParameters),
    None,
}

impl Relay {
    /// # Errors
    /// [`MailerFault`] for a password that would travel in clear, and for certificates that are none.
    pub(super) fn open(
        host: &str,
        port: u16,
        encryption: Encryption,
        login: Option<&RelayLogin>,
        ca_file: Option<&Path>,
    ) -> Result<Relay, MailerFault> {
        if login.is_some() && !encryption.is_certain() {
            return Err(MailerFault::LoginInClear);
        }
        let protection = match encryption {
            Encryption::Implicit => Protection::Implicit(tls(host, ca_file)?),
            Encryption::Required => Protection::Required(tls(host, ca_file)?),
            Encryption::Opportunistic => Protection::Opportunistic(tls(host, ca_file)?),
            Encryption::None => Protection::None,
        };
        let credentials =
            login.map(|login| Credentials::new(login.user.clone(), login.password.as_str().to_owned()));
        Ok(Relay { host: host.to_owned(), port, protection, credentials, send_within: SEND_WITHIN })
    }

    /// Hands a mail over, or gives up in time.
    pub(super) async fn send(&self, message: &Message) -> Result<(), MailFault> {
        let sent = tokio::time::timeout(self.send_within, self.hand_over(message)).await;
        let mut connection = sent.map_err(|_| MailFault::Unreachable)??;
        // Whether it heard the farewell changes nothing.
        let _ = tokio::time::timeout(QUIT_WITHIN, connection.quit()).await;
        Ok(())
    }

    async fn hand_over(&self, message: &Message) -> Result<AsyncSmtpConnection, MailFault> {
        let mut connection = self.connection().await.map_err(|error| {
            tracing::warn!(reason = why(&error), "the mail relay could not be used");
            MailFault::Unreachable
        })?;
        let (envelope, bytes) = (message.envelope(), message.formatted());
        let parameters = parameters(&connection, envelope, &bytes)?;
        let sender = Mail::new(envelope.from().cloned(), parameters);
        connection.command(sender).await.map_err(|error| fault(&error, MailFault::Unreachable))?;
        for recipient in envelope.to() {
            let recipient = Rcpt::new(recipient.clone(), Vec::new());
            connection.command(recipient).await.map_err(|error| fault(&error, MailFault::Refused))?;
        }
        connection.command(Data).await.map_err(|error| fault(&error, MailFault::Unreachable))?;
        connection.message(&bytes).await.map_err(|error| fault(&error, MailFault::Deferred))?;
        Ok(connection)
    }

    /// A connection that is protected and signed in as the settings ask.
    async fn connection(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let hello = ClientId::default();
        let wrapped = match &self.protection {
            Protection::Implicit(tls) => Some(tls.clone()),
            _ => None,
        };
        let to = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(to, Some(self.send_within), &hello, wrapped, None).await?;
        match &self.protection {
            Protection::Required(tls) => connection.starttls(tls.clone(), &hello).await?,
            Protection::Opportunistic(tls) if connection.can_starttls() => {
                connection.starttls(tls.clone(), &hello).await?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// For this name only, and by these authorities.
fn tls(host: &str, ca_file: Option<&Path>) -> Result<TlsParameters, MailerFault> {
    let mut builder: TlsParametersBuilder = TlsParameters::builder(host.to_owned());
    if let Some(file) = ca_file {
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authorities(file)?);
    }
    builder.build_rustls().map_err(|_| MailerFault::Tls)
}

fn authorities(file: &Path) -> Result<Certificate, MailerFault> {
    let unreadable = |source| MailerFault::Authorities { file: file.to_owned(), source };
    let none = || unreadable(std::io::Error::other("it holds no certificates in PEM"));
    if std::fs::metadata(file).map_err(unreadable)?.len() > CA_BYTES_MAX {
        return Err(unreadable(std::io::Error::other("it is too long for a file of certificates")));
    }
    let bytes = std::fs::read(file).map_err(unreadable)?;
    if !String::from_utf8_lossy(&bytes).contains("-----BEGIN CERTIFICATE-----") {
        return Err(none());
    }
    Certificate::from_pem(&bytes).map_err(|_| none())
}

/// Which step failed, without the relay's words.
fn why(error: &lettre::transport::smtp::Error) -> &'static str {
    if error.is_tls() {
        "tls"
    } else if error.status().is_some_and(|code| ABOUT_US.contains(&u16::from(code))) {
        "login refused"
    } else if error.is_client() {
        "it does not offer what the settings ask for"
    } else {
        "connection"
    }
}

/// What the relay must know before it hears who writes. Names in other letters take a relay that knows them.
fn parameters(
    connection: &AsyncSmtpConnection,
    envelope: &Envelope,
    bytes: &[u8],
) -> Result<Vec<MailParameter>, MailFault> {
    let knows = |extension| connection.server_info().supports_feature(extension);
    let is_plain = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let mut parameters = Vec::new();
    let (to_plain, from_plain) = (envelope.to().iter().all(is_plain), envelope.from().is_none_or(is_plain));
    if !to_plain || !from_plain {
        if !knows(Extension::SmtpUtfEight) {
            // Of our own name nobody who is written to is to blame.
            return Err(if to_plain { MailFault::Unreachable } else { MailFault::Refused });
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !bytes.is_ascii() {
        if !knows(Extension::EightBitMime) {
            return Err(MailFault::Unreachable);
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

/// What the relay said of a step, without its words: they may repeat the address. Refused for good, a step
/// is what `refused` says: only of whom it names as the recipient a relay can say that they are not there.
fn fault(error: &lettre::transport::smtp::Error, refused: MailFault) -> MailFault {
    if error.status().is_some_and(|code| ABOUT_US.contains(&u16::from(code))) {
        MailFault::Unreachable
    } else if error.is_permanent() || error.is_client() {
        refused
    } else if error.is_transient() {
        MailFault::Deferred
    } else {
        MailFault::Unreachable
    }
}
