//! Evidence over GraphQL: asked by auditors, verified with nothing but what was answered.

use std::fs;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use rollbook::evidence::checkpoint::Checkpoint;
use rollbook::evidence::merkle::leaf_hash;
use rollbook::evidence::note::{Note, SignatureKind, SignatureLine, VerifierKey, cosigned};
use rollbook::evidence::proof::{includes, is_consistent};
use rollbook_schema::id::Digest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

async fn create(client: &Client, name: &str, profile: &str) -> Value {
    let email = format!("{name}@example.com");
    let input = json!({ "kind": "AGENT", "fullName": name, "email": email, "username": name,
                        "password": "correct horse", "accessProfile": profile });
    client.accept("createUser", input, "user { id }").await
}

/// Signs over all there is; gives the note.
async fn sign(client: &Client) -> (Note, Checkpoint) {
    let payload =
        client.data("mutation { signCheckpoint { checkpoint { note } errors { code } } }", json!({}));
    let note = payload.await["signCheckpoint"]["checkpoint"]["note"].clone();
    read(&note)
}

fn read(note: &Value) -> (Note, Checkpoint) {
    let note: Note = note.as_str().unwrap().parse().unwrap();
    let checkpoint = note.text.parse().unwrap();
    (note, checkpoint)
}

fn bytes(text: &Value) -> Vec<u8> {
    STANDARD.decode(text.as_str().unwrap()).unwrap()
}

fn hash(text: &Value) -> Digest {
    Digest(bytes(text).try_into().unwrap())
}

fn hashes(list: &Value) -> Vec<Digest> {
    list.as_array().unwrap().iter().map(hash).collect()
}

