//! The part of the newest golden log in which secrets come and go.

use std::sync::Arc;

use serde_json::json;
use tempfile::TempDir;

use crate::support::rollbook::{Rollbook, options};

/// Where passwords are mailed, and not shown.
pub async fn rollbook_that_mails() -> Rollbook {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.sends_mail = true;
    Rollbook::start_with(folder, options).await
}

/// A password waits to be mailed, and is destroyed with another one.
pub async fn secrets_come_and_go(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let jane = json!({ "kind": "AGENT", "email": "jane@example.org", "fullName": "Jane" });
    let payload = admin.accept("createUser", jane, "user { id }").await;
    let jane = payload["user"]["id"].clone();
    admin.accept("setPassword", json!({ "userId": jane, "password": "password of jane" }), "").await;
}
