//! What the signed receipt of an erasure says, and who can check it.

use std::process::Command;

use rollbook::evidence::note::Note;
use rollbook::evidence::receipt::{ReceiptFault, verify};
use serde_json::json;

use super::{case, erasures, taken};
use crate::support::rollbook::Rollbook;

const STEPS: [&str; 6] = [
    "RECORDED",
    "KEYS_SHREDDED",
    "VIEWS_PURGED",
    "PICTURES_REMOVED",
    "WRAPPING_KEY_ROTATED",
    "RECEIPT_RECORDED",
];

#[tokio::test(flavor = "multi_thread")]
async fn msk_12_an_erasure_is_seen_step_by_step_and_ends_with_a_receipt() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    let request = case.requested(&rollbook).await;
    assert_eq!(erasures(&case.olga).await, [json!(null); 0]);
    case.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    let told = erasures(&case.olga).await;
    let [erasure] = &told[..] else { panic!("{told:?}") };
    assert_eq!((&erasure["state"], &erasure["requestId"]), (&json!("COMPLETE"), &json!(request)));
    assert_eq!((&erasure["userId"], &erasure["mode"]), (&json!(case.john), &json!("ERASURE")));
    assert_eq!(taken(erasure), STEPS);
    let left = erasure["remaining"].as_array().unwrap();
    let what: Vec<&str> = left.iter().map(|left| left["what"].as_str().unwrap()).collect();
    for kind in ["KEYRING_BACKUPS", "REPLICAS", "EXPORTS"] {
        assert!(what.contains(&kind), "{kind} is named");
    }
    assert!(!left[0]["until"].is_null(), "the true delay is stated");
    let rebuilt = rollbook.directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_12_a_masking_has_a_receipt_too() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    rollbook.admin.accept("disableUser", json!({ "userId": case.john }), "").await;
    let asked =
        json!({ "userId": case.john, "username": super::USERNAME, "email": super::EMAIL, "reason": "T-7" });
    case.olga.accept("maskPii", asked, "").await;
    let told = erasures(&case.olga).await;
    assert_eq!((&told[0]["state"], &told[0]["requestId"]), (&json!("COMPLETE"), &json!(null)));
    let pictures = rollbook.folder.path().join("data").join("avatars");
    assert_eq!(std::fs::read_dir(pictures).unwrap().count(), 1, "a masking leaves the picture");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_verified_without_the_directory_and_a_changed_one_is_not() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    let request = case.requested(&rollbook).await;
    case.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    let told = erasures(&case.olga).await;
    let receipt = told[0]["receipt"].as_str().unwrap();
    let keys = rollbook.directory.evidence().keys();
    let note: Note = receipt.parse().unwrap();
    assert_eq!(verify(&note, &keys), Ok(()));
    let user = case.john.strip_prefix("user_").unwrap_or(&case.john);
    let changed = receipt.replace(&format!("user {user}\n"), "user 5\n");
    assert_ne!(changed, receipt, "the receipt names the user");
    assert_eq!(verify(&changed.parse().unwrap(), &keys), Err(ReceiptFault::NotSigned));
    let folder = rollbook.stop().await;
    let checkpoint = std::fs::read_to_string(folder.path().join("data/evidence/checkpoints")).unwrap();
    let file = folder.path().join("receipt");
    for (text, code) in [(receipt, 0), (&changed, 4), (&checkpoint, 4)] {
        std::fs::write(&file, text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_rollbook"))
            .args(["audit", "receipt", "--key", &keys[0].to_string()])
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said} {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.contains("the signature holds"), code == 0);
    }
}
