//! The file of trusted documents: each under its SHA-256, or the server does not start.

use std::collections::BTreeMap;
use std::path::Path;

use rollbook::config::{Layers, serve_settings};
use rollbook::http::Documents;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

fn named(document: &str) -> String {
    Sha256::digest(document.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn documents(folder: &TempDir, content: &str) -> Result<Documents, String> {
    let file = folder.path().join("documents.json");
    std::fs::write(&file, content).unwrap();
    of(&file)
}

fn of(file: &Path) -> Result<Documents, String> {
    let flags = BTreeMap::from([("trusted-documents", file.display().to_string())]);
    let layers = Layers::gather(flags, BTreeMap::new()).unwrap();
    let settings = serve_settings(&layers).map_err(|fault| fault.to_string())?;
    Ok(settings.limits.documents)
}

#[test]
fn each_document_stands_under_its_hash_with_the_name_of_the_hash_before_it_or_not() {
    let folder = TempDir::new().unwrap();
    let (one, other) = ("{ me { id } }", "{ users { totalCount } }");
    let content = format!("{{\"{}\": \"{one}\", \"sha256:{}\": \"{other}\"}}", named(one), named(other));
    let Documents::Trusted(found) = documents(&folder, &content).unwrap() else { panic!("any is run") };
    let mut found = found.to_vec();
    found.sort();
    assert_eq!(found, [one, other]);
}

#[test]
fn a_document_that_is_not_what_its_hash_says_is_refused() {
    let folder = TempDir::new().unwrap();
    let content = format!("{{\"{}\": \"{{ users {{ totalCount }} }}\"}}", named("{ me { id } }"));
    let fault = documents(&folder, &content).unwrap_err();
    assert!(fault.contains("is not the SHA-256 of its document"), "{fault}");
}

#[test]
fn what_is_no_object_of_documents_is_refused_and_what_it_holds_is_not_said() {
    let folder = TempDir::new().unwrap();
    for content in ["", "[]", "{\"jane@example.com\": 1}", "{\"a\": {\"b\": \"jane@example.com\"}}"] {
        let fault = documents(&folder, content).unwrap_err();
        assert!(fault.contains("must be a JSON object of documents"), "{fault}");
        assert!(!fault.contains("jane"), "{fault}");
    }
    assert!(of(&folder.path().join("nowhere.json")).is_err());
}

#[test]
fn a_file_of_endless_length_is_not_read() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("long.json");
    std::fs::File::create(&file).unwrap().set_len((16 << 20) + 1).unwrap();
    assert!(of(&file).unwrap_err().contains("too long"));
}
