//! AUT-14: nothing that is answered to somebody who is not signed in tells whether there is an account.

use serde_json::json;

use super::password;
use crate::support::http::{Answer, Client};
use crate::support::rollbook::Rollbook;

/// Everything of an answer but what differs between any two: the moment and the request's own name.
fn bytes(answer: &Answer) -> String {
    let headers =
        answer.headers.iter().filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
    let headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    format!("{}\n{}\n\n{}", answer.status, headers.join("\n"), answer.text())
}

async fn sign_in(client: &Client, login: &str, password: &str) -> String {
    let document = "mutation($input: SignInInput!) { signIn(input: $input) { token expiresAt mustChangePassword \
                    position repeated user { id } errors { code message path } } }";
    let input = json!({ "login": login, "password": password });
    bytes(&client.graphql_with(document, json!({ "input": input })).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn aut_14_refused_sign_ins_are_the_same_bytes_whoever_is_named() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    for (name, mutation) in
        [("locked", "lockAccount"), ("disabled", "disableUser"), ("deleted", "deleteUser")]
    {
        let id = admin.create("AGENT", name).await;
        admin.accept(mutation, json!({ "userId": id }), "").await;
    }
    admin.create("AGENT", "ann").await;
    admin.create("CLIENT", "cleo").await;
    let bare =
        json!({ "kind": "AGENT", "username": "bare", "email": "bare@example.org", "fullName": "Bare" });
    admin.accept("createUser", bare, "").await;
    let masked = admin.create("AGENT", "masked").await;
    admin.accept("disableUser", json!({ "userId": masked }), "").await;
    let guessed = admin.create("AGENT", "guessed").await;
    for _ in 0..5 {
        rollbook.try_sign_in("guessed", "a guess").await;
    }
    rollbook.settled().await;
    assert_eq!(super::user(admin, &guessed, "locked").await["locked"], true);
    let anonymous = rollbook.anonymous();
    let unknown = sign_in(&anonymous, "nobody", "a guess").await;
    assert!(unknown.contains("SIGN_IN_FAILED"), "{unknown}");
    let long = "x".repeat(5_000);
    for name in
        ["ann", "cleo", "bare", "locked", "guessed", "disabled", "deleted", "masked", "nobody", "system"]
    {
        for login in [name.to_owned(), format!("{name}@example.org"), name.to_uppercase()] {
            assert_eq!(sign_in(&anonymous, &login, "a guess").await, unknown, "{login}");
            assert_eq!(sign_in(&anonymous, &login, &long).await, unknown, "{login}, a long guess");
            assert_eq!(sign_in(&anonymous, &login, "").await, unknown, "{login}, no guess");
        }
        if !["ann", "cleo"].contains(&name) {
            assert_eq!(sign_in(&anonymous, name, &password(name)).await, unknown, "{name}, the right one");
        }
    }
}

#[tokio::test]
async fn aut_14_a_temporary_password_that_ran_out_is_refused_in_the_same_bytes() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let reset = rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "temporaryPassword").await;
    let temporary = reset["temporaryPassword"].as_str().unwrap();
    rollbook.sign_in("ann", temporary).await;
    let anonymous = rollbook.anonymous();
    let unknown = sign_in(&anonymous, "nobody", "a guess").await;
    assert_eq!(sign_in(&anonymous, "ann", temporary).await, unknown, "used already");
}

#[tokio::test]
async fn aut_14_a_token_that_never_was_and_one_that_is_over_are_answered_alike() {
    let rollbook = Rollbook::start().await;
    let mut answers = Vec::new();
    for (name, mutation) in [("dis", "disableUser"), ("del", "deleteUser"), ("end", "endSessions")] {
        let id = rollbook.admin.create("AGENT", name).await;
        let client = rollbook.sign_in(name, &password(name)).await;
        rollbook.admin.accept(mutation, json!({ "userId": id }), "").await;
        answers.push(bytes(&client.graphql("{ me { id } }").await));
    }
    let never = rollbook.anonymous().bearer("no token of ours");
    answers.push(bytes(&never.graphql("{ me { id } }").await));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}
