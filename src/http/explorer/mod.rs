//! `/explorer`: a page to write and run operations on, with nothing from another host.

use axum::Router;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use axum::routing::get;

use super::edge::Edge;

/// Only our own script and style, and only our own server to talk to.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page, its script and its style.
pub(super) fn routes() -> Router<Edge> {
    Router::new()
        .route("/explorer", get(page))
        .route("/explorer/explorer.js", get(script))
        .route("/explorer/explorer.css", get(style))
}

async fn page() -> impl IntoResponse {
    asset("text/html; charset=utf-8", include_str!("explorer.html"))
}

async fn script() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", include_str!("explorer.js"))
}

async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", include_str!("explorer.css"))
}

fn asset(content_type: &'static str, body: &'static str) -> ([(HeaderName, &'static str); 2], &'static str) {
    ([(header::CONTENT_TYPE, content_type), (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)], body)
}
