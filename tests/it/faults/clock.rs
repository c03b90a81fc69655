//! A clock that is set back: positions are the order, and nobody notices.

use serde_json::json;

use crate::cli_program::Place;
use crate::support::clock::rollbook_with_clock;

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_steps_back_an_hour_stops_nobody_and_changes_no_order() {
    let (rollbook, clock) = rollbook_with_clock().await;
    rollbook.admin.create("AGENT", "before").await;
    let position = rollbook.directory.reached();
    clock.pass_minutes(-60);
    let after = rollbook.admin.create("AGENT", "after").await;
    assert!(rollbook.directory.reached() > position);
    let himself = rollbook.sign_in("after", "password of after").await;
    assert_eq!(himself.data("{ me { id } }", json!({})).await["me"]["id"], json!(after));
    himself.accept("signOut", json!({}), "").await;
    let rebuilt = rollbook.directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt), "replay from zero equals live");
    let folder = rollbook.stop().await;
    let data = folder.path().join("data");
    let place = Place::empty();
    let ran = place.run(&["audit", "verify", "--data", data.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}
