//! Where history holds what can be masked, how long it stays, and masks that are alike.

use serde_json::{Value, json};

use super::{agent, history, member, user};
use crate::support::rollbook::Rollbook;

/// The fields that an event seals, by the names of the API, with what ends them.
async fn sealed(rollbook: &Rollbook, event: &str) -> Vec<(Vec<String>, String)> {
    let document = "{ personalDataRegister { sealed { event fields endedBy } } }";
    let data = rollbook.admin.data(document, json!({})).await;
    let parts = data["personalDataRegister"]["sealed"].as_array().unwrap().clone();
    let of_event = parts.iter().filter(|part| part["event"] == event);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let fields = |part: &Value| part["fields"].as_array().unwrap().iter().map(text).collect();
    of_event.map(|part| (fields(part), text(&part["endedBy"]))).collect()
}

#[tokio::test]
async fn msk_01_names_email_and_username_stand_in_known_places_of_history() {
    let rollbook = Rollbook::start().await;
    for event in ["user.created@1", "profile.changed@1"] {
        let parts = sealed(&rollbook, event).await;
        let ended_by = |field: &str| {
            let part = parts.iter().find(|(fields, _)| fields.iter().any(|one| one == field));
            part.map(|(_, ended_by)| ended_by.clone())
        };
        let masked = Some("a masking (HISTORY or ERASURE)".to_owned());
        assert_eq!((ended_by("username"), ended_by("email")), (masked.clone(), masked), "{event}");
        assert_eq!(ended_by("fullName"), Some("an erasure".to_owned()), "{event}");
    }
    // And what was said is found there.
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let change =
        json!({ "userId": ann, "username": "anna", "email": "anna@example.org", "fullName": "Anna" });
    rollbook.admin.accept("changeProfile", change, "").await;
    let entries = history(&rollbook.admin, &ann, "changes { field to }").await;
    for (entry, said) in [(0, ["ann", "ann@example.org", "ann"]), (2, ["anna", "anna@example.org", "Anna"])] {
        for (field, value) in ["username", "email", "fullName"].into_iter().zip(said) {
            let change = json!({ "field": field, "to": value });
            assert!(entries[entry]["changes"].as_array().unwrap().contains(&change), "{entries:?}");
        }
    }
}

#[tokio::test]
async fn msk_02_a_deletion_alone_masks_nothing() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let fields = "summary changes { field from to erased withheld }";
    let before = history(&rollbook.admin, &ann, fields).await;
    rollbook.admin.accept("deleteUser", json!({ "userId": ann }), "").await;
    let after = history(&rollbook.admin, &ann, fields).await;
    assert_eq!(after[..before.len()], before);
    assert!(before[0]["changes"].to_string().contains("ann@example.org"));
    assert_eq!(user(&rollbook.admin, &ann, "masked").await["masked"], false);
}

#[tokio::test]
async fn msk_16_two_users_may_have_one_mask_and_lists_tell_them_apart() {
    let rollbook = Rollbook::start().await;
    let olga = member(&rollbook, "COMPLIANCE_OFFICER", "olga").await;
    let mut ids = Vec::new();
    for name in ["John.Peter", "Joan.Perez"] {
        let payload = rollbook.admin.accept("createUser", agent(name), "user { id }").await;
        let id = payload["user"]["id"].clone();
        rollbook.admin.accept("disableUser", json!({ "userId": id }), "").await;
        let keys = json!({ "userId": id, "username": name, "email": format!("{name}@example.org"),
                           "reason": "T-1" });
        let payload = olga.accept("maskPii", keys, "user { username }").await;
        assert_eq!(payload["user"]["username"], "Unknown User (Jo Pe)");
        ids.push(id);
    }
    let mut labels = Vec::new();
    for id in &ids {
        let told = user(&olga, id.as_str().unwrap(), "label primaryLabel").await;
        let number = id.as_str().unwrap().strip_prefix("user_").unwrap();
        let label = told["label"].as_str().unwrap();
        assert_eq!(told["primaryLabel"], format!("{label} ({number})"));
        labels.push(told["primaryLabel"].clone());
    }
    assert_ne!(labels[0], labels[1]);
}
