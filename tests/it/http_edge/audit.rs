//! What other people's judges and clients say of the edge.

use super::fixture;

/// Runs a script of `tests/audit`; `npm ci --prefix tests/audit` must have been run.
async fn judge(script: &str, arguments: &[&str]) {
    let fixture = fixture::start().await;
    let url = format!("http://{}/graphql", fixture.server.address);
    let script = format!("{}/tests/audit/{script}", env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    let judged = tokio::task::spawn_blocking(move || {
        std::process::Command::new("node").arg(script).arg(url).args(arguments).output().unwrap()
    });
    let output = judged.await.unwrap();
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
#[ignore = "needs node, and `npm ci --prefix tests/audit`"]
async fn the_graphql_http_audit_passes_whole() {
    judge("graphql-http.mjs", &[]).await;
}

#[tokio::test]
#[ignore = "needs node, and `npm ci --prefix tests/audit`"]
async fn other_peoples_streaming_clients_get_along() {
    judge("protocols.mjs", &["{ hello }", "subscription { count(to: 5) }", "5"]).await;
}
