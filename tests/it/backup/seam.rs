//! A restore to a position: what was signed beyond it is told of, and never contradicted under the same key.

use rollbook::access::Caller;
use rollbook::evidence::checkpoint::Checkpoint;
use serde_json::json;

use super::{Store, done, serve};
use crate::support::rollbook::Rollbook;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_to_a_position_another_key_signs_and_the_log_says_so() {
    let (rollbook, store) = (Rollbook::start().await, Store::new());
    let data = rollbook.folder.path().join("data");
    done(store.back_up(&rollbook.admin, &["--keys", "keys"]));
    rollbook.admin.create("AGENT", "ada").await;
    let until = rollbook.directory.reached();
    rollbook.admin.create("AGENT", "bob").await;
    rollbook.admin.create("AGENT", "cyd").await;
    let beyond = rollbook.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
    let key_before = rollbook.directory.evidence().verifier_key_in_force().unwrap();
    done(store.back_up(&rollbook.admin, &[]));
    let _folder = rollbook.stop().await;

    let position = until.0.to_string();
    let (ran, folder) = store.restore(&data, &["--from", "records", "--keys", "keys", "--until", &position]);
    let told = done(ran);
    assert!(
        told.contains(&format!("restored: {position} records")) && told.contains("abandoned: "),
        "{told}"
    );
    let restored = folder.path().join("data");
    let abandoned = std::fs::read_to_string(restored.join("evidence/abandoned")).unwrap();
    assert!(abandoned.contains(&beyond.note.text));

    let served = serve(&folder).await;
    let known = |name: &str| served.directory.views().users.by_username(name).is_some();
    assert!(known("ada") && !known("bob") && !known("cyd"));
    let key_after = served.directory.evidence().verifier_key_in_force().unwrap();
    assert_ne!(key_before.to_string(), key_after.to_string());
    // Until there is another record at each position that was signed.
    for turn in 0..12 {
        served.admin.create("AGENT", &format!("later-{turn}")).await;
        let signed = served.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
        assert!(!signed.note.is_signed_by(&key_before), "what the old key says, it said before");
        let Checkpoint { size, root, .. } = signed.checkpoint;
        assert!(size != beyond.checkpoint.size || root != beyond.checkpoint.root);
    }
    assert!(served.directory.reached().0 > beyond.checkpoint.size);
    served.stop().await;
    let verified = done(store.place.run(&["audit", "verify", "--data", restored.to_str().unwrap()]));
    assert!(verified.starts_with("intact"), "{verified}");
    let after = (until.0).to_string();
    let events = done(store.place.run(&["log", "--data", restored.to_str().unwrap(), "--after", &after]));
    let rotated = events.lines().find(|line| line.contains("signing_key.rotated")).unwrap();
    assert!(rotated.contains("LOST") || rotated.contains("lost"), "{rotated}");
    // Whoever trusts the old key alone is not told that all is as before.
    let pinned = key_before.to_string();
    let ran = store.place.run(&["audit", "verify", "--data", restored.to_str().unwrap(), "--key", &pinned]);
    assert_eq!(ran.code, 4, "{}", ran.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_goes_into_an_empty_folder_only() {
    let (rollbook, store) = (Rollbook::start().await, Store::new());
    done(store.back_up(&rollbook.admin, &["--keys", "keys"]));
    let data = rollbook.folder.path().join("data");
    let data = data.to_str().unwrap();
    let ran = store.place.run(&["restore", "--from", "records", "--keys", "keys", "--data", data]);
    assert!(ran.code == 2 && ran.err.contains("is not empty"), "{}", ran.err);
    assert_eq!(rollbook.admin.data("{ me { label } }", json!({})).await["me"]["label"], "Administrator");
}
