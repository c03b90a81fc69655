//! What stands around every screen: who visits, the headers of a page, and the page of a refusal.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use super::Console;
use super::page::Page;
use super::refused::Refused;
use super::visit::Visit;
use super::words::{Text, frame as words};

/// Only what is ours, and no inline script or style. `blob:` is the preview of a picture that was chosen.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Puts the frame around screens.
pub(super) fn around(console: &Console, screens: Router<Console>) -> Router<Console> {
    screens.layer(middleware::from_fn_with_state(console.clone(), show))
}

async fn show(State(console): State<Console>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (visit, begun) = Visit::of(&console, &parts);
    let is_read = parts.method == Method::GET || parts.method == Method::HEAD;
    parts.extensions.insert(visit.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(refused) = response.extensions_mut().remove::<Refused>() {
        response = page_of(refused, &visit, is_read).await;
    }
    let headers = response.headers_mut();
    headers.extend(HEADERS);
    if let Some(cookie) = begun {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

async fn page_of(refused: Refused, visit: &Visit, is_read: bool) -> Response {
    let (title, text) = match refused {
        Refused::SignIn => {
            // A change is not repeated after signing in: only a page is come back to.
            let to = if is_read { visit.sign_in_address() } else { "/sign-in".to_owned() };
            return Redirect::to(&to).into_response();
        }
        Refused::NewPassword => return Redirect::to("/new-password").into_response(),
        Refused::Forbidden => (words::FORBIDDEN, words::FORBIDDEN_TEXT),
        Refused::NotFound => (words::NOT_FOUND, words::NOT_FOUND_TEXT),
        Refused::Stale => (words::STALE, words::STALE_TEXT),
        Refused::Malformed => (words::MALFORMED, words::MALFORMED_TEXT),
        Refused::TooLarge => (words::TOO_LARGE, words::TOO_LARGE_TEXT),
        Refused::Busy => (words::BUSY, words::BUSY_TEXT),
        Refused::Unavailable => (words::UNAVAILABLE, words::UNAVAILABLE_TEXT),
    };
    (refused.status(), plain(visit, title, text).await).into_response()
}

/// A page that says one thing.
async fn plain(visit: &Visit, title: Text, text: Text) -> Response {
    let tongue = visit.tongue();
    let body = html! {
        div.notice-page {
            h1 { (title.to(tongue)) }
            p { (text.to(tongue)) }
            p { a.button href="/" { (words::TO_START.to(tongue)) } }
        }
    };
    let page = || Page::titled(title.to(tongue));
    // Where not even the reader can be read, the page says so without the layout.
    match page().show(visit, &body).await {
        Ok(whole) if visit.person().is_some() => whole,
        _ => page().show_alone(visit, &body),
    }
}
