//! A backup from before a run, restored: it is told what was forgotten since, and goes on.

use std::sync::Arc;

use rollbook::retention::carry_out_due;
use serde_json::json;

use super::{LATER, OLD, case, revealed, signs_in, switched_on, tells};
use crate::backup::{Store, done};
use crate::support::rollbook::{Rollbook, options};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_from_before_brings_no_old_sign_in_back_and_people_can_sign_in() {
    let (case, store) = (case().await, Store::new());
    let data = case.rollbook.folder.path().join("data");
    done(store.back_up(&case.rollbook.admin, &["--keys", "keys"]));
    store.set_aside("records", "old-records");
    store.set_aside("keys", "old-keys");
    // Both keys go, also the one that the restored log takes for the current one.
    case.clock.pass_minutes(10 * super::DAY);
    let olga = case.rollbook.sign_in("olga", "password of olga").await;
    let otto = case.rollbook.sign_in("otto", "password of otto").await;
    let admin = case.rollbook.sign_in("admin", crate::support::rollbook::ADMIN_PASSWORD).await;
    let case = super::Case { olga, otto, ..case };
    switched_on(&case, 5).await;
    carry_out_due(&case.rollbook.directory).await.unwrap();
    done(store.back_up(&admin, &["--keys", "keys", "--forgotten", "forgotten"]));
    let clock = Arc::clone(&case.clock);
    let _folder = case.rollbook.stop().await;

    let old = ["--from", "old-records", "--keys", "old-keys"];
    let (ran, untold) = store.restore(&data, &old);
    done(ran);
    tells(&revealed(&untold.path().join("data")), OLD, true);
    let (ran, told) = store.restore(&data, &[&old[..], &["--forgotten", "forgotten"]].concat());
    assert!(!done(ran).contains("forgotten since: 0 keys"));
    let mut options = options(&told);
    options.clock = clock as _;
    let rollbook = Rollbook::start_with(Arc::clone(&told), options).await;
    rollbook.directory.replace_lost_signing_key().await.unwrap();
    signs_in(&rollbook, "ann", ["192.0.2.9", "Eisvogel/1.0"]).await;
    let rebuilt = rollbook.directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
    let document =
        "{ history(filter: { types: [SIGNED_IN] }, first: 1) { nodes { context { userAgent } } } }";
    let newest = rollbook.admin.data(document, json!({})).await;
    assert_eq!(newest["history"]["nodes"][0]["context"]["userAgent"], "Eisvogel/1.0");
    rollbook.stop().await;
    let revealed = revealed(&told.path().join("data"));
    tells(&revealed, OLD, false);
    tells(&revealed, LATER, false);
    tells(&revealed, ["192.0.2.9", "Eisvogel/1.0"], true);
}
