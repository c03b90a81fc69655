//! The way to the program that is called: protected, bounded, and to where the operator allows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use rollbook::config::{Layers, serve_settings};
use rollbook::rule_calls::{RuleCalls, RuleCallsFault};
use rollbook_schema::value::RuleUrl;
use serde_json::json;

use super::{Calling, to};
use crate::support::authority::Authority;
use crate::support::hooks::{Hooks, Reply};

/// One deletion with a call over TLS to a server with this certificate: how its run stands.
async fn over_tls(trusted: &Authority, shown: &Authority, name: &str) -> serde_json::Value {
    let hooks = Hooks::start_with(Some(shown.acceptor(name))).await;
    let origin = format!("https://{}", hooks.address);
    let calls = RuleCalls::to(BTreeSet::from([origin.clone()]), Some(&trusted.file())).unwrap();
    let calling = Calling::start_with(hooks, calls).await;
    calling.rule_to("PRE_DELETE", &origin).await;
    let ann = calling.user("ann").await;
    calling.delete(&ann).await;
    calling.runs().await
}

#[tokio::test]
async fn brl_03_over_tls_only_a_certificate_that_is_trusted_is_told_anything() {
    let (ca, other) = (Authority::new(), Authority::new());
    assert_eq!(over_tls(&ca, &ca, "127.0.0.1").await, json!([["DONE", 1, null]]));
    let failed = json!([["FAILED", 1, "UNREACHABLE"]]);
    assert_eq!(over_tls(&ca, &other, "127.0.0.1").await, failed);
    assert_eq!(over_tls(&ca, &ca, "hooks.example.org").await, failed);
}

#[tokio::test]
async fn brl_03_who_never_answers_is_not_waited_for() {
    let hooks = Hooks::start().await;
    hooks.answer(Reply::Silence);
    let calls = to(&[hooks.origin()]).within(Duration::from_millis(200));
    let calling = Calling::start_with(hooks, calls).await;
    calling.rule("PRE_DELETE", "/").await;
    let ann = calling.user("ann").await;
    assert_eq!(calling.delete(&ann).await["errors"][0]["code"], "RULE_FAILED");
    assert_eq!(calling.runs().await, json!([["FAILED", 1, "UNREACHABLE"]]));
}

#[tokio::test]
async fn brl_03_an_answer_without_end_is_not_read() {
    let calling = Calling::start().await;
    calling.rule("PRE_DELETE", "/").await;
    // Longer than the head of any answer may be.
    let long: &'static str =
        Box::leak(format!("200 OK\r\nx-long: {}", "x".repeat(64 << 10)).into_boxed_str());
    calling.hooks.answer(Reply::Head(long));
    let ann = calling.user("ann").await;
    assert_eq!(calling.delete(&ann).await["errors"][0]["code"], "RULE_FAILED");
    assert!(calling.is_there(&ann).await);
}

fn configured(origins: &str) -> Result<RuleCalls, String> {
    let flags = BTreeMap::from([("rule-origins", origins.to_owned())]);
    let layers = Layers::gather(flags, BTreeMap::new()).unwrap();
    serve_settings(&layers).map(|it| it.directory.rule_calls).map_err(|fault| fault.to_string())
}

#[test]
fn brl_03_origins_are_said_in_the_configuration() {
    let calls = configured("http://hooks.example.org, http://[::1]:8080/").unwrap();
    let allows = |url: &str| calls.allow(&RuleUrl::parse(url).unwrap());
    assert!(allows("http://hooks.example.org/a/b?c"));
    assert!(allows("http://HOOKS.example.org:80/"));
    assert!(allows("http://[::1]:8080/x"));
    for other in ["https://hooks.example.org/", "http://hooks.example.org:81/", "http://example.org/"] {
        assert!(!allows(other), "{other}");
    }
    assert!(!configured("").unwrap().allow(&RuleUrl::parse("http://hooks.example.org/").unwrap()));
    for wrong in ["hooks.example.org", "http://a/b", "ftp://a", "http://a?b", "http://user@a"] {
        assert!(configured(wrong).is_err_and(|text| text.contains("--rule-origins")), "{wrong}");
    }
}

#[test]
fn a_file_without_certificates_is_refused_where_it_is_needed() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("ca.pem");
    let https = BTreeSet::from(["https://hooks.example.org:443".to_owned()]);
    let fault = |file: &Path| RuleCalls::to(https.clone(), Some(file)).err();
    assert!(matches!(fault(&file), Some(RuleCallsFault::Authorities { .. })));
    std::fs::write(&file, "no certificate").unwrap();
    assert!(matches!(fault(&file), Some(RuleCallsFault::Authorities { .. })));
    assert!(RuleCalls::to(BTreeSet::new(), Some(&file)).is_ok());
}
