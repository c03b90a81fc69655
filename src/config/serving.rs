//! What a server and a directory are started with.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rollbook_schema::id::Digest;
use zeroize::Zeroizing;

use super::documents::{documents, introspection};
use super::fault::{ConfigFault, Source};
use super::layers::Layers;
use super::mail::mail;
use super::traces::traces;
use crate::directory::{DirectoryOptions, FirstAdministrator};
use crate::evidence::live::PublicEvidence;
use crate::evidence::note::{SignatureKind, VerifierKey, is_key_name};
use crate::http::{EdgeLimits, Rate, TlsFiles};
use crate::identity::SessionToken;
use crate::mail::MailTransport;
use crate::passwords::HashingCost;
use crate::rule_calls::{RuleCalls, origins};
use crate::serve::ServeSettings;

const KIB: u64 = 1 << 10;
const GIB: u64 = 1 << 30;
/// Requests a second that a rate may allow: one each ten microseconds.
const RATE_PER_SECOND_MAX: u32 = 100_000;
/// Sign-ins a minute that a rate may allow.
const SIGN_INS_PER_MINUTE_MAX: u32 = 1_000_000;
/// A year, in minutes.
const SESSION_MINUTES_MAX: i64 = 525_600;
/// A year, in hours.
const SHADOW_HOURS_MAX: u64 = 8_760;
const SNAPSHOT_EVENTS_MAX: u64 = 1 << 40;
const SECONDS_PER_HOUR: u64 = 3_600;
/// Longest that backups of the keyring may be said to be kept, in days: ten years.
const KEYRING_BACKUP_DAYS_MAX: u16 = 3_660;
const MILLIS_PER_MINUTE: i64 = 60_000;
/// argon2 needs eight blocks of one KiB a lane (RFC 9106 3.1).
const BLOCKS_PER_LANE: u32 = 8;
/// Hex digits of a master key.
const MASTER_KEY_DIGITS: usize = 64;
/// Shortest token of a provider, or of who reads metrics, in bytes.
const TOKEN_BYTES_MIN: usize = 32;
/// Longest contact, in characters.
const CONTACT_CHARS_MAX: usize = 200;

/// Reads all that a server is started with.
///
/// # Errors
/// [`ConfigFault::Value`] for the first setting whose value is not of its kind.
pub fn serve_settings(layers: &Layers) -> Result<ServeSettings, ConfigFault> {
    let mut directory = directory_options(layers)?;
    let mail = mail(layers)?;
    directory.rule_calls = rule_calls(layers)?;
    directory.sends_mail = mail.transport != MailTransport::None;
    let expected = "an address and a port, such as 127.0.0.1:7420 or [::1]:7420".to_owned();
    let listen = layers.parsed("listen", expected, |text| text.parse().ok())?;
    let administrator = FirstAdministrator {
        email: layers.text("admin-email").map(|(text, _)| text.to_owned()),
        password: layers.text("admin-password").map(|(text, _)| Zeroizing::new(text.to_owned())),
    };
    let (limits, tls, traces) = (limits(layers)?, tls(layers)?, traces(layers)?);
    Ok(ServeSettings { directory, listen, administrator, limits, tls, mail, traces })
}

/// What a directory is opened with: for a server, and for commands on a directory that nobody serves.
///
/// # Errors
/// [`ConfigFault::Value`] for the first setting whose value is not of its kind.
pub fn directory_options(layers: &Layers) -> Result<DirectoryOptions, ConfigFault> {
    let expected = "the path of a directory".to_owned();
    let data = layers.parsed("data", expected, |text| (!text.is_empty()).then(|| PathBuf::from(text)))?;
    let mut options = DirectoryOptions::new(data);
    options.log_cache_bytes = layers.number("log-cache-bytes", 1024 * KIB..=1024 * GIB)?;
    options.queue_commands_max = layers.number("queue-commands-max", 1..=1 << 20)?;
    options.hashing = hashing(layers)?;
    options.hashing_places = layers.number("hashing-places", 1..=256)?;
    let sign_ins: u32 = layers.number("sign-ins-per-minute-per-address", 0..=SIGN_INS_PER_MINUTE_MAX)?;
    options.sign_ins_per_address = NonZeroU32::new(sign_ins).map(Rate::per_minute);
    options.session_millis = layers.number("session-minutes", 1..=SESSION_MINUTES_MAX)? * MILLIS_PER_MINUTE;
    options.lock_after_failures = layers.number("lock-after-failures", 1..=1000)?;
    options.guest_cases = layers.parsed("guest-cases", "yes or no".to_owned(), yes_or_no)?;
    let contact = layers.parsed("license-contact", "one line of text".to_owned(), one_line)?;
    options.license_contact = Some(contact).filter(|contact| !contact.is_empty());
    options.provider_token = token(layers, "provider-token")?;
    options.metrics_token = token(layers, "metrics-token")?;
    evidence(layers, &mut options)?;
    let hours = layers.number("shadow-every-hours", 0..=SHADOW_HOURS_MAX)?;
    options.shadow_every = (hours > 0).then(|| Duration::from_secs(hours * SECONDS_PER_HOUR));
    let events = layers.number("snapshot-after-events", 0..=SNAPSHOT_EVENTS_MAX)?;
    options.snapshot_after = (events > 0).then_some(events);
    options.keyring_backup_days = layers.number("keyring-backup-days", 0..=KEYRING_BACKUP_DAYS_MAX)?;
    options.master_key_hex = master_key(layers)?;
    Ok(options)
}

