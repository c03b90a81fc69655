//! Where rules may call, and what the way there takes.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rollbook_schema::value::RuleUrl;
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long one call may take, from looking up the host to the head of its answer.
const CALL_WITHIN: Duration = Duration::from_secs(10);
/// Calls at the same time; further ones wait.
const CALLS_AT_ONCE: usize = 8;
/// Longest file of certificates, in bytes.
const CA_BYTES_MAX: u64 = 1 << 20;

/// Why calls cannot be made with these settings.
#[derive(Debug, thiserror::Error)]
pub enum RuleCallsFault {
    /// The certificates of the authorities cannot be used.
    #[error("could not use {} (rule-ca-file): {source}", file.display())]
    Authorities {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system trusts nobody whom we could read.
    #[error("no certificates of authorities were found on this system: name some with rule-ca-file")]
    NoAuthorities,
    /// TLS cannot be set up.
    #[error("TLS for the calls of rules cannot be set up")]
    Tls,
}

/// Where rules may call. Cheap to clone; all clones share one bound on how much goes on at once.
#[derive(Clone)]
pub struct RuleCalls {
    origins: BTreeSet<String>,
    pub(super) tls: Option<TlsConnector>,
    pub(super) within: Duration,
    pub(super) places: Arc<Semaphore>,
}

impl RuleCalls {
    /// Nowhere.
    #[must_use]
    pub fn nowhere() -> RuleCalls {
        let places = Arc::new(Semaphore::new(CALLS_AT_ONCE));
        RuleCalls { origins: BTreeSet::new(), tls: None, within: CALL_WITHIN, places }
    }

    /// To origins in the form of [`RuleUrl::origin`]. Trusted are the roots of the system, or those in a file.
    ///
    /// # Errors
    /// [`RuleCallsFault`] if an origin is encrypted and nobody can be trusted.
    pub fn to(origins: BTreeSet<String>, ca_file: Option<&Path>) -> Result<RuleCalls, RuleCallsFault> {
        let is_encrypted = origins.iter().any(|origin| origin.starts_with("https://"));
        let tls = if is_encrypted { Some(connector(ca_file)?) } else { None };
        Ok(RuleCalls { origins, tls, ..RuleCalls::nowhere() })
    }

    /// The same with another bound on how long one call may take.
    #[must_use]
    pub fn within(self, within: Duration) -> RuleCalls {
        RuleCalls { within, ..self }
    }

    /// Does the operator allow calls there?
    #[must_use]
    pub fn allow(&self, url: &RuleUrl) -> bool {
        self.origins.contains(&url.origin())
    }
}

/// Parses origins between commas: `https://host` or `http://host:port` and nothing behind it.
#[must_use]
pub(crate) fn origins(text: &str) -> Option<BTreeSet<String>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let parse = |part: &str| {
        let url = RuleUrl::parse(part).ok()?;
        let is_bare = part.strip_suffix('/').unwrap_or(part).ends_with(url.authority());
        is_bare.then(|| url.origin())
    };
    parts.map(parse).collect()
}

/// Protects calls: trusted are the roots of the system, or those in a file.
pub(crate) fn connector(ca_file: Option<&Path>) -> Result<TlsConnector, RuleCallsFault> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(match ca_file {
        Some(file) => authorities(file)?,
        None => rustls_native_certs::load_native_certs().certs,
    });
    if roots.is_empty() {
        return Err(RuleCallsFault::NoAuthorities);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| RuleCallsFault::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>, RuleCallsFault> {
    let unusable = |source| RuleCallsFault::Authorities { file: file.to_owned(), source };
    if std::fs::metadata(file).map_err(unusable)?.len() > CA_BYTES_MAX {
        return Err(unusable(io::Error::other("it is too long for a file of certificates")));
    }
    let bytes = std::fs::read(file).map_err(unusable)?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(unusable(io::Error::other("it holds no certificates in PEM"))),
    }
}
