//! Addresses that rules call.

use crate::value::{Flaw, RuleUrl};

fn origin(url: &str) -> String {
    RuleUrl::parse(url).unwrap().origin()
}

#[test]
fn an_origin_names_scheme_host_and_port_in_one_form() {
    assert_eq!(origin("https://Hooks.Example.ORG/deleted"), "https://hooks.example.org:443");
    assert_eq!(origin("http://localhost:9000?x=1"), "http://localhost:9000");
    assert_eq!(origin("http://[::1]:9000/x"), "http://::1:9000");
    assert_eq!(origin("https://[2001:db8::1]"), "https://2001:db8::1:443");
}

#[test]
fn a_target_is_at_least_a_slash() {
    let target = |url: &str| RuleUrl::parse(url).unwrap().target();
    assert_eq!(target("http://localhost"), "/");
    assert_eq!(target("http://localhost?x=1"), "/?x=1");
    assert_eq!(target("http://localhost/a/b?x=1"), "/a/b?x=1");
}

#[test]
fn what_could_mean_another_host_is_no_address() {
    let refused = [
        "ftp://example.org",
        "example.org/hook",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org@evil.example/",
        "https://example.org\\@evil.example/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:80:90/",
        "https://[::1/",
        "https://example.org/#part",
        "HTTPS://example.org/",
        "https://exa%6dple.org/",
    ];
    for url in refused {
        assert_eq!(RuleUrl::parse(url).err(), Some(Flaw::Form), "{url}");
    }
    assert_eq!(RuleUrl::parse("https://example.org/a b").err(), Some(Flaw::Character));
    assert_eq!(RuleUrl::parse("https://exämple.org/").err(), Some(Flaw::Character));
}
