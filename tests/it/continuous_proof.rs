//! Continuous proof: views that are what the log says are found so, also while they change; a fold that goes
//! wrong is found and told of at every door.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rollbook::access::Caller;
use rollbook::directory::{Directory, ShadowOutcome, ShadowProof};
use rollbook_projections::view::Views;
use rollbook_schema::{Event, RecordedEvent};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

const PROVE: &str =
    "mutation { proveIntegrity { proof { position outcome different digest } errors { code } } }";
const INTEGRITY: &str = "{ integrity { underWay mismatch
    lastProof { position outcome different digest startedAt durationMillis } proofs { outcome } } }";

async fn prove(client: &Client) -> Value {
    let payload = client.data(PROVE, json!({})).await["proveIntegrity"].clone();
    assert_eq!(payload["errors"], json!([]));
    payload["proof"].clone()
}

async fn proved(directory: &Directory) -> ShadowProof {
    directory.prove_views(&Caller::System).await.unwrap()
}

/// As a bug would have it: whoever is locked stays unlocked in the list.
fn locks_nobody(views: &mut Views, recorded: &RecordedEvent) {
    match &recorded.event {
        Event::AccountLocked(_) => {
            let mut other = recorded.clone();
            if let Event::AccountLocked(locked) = &mut other.event {
                locked.user = rollbook_schema::UserId::SYSTEM;
            }
            views.fold(&other);
        }
        _ => views.fold(recorded),
    }
}

