//! A scene of the golden log: an artefact of another system, from its registration to its end.

use serde_json::{Value, json};

use crate::support::rollbook::Rollbook;

/// Each event of artefacts once.
pub async fn references(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let rule = json!({ "kind": "BUSINESS_RULE", "module": "Customization", "container": "Cases",
                       "name": "Escalate",
                       "parts": [{ "place": "condition", "content": { "text": "owner = 'nobody'" } }] });
    let registered = admin.accept("registerArtefact", rule, "artefact { id }").await;
    let id = registered["artefact"]["id"].clone();
    let named = |id: &Value| json!({ "artefactId": id });
    admin.accept("changeArtefact", json!({ "artefactId": id, "name": "Escalate soon" }), "").await;
    admin.accept("recycleArtefact", named(&id), "").await;
    admin.accept("restoreArtefact", named(&id), "").await;
    admin.accept("purgeArtefact", named(&id), "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scene_of_references_can_be_played() {
    references(&Rollbook::start().await).await;
}
