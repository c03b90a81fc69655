//! Five products' manuals, each done from top to bottom with a GraphQL client that is not ours.

use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};

const MANUALS: [&str; 5] =
    ["teamtracks_agents", "teamtracks_clients", "smartertrack", "agileapps", "manage_agent"];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs node, and `npm ci --prefix tests/manuals`"]
async fn what_five_manuals_promise_comes_true() {
    let rollbook = Rollbook::start().await;
    let url = format!("http://{}/graphql", rollbook.admin.address);
    for manual in MANUALS {
        let script = format!("{}/tests/manuals/{manual}.mjs", env!("CARGO_MANIFEST_DIR"));
        let url = url.clone();
        let run = tokio::task::spawn_blocking(move || {
            std::process::Command::new("node").args([&script, &url, ADMIN_PASSWORD]).output().unwrap()
        });
        let output = run.await.unwrap();
        println!("{manual}\n{}", String::from_utf8_lossy(&output.stdout));
        assert!(output.status.success(), "{manual}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