async fn misled() -> (Rollbook, String) {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.live_fold = locks_nobody;
    let rollbook = Rollbook::start_with(folder, options).await;
    let id = rollbook.admin.create("AGENT", "anna").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": id }), "").await;
    (rollbook, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_proves_that_its_views_are_what_the_log_says() {
    let rollbook = Rollbook::start().await;
    let id = rollbook.admin.create("AGENT", "anna").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": id }), "").await;
    assert!(rollbook.admin.data(INTEGRITY, json!({})).await["integrity"]["lastProof"].is_null());

    let proof = prove(&rollbook.admin).await;
    assert_eq!((&proof["outcome"], &proof["different"]), (&json!("EQUAL"), &json!([])));
    assert_eq!(proof["position"].as_u64().unwrap(), rollbook.directory.reached().0);
    assert_eq!(proof["digest"].as_str().unwrap().len(), 64);

    let integrity = rollbook.admin.data(INTEGRITY, json!({})).await["integrity"].clone();
    assert_eq!((&integrity["underWay"], &integrity["mismatch"]), (&json!(false), &json!([])));
    assert_eq!(integrity["lastProof"]["digest"], proof["digest"]);
    assert!(integrity["lastProof"]["durationMillis"].is_number());
    let metrics = rollbook.anonymous().get("/metrics").await;
    assert_eq!(metrics.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert!(metrics.text().contains("\nrollbook_shadow_mismatch 0\n"), "{}", metrics.text());
    assert!(metrics.text().contains("\nrollbook_shadow_proofs_total{outcome=\"equal\"} 1\n"));
    assert_eq!(rollbook.anonymous().get("/readyz").await.text(), "ready\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fold_that_goes_wrong_is_found_and_told_at_every_door() {
    let (rollbook, id) = misled().await;
    let locked = "query($id: ID!) { user(by: { id: $id }) { locked } }";
    let shown = rollbook.admin.data(locked, json!({ "id": id })).await;
    assert_eq!(shown["user"]["locked"], json!(false), "the fault is one that is seen");

    let proof = prove(&rollbook.admin).await;
    assert_eq!(proof["outcome"], json!("DIFFERENT"));
    assert_eq!(proof["different"], json!(["users"]));

    let integrity = rollbook.admin.data(INTEGRITY, json!({})).await["integrity"].clone();
    assert_eq!(integrity["mismatch"], proof["different"]);
    let metrics = rollbook.anonymous().get("/metrics").await;
    assert!(metrics.text().contains("\nrollbook_shadow_mismatch 1\n"), "{}", metrics.text());
    let ready = rollbook.anonymous().get("/readyz").await;
    assert_eq!(ready.status, 200, "what is served is wrong, but to take it away would mend nothing");
    assert_eq!(ready.text(), "ready\nviews differ from the log: users; a start folds it anew\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_mends_what_a_fold_did_and_the_finding_stays_known() {
    let (rollbook, _) = misled().await;
    let found = prove(&rollbook.admin).await;
    let folder = rollbook.stop().await;
    let options = options(&folder);
    let rollbook = Rollbook::start_with(folder, options).await;

    let before = rollbook.admin.data(INTEGRITY, json!({})).await["integrity"].clone();
    assert_eq!(before["lastProof"]["different"], found["different"], "known from before the start");
    assert_eq!(before["mismatch"], json!([]), "no alarm about what is gone");
    assert_eq!(prove(&rollbook.admin).await["outcome"], json!("EQUAL"));
    let after = rollbook.admin.data(INTEGRITY, json!({})).await["integrity"]["proofs"].clone();
    assert_eq!(after, json!([{ "outcome": "EQUAL" }, { "outcome": "DIFFERENT" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_proves_itself_while_it_is_written_to_and_forgets() {
    let rollbook = Rollbook::start().await;
    let officer = rollbook.admin.create("AGENT", "officer").await;
    let profile = json!({ "userId": officer, "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let officer = rollbook.sign_in("officer", "password of officer").await;
    let done = Arc::new(AtomicBool::new(false));
    let proving = tokio::spawn({
        let (directory, done) = (rollbook.directory.clone(), Arc::clone(&done));
        async move {
            let mut proofs = Vec::new();
            while !done.load(Ordering::SeqCst) {
                proofs.push(proved(&directory).await);
            }
            proofs
        }
    });
    for round in 0..12 {
        let name = format!("person{round}");
        let id = rollbook.admin.create("AGENT", &name).await;
        let change = json!({ "userId": id, "username": format!("renamed{round}"), "title": "Dr" });
        rollbook.admin.accept("changeProfile", change, "").await;
        let password = json!({ "userId": id, "password": format!("another of {name}") });
        rollbook.admin.accept("setPassword", password, "").await;
        rollbook.admin.accept("disableUser", json!({ "userId": id }), "").await;
        let mask = json!({ "userId": id, "username": format!("renamed{round}"),
            "email": format!("{name}@example.org"), "reason": "ticket" });
        officer.accept("maskPii", mask, "").await;
    }
    done.store(true, Ordering::SeqCst);
    let proofs = proving.await.unwrap();
    for proof in &proofs {
        assert_eq!((proof.outcome, &proof.different), (ShadowOutcome::Equal, &Vec::new()), "{proof:?}");
    }
    let last = proved(&rollbook.directory).await;
    assert_eq!((last.outcome, last.position), (ShadowOutcome::Equal, rollbook.directory.reached()));
    assert!(proofs.iter().any(|proof| proof.position < last.position), "some were made on the way");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_on_schedule_needs_nobody_to_ask() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.shadow_every = Some(Duration::from_millis(1));
    let rollbook = Rollbook::start_with(folder, options).await;
    let proof = loop {
        if let Some(proof) = rollbook.directory.shadow().last() {
            break proof;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(proof.outcome, ShadowOutcome::Equal);
}

#[tokio::test(flavor = "multi_thread")]
async fn digests_of_live_views_are_those_of_a_proof_at_the_same_position() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "anna").await;
    rollbook.settled().await;
    let this = rollbook.directory.clone();
    let rebuilt = tokio::task::spawn_blocking(move || this.rebuild_in_shadow().unwrap()).await.unwrap();
    let this = rollbook.directory.clone();
    let live = tokio::task::spawn_blocking(move || this.digests()).await.unwrap();
    assert_eq!(rebuilt.rebuilt, live);
}
