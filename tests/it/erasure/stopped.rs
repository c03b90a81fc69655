//! Stopped before each step, as a crash would: the next start completes the erasure, and until then it says that
//! it is not complete.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rollbook::directory::erasing::{ErasurePoint, Interrupted, Interruptions};
use rollbook::directory::{Directory, DirectoryOptions, OpenFault};
use rollbook::writer::Stop;
use serde_json::json;
use tempfile::TempDir;

use super::traces::assert_nothing_of_john;
use super::{case, erasures, taken};
use crate::support::rollbook::{Rollbook, options};

/// Stops at one point, once it is armed.
#[derive(Default)]
pub struct StopAt(Mutex<Option<ErasurePoint>>);

impl StopAt {
    pub fn arm(&self, at: Option<ErasurePoint>) {
        *self.0.lock().unwrap() = at;
    }
}

impl Interruptions for StopAt {
    fn before(&self, point: ErasurePoint) -> Result<(), Interrupted> {
        if *self.0.lock().unwrap() == Some(point) { Err(Interrupted(point)) } else { Ok(()) }
    }
}

fn stopping(folder: &TempDir, at: Option<ErasurePoint>) -> (DirectoryOptions, Arc<StopAt>) {
    let stop = Arc::new(StopAt(Mutex::new(at)));
    let mut options = options(folder);
    options.interruptions = Arc::clone(&stop) as Arc<dyn Interruptions>;
    (options, stop)
}

fn pictures(folder: &Path) -> usize {
    fs::read_dir(folder.join("data").join("avatars")).unwrap().count()
}

/// A directory in which an erasure stopped at a point.
async fn stopped_at(point: ErasurePoint) -> Arc<TempDir> {
    let folder = Arc::new(TempDir::new().unwrap());
    let (options, stop) = stopping(&folder, None);
    let rollbook = Rollbook::start_with(Arc::clone(&folder), options).await;
    let case = case(&rollbook).await;
    let request = case.requested(&rollbook).await;
    stop.arm(Some(point));
    let approval = json!({ "input": { "requestId": request } });
    let document = "mutation($input: ApproveMaskingInput!) { approveMasking(input: $input) { position } }";
    case.otto.graphql_with(document, approval).await;
    let told = erasures(&case.olga).await;
    assert_eq!(told[0]["state"], "INCOMPLETE", "{point:?}: it says so itself");
    assert!(taken(&told[0]).len() <= 5 && told[0]["receipt"].is_null(), "{point:?}");
    let (_, stop) = rollbook.stop_stopped().await;
    assert!(matches!(stop, Stop::Erasure(_)), "{point:?}: {stop}");
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_13_stopped_before_any_step_an_erasure_is_completed_by_the_next_start() {
    for point in ErasurePoint::ALL {
        let folder = stopped_at(point).await;
        let rollbook = Rollbook::start_with(Arc::clone(&folder), options(&folder)).await;
        let olga = rollbook.sign_in("olga", "password of olga").await;
        let told = erasures(&olga).await;
        assert_eq!((told.len(), &told[0]["state"]), (1, &json!("COMPLETE")), "{point:?}");
        assert_eq!(taken(&told[0]).len(), 6, "{point:?}");
        assert_eq!(pictures(folder.path()), 0, "{point:?}");
        let rebuilt = rollbook.directory.rebuild_in_shadow().unwrap();
        assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt), "{point:?}");
        rollbook.stop().await;
        assert_nothing_of_john(folder.path());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_13_stopped_again_while_it_is_taken_up_it_is_completed_by_the_start_after() {
    for point in &ErasurePoint::ALL[..4] {
        let folder = stopped_at(ErasurePoint::ALL[0]).await;
        let (stopping, _) = stopping(&folder, Some(*point));
        let Err(fault) = Directory::open(stopping) else { panic!("{point:?} was passed") };
        assert!(matches!(fault, OpenFault::Erasure(_)), "{point:?}: {fault}");
        let rollbook = Rollbook::start_with(Arc::clone(&folder), options(&folder)).await;
        let olga = rollbook.sign_in("olga", "password of olga").await;
        assert_eq!(erasures(&olga).await[0]["state"], "COMPLETE", "{point:?}");
        rollbook.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_the_disk_does_not_let_go_leaves_the_erasure_incomplete_until_it_does() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    let data = rollbook.folder.path().join("data");
    let picture = fs::read_dir(data.join("avatars")).unwrap().next().unwrap().unwrap().path();
    let request = case.requested(&rollbook).await;
    // A folder of that name is no file that can be removed.
    fs::create_dir_all(picture.join("in the way")).unwrap();
    case.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    let told = erasures(&case.olga).await;
    assert_eq!(told[0]["state"], "INCOMPLETE");
    assert!(!taken(&told[0]).contains(&"PICTURES_REMOVED") && told[0]["receipt"].is_null());
    fs::remove_dir_all(&picture).unwrap();
    rollbook.directory.complete_erasures().await.unwrap();
    let told = erasures(&case.olga).await;
    assert_eq!((&told[0]["state"], taken(&told[0]).len()), (&json!("COMPLETE"), 6));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_of_somebody_who_is_deleted_goes_at_once() {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    assert_eq!(pictures(rollbook.folder.path()), 1);
    rollbook.admin.accept("deleteUser", json!({ "userId": case.john }), "").await;
    assert_eq!(pictures(rollbook.folder.path()), 0);
}
