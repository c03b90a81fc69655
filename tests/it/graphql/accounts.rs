//! Accounts: identity, creation, uniqueness.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{agent, head, history, password, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn acc_03_a_blank_email_is_refused_by_its_field_and_nothing_is_appended() {
    let rollbook = Rollbook::start().await;
    let before = head(&rollbook.admin).await;
    let mut input = agent("ann");
    input["email"] = json!("  ");
    let payload = rollbook.admin.mutate("createUser", input, "user { id }").await;
    assert_eq!(payload["errors"][0]["code"], "REQUIRED");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "email"]));
    assert_eq!(payload["user"], Value::Null);
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn acc_04_an_email_is_unique_among_agents_and_clients_without_case() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let mut input = agent("other");
    input["kind"] = json!("CLIENT");
    input["email"] = json!(" ANN@Example.ORG ");
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["EMAIL_TAKEN"]);
}

#[tokio::test]
async fn acc_04_a_disabled_user_still_holds_the_email() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("disableUser", json!({ "userId": ann }), "").await;
    let mut input = agent("other");
    input["email"] = json!("ann@example.org");
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["EMAIL_TAKEN"]);
}

#[tokio::test]
async fn acc_05_of_100_parallel_creations_with_one_email_one_succeeds() {
    let rollbook = Rollbook::start().await;
    let asked = (0..100).map(|number| {
        let mut input = agent(&format!("ann{number}"));
        input["email"] = json!("ann@example.org");
        rollbook.admin.mutate("createUser", input, "")
    });
    let payloads = join_all(asked).await;
    let made = payloads.iter().filter(|payload| payload["errors"] == json!([])).count();
    let taken = payloads.iter().filter(|payload| payload["errors"][0]["code"] == "EMAIL_TAKEN").count();
    assert_eq!((made, taken), (1, 99));
}

#[tokio::test]
async fn acc_06_a_password_has_at_least_six_characters_when_a_user_is_created() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["password"] = json!("12345");
    assert_eq!(rollbook.admin.refuse("createUser", input.clone()).await, ["TOO_SHORT"]);
    input["password"] = json!("12345é");
    rollbook.admin.accept("createUser", input, "").await;
}

#[tokio::test]
async fn acc_06_a_password_has_at_least_six_characters_when_it_is_changed() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let short = json!({ "userId": ann, "password": "12345" });
    assert_eq!(rollbook.admin.refuse("setPassword", short).await, ["TOO_SHORT"]);
    let long = json!({ "userId": ann, "password": "x".repeat(129) });
    assert_eq!(rollbook.admin.refuse("setPassword", long).await, ["TOO_LONG"]);
    rollbook.admin.accept("setPassword", json!({ "userId": ann, "password": "k7q-2w" }), "").await;
    rollbook.sign_in("ann", "k7q-2w").await;
}

#[tokio::test]
async fn acc_07_a_full_name_is_required() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["fullName"] = json!(" ");
    let payload = rollbook.admin.mutate("createUser", input, "").await;
    assert_eq!(payload["errors"][0]["code"], "REQUIRED");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "fullName"]));
}

#[tokio::test]
async fn acc_07_a_full_name_is_made_of_first_and_last_name() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["fullName"] = Value::Null;
    input["firstName"] = json!("Ann");
    input["lastName"] = json!("Smith");
    let payload = rollbook.admin.accept("createUser", input, "user { fullName displayName label }").await;
    let expected = json!({ "fullName": "Ann Smith", "displayName": "Ann Smith", "label": "Ann Smith" });
    assert_eq!(payload["user"], expected);
}

#[tokio::test]
async fn acc_08_a_title_that_was_not_given_is_null() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["title"] = json!("");
    let payload = rollbook.admin.accept("createUser", input, "user { title }").await;
    assert_eq!(payload["user"]["title"], Value::Null);
}

#[tokio::test]
async fn acc_11_every_flaw_of_the_form_is_reported_at_once() {
    let rollbook = Rollbook::start().await;
    let input = json!({
        "kind": "AGENT",
        "email": "nowhere",
        "username": "p\u{430}ypal",
        "password": "123",
        "title": "bad \u{202e} title",
        "roles": ["user_8"],
    });
    let payload = rollbook.admin.mutate("createUser", input, "").await;
    let mut found: Vec<_> = payload["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["path"][1].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    found.sort_unstable();
    let expected = [
        ("email", "INVALID"),
        ("fullName", "REQUIRED"),
        ("password", "TOO_SHORT"),
        ("roles", "NOT_FOUND"),
        ("title", "INVALID"),
        ("username", "INVALID"),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn acc_12_a_username_is_unique_without_case_and_never_a_reserved_one() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let mut input = agent("ANN");
    input["email"] = json!("another@example.org");
    assert_eq!(rollbook.admin.refuse("createUser", input.clone()).await, ["USERNAME_TAKEN"]);
    input["username"] = json!("System");
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["RESERVED_NAME"]);
}

#[tokio::test]
async fn acc_14_a_user_signs_in_by_username_or_email() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    rollbook.sign_in("Ann", &password("ann")).await;
    rollbook.sign_in("ANN@example.org", &password("ann")).await;
}

