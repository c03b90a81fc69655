//! Who may delete, and what it takes.

use serde_json::json;

use super::{history, member, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn del_01_whoever_lacks_the_right_deletes_nobody_and_the_attempt_is_recorded() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    for profile in ["STANDARD", "USER_MANAGER", "AUDITOR", "COMPLIANCE_OFFICER"] {
        let client = member(&rollbook, profile, &profile.to_lowercase()).await;
        let document =
            "mutation($id: ID!) { deleteUser(input: { userId: $id }) { errors { code message } } }";
        let refused = client.data(document, json!({ "id": ann })).await["deleteUser"]["errors"].clone();
        let told = json!([{ "code": "FORBIDDEN", "message": "you may not do this: ask an administrator" }]);
        assert_eq!(refused, told, "{profile}");
    }
    let entries = history(admin, &ann, "type").await;
    assert_eq!(entries.iter().filter(|entry| entry["type"] == "ATTEMPT_DENIED").count(), 4);
    assert_eq!(user(admin, &ann, "deleted").await["deleted"], false);
    let second = member(&rollbook, "ADMINISTRATOR", "second").await;
    second.accept("deleteUser", json!({ "userId": ann }), "").await;
    assert_eq!(user(admin, &ann, "deleted").await["deleted"], true);
}

#[tokio::test]
async fn del_14_a_directory_that_nobody_set_up_can_delete() {
    let rollbook = Rollbook::start().await;
    let settings = rollbook.admin.data("{ settings { deletionAllowed } }", json!({})).await;
    assert_eq!(settings["settings"]["deletionAllowed"], true);
    let ann = rollbook.admin.create("CLIENT", "ann").await;
    rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "").await;
}