fn evidence(layers: &Layers, options: &mut DirectoryOptions) -> Result<(), ConfigFault> {
    let name = "a name without spaces and plus signs, such as id.example.com/log".to_owned();
    let is_name = |text: &str| is_key_name(text).then(|| text.to_owned());
    options.log_origin = layers.parsed("log-origin", name, is_name)?;
    let keys = "verifier keys of witnesses (NAME+ID+KEY, cosignatures), between commas".to_owned();
    options.log_witnesses = layers.parsed("log-witnesses", keys, witnesses)?;
    let amounts = "none, proofs or entries".to_owned();
    options.log_public = layers.parsed("log-public", amounts, |text| match text {
        "none" => Some(PublicEvidence::None),
        "proofs" => Some(PublicEvidence::Proofs),
        "entries" => Some(PublicEvidence::Entries),
        _ => None,
    })?;
    Ok(())
}

fn witnesses(text: &str) -> Option<Vec<VerifierKey>> {
    let keys = text.split(',').map(str::trim).filter(|key| !key.is_empty());
    let parse = |key: &str| key.parse().ok().filter(|key: &VerifierKey| key.kind() == SignatureKind::Witness);
    keys.map(parse).collect()
}

fn limits(layers: &Layers) -> Result<EdgeLimits, ConfigFault> {
    Ok(EdgeLimits {
        body_bytes_max: layers.number("body-bytes-max", 1024..=1 << 30)?,
        connections_max: layers.number("connections-max", 1..=1 << 20)?,
        operations_per_connection_max: layers.number("subscriptions-max", 1..=1 << 16)?,
        connections_per_address_max: layers.number("connections-per-address-max", 1..=1 << 20)?,
        requests_max: layers.number("requests-max", 1..=1 << 20)?,
        per_address: per_second(layers, "requests-per-second-per-address")?,
        per_person: per_second(layers, "requests-per-second-per-person")?,
        trusted_proxies: layers.parsed(
            "trusted-proxies",
            "IP addresses between commas".to_owned(),
            addresses,
        )?,
        drain_within: Duration::from_secs(layers.number("shutdown-grace-seconds", 0..=3600)?),
        introspection: introspection(layers)?,
        documents: documents(layers)?,
        ..EdgeLimits::default()
    })
}

/// None where it is 0.
fn per_second(layers: &Layers, name: &'static str) -> Result<Option<Rate>, ConfigFault> {
    let count: u32 = layers.number(name, 0..=RATE_PER_SECOND_MAX)?;
    Ok(NonZeroU32::new(count).map(Rate::per_second))
}

fn addresses(text: &str) -> Option<Vec<IpAddr>> {
    let addresses = text.split(',').map(str::trim).filter(|address| !address.is_empty());
    addresses.map(|address| address.parse().ok().map(|address: IpAddr| address.to_canonical())).collect()
}

/// Both files, or neither.
fn tls(layers: &Layers) -> Result<Option<TlsFiles>, ConfigFault> {
    let file = |name| layers.text(name).filter(|(text, _)| !text.is_empty());
    let alone = |name, source_of_value| {
        let expected = "given together with tls-certificate and tls-key, or not at all".to_owned();
        Err(ConfigFault::Value { name, source_of_value, expected })
    };
    match (file("tls-certificate"), file("tls-key")) {
        (Some((certificate, _)), Some((key, _))) => {
            Ok(Some(TlsFiles { certificate: certificate.into(), key: key.into() }))
        }
        (Some((_, source)), None) => alone("tls-certificate", source),
        (None, Some((_, source))) => alone("tls-key", source),
        (None, None) => Ok(None),
    }
}

fn hashing(layers: &Layers) -> Result<HashingCost, ConfigFault> {
    let lanes = layers.number("hashing-lanes", 1..=64)?;
    let memory_kib = layers.number("hashing-memory-kib", BLOCKS_PER_LANE * lanes..=4 << 20)?;
    Ok(HashingCost { memory_kib, passes: layers.number("hashing-passes", 1..=1000)?, lanes })
}

fn rule_calls(layers: &Layers) -> Result<RuleCalls, ConfigFault> {
    let expected = "origins such as https://hooks.example.com, between commas, without a path".to_owned();
    let allowed = layers.parsed("rule-origins", expected, origins)?;
    let ca_file = layers.text("rule-ca-file").map(|(text, _)| text).filter(|text| !text.is_empty());
    Ok(RuleCalls::to(allowed, ca_file.map(Path::new))?)
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

fn one_line(text: &str) -> Option<String> {
    let fits = text.chars().count() <= CONTACT_CHARS_MAX && !text.contains(char::is_control);
    fits.then(|| text.to_owned())
}

/// Only its digest is kept. Too short a token could be guessed.
fn token(layers: &Layers, name: &'static str) -> Result<Option<Digest>, ConfigFault> {
    let Some((text, source_of_value)) = layers.text(name) else { return Ok(None) };
    let token = text.trim();
    if token.len() < TOKEN_BYTES_MIN || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let expected = format!("{TOKEN_BYTES_MIN} or more visible ASCII characters");
        return Err(ConfigFault::Value { name, source_of_value, expected });
    }
    Ok(Some(SessionToken::from_client(token).digest()))
}

fn master_key(layers: &Layers) -> Result<Option<Zeroizing<String>>, ConfigFault> {
    let Some((text, source_of_value)) = layers.text("master-key") else { return Ok(None) };
    let digits = text.trim();
    if digits.len() != MASTER_KEY_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let expected = format!("{MASTER_KEY_DIGITS} hex digits");
        return Err(ConfigFault::Value { name: "master-key", source_of_value, expected });
    }
    debug_assert!(source_of_value != Source::Flag, "a secret has no flag");
    Ok(Some(Zeroizing::new(digits.to_owned())))
}
