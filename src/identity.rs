//! New ids and secrets: the one place in this package that draws randomness.

use std::sync::Arc;

use rollbook_keyring::Entropy;
use rollbook_schema::id::{CommandId, CorrelationId, Digest, EventId, SessionId};
use rollbook_schema::value::Timestamp;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Letters of a made-up password: no two that look alike.
const PASSWORD_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// 24 letters of 5 bits: 120 bits.
const PASSWORD_LENGTH: usize = 24;
/// Bytes of a session token: 256 bits.
const TOKEN_BYTES: usize = 32;

/// Makes ids and secrets out of a source of randomness.
#[derive(Clone)]
pub struct Identities {
    entropy: Arc<dyn Entropy>,
}

impl Identities {
    /// Draws from the given source.
    #[must_use]
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        Identities { entropy }
    }

    /// A ULID: 48 bits of time, 80 of randomness.
    fn ulid(&self, now: Timestamp) -> [u8; 16] {
        let mut bytes = [0_u8; 16];
        self.entropy.fill(&mut bytes[6..]);
        bytes[..6].copy_from_slice(&now.millis().to_be_bytes()[2..]);
        bytes
    }

    /// A seed for what shall differ from server to server and is no secret.
    #[must_use]
    pub fn seed(&self) -> u64 {
        let mut bytes = [0_u8; 8];
        self.entropy.fill(&mut bytes);
        u64::from_be_bytes(bytes)
    }

    /// For an event.
    #[must_use]
    pub fn event(&self, now: Timestamp) -> EventId {
        EventId(self.ulid(now))
    }

    /// For a command that came without one.
    #[must_use]
    pub fn command(&self, now: Timestamp) -> CommandId {
        CommandId(self.ulid(now))
    }

    /// For everything that one request sets off.
    #[must_use]
    pub fn correlation(&self, now: Timestamp) -> CorrelationId {
        CorrelationId(self.ulid(now))
    }

    /// For a session.
    #[must_use]
    pub fn session(&self, now: Timestamp) -> SessionId {
        SessionId(self.ulid(now))
    }

    /// For a batch of the log.
    #[must_use]
    pub fn batch(&self, now: Timestamp) -> rollbook_event_log::BatchId {
        rollbook_event_log::BatchId(self.ulid(now))
    }

    /// A session token, to be shown once.
    #[must_use]
    pub fn token(&self) -> SessionToken {
        let mut bytes = Zeroizing::new([0_u8; TOKEN_BYTES]);
        self.entropy.fill(bytes.as_mut_slice());
        SessionToken(Zeroizing::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// A password that nobody chose, to be shown once.
    #[must_use]
    pub fn password(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0_u8; PASSWORD_LENGTH]);
        self.entropy.fill(bytes.as_mut_slice());
        Zeroizing::new(
            bytes.iter().map(|byte| char::from(PASSWORD_LETTERS[usize::from(byte % 32)])).collect(),
        )
    }
}

/// An opaque session token. Only its digest is kept.
#[derive(Clone)]
pub struct SessionToken(Zeroizing<String>);

impl SessionToken {
    /// Takes a token as a client sent it.
    #[must_use]
    pub fn from_client(text: &str) -> Self {
        SessionToken(Zeroizing::new(text.to_owned()))
    }

    /// The text for the client.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it. A plain hash is enough: nobody can guess 256 random bits.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0.as_bytes()).into())
    }
}
