//! A scene of the golden log: history is read.

use serde_json::json;

use crate::support::rollbook::Rollbook;

/// A page of one person's history, and an export of all.
pub async fn reading(rollbook: &Rollbook) {
    let lena = rollbook.admin.create("AGENT", "lena").await;
    let document = "query($id: ID!) { history(filter: { user: $id }) { totalCount } }";
    rollbook.admin.data(document, json!({ "id": lena })).await;
    assert_eq!(rollbook.admin.get("/history/export").await.status, 200);
}
