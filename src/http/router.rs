//! Which path leads where, and what every response carries.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{any, get};

use super::edge::Edge;
use super::media_type::ResultType;
use super::request_context::{REQUEST_ID, RequestContext};
use super::serve::OverTls;
use super::{explorer, graphql_route, health, watched};

/// When to try again after a 503 that says no more of it, in seconds.
const RETRY_AFTER: &str = "1";

/// Who was once here by TLS comes by TLS only, for a year (RFC 6797). A proxy before us says so itself.
const STRICT_TRANSPORT: &str = "max-age=31536000";

/// The routes of the edge: `/graphql`, `/healthz`, `/readyz` and the explorer, in their envelope.
pub fn router(edge: &Edge) -> Router {
    let routes = Router::new()
        .route("/graphql", any(graphql_route::graphql))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(explorer::routes())
        .with_state(edge.clone());
    envelope(edge, routes)
}

/// Gives `routes` what every route of the server has: a [`RequestContext`] among the request's extensions, and
/// on the response its request id, `no-store` unless the route says otherwise, and `nosniff`.
pub fn envelope(edge: &Edge, routes: Router) -> Router {
    let routes = routes.layer(middleware::from_fn_with_state(edge.clone(), wrap));
    routes.layer(middleware::from_fn_with_state(edge.clone(), watched::watch))
}

async fn wrap(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let context = RequestContext::of(&parts, &edge.limits().trusted_proxies, || (edge.parts.request_ids)());
    let entered = edge.turnstile.enter(parts.uri.path(), context.client_address);
    let request_id = HeaderValue::from_str(&context.request_id);
    let over_tls = parts.extensions.get::<OverTls>().is_some();
    parts.extensions.insert(context);

    let mut response = match entered {
        Ok(place) => {
            let response = next.run(Request::from_parts(parts, body)).await;
            drop(place);
            response
        }
        Err(refusal) => {
            refusal.code().into_iter().for_each(|code| edge.parts.metrics.refused_at_edge(code));
            refusal.into_response(ResultType::Json)
        }
    };
    let is_busy = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    if let Ok(request_id) = request_id {
        headers.insert(REQUEST_ID, request_id);
    }
    default(headers, header::CACHE_CONTROL, "no-store");
    if over_tls {
        default(headers, header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
    }
    if is_busy {
        default(headers, header::RETRY_AFTER, RETRY_AFTER);
    }
    default(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(headers, header::REFERRER_POLICY, "no-referrer");
    response
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
