//! GraphQL over WebSocket: the `graphql-transport-ws` protocol.

mod connection;
mod message;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::request::Parts;
use axum::http::{Method, Response, header};
use axum::response::IntoResponse;

use super::edge::Edge;
use super::identity::bearer_of;
use super::request_context::RequestContext;
use super::serve::ConnectionSlot;
use connection::Connection;

const PROTOCOL: &str = "graphql-transport-ws";

/// What is read from one WebSocket at once, in bytes. Longer messages grow it; the library's own choice, 128 KiB,
/// would be most of what an idle subscription costs.
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// True when the request asks to become a WebSocket, by HTTP/1.1 upgrade or HTTP/2 extended CONNECT.
pub(super) fn is_upgrade(parts: &Parts) -> bool {
    let upgrade = parts.headers.get(header::UPGRADE).and_then(|value| value.to_str().ok());
    parts.method == Method::CONNECT || upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Accepts the WebSocket and talks the protocol on it.
///
/// The handshake succeeds even without the sub-protocol, so that the client learns the reason by a close code.
pub(super) async fn upgrade(edge: Edge, context: RequestContext, parts: &mut Parts) -> Response<Body> {
    let bearer = bearer_of(&parts.headers);
    let slot = parts.extensions.get::<ConnectionSlot>().cloned();
    let upgrade = match WebSocketUpgrade::from_request_parts(parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let bytes_max = edge.limits().message_bytes_max;
    let open = edge.parts.shutdown.open();
    let upgrade = upgrade.protocols([PROTOCOL]).read_buffer_size(READ_BUFFER_BYTES);
    upgrade.max_message_size(bytes_max).max_frame_size(bytes_max).on_upgrade(async move |socket| {
        Connection::new(edge, context, bearer, socket).run().await;
        drop((open, slot));
    })
}
