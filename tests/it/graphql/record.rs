//! What a record holds and who changes it: rules of a sentence each.

use serde_json::{Value, json};

use super::{password, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn pro_04_a_title_is_changed_and_emptied() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for title in [json!("Captain"), json!("Major"), Value::Null] {
        rollbook.admin.accept("changeProfile", json!({ "userId": ann, "title": title }), "").await;
        assert_eq!(user(&rollbook.admin, &ann, "title").await["title"], title);
    }
}

#[tokio::test]
async fn pro_06_pro_09_pro_10_number_and_contact_data_come_later_or_not_at_all() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let fields = "employeeNumber mobilePhone streetAddress postalCode";
    let nothing =
        json!({ "employeeNumber": null, "mobilePhone": null, "streetAddress": null, "postalCode": null });
    assert_eq!(user(&rollbook.admin, &ann, fields).await, nothing);
    let all = json!({
        "employeeNumber": "E 17/b", "mobilePhone": "0664 123", "streetAddress": "Ring 1", "postalCode": "1010",
    });
    let mut input = all.clone();
    input["userId"] = json!(ann);
    rollbook.admin.accept("changeProfile", input, "").await;
    assert_eq!(user(&rollbook.admin, &ann, fields).await, all);
}

#[tokio::test]
async fn pro_25_a_record_says_its_access_profile() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    assert_eq!(user(&rollbook.admin, &ann, "accessProfile").await["accessProfile"], "STANDARD");
    let input = json!({ "userId": ann, "accessProfile": "AUDITOR" });
    rollbook.admin.accept("assignAccessProfile", input, "").await;
    assert_eq!(user(&rollbook.admin, &ann, "accessProfile").await["accessProfile"], "AUDITOR");
}

#[tokio::test]
async fn aut_01_administrators_change_anybodys_password_and_people_their_own() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    rollbook.admin.accept("setPassword", json!({ "userId": ann, "password": "typed for ann" }), "").await;
    let herself = rollbook.sign_in("ann", "typed for ann").await;
    let own = json!({ "userId": ann, "password": "chosen by ann", "currentPassword": "typed for ann" });
    herself.accept("setPassword", own, "").await;
    rollbook.sign_in("ann", "chosen by ann").await;
    let others = json!({ "userId": bob, "password": "chosen by ann", "currentPassword": password("bob") });
    assert_eq!(herself.refuse("setPassword", others).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn a_command_that_had_nothing_to_change_says_where_the_directory_stood() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let ask = json!({ "userId": ann });
    let locked = rollbook.admin.accept("lockAccount", ask.clone(), "position").await;
    let again = rollbook.admin.accept("lockAccount", ask, "position").await;
    assert_eq!(again["position"], locked["position"]);
    let refused = rollbook.admin.mutate("lockAccount", json!({ "userId": "user_99" }), "position").await;
    assert_eq!(refused["position"], serde_json::Value::Null);
}
