//! The receipt of an erasure: a text made of the event alone, in a signed note (C2SP signed-note) by the key
//! that signs checkpoints.
//!
//! Its first line can be no checkpoint's second, so neither can be taken for the other. It names ids, moments
//! and fingerprints of keys, and nobody.

use std::fmt::Write as _;

use rollbook_schema::event::{DestroyedKey, ErasureCompleted, MaskMode, Remnant};
use rollbook_schema::value::PublicKey;

use super::note::{Note, SignatureKind, SignatureLine, VerifierKey};

/// The first line of every receipt.
pub const HEADING: &str = "rollbook erasure receipt v1";

/// The text that is signed: everything but the signature itself.
#[must_use]
pub fn text(receipt: &ErasureCompleted) -> String {
    let mode = match receipt.mode {
        MaskMode::History => "HISTORY",
        MaskMode::Erasure => "ERASURE",
    };
    let mut text = format!("{HEADING}\norder {}\nuser {}\nmode {mode}\n", receipt.order, receipt.user);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "ordered {}", receipt.ordered_at);
    for key in &receipt.destroyed {
        let _ = writeln!(text, "destroyed {} {}", group(key), fingerprint(key));
    }
    for taken in &receipt.steps {
        let _ = writeln!(text, "step {} {}", taken.step.word(), taken.at);
    }
    for remnant in &receipt.remaining {
        let _ = write!(text, "remaining {}", word(remnant));
        match remnant {
            Remnant::KeyringBackups { until } => _ = write!(text, " until {until}"),
            Remnant::FreeText { records } => records.iter().for_each(|at| _ = write!(text, " {at}")),
            Remnant::Replicas | Remnant::Exports | Remnant::SentMail | Remnant::FreeTextUnsearched => {}
        }
        text.push('\n');
    }
    text
}

/// The receipt as it is handed out; `None` where the name or the key can be none.
#[must_use]
pub fn note(receipt: &ErasureCompleted, origin: &str) -> Option<Note> {
    let key = verifier(origin, receipt.signed_by)?;
    let signature = SignatureLine::of(&key, receipt.signature.bytes().to_vec());
    Some(Note { text: text(receipt), signatures: vec![signature] })
}

/// Why something is not a receipt that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// A signed note, but not of an erasure.
    #[error("this is a signed note, but no receipt of an erasure")]
    NoReceipt,
    /// None of the keys signed it, or not this.
    #[error("the receipt is signed by none of the keys, or it was changed")]
    NotSigned,
}

/// Judges a receipt by itself, without directory or keys of ours.
///
/// # Errors
/// [`ReceiptFault`].
pub fn verify(note: &Note, keys: &[VerifierKey]) -> Result<(), ReceiptFault> {
    if note.text.split('\n').next() != Some(HEADING) {
        return Err(ReceiptFault::NoReceipt);
    }
    if keys.iter().any(|key| note.is_signed_by(key)) { Ok(()) } else { Err(ReceiptFault::NotSigned) }
}

/// The word for a remnant, as it stands in receipts and answers.
#[must_use]
pub fn word(remnant: &Remnant) -> &'static str {
    match remnant {
        Remnant::KeyringBackups { .. } => "KEYRING_BACKUPS",
        Remnant::Replicas => "REPLICAS",
        Remnant::Exports => "EXPORTS",
        Remnant::SentMail => "SENT_MAIL",
        Remnant::FreeTextUnsearched => "FREE_TEXT_UNSEARCHED",
        Remnant::FreeText { .. } => "FREE_TEXT",
    }
}

fn verifier(origin: &str, key: PublicKey) -> Option<VerifierKey> {
    VerifierKey::new(origin, SignatureKind::Log, key.0.0)
}

fn group(key: &DestroyedKey) -> String {
    format!("{:?}", key.group).to_lowercase()
}

fn fingerprint(key: &DestroyedKey) -> String {
    key.fingerprint.iter().map(|byte| format!("{byte:02x}")).collect()
}
