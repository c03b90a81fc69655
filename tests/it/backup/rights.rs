//! Who may take a backup of a served directory.

use axum::http::StatusCode;
use serde_json::json;

use super::{Store, done};
use crate::support::rollbook::Rollbook;

#[tokio::test(flavor = "multi_thread")]
async fn only_administrators_take_backups() {
    let rollbook = Rollbook::start().await;
    for profile in ["USER_MANAGER", "AUDITOR", "COMPLIANCE_OFFICER"] {
        let name = profile.to_lowercase().replace('_', "-");
        let id = rollbook.admin.create("AGENT", &name).await;
        let input = json!({ "userId": id, "accessProfile": profile });
        rollbook.admin.accept("assignAccessProfile", input, "").await;
        let client = rollbook.sign_in(&name, &format!("password of {name}")).await;
        for path in ["/backup", "/backup/keys"] {
            assert_eq!(client.get(path).await.status, StatusCode::FORBIDDEN, "{profile} {path}");
        }
        let told = Store::new().back_up(&client, &[]);
        assert_eq!(told.code, 7, "{}", told.err);
    }
    for path in ["/backup", "/backup/keys"] {
        assert_eq!(rollbook.anonymous().get(path).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(rollbook.admin.get(path).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_for_is_refused_by_a_code() {
    let rollbook = Rollbook::start().await;
    for query in ["after=x", "digest=12", "until=3", "after=-1"] {
        let answer = rollbook.admin.get(&format!("/backup?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
    }
    let answer = rollbook.admin.get("/backup?after=1").await;
    assert_eq!(
        (answer.status, answer.json()["errors"][0]["code"].clone()),
        (StatusCode::CONFLICT, json!("OTHER_HISTORY"))
    );
    let answer = rollbook.admin.get("/backup?after=1000000").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_nothing_that_can_be_read() {
    let (rollbook, store) = (Rollbook::start().await, Store::new());
    rollbook.admin.create("AGENT", "zebulon").await;
    done(store.back_up(&rollbook.admin, &["--keys", "keys", "--forgotten", "forgotten"]));
    for folder in ["records", "keys"] {
        for name in store.names(folder) {
            let bytes = std::fs::read(store.place.path(folder).join(&name)).unwrap();
            assert!(memchr::memmem::find(&bytes, b"zebulon").is_none(), "{name}");
        }
    }
}
