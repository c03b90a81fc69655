//! The only place that names a cipher: XChaCha20-Poly1305 with a random nonce.

use crate::entropy::Entropy;
use crate::secret::Secret;
use chacha20poly1305::{AeadInPlace, KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

pub(crate) const NONCE_BYTES: usize = 24;
pub(crate) const TAG_BYTES: usize = 16;
/// What encryption adds: the nonce before, the tag after.
pub(crate) const OVERHEAD_BYTES: usize = NONCE_BYTES + TAG_BYTES;

/// The bytes are not what was encrypted under this key with these associated bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotAuthentic;

pub(crate) fn nonce(entropy: &dyn Entropy) -> [u8; NONCE_BYTES] {
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce);
    nonce
}

/// Appends ciphertext and tag to `out`. A nonce is used once.
pub(crate) fn encrypt(
    key: &Secret,
    nonce: &[u8; NONCE_BYTES],
    associated: &[u8],
    plaintext: &[u8],
    out: &mut Vec<u8>,
) {
    out.reserve(plaintext.len() + TAG_BYTES);
    let start = out.len();
    out.extend_from_slice(plaintext);
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    #[allow(
        clippy::expect_used,
        reason = "the cipher refuses only more than 256 GiB, which no slice here holds"
    )]
    let tag = cipher
        .encrypt_in_place_detached(XNonce::from_slice(nonce), associated, &mut out[start..])
        .expect("length within the cipher's bound");
    out.extend_from_slice(&tag);
}

/// The plaintext of ciphertext followed by its tag.
pub(crate) fn decrypt(
    key: &Secret,
    nonce: &[u8; NONCE_BYTES],
    associated: &[u8],
    encrypted: &[u8],
) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
    let (ciphertext, tag) = encrypted.split_last_chunk::<TAG_BYTES>().ok_or(NotAuthentic)?;
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    cipher
        .decrypt_in_place_detached(XNonce::from_slice(nonce), associated, &mut plaintext, tag.into())
        .map_err(|_| NotAuthentic)?;
    Ok(plaintext)
}

/// Nonce, ciphertext and tag in one, for the keyring's own files.
pub(crate) fn wrap(key: &Secret, associated: &[u8], plaintext: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
    let nonce = nonce(entropy);
    let mut out = Vec::with_capacity(plaintext.len() + OVERHEAD_BYTES);
    out.extend_from_slice(&nonce);
    encrypt(key, &nonce, associated, plaintext, &mut out);
    out
}

/// What [`wrap`] wrapped.
pub(crate) fn unwrap(
    key: &Secret,
    associated: &[u8],
    wrapped: &[u8],
) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
    let (nonce, encrypted) = wrapped.split_first_chunk().ok_or(NotAuthentic)?;
    decrypt(key, nonce, associated, encrypted)
}
