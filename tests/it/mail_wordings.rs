//! Mails in the company's own words: said in the language of their reader, filled in, and set back.

use serde_json::{Value, json};

use crate::mail_languages::text;
use crate::support::post::Post;
use crate::support::rollbook::{Rollbook, options};

fn worded(template: &str, language: &str, text: &str) -> Value {
    json!({ "template": template, "language": language, "subject": "Good morning", "text": text })
}

#[tokio::test(flavor = "multi_thread")]
async fn not_02_a_mail_goes_in_the_companys_own_words() {
    let post = Post::start().await;
    let admin = &post.rollbook.admin;
    let own = "Dear {{name}},\n\nyour account {{ username }} waits at {{signInAt}}.";
    admin.accept("changeMailWording", worded("WELCOME", "ENGLISH", own), "").await;
    post.welcome("ann").await;
    post.pass().await;
    assert_eq!(text(&post).trim_end(), "Dear ann,\n\nyour account ann waits at https://people.example.org/.");
    let message = post.server.taken().pop().unwrap().message;
    assert!(message.contains("Subject: Good morning"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_one_language_are_not_those_of_another_and_go_back_to_the_programs() {
    let post = Post::start().await;
    let admin = &post.rollbook.admin;
    admin.accept("changeMailWording", worded("WELCOME", "GERMAN", "Moin: {{signInAt}}"), "").await;
    post.welcome("ann").await;
    post.pass().await;
    assert!(text(&post).starts_with("Hello ann,"));
    admin.accept("changeMailWording", worded("WELCOME", "ENGLISH", "Hi: {{signInAt}}"), "").await;
    let back = json!({ "template": "WELCOME", "language": "ENGLISH" });
    let payload = admin.accept("resetMailWording", back, "wording { own revision words { subject } }").await;
    assert_eq!(payload["wording"], json!({ "own": false, "revision": 2, "words": { "subject": "Welcome" } }));
    post.welcome("bob").await;
    post.pass().await;
    assert!(text(&post).starts_with("Hello bob,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_filled_in_or_is_missing_is_said_beside_its_field() {
    let rollbook = Rollbook::start().await;
    let query = "mutation($input: ChangeMailWordingInput!) { changeMailWording(input: $input) { errors { code path } } }";
    for (text, code) in [
        ("{{signInAt}} {{password}} {{nonsense}}", "PLACEHOLDER_UNKNOWN"),
        ("{{signInAt}}", "PLACEHOLDER_MISSING"),
    ] {
        let input = worded("TEMPORARY_PASSWORD", "ENGLISH", text);
        let answer = rollbook.admin.data(query, json!({ "input": input })).await;
        assert_eq!(
            answer["changeMailWording"]["errors"],
            json!([{ "code": code, "path": ["input", "text"] }])
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten_and_settings_are_another_matter() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let version = admin.data("{ settings { version } }", json!({})).await["settings"]["version"].clone();
    let mut input = worded("WELCOME", "ENGLISH", "One: {{signInAt}}");
    input["expectedRevision"] = json!(0);
    admin.accept("changeMailWording", input.clone(), "").await;
    input["text"] = json!("Two: {{signInAt}}");
    assert_eq!(admin.refuse("changeMailWording", input).await, ["VERSION_CONFLICT"]);
    let minutes = json!({ "sessionMinutes": 60, "expectedVersion": version });
    admin.accept("changeSettings", minutes, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sees_settings_sees_every_mail_with_its_preview_and_administrators_word_it() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let id = admin.create("AGENT", "ann").await;
    admin.accept("assignAccessProfile", json!({ "userId": id, "accessProfile": "AUDITOR" }), "").await;
    admin.accept("setPassword", json!({ "userId": id, "password": "a good password" }), "").await;
    let auditor = rollbook.sign_in("ann", "a good password").await;
    let query = "{ mailWordings { template language own needed preview { text } builtIn { text } } }";
    let all = auditor.data(query, json!({})).await["mailWordings"].as_array().unwrap().clone();
    assert_eq!(all.len(), 14);
    let first = &all[0];
    assert_eq!(
        (&first["template"], &first["language"], &first["own"]),
        (&json!("WELCOME"), &json!("ENGLISH"), &json!(false))
    );
    assert!(first["preview"]["text"].as_str().unwrap().starts_with("Hello Ada Example,"));
    assert!(first["builtIn"]["text"].as_str().unwrap().starts_with("Hello {{name}},"));
    let input = worded("WELCOME", "ENGLISH", "{{signInAt}}");
    assert_eq!(auditor.refuse("changeMailWording", input).await, ["FORBIDDEN"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ref_20_a_mail_that_names_somebody_is_found_and_holds_the_deletion_up() {
    let rollbook = Rollbook::start().await;
    let admin = &rollbook.admin;
    let ann = admin.create("AGENT", "ann").await;
    let own = "Questions go to ann@example.org. {{signInAt}}";
    admin.accept("changeMailWording", worded("WELCOME", "GERMAN", own), "").await;
    let query = "query($id: ID!) { userReferences(id: $id) { kind module name attribute place message } }";
    let found = admin.data(query, json!({ "id": ann })).await["userReferences"].clone();
    let message =
        "The company’s words of the mail “Welcome, in German” name the email of this user in the text";
    let expected = json!([{ "kind": "MAIL_WORDING", "module": "MAIL", "name": "Welcome, in German",
        "attribute": "EMAIL", "place": "TEXT", "message": message }]);
    assert_eq!(found, expected);
    assert_eq!(admin.refuse("deleteUser", json!({ "userId": ann })).await, ["REFERENCED"]);
    admin.accept("resetMailWording", json!({ "template": "WELCOME", "language": "GERMAN" }), "").await;
    admin.accept("deleteUser", json!({ "userId": ann }), "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn own_words_stand_sealed_in_the_log_and_outlast_a_restart() {
    let post = Post::start().await;
    let own = "Grüße aus Wunstorf: {{signInAt}}";
    post.rollbook.admin.accept("changeMailWording", worded("WELCOME", "ENGLISH", own), "").await;
    let folder = post.rollbook.stop().await;
    for entry in walk(folder.path()) {
        let bytes = std::fs::read(&entry).unwrap();
        let found = bytes.windows(8).any(|window| window == b"Wunstorf");
        assert!(!found, "{} holds the words in clear", entry.display());
    }
    let options = options(&folder);
    let again = Rollbook::start_with(folder, options).await;
    let query = "{ mailWordings { own words { text } } }";
    let first = again.admin.data(query, json!({})).await["mailWordings"][0].clone();
    assert_eq!(first, json!({ "own": true, "words": { "text": own } }));
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
