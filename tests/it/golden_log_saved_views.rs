//! A scene of the golden log: views that were saved, changed and removed.

use serde_json::{Value, json};

use crate::support::rollbook::Rollbook;

/// Every event about saved views once; one is left of each owner.
pub async fn saved_views(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let save = async |audience: &str, name: &str, terms: Value| {
        let input = json!({ "kind": "AGENT", "audience": audience, "name": name, "terms": terms });
        admin.accept("saveView", input, "view { id }").await["view"]["id"].clone()
    };
    let own = save("OWN", "Locked out", json!([{ "name": "view", "value": "locked" }])).await;
    let terms = json!([{ "name": "q", "value": "nobody" }, { "name": "col", "value": "name" }]);
    admin.accept("changeSavedView", json!({ "viewId": own, "terms": terms }), "").await;
    save("COMPANY", "Who reads", json!([{ "name": "license", "value": "READ_ONLY" }])).await;
    let gone = save("COMPANY", "Everybody", json!([{ "name": "view", "value": "all" }])).await;
    admin.accept("removeSavedView", json!({ "viewId": gone }), "").await;
}
