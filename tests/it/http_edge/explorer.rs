//! The explorer: one page, its script and its style, and nothing from anywhere else.

use super::fixture;

#[tokio::test]
async fn the_explorer_is_served_under_a_strict_policy() {
    let client = fixture::start().await.server.client();
    for (path, content_type) in [
        ("/explorer", "text/html; charset=utf-8"),
        ("/explorer/explorer.js", "text/javascript; charset=utf-8"),
        ("/explorer/explorer.css", "text/css; charset=utf-8"),
    ] {
        let answer = client.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, content_type));
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!answer.body.is_empty());
    }
}

#[tokio::test]
async fn the_explorer_fetches_nothing_from_another_host() {
    let client = fixture::start().await.server.client();
    for path in ["/explorer", "/explorer/explorer.js", "/explorer/explorer.css"] {
        let text = client.get(path).await.text();
        assert!(!text.contains("://") && !text.contains("url("), "{path} names another host");
        assert!(
            !text.contains(" onclick=") && !text.contains("style=") && !text.contains("innerHTML"),
            "{path}"
        );
    }
}
