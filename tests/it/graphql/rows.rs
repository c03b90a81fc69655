//! Rows of the requirements from one end to the other, as a frontend meets them.

use serde_json::{Value, json};

use super::{agent, head, history, password, user};
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn sta_09_the_old_name_is_free_at_once_and_history_tells_who_had_it() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    assert_eq!(admin.refuse("createUser", agent("ann")).await, ["EMAIL_TAKEN", "USERNAME_TAKEN"]);
    let renamed = json!({ "userId": ann, "username": "ann.2026", "email": "ann.2026@example.org" });
    admin.accept("changeProfile", renamed, "").await;
    let other = admin.create("CLIENT", "ann").await;
    assert_ne!(other, ann);
    let entries = history(admin, &ann, "type changes { field from to }").await;
    let told = entries.iter().find(|entry| entry["type"] == "PROFILE_CHANGED").unwrap();
    let changes = told["changes"].as_array().unwrap();
    let name = changes.iter().find(|change| change["field"] == "username").unwrap();
    assert_eq!((&name["from"], &name["to"]), (&json!("ann"), &json!("ann.2026")));
    assert_eq!(
        user(admin, &ann, "username active").await,
        json!({ "username": "ann.2026", "active": false })
    );
    let cid = rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(cid.data("{ me { id } }", json!({})).await["me"]["id"], json!(other));
}

#[tokio::test]
async fn aut_16_nobody_acts_as_who_is_disabled_and_who_did_so_stops() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let grant = json!({ "userId": "user_8", "users": [ann] });
    admin.accept("changeProxyGrant", grant, "").await;
    let start = json!({ "userId": ann, "acknowledged": true });
    let token = admin.accept("startProxy", start.clone(), "token").await["token"].clone();
    let as_ann = rollbook.anonymous().bearer(token.as_str().unwrap());
    as_ann.data("{ me { id } }", json!({})).await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    assert_eq!(as_ann.graphql("{ me { id } }").await.status, 401);
    assert_eq!(admin.refuse("startProxy", start).await, ["USER_DISABLED"]);
}

#[tokio::test]
async fn acc_08_a_title_that_was_left_out_or_taken_back_is_null() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    assert_eq!(user(admin, &ann, "title").await["title"], Value::Null);
    for none in [json!(""), json!("   "), Value::Null] {
        admin.accept("changeProfile", json!({ "userId": ann, "title": "Dr" }), "").await;
        admin.accept("changeProfile", json!({ "userId": ann, "title": none }), "").await;
        assert_eq!(user(admin, &ann, "title").await["title"], Value::Null, "{none}");
    }
}

#[tokio::test]
async fn sta_18_of_two_administrators_one_goes_and_the_other_stays() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mut second = agent("ada");
    second["accessProfile"] = json!("ADMINISTRATOR");
    let ada = admin.accept("createUser", second, "user { id }").await["user"]["id"].clone();
    admin.accept("disableUser", json!({ "userId": ada }), "").await;
    let demoted = json!({ "userId": "user_8", "accessProfile": "STANDARD" });
    assert_eq!(admin.refuse("assignAccessProfile", demoted.clone()).await, ["LAST_ADMINISTRATOR"]);
    for mutation in ["disableUser", "deleteUser"] {
        assert_eq!(admin.refuse(mutation, json!({ "userId": "user_8" })).await, ["OWN_ACCOUNT"]);
    }
    let read = user(admin, "user_8", "active accessProfile").await;
    assert_eq!(read, json!({ "active": true, "accessProfile": "ADMINISTRATOR" }), "tried, and not done");
    admin.accept("enableUser", json!({ "userId": ada }), "").await;
    admin.accept("assignAccessProfile", demoted, "").await;
}

#[tokio::test]
async fn acc_13_a_username_with_a_space_or_a_sign_beyond_is_refused_by_its_field() {
    let rollbook = Rollbook::start().await;
    let before = head(&rollbook.admin).await;
    for wrong in ["a b", "a\u{7}b", "a/b", "a\u{200b}b", "a\u{a0}b"] {
        let mut input = agent("ann");
        input["username"] = json!(wrong);
        let payload = rollbook.admin.mutate("createUser", input, "").await;
        assert_eq!(payload["errors"][0]["path"], json!(["input", "username"]), "{wrong:?}");
        assert_eq!(payload["errors"][0]["code"], "INVALID", "{wrong:?}");
    }
    assert_eq!(head(&rollbook.admin).await, before);
}

#[tokio::test]
async fn acc_04_an_email_is_the_same_however_its_letters_are_put_together() {
    let rollbook = Rollbook::start().await;
    let mut input = agent("one");
    input["email"] = json!("jos\u{e9}@example.org");
    rollbook.admin.accept("createUser", input, "").await;
    for (name, same) in [("two", "jose\u{301}@example.org"), ("three", "  JOS\u{c9}@Example.ORG ")] {
        let mut input = agent(name);
        input["kind"] = json!("CLIENT");
        input["email"] = json!(same);
        assert_eq!(rollbook.admin.refuse("createUser", input).await, ["EMAIL_TAKEN"], "{name}");
    }
}

#[tokio::test]
async fn acc_06_code_points_are_counted_on_creation_and_on_change() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let mut input = agent("ann");
    input["password"] = json!("\u{1f600}\u{1f601}\u{1f602}\u{1f603}\u{1f604}");
    assert_eq!(admin.refuse("createUser", input.clone()).await, ["TOO_SHORT"]);
    let six = "\u{1f600}\u{1f601}\u{1f602}\u{1f603}\u{1f604} ";
    input["password"] = json!(six);
    let ann = admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    rollbook.sign_in("ann", six).await;
    assert_eq!(rollbook.try_sign_in("ann", six.trim()).await["token"], Value::Null, "nothing is trimmed");
    let longest = "\u{e9}7".repeat(64);
    for (typed, codes) in [(format!("{longest}x"), vec!["TOO_LONG"]), ("12345".to_owned(), vec!["TOO_SHORT"])]
    {
        let change = json!({ "userId": ann, "password": typed });
        assert_eq!(admin.refuse("setPassword", change).await, codes);
    }
    admin.accept("setPassword", json!({ "userId": ann, "password": longest }), "").await;
    rollbook.sign_in("ann", &longest).await;
}

#[tokio::test]
async fn sta_07_unlocking_leaves_password_and_standing() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    for _ in 0..5 {
        rollbook.try_sign_in("ann", "wrong password").await;
    }
    let read = || user(admin, &ann, "active locked mustChangePassword");
    let locked = json!({ "active": true, "locked": true, "mustChangePassword": false });
    assert_eq!(read().await, locked);
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
    admin.accept("unlockAccount", json!({ "userId": ann }), "").await;
    let open = json!({ "active": true, "locked": false, "mustChangePassword": false });
    assert_eq!(read().await, open);
    for _ in 0..4 {
        rollbook.try_sign_in("ann", "wrong password").await;
    }
    assert_eq!(read().await, open, "failures count from zero");
    rollbook.sign_in("ann", &password("ann")).await;
}
