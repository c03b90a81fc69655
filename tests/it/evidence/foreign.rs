//! Evidence verified by a program that is not ours: Go's `golang.org/x/mod/sumdb`. Needs Go with that package
//! (`.ci/run` installs both), so it runs with the ignored tests.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use rollbook::access::Caller;
use rollbook::evidence::live::PublicEvidence;
use serde_json::json;
use tempfile::TempDir;

use crate::support::rollbook::{Rollbook, options};

/// Enough for a full tile, and one that is not.
const USERS: usize = 150;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Go"]
async fn a_program_that_is_not_ours_verifies_checkpoint_tiles_entries_and_proofs() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.log_public = PublicEvidence::Entries;
    options.log_origin = "id.example.com/log".to_owned();
    let rollbook = Rollbook::start_with(Arc::clone(&folder), options).await;
    let older = rollbook.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
    for number in 0..USERS {
        let input = json!({ "kind": "AGENT", "fullName": "A B", "email": format!("p{number}@example.com") });
        let user = rollbook.admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
        rollbook.admin.accept("disableUser", json!({ "userId": user }), "").await;
    }
    let last = rollbook.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
    assert!(last.checkpoint.size > 256);
    let position = rollbook_schema::Position(200);
    let proof = rollbook.directory.inclusion_proof(position, None).await.unwrap().unwrap();
    let document = "query($f: Position!) { consistencyProof(from: $f) { hashes } }";
    let data = rollbook.admin.data(document, json!({ "f": older.checkpoint.size })).await;
    let hashes = data["consistencyProof"]["hashes"].as_array().unwrap().iter();
    let hashes: String = hashes.map(|hash| format!("{}\n", hash.as_str().unwrap())).collect();
    let key = rollbook.directory.evidence().keys()[0].to_string();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let files = [
        write("older", &older.note.to_string()),
        write("proof", &proof.to_string()),
        write("hashes", &hashes),
    ];
    let run = |key: &str| {
        let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit/tlog/main.go");
        let mut go = Command::new("go");
        // Debian keeps Go's libraries as sources in one place, from before modules.
        go.env("GO111MODULE", "off").env("GOPATH", "/usr/share/gocode").env("GOFLAGS", "");
        go.env("GOCACHE", folder.path().join("go-cache"));
        let address = format!("http://{}/log", rollbook.admin.address);
        go.arg("run").arg(main).arg(address).arg(key).args(&files).output().unwrap()
    };
    let ran = tokio::task::block_in_place(|| run(&key));
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let size = last.checkpoint.size;
    assert!(said.starts_with(&format!("verified: {size} entries, record 199 in a tree of {size}")), "{said}");

    // And it can fail: the key of another log opens nothing.
    let other = Rollbook::start().await;
    other.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
    let foreign = other.directory.evidence().keys()[0].to_string();
    assert!(!tokio::task::block_in_place(|| run(&foreign)).status.success());
}
