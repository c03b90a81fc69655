//! Evidence as it is served: checkpoints, tiles and entries, by whom they may be seen, and that they fit together.

use axum::http::StatusCode;
use rollbook::access::Caller;
use rollbook::evidence::checkpoint::Checkpoint;
use rollbook::evidence::live::PublicEvidence;
use rollbook::evidence::merkle::{Frontier, leaf_hash};
use rollbook::evidence::note::Note;
use rollbook::evidence::routes::Tile;
use rollbook_schema::id::Digest;
use std::sync::Arc;
use tempfile::TempDir;

use crate::support::rollbook::{Rollbook, options};

async fn with(public: PublicEvidence) -> Rollbook {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.log_public = public;
    Rollbook::start_with(folder, options).await
}

/// Signs over all there is, and gives what is served then.
async fn published(rollbook: &Rollbook) -> (Note, Checkpoint) {
    rollbook.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
    let answer = rollbook.anonymous().get("/log/checkpoint").await;
    assert_eq!(answer.status, StatusCode::OK);
    let note: Note = answer.text().parse().unwrap();
    let checkpoint = note.text.parse().unwrap();
    (note, checkpoint)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checkpoint_is_a_note_that_the_published_key_signed() {
    let rollbook = Rollbook::start().await;
    let (note, checkpoint) = published(&rollbook).await;
    let keys = rollbook.directory.evidence().keys();
    assert!(note.is_signed_by(&keys[0]));
    assert_eq!(checkpoint.origin, "rollbook.localhost");
    assert_eq!(checkpoint.size, rollbook.directory.reached().0);
    let answer = rollbook.anonymous().get("/log/checkpoint").await;
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "public, max-age=5");
}

#[tokio::test(flavor = "multi_thread")]
async fn tiles_and_entries_make_the_root_of_the_checkpoint() {
    let rollbook = with(PublicEvidence::Entries).await;
    let (_, checkpoint) = published(&rollbook).await;
    let width = checkpoint.size;
    let tile = rollbook.anonymous().get(&format!("/log/tile/0/000.p/{width}")).await;
    assert_eq!(tile.header("content-type"), "application/octet-stream");
    assert_eq!(tile.header("cache-control"), "public, max-age=31536000, immutable");
    let (hashes, []) = tile.body.as_chunks::<32>() else { panic!("not hashes") };
    let bundle = rollbook.anonymous().get(&format!("/log/tile/entries/000.p/{width}")).await;
    let mut rest: &[u8] = &bundle.body;
    let mut frontier = Frontier::default();
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (entry, after) = after.split_at(u16::from_be_bytes(*length).into());
        assert_eq!(leaf_hash(entry), Digest(hashes[frontier.size() as usize]));
        frontier.push(leaf_hash(entry), |_, _| ());
        rest = after;
    }
    assert_eq!((frontier.size(), frontier.root()), (checkpoint.size, checkpoint.root));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_log_does_not_have_is_not_found() {
    let rollbook = with(PublicEvidence::Entries).await;
    let (_, checkpoint) = published(&rollbook).await;
    for path in [
        format!("0/000.p/{}", checkpoint.size + 1),
        "0/000".to_owned(),
        "entries/000".to_owned(),
        "1/000.p/1".to_owned(),
        "0/001.p/1".to_owned(),
        "0/000.p/0".to_owned(),
        "00/000.p/1".to_owned(),
        "64/000.p/1".to_owned(),
        "0/x000/000.p/1".to_owned(),
        "0/0.p/1".to_owned(),
    ] {
        let answer = rollbook.anonymous().get(&format!("/log/tile/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_take_the_right_to_see_the_history_and_proofs_take_none() {
    let rollbook = Rollbook::start().await;
    published(&rollbook).await;
    let status = async |client: &crate::support::http::Client, path: &str| client.get(path).await.status;
    let anonymous = rollbook.anonymous();
    assert_eq!(status(&anonymous, "/log/tile/0/000.p/1").await, StatusCode::OK);
    assert_eq!(status(&anonymous, "/log/tile/entries/000.p/1").await, StatusCode::UNAUTHORIZED);
    let answer = rollbook.admin.get("/log/tile/entries/000.p/1").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "private, max-age=3600, immutable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_log_shows_nothing_but_to_auditors() {
    let rollbook = with(PublicEvidence::None).await;
    rollbook.directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
    for path in ["/log/checkpoint", "/log/tile/0/000.p/1", "/log/tile/entries/000.p/1"] {
        assert_eq!(rollbook.anonymous().get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(rollbook.admin.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[test]
fn exactly_one_address_leads_to_each_tile() {
    let tile = |level, index, width| Some(Tile { level, index, width });
    assert_eq!(Tile::parse("0/x001/x234/067"), tile(Some(0), 1_234_067, 256));
    assert_eq!(Tile::parse("entries/000.p/12"), tile(None, 0, 12));
    assert_eq!(Tile::parse("63/999.p/255"), tile(Some(63), 999, 255));
    for wrong in
        ["0", "0/", "0/1", "0/x001", "0/001/002", "0/000.p/256", "0/000.p/01", "-1/000", "0/x01/000", "0/+00"]
    {
        assert_eq!(Tile::parse(wrong), None, "{wrong}");
    }
}
