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
    options.rule_calls = crate::golden_log_user_rules::nobody_there();
    Rollbook::start_with(folder, options).await
}

/// A password waits to be mailed, and is destroyed with another one; a question comes and goes.
pub async fn secrets_come_and_go(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let jules = json!({ "kind": "AGENT", "email": "jules@example.org", "fullName": "Jules" });
    let payload = admin.accept("createUser", jules, "user { id }").await;
    let jules = payload["user"]["id"].clone();
    admin.accept("setPassword", json!({ "userId": jules, "password": "password of jules" }), "").await;
    a_security_question(rollbook).await;
}

/// A security question is chosen, and taken away.
async fn a_security_question(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    admin.accept("changeSettings", json!({ "securityQuestionAfterReset": true }), "").await;
    let kate = admin.create("AGENT", "kate").await;
    let herself = rollbook.sign_in("kate", "password of kate").await;
    let question =
        json!({ "question": "Which town?", "answer": "Paris", "currentPassword": "password of kate" });
    herself.accept("setSecurityQuestion", question, "").await;
    admin.accept("removeSecurityQuestion", json!({ "userId": kate }), "").await;
}
