//! Reading from the command line: the real program against a served directory.

use serde_json::{Value, json};

use crate::cli_calls::{call, call_with, json};
use crate::support::rollbook::Rollbook;

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_listed_one_a_line_with_the_filter_as_flags() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    rollbook.admin.create("CLIENT", "adam").await;
    let ran =
        call(&rollbook.admin, &["user", "list", "--kind", "AGENT", "--text", "ada", "--first", "20"]).await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let users = lines(&ran.out);
    assert_eq!(users.iter().map(|user| &user["id"]).collect::<Vec<_>>(), [&json!(ada)]);
    assert_eq!(users[0]["email"], "ada@example.org");
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_from_where_more_follow() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ada").await;
    let list = ["user", "list", "--first", "1", "--select", "{ username }"];
    let first = call(&rollbook.admin, &list).await;
    let cursor = first.err.strip_prefix("more follow: --after ").unwrap().trim();
    let second = call(&rollbook.admin, &[&list[..], &["--after", cursor]].concat()).await;
    assert_eq!((lines(&second.out).len(), second.err.as_str()), (1, ""));
    assert_ne!(first.out, second.out);
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_shown_by_id_or_by_name() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let bare = call(&rollbook.admin, &["user", "show", &ada]).await;
    assert_eq!(json(&bare)["username"], "ada", "{}", bare.err);
    for flags in [["--id", ada.as_str()], ["--username", "ada"]] {
        let ran = call(&rollbook.admin, &[&["user", "show"], &flags[..]].concat()).await;
        assert_eq!(ran, bare);
    }
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn history_and_licenses_are_listed() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let history = lines(&call(&rollbook.admin, &["history", "list", "--user", &ada]).await.out);
    assert_eq!(
        history.iter().map(|entry| &entry["type"]).collect::<Vec<_>>(),
        ["PASSWORD_SET", "USER_CREATED"]
    );
    let licenses = lines(&call(&rollbook.admin, &["license", "list"]).await.out);
    assert_eq!(licenses.iter().map(|pool| &pool["type"]).collect::<Vec<_>>(), ["READ_WRITE", "READ_ONLY"]);
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_has_a_heading_and_only_columns_that_say_something() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ada").await;
    let list = ["user", "list", "--text", "ada", "--format", "table"];
    let ran = call(
        &rollbook.admin,
        &[&list[..], &["--select", "{ username locked roles { id } active title }"]].concat(),
    )
    .await;
    assert_eq!(ran.out, "USERNAME  ACTIVE\nada       yes\n");
    rollbook.stop().await;
}

/// What law asks for is a compliance officer's (MSK-04).
const NOT_FOR_ADMINISTRATORS: [&str; 5] =
    ["maskingRequests", "erasures", "accessRequests", "retentionRules", "retentionRuns"];

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_can_be_listed_or_shown_without_a_flag_answers_the_administrator() {
    let rollbook = Rollbook::start().await;
    let sdl = apollo_compiler::Schema::parse(rollbook::graphql::sdl(), "rollbook.graphql").unwrap();
    for (name, field) in &sdl.get_object("Query").unwrap().fields {
        if field.arguments.iter().any(|argument| argument.is_required())
            || NOT_FOR_ADMINISTRATORS.contains(&name.as_str())
        {
            continue;
        }
        use rollbook::cli::words::{Many, Words};
        let all = [Many::Rows, Many::One].map(|many| Words::of_query(name, many));
        let mut codes = Vec::new();
        for words in &all {
            let ran = call(&rollbook.admin, &words.typed().collect::<Vec<_>>()).await;
            codes.push((ran.code, ran.err));
        }
        assert!(codes.iter().any(|(code, _)| *code == 0), "{name}: {codes:?}");
    }
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_asked_with_its_variables() {
    let rollbook = Rollbook::start().await;
    let ran = call(&rollbook.admin, &["query", "{ users { totalCount } }"]).await;
    assert_eq!((ran.code, ran.out.as_str()), (0, "{\"users\":{\"totalCount\":1}}\n"));
    let document = "query($by: UserBy!) { user(by: $by) { username } }";
    let variables = r#"{"by":{"username":"ADMIN"}}"#;
    let ran = call_with(&rollbook.admin, &["query", "-", "--variables", variables], &[], document).await;
    assert_eq!((ran.code, ran.out.as_str()), (0, "{\"user\":{\"username\":\"admin\"}}\n"));
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_wrong_exits_with_7_and_its_refusal_too() {
    let rollbook = Rollbook::start().await;
    let ran = call(&rollbook.admin, &["query", "{ nonsense }"]).await;
    assert_eq!((ran.code, ran.out.as_str()), (7, ""));
    let mutation = "mutation { deleteRole(input: {roleId: \"role_77\"}) { errors { code message path } } }";
    let ran = call(&rollbook.admin, &["query", mutation]).await;
    assert_eq!(ran.code, 7);
    assert_eq!(ran.err, "refused: NOT_FOUND at input.roleId: there is no such thing\n");
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_to_sign_in() {
    let rollbook = Rollbook::start().await;
    let ran = call(&rollbook.anonymous(), &["user", "list"]).await;
    assert_eq!((ran.code, ran.out.as_str()), (7, ""));
    assert!(ran.err.contains("rollbook session start"), "{}", ran.err);
    rollbook.stop().await;
}
