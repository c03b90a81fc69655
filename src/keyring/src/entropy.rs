//! Where randomness comes from. It is handed in, so that tests and simulations can fix it.

/// A source of bytes nobody can predict.
pub trait Entropy: Send + Sync {
    /// Fills the whole slice. There is no failure: without randomness nothing may be sealed, and the process stops.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    /// # Panics
    /// When the operating system has no randomness to give: a predictable key would be worse than a stop.
    fn fill(&self, bytes: &mut [u8]) {
        #[allow(clippy::expect_used, reason = "no answer is possible without randomness")]
        getrandom::fill(bytes).expect("the operating system gives no randomness");
    }
}