#[tokio::test]
async fn acc_14_a_username_is_never_the_email_of_somebody_else() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    let mut input = agent("other");
    input["username"] = json!("ann@example.org");
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["USERNAME_TAKEN"]);
}

#[tokio::test]
async fn acc_18_a_changed_email_is_no_longer_verified() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["emailVerified"] = json!(true);
    let payload = rollbook.admin.accept("createUser", input, "user { id emailVerified }").await;
    assert_eq!(payload["user"]["emailVerified"], true);
    let input = json!({ "userId": payload["user"]["id"], "email": "new@example.org" });
    let payload = rollbook.admin.accept("changeProfile", input, "user { emailVerified }").await;
    assert_eq!(payload["user"]["emailVerified"], false);
}

#[tokio::test]
async fn acc_21_the_same_idempotency_key_makes_one_user_and_gives_the_first_receipt() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["idempotencyKey"] = json!("form 4711");
    let first = rollbook.admin.accept("createUser", input.clone(), "user { id }").await;
    let again = rollbook.admin.accept("createUser", input, "user { id }").await;
    assert_eq!((&first["repeated"], &again["repeated"]), (&json!(false), &json!(true)));
    assert_eq!((&first["user"], &first["position"]), (&again["user"], &again["position"]));
    assert_eq!(head(&rollbook.admin).await, first["position"].as_u64().unwrap());
}

#[tokio::test]
async fn acc_21_a_key_that_was_used_for_another_command_is_refused() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["idempotencyKey"] = json!("form 4711");
    rollbook.admin.accept("createUser", input, "").await;
    let other = json!({ "name": "Sales", "kind": "AGENT", "surfaces": [], "idempotencyKey": "form 4711" });
    assert_eq!(rollbook.admin.refuse("defineRole", other).await, ["IDEMPOTENCY_CONFLICT"]);
}

#[tokio::test]
async fn acc_21_a_user_with_a_role_that_does_not_exist_is_not_made_at_all() {
    let rollbook = Rollbook::start().await;
    let before = head(&rollbook.admin).await;
    let mut input = agent("ann");
    input["kind"] = json!("CLIENT");
    input["roles"] = json!(["role_99"]);
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["NOT_FOUND"]);
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn acc_15_the_first_event_of_a_user_says_who_made_it() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let entries = history(&rollbook.admin, &ann, "type actor { name kind } subject { id }").await;
    assert_eq!(entries[0]["type"], "USER_CREATED");
    assert_eq!(entries[0]["actor"], json!({ "name": "Administrator", "kind": "PERSON" }));
    assert_eq!(entries[0]["subject"]["id"], json!(ann));
}

#[tokio::test]
async fn a_name_of_100_kilobytes_is_too_long() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["fullName"] = json!("x".repeat(100_000));
    assert_eq!(rollbook.admin.refuse("createUser", input).await, ["TOO_LONG"]);
}

#[tokio::test]
async fn a_field_that_is_left_out_stays_and_null_empties_it() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["title"] = json!("Captain");
    input["mobilePhone"] = json!("+49 170 1");
    let ann = rollbook.admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    let input = json!({ "userId": ann, "title": null });
    let payload = rollbook.admin.accept("changeProfile", input, "user { title mobilePhone }").await;
    assert_eq!(payload["user"], json!({ "title": null, "mobilePhone": "+49 170 1" }));
}

#[tokio::test]
async fn an_optional_variable_that_is_left_out_changes_nothing() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("ann");
    input["title"] = json!("Captain");
    let ann = rollbook.admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    let document = "mutation($id: ID!, $title: String, $phone: String) { changeProfile(input: \
                    { userId: $id, title: $title, mobilePhone: $phone }) { errors { code } } }";
    rollbook.admin.data(document, json!({ "id": ann, "phone": "1" })).await;
    let found = user(&rollbook.admin, ann.as_str().unwrap(), "title mobilePhone").await;
    assert_eq!(found, json!({ "title": "Captain", "mobilePhone": "1" }));
}

#[tokio::test]
async fn a_change_of_a_version_that_was_changed_meanwhile_is_refused() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let version = user(&rollbook.admin, &ann, "version").await["version"].clone();
    rollbook.admin.accept("changeProfile", json!({ "userId": ann, "title": "One" }), "").await;
    let late = json!({ "userId": ann, "title": "Two", "expectedVersion": version });
    let payload = rollbook.admin.mutate("changeProfile", late, "").await;
    assert_eq!(payload["errors"][0]["code"], "VERSION_CONFLICT");
    assert_eq!(payload["errors"][0]["path"], json!(["input", "expectedVersion"]));
}

#[tokio::test]
async fn signing_in_does_not_raise_a_version() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let before = user(&rollbook.admin, &ann, "version").await;
    rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(user(&rollbook.admin, &ann, "version").await, before);
}
