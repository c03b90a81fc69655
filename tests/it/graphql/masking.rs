//! Masking personal data in history.

use serde_json::{Value, json};

use super::{agent, history, member, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// A disabled user called John.Peter, and who may mask.
async fn john(rollbook: &Rollbook) -> (String, Client) {
    let mut input = agent("John.Peter");
    input["fullName"] = json!("John Peter Smith");
    let payload = rollbook.admin.accept("createUser", input, "user { id }").await;
    let john = payload["user"]["id"].as_str().unwrap().to_owned();
    rollbook.admin.accept("disableUser", json!({ "userId": john }), "").await;
    (john, member(rollbook, "COMPLIANCE_OFFICER", "olga").await)
}

fn request(john: &str) -> Value {
    json!({ "userId": john, "username": "john.peter", "email": "JOHN.PETER@example.org", "reason": "T-1" })
}

#[tokio::test]
async fn msk_03_id_username_and_email_must_be_those_of_one_user() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    let mut input = request(&john);
    input["email"] = json!("olga@example.org");
    assert_eq!(olga.refuse("maskPii", input).await, ["KEYS_DISAGREE"]);
}

#[tokio::test]
async fn msk_05_only_username_and_email_are_gone_from_every_answer() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    olga.accept("maskPii", request(&john), "").await;
    let document = "query($id: ID!) { user(by: { id: $id }) { username email fullName masked history { \
                    nodes { summary subject { name } changes { field from to erased } } } } }";
    let answer = olga.graphql_with(document, json!({ "id": john })).await;
    assert!(!answer.text().to_lowercase().contains("john.peter"), "{}", answer.text());
    assert_eq!(answer.data()["user"]["fullName"], "John Peter Smith");
    for by in ["username: \"John.Peter\"", "email: \"john.peter@example.org\""] {
        let found = olga.data(&format!("{{ user(by: {{ {by} }}) {{ id }} }}"), json!({})).await;
        assert_eq!(found["user"], Value::Null);
    }
}

#[tokio::test]
async fn msk_07_a_masked_username_keeps_two_letters_of_each_part() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    let payload = olga.accept("maskPii", request(&john), "user { username email masked }").await;
    let expected = json!({ "username": "Unknown User (Jo Pe)", "email": "Jo***@***", "masked": true });
    assert_eq!(payload["user"], expected);
}

#[tokio::test]
async fn msk_10_the_format_of_the_email_mask_can_be_chosen() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    let mut input = request(&john);
    input["emailFormat"] = json!("DOMAIN");
    input["usernameFormat"] = json!("PLAIN");
    let payload = olga.accept("maskPii", input, "user { username email }").await;
    let expected = json!({ "username": "Unknown User", "email": "***@example.org.invalid" });
    assert_eq!(payload["user"], expected);
}

#[tokio::test]
async fn msk_11_history_shows_the_mask_from_the_first_event_on() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    olga.accept("maskPii", request(&john), "").await;
    let created = history(&olga, &john, "changes { field to erased }").await[0]["changes"].clone();
    let username = json!({ "field": "username", "to": "Unknown User (Jo Pe)", "erased": true });
    let email = json!({ "field": "email", "to": "Jo***@***", "erased": true });
    assert!(created.as_array().unwrap().contains(&username), "{created}");
    assert!(created.as_array().unwrap().contains(&email), "{created}");
}

#[tokio::test]
async fn msk_11_a_replay_shows_the_mask_too() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    olga.accept("maskPii", request(&john), "").await;
    let fields = "changes { field from to erased withheld } summary";
    let before = history(&rollbook.admin, &john, fields).await;
    let folder = rollbook.stop().await;
    let options = crate::support::rollbook::options(&folder);
    let again = Rollbook::start_with(folder, options).await;
    assert_eq!(history(&again.admin, &john, fields).await, before);
}

#[tokio::test]
async fn msk_11_a_masked_login_cannot_come_back() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    olga.accept("maskPii", request(&john), "").await;
    let input = json!({ "userId": john, "username": "John.Peter" });
    assert_eq!(rollbook.admin.refuse("changeProfile", input).await, ["USER_MASKED"]);
    let mut input = request(&john);
    input["username"] = json!("Unknown User (Jo Pe)");
    assert_eq!(olga.refuse("maskPii", input).await, ["INVALID"]);
}

#[tokio::test]
async fn msk_15_an_active_user_is_not_masked() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    rollbook.admin.accept("enableUser", json!({ "userId": john }), "").await;
    assert_eq!(olga.refuse("maskPii", request(&john)).await, ["NOT_DEACTIVATED"]);
    assert_eq!(user(&olga, &john, "masked").await["masked"], false);
}

#[tokio::test]
async fn msk_06_the_typed_full_name_stays() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    olga.accept("maskPii", request(&john), "").await;
    assert_eq!(user(&olga, &john, "fullName").await["fullName"], "John Peter Smith");
    let created = &history(&olga, &john, "changes { field to }").await[0];
    let full_name = json!({ "field": "fullName", "to": "John Peter Smith" });
    assert!(created["changes"].as_array().unwrap().contains(&full_name), "{created}");
}

#[tokio::test]
async fn msk_08_the_stricter_username_format_keeps_no_letter() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    let mut input = request(&john);
    input["usernameFormat"] = json!("PLAIN");
    let payload = olga.accept("maskPii", input, "user { username }").await;
    assert_eq!(payload["user"]["username"], "Unknown User");
}

#[tokio::test]
async fn msk_09_the_same_format_gives_the_same_mask_after_a_restart() {
    let rollbook = Rollbook::start().await;
    let (john, olga) = john(&rollbook).await;
    let mut input = request(&john);
    input["emailFormat"] = json!("DOMAIN");
    let payload = olga.accept("maskPii", input, "user { email }").await;
    assert_eq!(payload["user"]["email"], "***@example.org.invalid");
    let folder = rollbook.stop().await;
    let options = crate::support::rollbook::options(&folder);
    let rollbook = Rollbook::start_with(folder, options).await;
    assert_eq!(user(&rollbook.admin, &john, "email").await["email"], "***@example.org.invalid");
}