async fn keys(client: &Client) -> Vec<(VerifierKey, bool, Value)> {
    let data = client.data("{ signingKeys { verifierKey publicKey inForce since } }", json!({})).await;
    let keys = data["signingKeys"].as_array().unwrap().iter();
    let key = |key: &Value| {
        let verifier: VerifierKey = key["verifierKey"].as_str().unwrap().parse().unwrap();
        assert_eq!(Digest(*verifier.public()).to_string(), key["publicKey"].as_str().unwrap());
        (verifier, key["inForce"].as_bool().unwrap(), key["since"].clone())
    };
    keys.map(key).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_proves_any_event_and_that_nothing_was_rewritten() {
    let rollbook = Rollbook::start().await;
    create(&rollbook.admin, "aud", "AUDITOR").await;
    let auditor = rollbook.sign_in("aud", "correct horse").await;
    let (_, before) = sign(&auditor).await;
    let created = create(&rollbook.admin, "ada", "STANDARD").await;
    let (note, after) = sign(&auditor).await;
    assert!(note.is_signed_by(&keys(&auditor).await[0].0));

    let document = "query($p: Position!) { inclusionProof(position: $p) \
                    { leafIndex leafHash leaf hashes text checkpoint { size rootHash note } } }";
    let proof = auditor.data(document, json!({ "p": created["position"] })).await["inclusionProof"].clone();
    assert_eq!(hash(&proof["leafHash"]), leaf_hash(&bytes(&proof["leaf"])));
    let index = proof["leafIndex"].as_u64().unwrap();
    assert_eq!(hash(&proof["checkpoint"]["rootHash"]), after.root);
    assert!(includes(&after.root, after.size, index, &hash(&proof["leafHash"]), &hashes(&proof["hashes"])));
    let text = proof["text"].as_str().unwrap();
    assert!(text.starts_with(&format!("c2sp.org/tlog-proof@v1\nindex {index}\n")));
    assert!(text.ends_with(&format!("\n\n{note}")));

    let document = "query($f: Position!) { consistencyProof(from: $f) { hashes to { size } } }";
    let proof = auditor.data(document, json!({ "f": before.size })).await["consistencyProof"].clone();
    let (old, new) = ((before.size, &before.root), (after.size, &after.root));
    assert!(is_consistent(old, new, &hashes(&proof["hashes"])));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_signed_has_no_proof() {
    let rollbook = Rollbook::start().await;
    let (_, last) = sign(&rollbook.admin).await;
    for question in [
        format!("inclusionProof(position: {}) {{ leafIndex }}", last.size + 1),
        "inclusionProof(position: 0) { leafIndex }".to_owned(),
        format!("inclusionProof(position: 1, size: {}) {{ leafIndex }}", last.size + 1),
        format!("consistencyProof(from: {}) {{ hashes }}", last.size + 1),
        format!("checkpoint(size: {}) {{ size }}", last.size + 1),
    ] {
        let data = rollbook.admin.data(&format!("{{ it: {question} }}"), json!({})).await;
        assert_eq!(data["it"], Value::Null, "{question}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn checkpoints_are_read_a_page_at_a_time() {
    let rollbook = Rollbook::start().await;
    let mut sizes = Vec::new();
    for name in ["ada", "bo", "cy"] {
        create(&rollbook.admin, name, "STANDARD").await;
        sizes.push(sign(&rollbook.admin).await.1.size);
    }
    let document = "query($a: Position) { checkpoints(after: $a, first: 1) { size } }";
    let page = rollbook.admin.data(document, json!({ "a": sizes[0] })).await;
    assert_eq!(page["checkpoints"], json!([{ "size": sizes[1] }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_keys_sign_the_checkpoint_after_a_rotation_and_the_log_says_so() {
    let rollbook = Rollbook::start().await;
    sign(&rollbook.admin).await;
    let payload =
        rollbook.admin.accept("rotateSigningKey", json!({ "reason": "yearly" }), "verifierKey").await;
    let found = keys(&rollbook.admin).await;
    assert_eq!(found.len(), 2);
    let ((old, _, of_old), (new, _, since)) = (&found[0], &found[1]);
    assert_eq!((found[0].1, found[1].1), (false, true));
    assert_eq!((of_old, since), (&Value::Null, &payload["position"]));
    assert_eq!(payload["verifierKey"], new.to_string());
    let size = payload["position"].as_u64().unwrap();
    let document = "query($s: Position) { checkpoint(size: $s) { note } }";
    let (first, _) = read(&rollbook.admin.data(document, json!({ "s": size })).await["checkpoint"]["note"]);
    assert!(first.is_signed_by(old) && first.is_signed_by(new));
    create(&rollbook.admin, "ada", "STANDARD").await;
    let (second, _) = sign(&rollbook.admin).await;
    assert!(second.is_signed_by(new) && !second.is_signed_by(old));
    let folder = rollbook.stop().await;
    let names: Vec<String> = fs::read_dir(folder.path().join("data/keyring"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("signing-"))
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_lost_is_replaced_and_did_not_sign_for_the_next() {
    let rollbook = Rollbook::start().await;
    sign(&rollbook.admin).await;
    let folder = rollbook.stop().await;
    for entry in fs::read_dir(folder.path().join("data/keyring")).unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().starts_with("signing-") {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    let rollbook = Rollbook::start_with(Arc::clone(&folder), options(&folder)).await;
    rollbook.directory.replace_lost_signing_key().await.unwrap();
    create(&rollbook.admin, "ada", "STANDARD").await;
    let (note, _) = sign(&rollbook.admin).await;
    let found = keys(&rollbook.admin).await;
    assert!(!note.is_signed_by(&found[0].0) && note.is_signed_by(&found[1].0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_is_known_cosigns_and_nobody_else_does() {
    let (witness, stranger) = (SigningKey::from_bytes(&[2; 32]), SigningKey::from_bytes(&[3; 32]));
    let key = |name, key: &SigningKey| {
        VerifierKey::new(name, SignatureKind::Witness, key.verifying_key().to_bytes()).unwrap()
    };
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.log_witnesses = vec![key("witness.example", &witness)];
    let rollbook = Rollbook::start_with(folder, options).await;
    let (note, _) = sign(&rollbook.admin).await;
    let cosign = |name, by: &SigningKey, text: &str| {
        let signature = by.sign(cosigned(text, 1_700_000_000).as_bytes()).to_bytes();
        let line = [1_700_000_000_u64.to_be_bytes().as_slice(), &signature].concat();
        let line = SignatureLine::of(&key(name, by), line);
        Note { text: text.to_owned(), signatures: vec![line] }.to_string()
    };
    let ask = async |note: String| {
        let document = "mutation($n: String!) { cosignCheckpoint(input: {note: $n}) \
                        { checkpoint { note signedBy } errors { code } } }";
        rollbook.admin.data(document, json!({ "n": note })).await["cosignCheckpoint"].clone()
    };
    let refused = async |note: String| ask(note).await["errors"][0]["code"].as_str().unwrap().to_owned();
    assert_eq!(refused(cosign("stranger.example", &stranger, &note.text)).await, "INVALID");
    assert_eq!(refused(note.to_string()).await, "INVALID");
    let other = note.text.replacen("rollbook.localhost", "other.localhost", 1);
    assert_eq!(refused(cosign("witness.example", &witness, &other)).await, "NOT_FOUND");
    let false_line =
        cosign("witness.example", &witness, &other).replace("other.localhost", "rollbook.localhost");
    assert_eq!(refused(false_line).await, "INVALID");

    let payload = ask(cosign("witness.example", &witness, &note.text)).await;
    assert_eq!(payload["checkpoint"]["signedBy"], json!(["rollbook.localhost", "witness.example"]));
    let served: Note = rollbook.anonymous().get("/log/checkpoint").await.text().parse().unwrap();
    assert!(served.is_signed_by(&key("witness.example", &witness)));
    assert!(served.is_signed_by(&keys(&rollbook.admin).await[0].0));
}
