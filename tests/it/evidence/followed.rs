//! What the follower signs, when, and what it never signs.

use std::fs;
use std::sync::Arc;

use rollbook::access::Caller;
use rollbook::directory::{Directory, DirectoryOptions};
use rollbook::evidence::proof::{consistency, is_consistent};
use rollbook::evidence::store::SignedCheckpoint;
use rollbook::writer::Stop;
use serde_json::json;
use tempfile::TempDir;

use crate::support::rollbook::{Rollbook, options};

async fn sign(rollbook: &Rollbook) -> SignedCheckpoint {
    rollbook.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap()
}

async fn create(rollbook: &Rollbook, name: &str) {
    let input = json!({ "kind": "AGENT", "fullName": name, "email": format!("{name}@example.com") });
    rollbook.admin.accept("createUser", input, "").await;
}

async fn open(options: DirectoryOptions) -> Directory {
    tokio::task::spawn_blocking(move || Directory::open(options)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_covers_all_that_was_answered_before_it() {
    let rollbook = Rollbook::start().await;
    for name in ["ada", "bo", "cy"] {
        create(&rollbook, name).await;
        assert_eq!(sign(&rollbook).await.checkpoint.size, rollbook.directory.reached().0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_new_gives_the_checkpoint_that_there_is() {
    let rollbook = Rollbook::start().await;
    let first = sign(&rollbook).await;
    assert_eq!(sign(&rollbook).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shutdown_signs_and_a_start_goes_on_from_there() {
    let rollbook = Rollbook::start().await;
    create(&rollbook, "ada").await;
    let before = sign(&rollbook).await.checkpoint;
    create(&rollbook, "bo").await;
    let head = rollbook.directory.reached().0;
    let folder = rollbook.stop().await;
    let rollbook = Rollbook::start_with(Arc::clone(&folder), options(&folder)).await;
    let evidence = rollbook.directory.evidence();
    assert!(evidence.at_size(head).unwrap().is_some());
    create(&rollbook, "cy").await;
    let after = sign(&rollbook).await.checkpoint;
    let proof = consistency(&*evidence.tree(), before.size, after.size).unwrap();
    assert!(is_consistent((before.size, &before.root), (after.size, &after.root), &proof));
    assert_eq!(evidence.keys().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn leaves_that_were_lost_or_damaged_are_made_again_from_the_log() {
    let rollbook = Rollbook::start().await;
    create(&rollbook, "ada").await;
    let folder = rollbook.stop().await;
    let path = options(&folder).evidence_directory().join("leaves");
    let whole = fs::read(&path).unwrap();
    let mut damaged = whole.clone();
    damaged[40] ^= 1;
    for left in [Vec::new(), whole[..50].to_vec(), damaged] {
        fs::write(&path, left).unwrap();
        let directory = open(options(&folder)).await;
        assert!(directory.evidence().reaches(whole.len() as u64 / 32).await);
        directory.close().await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
}

/// Somebody took the log's place with another one that is whole in itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_contradicts_what_was_signed_stops_the_directory() {
    let (ours, other) = (Rollbook::start().await, Rollbook::start().await);
    for rollbook in [&ours, &other] {
        create(rollbook, "ada").await;
        sign(rollbook).await;
    }
    let (ours, other) = (ours.stop().await, other.stop().await);
    let (evidence, foreign) = (options(&ours).evidence_directory(), options(&other).evidence_directory());
    for file in ["checkpoints", "leaves"] {
        fs::copy(foreign.join(file), evidence.join(file)).unwrap();
    }
    let directory = open(options(&ours)).await;
    assert!(matches!(directory.status().until_stopped().await, Stop::Evidence(_)));
    assert!(directory.sign_checkpoint(&Caller::Operator).await.unwrap().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn checkpoints_are_listed_in_the_order_of_signing() {
    let rollbook = Rollbook::start().await;
    let mut sizes = vec![sign(&rollbook).await.checkpoint.size];
    for name in ["ada", "bo"] {
        create(&rollbook, name).await;
        sizes.push(sign(&rollbook).await.checkpoint.size);
    }
    let evidence = rollbook.directory.evidence();
    let listed: Vec<u64> = evidence.after(0, 100).unwrap().iter().map(|one| one.checkpoint.size).collect();
    // The first may have been signed on its own before this test asked.
    assert!(listed.ends_with(&sizes), "{listed:?} {sizes:?}");
    assert_eq!(evidence.after(sizes[1], 100).unwrap().len(), 1);
    let _folder: Arc<TempDir> = rollbook.stop().await;
}
