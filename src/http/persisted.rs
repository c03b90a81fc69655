//! Documents that are asked for by their SHA-256: automatic persisted queries, as clients have come to speak them
//! (`extensions.persistedQuery`, version 1), and trusted documents, besides which nothing runs.
//!
//! A client sends the hash alone; told `PERSISTED_QUERY_NOT_FOUND` it sends hash and document, once for all. What is
//! kept is the checked document. One with a string or a comment is not kept (`preflight`): its client is told so
//! each time, and sends it each time.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::validation::Valid;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::refusal::Refusal;

/// The version of the protocol.
const VERSION: u64 = 1;
const HASH_BYTES: usize = 32;

/// The SHA-256 of a document's text.
pub(super) type Sha256Hash = [u8; HASH_BYTES];

/// What a request wants to be run. One of both is there.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The document.
    pub text: Option<String>,
    /// Its hash.
    pub hash: Option<Sha256Hash>,
}

/// The hash that a request's extensions name.
pub(super) fn asked(extensions: &Map<String, Value>) -> Result<Option<Sha256Hash>, Refusal> {
    let persisted = match extensions.get("persistedQuery") {
        None | Some(Value::Null) => return Ok(None),
        Some(persisted) => persisted,
    };
    if persisted.get("version").and_then(Value::as_u64) != Some(VERSION) {
        let message = "`extensions.persistedQuery.version` must be 1";
        return Err(Refusal::malformed("PERSISTED_QUERY_NOT_SUPPORTED", message));
    }
    let hash = persisted.get("sha256Hash").and_then(Value::as_str).and_then(read);
    let message = "`extensions.persistedQuery.sha256Hash` must be 64 hex digits";
    hash.map(Some).ok_or_else(|| Refusal::malformed("BAD_REQUEST", message))
}

/// Reads 64 hex digits.
pub(crate) fn read(text: &str) -> Option<Sha256Hash> {
    let mut hash = [0; HASH_BYTES];
    let is_hex = text.len() == HASH_BYTES * 2 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex {
        return None;
    }
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(hash)
}

/// The hash of a document's text.
pub(crate) fn hash(document: &str) -> Sha256Hash {
    Sha256::digest(document.as_bytes()).into()
}

/// Nobody has sent the document yet, or it is not kept.
pub(super) fn not_found() -> Refusal {
    // Clients go by these very words.
    Refusal::document("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
}

/// The hash is another document's.
pub(super) fn of_another() -> Refusal {
    Refusal::document("PERSISTED_QUERY_MISMATCH", "provided sha does not match query")
}

/// Only some documents are run here.
pub(super) fn not_trusted() -> Refusal {
    Refusal::document("DOCUMENT_NOT_TRUSTED", "this server runs documents only that its operator has named")
}

/// Whether an operation asks for the schema. `__typename` is part of every answer and tells nothing, and `__type` tells
/// only those who are signed in.
pub(super) fn introspects(document: &Valid<ExecutableDocument>) -> bool {
    let mut fields = document.operations.iter().flat_map(|operation| operation.root_fields(document));
    fields.any(|field| field.name.as_str() == "__schema")
}
