//! Which documents are run at `/graphql`, and to whom the schema is described.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use super::fault::ConfigFault;
use super::layers::Layers;
use crate::http::{Documents, Introspection, document_hash, read_hash};

/// Longest file of documents, in bytes.
const FILE_BYTES_MAX: u64 = 16 << 20;

pub(super) fn introspection(layers: &Layers) -> Result<Introspection, ConfigFault> {
    layers.parsed("introspection", "signed-in or everybody".to_owned(), |text| match text {
        "signed-in" => Some(Introspection::SignedIn),
        "everybody" => Some(Introspection::Everybody),
        _ => None,
    })
}

/// A JSON object: each document under its SHA-256, `sha256:` before it or not.
pub(super) fn documents(layers: &Layers) -> Result<Documents, ConfigFault> {
    let file = layers.text("trusted-documents").map(|(text, _)| text).filter(|text| !text.is_empty());
    let Some(file) = file.map(PathBuf::from) else { return Ok(Documents::Any) };
    let unreadable = |source| ConfigFault::Unreadable { file: file.clone(), source };
    if std::fs::metadata(&file).map_err(unreadable)?.len() > FILE_BYTES_MAX {
        return Err(unreadable(io::Error::other("it is too long for a file of documents")));
    }
    let bytes = std::fs::read(&file).map_err(unreadable)?;
    let named: BTreeMap<String, String> = serde_json::from_slice(&bytes).map_err(|_| {
        unreadable(io::Error::other("it must be a JSON object of documents by their SHA-256"))
    })?;
    for (name, document) in &named {
        let hash = read_hash(name.strip_prefix("sha256:").unwrap_or(name));
        if hash != Some(document_hash(document)) {
            return Err(unreadable(io::Error::other(format!("{name} is not the SHA-256 of its document"))));
        }
    }
    Ok(Documents::Trusted(named.into_values().collect()))
}
