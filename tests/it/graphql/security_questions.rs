//! Security questions: asked after a reset, and before the first proxy login.

use serde_json::{Value, json};

use super::proxies::{act_as, me};
use super::{history, member, password, user};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const QUESTION: &str = "Which town were you born in?";

async fn rollbook_that_asks(setting: &str) -> Rollbook {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ setting: true }), "").await;
    rollbook
}

async fn choose(client: &Client, current: &str) {
    let input = json!({ "question": QUESTION, "answer": "Saint Étienne", "currentPassword": current });
    client.accept("setSecurityQuestion", input, "").await;
}

/// Ann with a question, and her id.
async fn ann(rollbook: &Rollbook) -> String {
    let ann = rollbook.admin.create("AGENT", "ann").await;
    choose(&rollbook.sign_in("ann", &password("ann")).await, &password("ann")).await;
    ann
}

/// Ann in the session that a temporary password opened; gives the password too.
async fn reset(rollbook: &Rollbook, ann: &str) -> (Client, String, Value) {
    let payload = rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "temporaryPassword").await;
    let temporary = payload["temporaryPassword"].as_str().unwrap().to_owned();
    let mutation = "mutation($login: String!, $password: String!) { signIn(input: { login: $login, \
                    password: $password }) { token mustChangePassword securityQuestion } }";
    let variables = json!({ "login": "ann", "password": temporary });
    let payload = rollbook.anonymous().data(mutation, variables).await["signIn"].clone();
    (rollbook.anonymous().bearer(payload["token"].as_str().unwrap()), temporary, payload)
}

fn own(ann: &str, current: &str, answer: Option<&str>) -> Value {
    json!({ "userId": ann, "password": "one of my own", "currentPassword": current, "securityAnswer": answer })
}

#[tokio::test]
async fn aut_08_after_a_reset_the_change_and_the_answer_are_demanded() {
    let rollbook = rollbook_that_asks("securityQuestionAfterReset").await;
    let ann = ann(&rollbook).await;
    let (herself, temporary, payload) = reset(&rollbook, &ann).await;
    assert_eq!(payload["mustChangePassword"], true);
    assert_eq!(payload["securityQuestion"], QUESTION);
    assert_eq!(herself.refuse("setPassword", own(&ann, &temporary, None)).await, ["REQUIRED"]);
    let wrong = own(&ann, &temporary, Some("Paris"));
    assert_eq!(herself.refuse("setPassword", wrong).await, ["WRONG_SECURITY_ANSWER"]);
    assert_eq!(herself.graphql("{ head }").await.code(), "PASSWORD_CHANGE_REQUIRED");
    herself.accept("setPassword", own(&ann, &temporary, Some(" saint  étienne ")), "").await;
    herself.data("{ head }", json!({})).await;
}

#[tokio::test]
async fn aut_08_wrong_answers_count_towards_a_lock_and_end_the_session() {
    let rollbook = rollbook_that_asks("securityQuestionAfterReset").await;
    rollbook.admin.accept("changeSettings", json!({ "lockAfterFailures": 2 }), "").await;
    let ann = ann(&rollbook).await;
    let (herself, temporary, _) = reset(&rollbook, &ann).await;
    for _ in 0..2 {
        let wrong = own(&ann, &temporary, Some("Paris"));
        assert_eq!(herself.refuse("setPassword", wrong).await, ["WRONG_SECURITY_ANSWER"]);
    }
    assert_eq!(user(&rollbook.admin, &ann, "locked").await["locked"], true);
    assert_eq!(herself.graphql("{ head }").await.status, 401);
    let codes: Vec<Value> = history(&rollbook.admin, &ann, "type changes { to }")
        .await
        .into_iter()
        .filter(|entry| entry["type"] == "SIGN_IN_FAILED")
        .map(|entry| entry["changes"][0]["to"].clone())
        .collect();
    assert_eq!(codes, ["WRONG_SECURITY_ANSWER", "WRONG_SECURITY_ANSWER"]);
}

#[tokio::test]
async fn aut_08_by_default_nothing_is_asked() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let input = json!({ "question": QUESTION, "answer": "Paris", "currentPassword": password("ann") });
    assert_eq!(herself.refuse("setSecurityQuestion", input).await, ["SECURITY_QUESTIONS_OFF"]);
    let (herself, temporary, payload) = reset(&rollbook, &ann).await;
    assert_eq!(payload["securityQuestion"], Value::Null);
    herself.accept("setPassword", own(&ann, &temporary, None), "").await;
}

#[tokio::test]
async fn aut_08_a_question_is_shown_to_its_person_alone_and_its_answer_to_nobody() {
    let rollbook = rollbook_that_asks("securityQuestionAfterReset").await;
    let ann = ann(&rollbook).await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let fields = "securityQuestion hasSecurityQuestion";
    let expected = json!({ "securityQuestion": QUESTION, "hasSecurityQuestion": true });
    assert_eq!(user(&herself, &ann, fields).await, expected);
    let expected = json!({ "securityQuestion": null, "hasSecurityQuestion": true });
    assert_eq!(user(&rollbook.admin, &ann, fields).await, expected);
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &ann).await;
    assert_eq!(user(&as_ann, &ann, "securityQuestion").await["securityQuestion"], Value::Null);
    let entries = history(&rollbook.admin, &ann, "summary changes { field from to }").await;
    let text = json!(entries).to_string();
    assert!(text.contains("securityQuestion") && !text.contains("town") && !text.contains("tienne"));
}

#[tokio::test]
async fn aut_08_who_may_take_a_question_away() {
    let rollbook = rollbook_that_asks("securityQuestionAfterReset").await;
    let ann = ann(&rollbook).await;
    let herself = rollbook.sign_in("ann", &password("ann")).await;
    let input = json!({ "userId": ann });
    assert_eq!(herself.refuse("removeSecurityQuestion", input.clone()).await, ["WRONG_PASSWORD"]);
    let bob = member(&rollbook, "STANDARD", "bob").await;
    assert_eq!(bob.refuse("removeSecurityQuestion", input.clone()).await, ["FORBIDDEN"]);
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &ann).await;
    assert_eq!(as_ann.refuse("removeSecurityQuestion", input.clone()).await, ["FORBIDDEN"]);
    rollbook.admin.accept("removeSecurityQuestion", input, "").await;
    assert_eq!(user(&herself, &ann, "securityQuestion").await["securityQuestion"], Value::Null);
}

#[tokio::test]
async fn aut_15_the_first_proxy_login_asks_the_question_of_the_one_who_acts() {
    let rollbook = rollbook_that_asks("securityQuestionBeforeProxy").await;
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let mia = member(&rollbook, "USER_MANAGER", "mia").await;
    let start =
        |answer: Option<&str>| json!({ "userId": bob, "acknowledged": true, "securityAnswer": answer });
    assert_eq!(mia.refuse("startProxy", start(None)).await, ["SECURITY_QUESTION_NEEDED"]);
    choose(&mia, &password("mia")).await;
    assert_eq!(mia.refuse("startProxy", start(None)).await, ["REQUIRED"]);
    assert_eq!(mia.refuse("startProxy", start(Some("Paris"))).await, ["WRONG_SECURITY_ANSWER"]);
    mia.accept("startProxy", start(Some("SAINT étienne")), "").await;
    mia.accept("startProxy", start(None), "").await;
    let of_mia = history(&rollbook.admin, &me(&mia).await, "type").await;
    assert!(of_mia.iter().any(|entry| entry["type"] == "SIGN_IN_FAILED"), "it counts against mia");
}
