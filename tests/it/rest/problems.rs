//! What is refused, and how it is told.

use axum::http::{Method, header};
use http_body_util::Full;
use rollbook_schema::value::RESERVED_USERNAMES;
use serde_json::{Value, json};

use super::{add, add_with, flaws, person};
use crate::support::http::{Answer, Client};
use crate::support::rollbook::Rollbook;

/// Somebody with a profile, signed in.
async fn member(rollbook: &Rollbook, name: &str, profile: &str) -> Client {
    let id = rollbook.admin.create("AGENT", name).await;
    let input = json!({ "userId": id, "accessProfile": profile });
    rollbook.admin.accept("assignAccessProfile", input, "").await;
    rollbook.sign_in(name, &format!("password of {name}")).await
}

async fn send(client: &Client, kind: &str, body: impl Into<axum::body::Bytes>) -> Answer {
    let request = client.request(Method::POST, "/users").header(header::CONTENT_TYPE, kind);
    client.send(request.body(Full::from(body.into())).unwrap()).await
}

async fn head(rollbook: &Rollbook) -> Value {
    rollbook.admin.data("{ head }", json!({})).await["head"].clone()
}

#[tokio::test]
async fn acc_03_acc_11_all_flaws_are_told_at_once_and_nothing_is_appended() {
    let rollbook = Rollbook::start().await;
    let before = head(&rollbook).await;
    let answer = add(&rollbook.admin, &json!({})).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert_eq!(flaws(&answer), ["kind REQUIRED", "email REQUIRED", "fullName REQUIRED"]);
    let wrong = json!({
        "kind": "ROBOT", "email": "nowhere", "username": "a b", "fullName": "x".repeat(201), "password": 7,
        "title": [], "emailVerified": "yes", "segment": "ALL", "accessProfile": "GOD", "license": "FREE",
        "roles": ["role_1", "user_8"], "nickname": "Bo",
    });
    let answer = add(&rollbook.admin, &wrong).await;
    let expected = [
        "nickname INVALID",
        "kind INVALID",
        "email INVALID",
        "username INVALID",
        "fullName TOO_LONG",
        "title INVALID",
        "emailVerified INVALID",
        "segment INVALID",
        "accessProfile INVALID",
        "license INVALID",
        "roles NOT_FOUND",
        "password INVALID",
    ];
    let mut told = flaws(&answer);
    told.sort();
    let mut expected: Vec<String> = expected.iter().map(|one| one.to_string()).collect();
    expected.sort();
    assert_eq!(told, expected);
    assert!(!answer.text().contains("nowhere") && !answer.text().contains("a b"));
    assert_eq!(head(&rollbook).await, before);
}

#[tokio::test]
async fn acc_03_a_blank_email_is_missing() {
    let rollbook = Rollbook::start().await;
    for email in [json!(""), json!("  "), Value::Null] {
        let mut body = person("ann");
        body["email"] = email;
        assert_eq!(flaws(&add(&rollbook.admin, &body).await), ["email REQUIRED"]);
    }
}

#[tokio::test]
async fn acc_04_acc_12_acc_14_a_name_that_is_taken_is_a_conflict() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("CLIENT", "ann").await;
    let answer = add(&rollbook.admin, &person("ANN")).await;
    assert_eq!(answer.status.as_u16(), 409);
    assert_eq!(flaws(&answer), ["email EMAIL_TAKEN", "username USERNAME_TAKEN"]);
    let mut body = person("bob");
    body["username"] = json!("ann@example.org");
    assert_eq!(flaws(&add(&rollbook.admin, &body).await), ["username USERNAME_TAKEN"]);
}

#[tokio::test]
async fn rsv_03_reserved_names_are_barred_here_too() {
    let rollbook = Rollbook::start().await;
    for name in RESERVED_USERNAMES {
        let mut body = person("somebody");
        body["username"] = json!(name.to_uppercase());
        let answer = add(&rollbook.admin, &body).await;
        assert_eq!(
            (answer.status.as_u16(), flaws(&answer)),
            (422, vec!["username RESERVED_NAME".to_owned()])
        );
    }
}

#[tokio::test]
async fn api_05_the_rules_are_those_of_the_mutation() {
    let rollbook = Rollbook::start().await;
    let mut of_client = person("carl");
    of_client["kind"] = json!("CLIENT");
    of_client["license"] = json!("READ_ONLY");
    of_client["accessProfile"] = json!("AUDITOR");
    let mut standard = person("sue");
    standard["kind"] = json!("STANDARD");
    let mut without_seat = person("ann");
    without_seat["license"] = json!("READ_ONLY");
    let mut contradicting = person("vera");
    contradicting["emailVerified"] = json!(true);
    contradicting["segment"] = json!("REGISTERED");
    for (body, status) in [(of_client, 422), (standard, 422), (without_seat, 409), (contradicting, 422)] {
        let mut input = body.clone();
        input["password"] = json!("something good");
        let by_graphql = rollbook.admin.refuse("createUser", input).await;
        let answer = add(&rollbook.admin, &body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}");
        let codes: Vec<String> =
            flaws(&answer).iter().map(|flaw| flaw.rsplit(' ').next().unwrap().to_owned()).collect();
        assert_eq!(codes, by_graphql, "{body}");
    }
}

