//! TLS 1.2 and 1.3 by rustls, where no proxy before us speaks it. The certificate can be exchanged while serving.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use zeroize::Zeroizing;

/// What we speak within, the dearest first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Why certificate and key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsFault {
    /// The certificate's file.
    #[error("could not read certificates (PEM) in {}: {reason}", file.display())]
    Certificate {
        /// Which.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The key's file. The reason names no byte of it.
    #[error("could not read a private key (PEM) in {}", file.display())]
    Key {
        /// Which.
        file: PathBuf,
    },
    /// They do not fit.
    #[error("certificate and key do not fit: {0}")]
    Pair(rustls::Error),
}

/// Where certificate and key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate of this server, then those between it and the root (PEM).
    pub certificate: PathBuf,
    /// Its key (PEM: PKCS #8, PKCS #1 or SEC 1).
    pub key: PathBuf,
}

/// A certificate in use. Clones share it.
#[derive(Clone)]
pub struct Tls {
    files: TlsFiles,
    config: Arc<RwLock<Arc<ServerConfig>>>,
    /// What the files held when they were last looked at; `None` where they could not be read.
    seen: Arc<Mutex<Option<blake3::Hash>>>,
}

impl Tls {
    /// Reads certificate and key.
    ///
    /// # Errors
    /// [`TlsFault`].
    pub fn open(files: TlsFiles) -> Result<Tls, TlsFault> {
        let seen = Arc::new(Mutex::new(fingerprint(&files)));
        let config = Arc::new(RwLock::new(read(&files)?));
        Ok(Tls { files, config, seen })
    }

    /// Reads them anew, for connections from now on. On a fault the old ones stay in use.
    ///
    /// # Errors
    /// [`TlsFault`].
    pub fn reload(&self) -> Result<(), TlsFault> {
        // First: what comes in between is then seen as a change.
        *self.seen() = fingerprint(&self.files);
        let config = read(&self.files)?;
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
        Ok(())
    }

    /// Reads them anew where they hold something else than when they were looked at last; says whether that is so. By
    /// content, since a renewed pair may come in by a link that is exchanged.
    ///
    /// # Errors
    /// [`TlsFault`], once for each change: the old ones stay in use until the next.
    pub fn reload_if_changed(&self) -> Result<bool, TlsFault> {
        if fingerprint(&self.files) == *self.seen() {
            return Ok(false);
        }
        self.reload().map(|()| true)
    }

    fn seen(&self) -> MutexGuard<'_, Option<blake3::Hash>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn fingerprint(files: &TlsFiles) -> Option<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    for file in [&files.certificate, &files.key] {
        let bytes = Zeroizing::new(std::fs::read(file).ok()?);
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(&bytes);
    }
    Some(hasher.finalize())
}

fn read(files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsFault> {
    let chain = certificates(&files.certificate)?;
    let key =
        PrivateKeyDer::from_pem_file(&files.key).map_err(|_| TlsFault::Key { file: files.key.clone() })?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(TlsFault::Pair)?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, key).map_err(TlsFault::Pair)?;
    config.alpn_protocols = PROTOCOLS.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(Arc::new(config))
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsFault> {
    let unreadable = |reason: String| TlsFault::Certificate { file: file.to_owned(), reason };
    let found = CertificateDer::pem_file_iter(file).map_err(|fault| unreadable(fault.to_string()))?;
    let chain: Vec<_> = found.collect::<Result<_, _>>().map_err(|fault| unreadable(fault.to_string()))?;
    if chain.is_empty() {
        return Err(unreadable(io::Error::from(io::ErrorKind::UnexpectedEof).to_string()));
    }
    Ok(chain)
}
