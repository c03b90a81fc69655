//! The part of the newest golden log in which the signing key changes.

use serde_json::json;

use crate::support::rollbook::Rollbook;

/// Another key signs.
pub async fn another_key_signs(rollbook: &Rollbook) {
    rollbook.admin.accept("rotateSigningKey", json!({ "reason": "yearly" }), "").await;
}