#[tokio::test]
async fn acc_16_without_the_right_it_is_forbidden_and_recorded() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "ann", "STANDARD").await;
    let answer = add(&ann, &person("bob")).await;
    assert_eq!((answer.status.as_u16(), flaws(&answer)), (403, vec!["- FORBIDDEN".to_owned()]));
    let manager = member(&rollbook, "mia", "USER_MANAGER").await;
    let mut above = person("bob");
    above["accessProfile"] = json!("ADMINISTRATOR");
    assert_eq!(add(&manager, &above).await.status.as_u16(), 403);
    above["automation"] = json!("Nightly sync");
    assert_eq!(add(&manager, &above).await.status.as_u16(), 403);
    let document = "{ history(filter: { types: [ATTEMPT_DENIED] }) { totalCount } }";
    assert_eq!(rollbook.admin.data(document, json!({})).await["history"]["totalCount"], 3);
}

#[tokio::test]
async fn lic_05_a_read_only_agent_adds_nobody() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("sizeLicensePool", json!({ "type": "READ_ONLY", "owned": 1 }), "").await;
    let manager = member(&rollbook, "mia", "USER_MANAGER").await;
    let id = manager.data("{ me { id } }", json!({})).await["me"]["id"].clone();
    rollbook.admin.accept("grantLicense", json!({ "userId": id, "type": "READ_ONLY" }), "").await;
    let answer = add(&manager, &person("bob")).await;
    assert_eq!((answer.status.as_u16(), flaws(&answer)), (403, vec!["- READ_ONLY_LICENCE".to_owned()]));
}

#[tokio::test]
async fn nobody_signed_in_is_told_nothing_of_the_form() {
    let rollbook = Rollbook::start().await;
    let nobody = rollbook.anonymous();
    for client in [nobody.clone(), nobody.bearer("rb_wrong")] {
        let answer = add(&client, &json!({ "email": 7 })).await;
        assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (401, "Bearer"));
        assert_eq!(answer.json()["code"], "UNAUTHENTICATED");
        assert_eq!(flaws(&answer), [""; 0]);
        assert_eq!(client.get("/users/user_8").await.status.as_u16(), 401);
    }
}

#[tokio::test]
async fn what_one_may_not_see_is_not_found() {
    let rollbook = Rollbook::start().await;
    let ann = member(&rollbook, "ann", "STANDARD").await;
    for path in ["/users/user_8", "/users/user_3", "/users/user_99"] {
        let answer = ann.get(path).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (404, &json!("NOT_FOUND")), "{path}");
    }
    assert_eq!(ann.get("/users/user_9").await.json()["username"], "ann");
    for path in ["/users/user_08", "/users/9", "/users/role_1"] {
        assert_eq!(rollbook.admin.get(path).await.status.as_u16(), 404, "{path}");
    }
    let auditor = member(&rollbook, "adam", "AUDITOR").await;
    let seen = auditor.get("/users/user_9").await.json();
    assert_eq!(
        (&seen["kind"], &seen["username"], &seen["email"]),
        (&json!("AGENT"), &Value::Null, &Value::Null)
    );
    assert_eq!(auditor.get("/users/user_3").await.json()["username"], "system");
}

#[tokio::test]
async fn what_is_no_json_object_is_refused() {
    let rollbook = Rollbook::start().await;
    for (body, code) in [
        ("", "BAD_JSON"),
        ("{", "BAD_JSON"),
        ("[]", "BAD_REQUEST"),
        ("{\"kind\": \"AGENT\", \"kind\": \"CLIENT\"}", "BAD_JSON"),
    ] {
        let answer = send(&rollbook.admin, "application/json", body.to_owned()).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (400, &json!(code)), "{body}");
    }
    let form = send(&rollbook.admin, "application/x-www-form-urlencoded", "kind=AGENT").await;
    assert_eq!(form.status.as_u16(), 415);
    let long = send(&rollbook.admin, "application/json", " ".repeat((1 << 20) + 1)).await;
    assert_eq!(long.status.as_u16(), 413);
    let answer = rollbook.admin.get("/users").await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "POST"));
    assert_eq!(answer.json()["code"], "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_is_not_stored() {
    let rollbook = Rollbook::start().await;
    let answer = add_with(&rollbook.admin, &person("ann"), &[("x-request-id", "order-7")]).await;
    assert_eq!((answer.header("x-request-id"), answer.header("cache-control")), ("order-7", "no-store"));
    let document =
        "{ user(by: { username: \"ann\" }) { history { nodes { context { requestId clientAddress } } } } }";
    let context =
        rollbook.admin.data(document, json!({})).await["user"]["history"]["nodes"][0]["context"].clone();
    assert_eq!(context, json!({ "requestId": "order-7", "clientAddress": "127.0.0.1" }));
}
