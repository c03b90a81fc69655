//! Five products' manuals, each done from top to bottom with a GraphQL client that is not ours; and the basics
//! of a directory through the command line.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use rollbook::http::Shutdown;
use rollbook::identity::SessionToken;
use rollbook::mail::MailTransport;
use tempfile::TempDir;

use crate::support::post::mailer;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook, options};

const MANUALS: [&str; 5] =
    ["teamtracks_agents", "teamtracks_clients", "smartertrack", "agileapps", "manage_agent"];
const PROVIDER_TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Chapters on support and mail need a provider's token and a folder in which mail can be read.
async fn come_true(rollbook: &Rollbook, mail: Option<&Path>) {
    let url = format!("http://{}/graphql", rollbook.admin.address);
    for manual in MANUALS {
        let script = format!("{}/tests/manuals/{manual}.mjs", env!("CARGO_MANIFEST_DIR"));
        let mut node = Command::new("node");
        node.args([&script, &url, ADMIN_PASSWORD]).env_remove("MAIL_DIR").env_remove("PROVIDER_TOKEN");
        if let Some(mail) = mail {
            node.env("MAIL_DIR", mail).env("PROVIDER_TOKEN", PROVIDER_TOKEN);
        }
        let output = tokio::task::spawn_blocking(move || node.output().unwrap()).await.unwrap();
        println!("{manual}\n{}", String::from_utf8_lossy(&output.stdout));
        assert!(output.status.success(), "{manual}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs sh and jq"]
async fn the_command_line_does_the_basics_of_a_directory() {
    let rollbook = Rollbook::start().await;
    let mut sh = Command::new("sh");
    sh.arg(format!("{}/tests/manuals/command_line.sh", env!("CARGO_MANIFEST_DIR")));
    sh.arg(format!("http://{}/graphql", rollbook.admin.address)).arg(ADMIN_PASSWORD);
    sh.env("ROLLBOOK", env!("CARGO_BIN_EXE_rollbook")).env_remove("ROLLBOOK_TOKEN");
    let output = tokio::task::spawn_blocking(move || sh.output().unwrap()).await.unwrap();
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs node, and `npm ci --prefix tests/manuals`"]
async fn what_five_manuals_promise_comes_true() {
    come_true(&Rollbook::start().await, None).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs node, and `npm ci --prefix tests/manuals`"]
async fn what_five_manuals_promise_comes_true_with_a_provider_and_mail() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.provider_token = Some(SessionToken::from_client(PROVIDER_TOKEN).digest());
    options.sends_mail = true;
    let mail = folder.path().join("mail");
    let rollbook = Rollbook::start_with(folder, options).await;
    let transport = MailTransport::File(mail.clone());
    let mailing =
        rollbook::mail::run(rollbook.directory.clone(), Some(mailer(transport)), Shutdown::default());
    let mailing = tokio::spawn(mailing);
    come_true(&rollbook, Some(&mail)).await;
    mailing.abort();
}
