//! Signed notes (C2SP signed-note) and the keys that verify them: Ed25519 signatures of logs (type 1) and
//! the timestamped cosignatures of witnesses (type 4, C2SP tlog-cosignature).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Bytes of a note, at most.
pub const NOTE_BYTES_MAX: usize = 64 << 10;
/// Signatures of a note, at most. The specification asks for 16 at least.
pub const SIGNATURES_MAX: usize = 64;
/// Bytes of a key's name, at most.
pub const KEY_NAME_BYTES_MAX: usize = 255;

const KEY_ID_BYTES: usize = 4;
const TIME_BYTES: usize = 8;

/// Which kind of signature a key makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignatureKind {
    /// A log's, over the note itself.
    Log = 1,
    /// A witness's, over the note and the time at which it saw it.
    Witness = 4,
}

/// A public key with the name that it signs under, as others are told it: `name+id+key`.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: SignatureKind,
    public: [u8; 32],
}

/// Not a key of the form `name+id+key`, or of a kind that is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a verifier key is NAME+ID+KEY, for Ed25519 signatures of a log or cosignatures of a witness")]
pub struct NotAKey;

/// Whether a text can name a key: not empty, without spaces, controls and plus signs, within
/// [`KEY_NAME_BYTES_MAX`].
#[must_use]
pub fn is_key_name(text: &str) -> bool {
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
    !text.is_empty() && text.len() <= KEY_NAME_BYTES_MAX && text.chars().all(fits)
}

impl VerifierKey {
    /// A key of this name; `None` where the name or the key can be none.
    #[must_use]
    pub fn new(name: &str, kind: SignatureKind, public: [u8; 32]) -> Option<Self> {
        let is_point = VerifyingKey::from_bytes(&public).is_ok();
        (is_key_name(name) && is_point).then(|| VerifierKey { name: name.to_owned(), kind, public })
    }

    /// What it signs under: for a log, its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whose signatures it verifies.
    #[must_use]
    pub fn kind(&self) -> SignatureKind {
        self.kind
    }

    /// The key itself.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// The beginning of the SHA-256 over name, kind and key.
    #[must_use]
    pub fn id(&self) -> [u8; KEY_ID_BYTES] {
        let hash = Sha256::new().chain_update(&self.name).chain_update([b'\n', self.kind as u8]);
        let hash: [u8; 32] = hash.chain_update(self.public).finalize().into();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// Judges one signature of a note's text. `None`: it is not this key's. `Some(false)`: it claims to be, and
    /// is not.
    #[must_use]
    pub fn judges(&self, text: &str, line: &SignatureLine) -> Option<bool> {
        if line.name != self.name || line.id != self.id() {
            return None;
        }
        let Ok(key) = VerifyingKey::from_bytes(&self.public) else { return Some(false) };
        let (signed, signature) = match self.kind {
            SignatureKind::Log => (text.to_owned(), line.signature.as_slice()),
            SignatureKind::Witness => {
                let Some((time, signature)) = line.signature.split_first_chunk::<TIME_BYTES>() else {
                    return Some(false);
                };
                (cosigned(text, u64::from_be_bytes(*time)), signature)
            }
        };
        let signature = Signature::from_slice(signature);
        Some(signature.is_ok_and(|signature| key.verify_strict(signed.as_bytes(), &signature).is_ok()))
    }
}

/// What a witness signs: the note's text, and when it saw it, in seconds since 1970.
#[must_use]
pub fn cosigned(text: &str, seconds: u64) -> String {
    format!("cosignature/v1\ntime {seconds}\n{text}")
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key: Vec<u8> = [self.kind as u8].into_iter().chain(self.public).collect();
        write!(f, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.id()), STANDARD.encode(key))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

impl FromStr for VerifierKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        // The key itself may hold plus signs; the name and the id hold none.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotAKey);
        };
        let key = STANDARD.decode(key).map_err(|_| NotAKey)?;
        let (kind, public) = key.split_first().ok_or(NotAKey)?;
        let kind = [SignatureKind::Log, SignatureKind::Witness].into_iter().find(|one| *one as u8 == *kind);
        let public: [u8; 32] = public.try_into().map_err(|_| NotAKey)?;
        let key = VerifierKey::new(name, kind.ok_or(NotAKey)?, public).ok_or(NotAKey)?;
        let own = format!("{:08x}", u32::from_be_bytes(key.id()));
        if own == id { Ok(key) } else { Err(NotAKey) }
    }
}

/// One line below a note's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    /// Under which name.
    pub name: String,
    /// Which key of that name.
    pub id: [u8; KEY_ID_BYTES],
    /// The signature: of a log 64 bytes, of a witness the time in 8 and then 64.
    pub signature: Vec<u8>,
}

impl SignatureLine {
    /// The line of a key's signature.
    #[must_use]
    pub fn of(key: &VerifierKey, signature: Vec<u8>) -> Self {
        SignatureLine { name: key.name.clone(), id: key.id(), signature }
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let (id, signature) = bytes.split_first_chunk()?;
        is_key_name(name).then(|| SignatureLine {
            name: name.to_owned(),
            id: *id,
            signature: signature.to_vec(),
        })
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.as_slice(), &self.signature].concat();
        write!(f, "\u{2014} {} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A text and who signed it. What it says counts only once a key has judged it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// With its last line's end.
    pub text: String,
    /// One signature each.
    pub signatures: Vec<SignatureLine>,
}

/// Not a signed note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a signed note")]
pub struct NotANote;

impl Note {
    /// Whether at least one signature is this key's, and none that claims to be is false.
    #[must_use]
    pub fn is_signed_by(&self, key: &VerifierKey) -> bool {
        let mut judged = self.signatures.iter().filter_map(|line| key.judges(&self.text, line)).peekable();
        judged.peek().is_some() && judged.all(|holds| holds)
    }
}

impl FromStr for Note {
    type Err = NotANote;

    fn from_str(bytes: &str) -> Result<Self, NotANote> {
        let has_controls = bytes.bytes().any(|byte| byte < 0x20 && byte != b'\n');
        if bytes.len() > NOTE_BYTES_MAX || has_controls {
            return Err(NotANote);
        }
        // The last empty line parts the text from the signatures.
        let end = bytes.rfind("\n\n").ok_or(NotANote)? + 1;
        let (text, below) = (&bytes[..end], &bytes[end + 1..]);
        let lines = below.strip_suffix('\n').ok_or(NotANote)?;
        let signatures: Option<Vec<_>> = lines.split('\n').map(SignatureLine::parse).collect();
        let signatures = signatures.filter(|all| all.len() <= SIGNATURES_MAX).ok_or(NotANote)?;
        Ok(Note { text: text.to_owned(), signatures })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
