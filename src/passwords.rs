//! Hashing passwords: argon2id on a small pool of its own, so that a login storm slows no list.

use std::sync::Arc;
use std::time::Instant;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rollbook_keyring::Entropy;
use rollbook_schema::value::PasswordVerifier;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::metrics::Metrics;

/// Requests that may wait for a place in the pool; one more is told that the server is busy.
const WAITING_MAX: usize = 256;
/// Bytes of salt (RFC 9106 3.1 recommends 16).
const SALT_BYTES: usize = 16;

/// Cost of a hash. The default is OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashingCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for HashingCost {
    fn default() -> Self {
        HashingCost { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

impl HashingCost {
    /// Hashes one password where it stands, for whoever writes a directory to measure with.
    ///
    /// # Errors
    /// [`PasswordFault::Cost`].
    pub(crate) fn hash(self, password: &[u8]) -> Result<PasswordVerifier, PasswordFault> {
        hash(&self.argon2()?, password, &[0; SALT_BYTES])
    }

    fn argon2(self) -> Result<Argon2<'static>, PasswordFault> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, None);
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params.map_err(|_| PasswordFault::Cost)?))
    }
}

/// Why no answer about a password could be given.
#[derive(Debug, thiserror::Error)]
pub enum PasswordFault {
    /// Too many are waiting.
    #[error("too many passwords are waiting to be checked")]
    Busy,
    /// The parameters are outside of what argon2 permits.
    #[error("the hashing cost is outside the bounds of argon2")]
    Cost,
    /// The pool is gone.
    #[error("the password pool has stopped")]
    Stopped,
}

/// Hashes and checks passwords, at most `places` at a time.
#[derive(Clone)]
pub struct PasswordPool {
    argon2: Argon2<'static>,
    entropy: Arc<dyn Entropy>,
    places: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Checked when there is no account, so that the answer takes the same time.
    nobody: Arc<PasswordVerifier>,
    places_max: usize,
    before: Arc<dyn Fn() + Send + Sync>,
    metrics: Metrics,
}

/// What a pool is made of.
pub struct PasswordPoolParts {
    /// Cost of each hash.
    pub cost: HashingCost,
    /// Passwords at work at the same time; at least one.
    pub places: usize,
    /// Run before each, on the thread that works.
    pub before: Arc<dyn Fn() + Send + Sync>,
    /// For salts.
    pub entropy: Arc<dyn Entropy>,
    /// Told how long each takes.
    pub metrics: Metrics,
}

/// How busy a pool is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolFigures {
    /// Passwords that wait for a place.
    pub waiting: usize,
    /// How many may wait or be at work.
    pub waiting_max: usize,
    /// Passwords at work.
    pub hashing: usize,
    /// How many may be.
    pub places: usize,
}

impl PasswordPool {
    /// A pool with `places` threads at work at most.
    pub fn new(parts: PasswordPoolParts) -> Result<Self, PasswordFault> {
        let PasswordPoolParts { cost, places, before, entropy, metrics } = parts;
        let argon2 = cost.argon2()?;
        let nobody = Arc::new(hash(&argon2, b"nobody", &[0; SALT_BYTES])?);
        let places_max = places.max(1);
        Ok(PasswordPool {
            argon2,
            entropy,
            places: Arc::new(Semaphore::new(places_max)),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            nobody,
            places_max,
            before,
            metrics,
        })
    }

    /// How busy it is now.
    #[must_use]
    pub fn figures(&self) -> PoolFigures {
        let hashing = self.places_max.saturating_sub(self.places.available_permits());
        let inside = WAITING_MAX.saturating_sub(self.waiting.available_permits());
        let waiting = inside.saturating_sub(hashing);
        PoolFigures { waiting, waiting_max: WAITING_MAX, hashing, places: self.places_max }
    }

    /// Hashes a password that somebody chose.
    pub async fn hash(&self, password: Zeroizing<Vec<u8>>) -> Result<PasswordVerifier, PasswordFault> {
        let argon2 = self.argon2.clone();
        let mut salt = [0_u8; SALT_BYTES];
        self.entropy.fill(&mut salt);
        self.work(move || hash(&argon2, &password, &salt)).await?
    }

    /// Checks a password. Without a verifier it takes as long and is wrong.
    pub async fn matches(
        &self,
        password: Zeroizing<Vec<u8>>,
        verifier: Option<PasswordVerifier>,
    ) -> Result<bool, PasswordFault> {
        let argon2 = self.argon2.clone();
        let known = verifier.is_some();
        let verifier = verifier.unwrap_or_else(|| (*self.nobody).clone());
        self.work(move || {
            let parsed = PasswordHash::new(verifier.as_phc());
            let right = parsed.is_ok_and(|hash| argon2.verify_password(&password, &hash).is_ok());
            right && known
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordFault> {
        let _waiting = self.waiting.try_acquire().map_err(|_| PasswordFault::Busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| PasswordFault::Stopped)?;
        let (metrics, before) = (self.metrics.clone(), Arc::clone(&self.before));
        tokio::task::spawn_blocking(move || {
            let _place = place;
            before();
            let began = Instant::now();
            let done = work();
            metrics.password_seconds.took(began.elapsed());
            done
        })
        .await
        .map_err(|_| PasswordFault::Stopped)
    }
}

fn hash(argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<PasswordVerifier, PasswordFault> {
    let salt = SaltString::encode_b64(salt).map_err(|_| PasswordFault::Cost)?;
    let hash = argon2.hash_password(password, &salt).map_err(|_| PasswordFault::Cost)?;
    Ok(PasswordVerifier::from_phc(hash.to_string()))
}
