//! Mails in the language of their reader.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::post::Post;

/// The text of the last mail, whatever carried its letters.
pub fn text(post: &Post) -> String {
    let taken = post.server.taken();
    let message = &taken.last().expect("a mail").message;
    let (head, body) = message.split_once("\n\n").unwrap();
    let head = head.to_ascii_lowercase();
    if head.contains("content-transfer-encoding: base64") {
        return String::from_utf8(STANDARD.decode(body.replace('\n', "")).unwrap()).unwrap();
    }
    if head.contains("content-transfer-encoding: quoted-printable") {
        return unquoted(body);
    }
    body.to_owned()
}

/// Quoted-printable, as RFC 2045 has it.
fn unquoted(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'=', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).unwrap()
}

async fn reads(post: &Post, user: &str, preferences: Value) {
    let mut input = preferences;
    input["userId"] = json!(user);
    post.rollbook.admin.accept("changePreferences", input, "").await;
}

#[tokio::test]
async fn prf_08_a_mail_is_in_the_language_of_its_reader() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    reads(&post, &ann, json!({ "locale": "de-CH" })).await;
    post.pass().await;
    let told = text(&post);
    for part in ["Guten Tag ann", "für Sie wurde ein Konto angelegt", "Benutzername: ann", "https://people"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[tokio::test]
async fn prf_08_the_language_of_the_interface_goes_before_that_of_numbers() {
    let post = Post::start().await;
    let languages = json!({ "languages": ["en", "de"] });
    post.rollbook.admin.accept("changeSettings", languages, "").await;
    let ann = post.welcome("ann").await;
    reads(&post, &ann, json!({ "locale": "de-CH", "language": "en" })).await;
    post.pass().await;
    assert!(text(&post).contains("Hello ann"));
}

#[tokio::test]
async fn prf_08_whoever_chose_another_language_is_written_to_in_english() {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    reads(&post, &ann, json!({ "locale": "fr-CH" })).await;
    post.pass().await;
    assert!(text(&post).contains("Hello ann"));
}

#[tokio::test]
async fn not_03_prf_08_a_temporary_password_is_told_in_german_too() {
    let post = Post::start().await;
    let ann = post.rollbook.admin.create("AGENT", "ann").await;
    reads(&post, &ann, json!({ "locale": "de" })).await;
    post.rollbook.admin.accept("resetPassword", json!({ "userId": ann }), "").await;
    post.pass().await;
    let told = text(&post);
    let password = told.lines().find_map(|line| line.strip_prefix("Passwort:")).expect("a password").trim();
    post.rollbook.sign_in("ann", password).await;
}
